"""The page of a work: what it is, its text in full or by sections, its editions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from annotations.editions.reading import public_releases
from annotations.presenters.described import described, schema_of
from annotations.presenters.film_page import films_of
from annotations.presenters.release_context import asked_of
from annotations.presenters.release_facts import newest, release_card
from annotations.presenters.text_page import article_of
from annotations.reader.either import either
from archive.access import visible_to
from archive.models import Text, TextRevision, Work
from archive.presenters.article import Marked
from archive.presenters.desk_words import TEXT_ROLES, WORK_KINDS
from archive.presenters.languages import language_label
from archive.text.sections import Section, sections, whole


@either(Work)
def work(request: HttpRequest, row: Work) -> HttpResponse:
    """Show a work with the text that the address names, the first one by default."""
    viewer = request.viewer  # type: ignore[attr-defined]
    texts = list(visible_to(Text, viewer).filter(work=row, current_revision__isnull=False))
    chosen = next((text for text in texts if text.public_id == request.GET.get("text")), None)
    text = chosen or (texts[0] if texts else None)
    releases = newest(public_releases().filter(edition__work=row))
    context = {
        **described(row, viewer), "kind": WORK_KINDS[row.kind], "language": language_label(row.language),
        "texts": [_choice(item, item == text) for item in texts] if len(texts) > 1 else [],
        "releases": [release_card(release) for release in releases],
        "schema": schema_of(row, "CreativeWork", inLanguage=row.language),
    }  # fmt: skip
    if text:
        context |= reading(request, text)
    return render(request, "annotations/public/work.html", context)


def _choice(text: Text, current: bool) -> dict[str, Any]:
    label = f"{TEXT_ROLES[text.role]} · {language_label(text.language)}"
    return {"label": label, "id": text.public_id, "current": current}


def reading(request: HttpRequest, text: Text) -> dict[str, Any]:
    """Return the part of the text that the address asks for, with its contents."""
    revision = TextRevision.objects.get(pk=text.current_revision_id)
    asked = asked_of(request.GET)
    parts = sections(revision.content, revision.blocks)
    at = _span(request, revision, asked.at)
    number = _number(parts, asked.section, asked.whole, at)
    section = parts[number - 1] if number else whole(revision.content, revision.blocks)
    marked = [Marked(*at, {"aria-current": "true"}, anchor=f"at-{at[0]}-{at[1]}")] if at else []
    return {
        "text": text, "films": films_of(text, request.viewer), "revision": revision,  # type: ignore[attr-defined]
        "section": section, "number": number,
        "length": section.end - section.start,
        "article": article_of(
            revision, request.viewer, section=section, counts={}, count_href="#b{}", marked=marked,  # type: ignore[attr-defined]
        ),
        "parts": _parts(parts, number), "toc": _contents(revision, parts, number),
    }  # fmt: skip


def _span(request: HttpRequest, revision: TextRevision, at: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return where the asked passage is in the current wording; it may have been asked for in an older one."""
    if at is None:
        return None
    named = request.GET.get("revision", "")
    if not named.isdecimal() or len(named) > 6 or int(named) == revision.number:
        return at if at[1] <= revision.length else None
    older = TextRevision.objects.filter(text=revision.text_id, number=int(named)).first()
    words = older.content[at[0] : at[1]] if older else ""
    start = revision.content.find(words) if words else -1
    return (start, start + len(words)) if start >= 0 else None


def _number(parts: tuple[Section, ...], section: int, everything: bool, at: tuple[int, int] | None) -> int:
    """Return which section is shown, from one; 0 for the whole text."""
    if everything or len(parts) == 1:
        return 0
    if at:
        return next((n for n, part in enumerate(parts, 1) if part.start <= at[0] < part.end + 1), 1)
    return section if 1 <= section <= len(parts) else 1


def _parts(parts: tuple[Section, ...], number: int) -> list[dict[str, Any]]:
    if len(parts) == 1:
        return []
    return [
        {"number": n, "title": part.title or _("Part %(number)s") % {"number": n}, "current": n == number}
        for n, part in enumerate(parts, 1)
    ]


def _contents(revision: TextRevision, parts: tuple[Section, ...], number: int) -> list[dict[str, Any]]:
    found = []
    for index, block in enumerate(revision.blocks):
        if block["kind"] != "heading":
            continue
        home = next((n for n, part in enumerate(parts, 1) if part.first <= index < part.last), 1)
        query = "" if number in (0, home) else f"?section={home}"
        label = revision.content[block["start"] : block["end"]]
        found.append({"label": label, "level": block.get("level") or 2, "url": f"{query}#b{index + 1}"})
    return found
