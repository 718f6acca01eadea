"""The page of a work: what it is, its text in full or by sections, its editions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.editions.reading import public_releases
from annotations.presenters.cite_block import CiteBlock, cite_block
from annotations.presenters.described import described
from annotations.presenters.film_page import films_of
from annotations.presenters.pointed import Pointed, in_work
from annotations.presenters.release_context import asked_of
from annotations.presenters.release_facts import newest, release_cards
from annotations.presenters.telling import telling
from annotations.presenters.text_page import article_of
from annotations.presenters.work_part import part_query, passage_of, section_number
from annotations.reader.either import either
from annotations.reader.signposting import signposted
from archive.access import ANYBODY, Viewer
from archive.access.sections import closes_some_of, in_part
from archive.access.shown_with import zoomed_figures
from archive.models import Text, TextRevision, Work
from archive.presenters.article import Marked, gap_id
from archive.presenters.desk_words import WORK_KINDS
from archive.presenters.kept_back import Wording, reading_of
from archive.presenters.languages import language_label
from archive.presenters.pairs import readable
from archive.presenters.parts import choice_label, neighbors, numbers, part_label
from archive.text.sections import Section, sections, whole

#: As many texts are offered as tabs; of more, a list is opened.
TABS = 4


def _is_in_part(row: Work) -> bool:
    """Whether some readers see more of the work's page than anybody does."""
    return closes_some_of(row.pk, ANYBODY)


@either(Work, private=_is_in_part)
def work(request: HttpRequest, row: Work) -> HttpResponse:
    """Show a work with the text that the address names, the first one by default."""
    viewer = request.viewer
    texts = texts_of(row, viewer)
    chosen = next((text for text in texts if text.public_id == request.GET.get("text")), None)
    text = chosen or (texts[0] if texts else None)
    places = numbers(texts)
    releases = newest(public_releases().filter(edition__work=row))
    context = {
        **described(row, viewer), "kind": WORK_KINDS[row.kind], "language": language_label(row.language),
        **_choices(texts, text, places),
        "releases": release_cards(releases),
        "manifest": _manifest(row, viewer),
        **(told := telling(Pointed("work", row), inLanguage=row.language)), "passage": _passage(request, row),
    }  # fmt: skip
    if text:
        context |= reading(request, text) | {"beside": beside(text, texts, viewer)}
        part = part_query(
            text=text.public_id if text != texts[0] else "", number=context["number"],
            sections=len(context["parts"]),
        )  # fmt: skip
        context["canonical"] = f"{context['address']}{part}"
    return signposted(render(request, "annotations/public/work.html", context), told["pointed"], told["cite"])


def _manifest(row: Work, viewer: Viewer) -> str:
    """Return where viewers of pictures get those of the work; empty when it shows none."""
    if not zoomed_figures(viewer).filter(text__work=row).exists():
        return ""
    return reverse("iiif_work_manifest", args=[row.public_id])


def _passage(request: HttpRequest, row: Work) -> CiteBlock | None:
    """Return how to cite the passage that the address marks, where anybody may read it."""
    query = {name: request.GET.get(name, "") for name in ("text", "revision", "at")}
    part = in_work(row, query) if query["at"] and request.viewer is ANYBODY else None
    return cite_block(part) if part else None


def texts_of(row: Work, viewer: Viewer) -> list[Text]:
    """Return the texts of a work that have words, in their order: also those of which the viewer reads a part."""
    rows = in_part(Text.objects.filter(work=row, current_revision__isnull=False), viewer)
    return list(rows.order_by("order", "pk"))


def _choices(texts: list[Text], text: Text | None, places: dict[int, int]) -> dict[str, Any]:
    """Return the texts to choose from, what the shown one is called, and the parts before and after it."""
    if text is None or len(texts) == 1:
        return {"part": part_label(text) if text and text.title else ""}
    choices = [
        {"label": choice_label(item, places.get(item.pk)), "id": item.public_id, "current": item == text}
        for item in texts
    ]
    before, after = (
        {"id": part.public_id, "label": part_label(part, places.get(part.pk))} if part else None
        for part in neighbors(texts, text)
    )
    few = len(choices) <= TABS
    return {
        "texts": choices if few else [], "many_texts": [] if few else choices, "before": before, "after": after,
        "chosen_label": choice_label(text, places.get(text.pk)),
        "part": part_label(text, places.get(text.pk)) if text.title or text.pk in places else "",
    }  # fmt: skip


def beside(text: Text, texts: list[Text], viewer: Viewer) -> list[dict[str, str]]:
    """Return the texts that can be read beside this one: what it translates, or what translates it."""
    pairs = {
        one.pk: one for one in texts if text.pk in (one.pk, one.translation_of_id) and one.translation_of_id
    }
    if not pairs:
        return []
    paired = set(readable(pairs.values(), viewer).values_list("translation__text", flat=True))
    others = {one.pk: one for one in texts}
    found = []
    for pk, pair in pairs.items():
        other = pair if pk != text.pk else others.get(text.translation_of_id or 0)
        if other is not None and pk in paired:
            language = language_label(other.language)
            found.append({"id": pair.public_id, "language": language, "translator": other.translator})
    return found


def reading(request: HttpRequest, text: Text) -> dict[str, Any]:
    """Return the part of the text that the address asks for, with its contents."""
    revision = reading_of(text, request.viewer)
    asked = asked_of(request.GET)
    parts = sections(revision.content, revision.blocks)
    # Places count the whole wording: where a part is left out they would lead astray, and tell how long it is.
    at = None if isinstance(revision, Wording) else passage_of(request.GET, revision, asked.at)
    number = section_number(parts, asked, at)
    section = parts[number - 1] if number else whole(revision.content, revision.blocks)
    marked = [Marked(*at, {"aria-current": "true"}, anchor=f"at-{at[0]}-{at[1]}")] if at else []
    return {
        "text": text, "films": films_of(text, request.viewer), "revision": revision,
        "section": section, "number": number,
        "length": section.end - section.start,
        "article": article_of(
            revision, request.viewer, section=section, counts={}, count_href="#b{}", marked=marked,
        ),
        "kept": _kept(revision, section), "parts": _parts(parts, number), "toc": _contents(revision, parts, number),
    }  # fmt: skip


def _kept(revision: TextRevision | Wording, section: Section) -> list[dict[str, str]]:
    """Return what is said of the gaps that are shown, and where each is: in words that can be searched for and read out."""
    if not isinstance(revision, Wording):
        return []
    ends = len(revision.blocks)
    return [
        {"id": gap_id(index, n), "words": label}
        for index, labels in sorted(revision.labels.items())
        if section.first <= index < section.last or (index == ends == section.last)
        for n, label in enumerate(labels)
    ]


def _parts(parts: tuple[Section, ...], number: int) -> list[dict[str, Any]]:
    if len(parts) == 1:
        return []
    return [
        {"number": n, "title": part.title or _("Part %(number)s") % {"number": n}, "current": n == number}
        for n, part in enumerate(parts, 1)
    ]


def _contents(
    revision: TextRevision | Wording, parts: tuple[Section, ...], number: int
) -> list[dict[str, Any]]:
    found = []
    for index, block in enumerate(revision.blocks):
        if block["kind"] != "heading":
            continue
        home = next((n for n, part in enumerate(parts, 1) if part.first <= index < part.last), 1)
        query = "" if number in (0, home) else f"?text={revision.text.public_id}&section={home}"
        place = revision.numbers[index] if isinstance(revision, Wording) else index
        label = revision.content[block["start"] : block["end"]]
        found.append({"label": label, "level": block.get("level") or 2, "url": f"{query}#b{place + 1}"})
    return found
