"""Preflight's findings as a page or a terminal shows them: a sentence, its subject, and where it is mended."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from annotations.editions.joining import own_text
from annotations.editions.parts import part_of_block
from annotations.editions.plan import Plan
from annotations.editions.preflight import Finding, Severity
from annotations.editions.values import TextFacts
from annotations.presenters.edition_sentences import FINDINGS
from annotations.presenters.placed import quotation
from annotations.presenters.words import said
from archive.access import Viewer, may
from archive.models import Image, Video, Work
from archive.presenters.languages import language_label
from archive.text.sections import sections


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding in words."""

    code: str
    sentence: str
    #: The words of the passage, or the name of the picture or film, when it is about one.
    quote: str
    is_on_media: bool
    url: str
    #: Whether only an archivist can mend it: `url` then leads to where it is seen.
    is_for_archivist: bool
    #: Public id of the note that can be taken out instead; empty for all else.
    note: str
    #: What the part is called in which it is, of an edition of several; else empty.
    part: str = ""


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one severity."""

    severity: str
    lines: tuple[FindingLine, ...]


def finding_groups(
    findings: Iterable[Finding], *, edition: str, plan: Plan, who: Viewer
) -> list[FindingGroup]:
    """Return what stops first, then what only warns; empty groups are left out. `who` is to mend them."""
    found = list(findings)
    groups = []
    for severity in (Severity.STOPS, Severity.WARNS):
        lines = tuple(
            line_of(f, edition=edition, plan=plan, who=who) for f in found if f.severity is severity
        )
        if lines:
            groups.append(FindingGroup(severity.value, lines))
    return groups


def line_of(finding: Finding, *, edition: str, plan: Plan, who: Viewer) -> FindingLine:
    """Return one finding in words, with the address where it is mended."""
    on = finding.params.get("on")
    exact = said(on).text if on else str(finding.params.get("exact") or "")
    model = _ARCHIVE.get(finding.kind)
    for_archivist = model is not None and not may(who, "change", model)
    return FindingLine(
        code=finding.code, sentence=sentence_of(finding), quote=quotation(exact) if exact else "", is_on_media=bool(on),
        url=_seen_at(finding, plan) if for_archivist else _address(finding, edition, plan),
        is_for_archivist=for_archivist, note=finding.id if finding.code == "undecided" else "",
        part=str(finding.params.get("part", "")),
    )  # fmt: skip


def sentence_of(finding: Finding) -> str:
    """Return the sentence of a finding in the current language."""
    return str(FINDINGS[finding.code]) % {key: _worded(key, value) for key, value in finding.params.items()}


def _worded(key: str, value: Any) -> Any:
    if key == "language":
        return language_label(str(value))
    if isinstance(value, Mapping):
        return _quoted(said(value).text)
    return _quoted(value) if key in ("caption", "label", "words") else value


def _quoted(words: str) -> str:
    """Return a quotation that keeps its marks together inside a sentence of the other direction."""
    return f"\u2068{quotation(words)}\u2069"


#: What is kept by archivists: editors see it, and ask them to mend it.
_ARCHIVE: Mapping[str, type[Model]] = {
    "work": Work, "text": Work, "figure": Work, "image": Image, "video": Video,
}  # fmt: skip


def _seen_at(finding: Finding, plan: Plan) -> str:
    """Return where readers meet what an archivist must mend: its block in the text, else its own page."""
    block = _block_of(finding, plan)
    if block is not None:
        return _block_url(block, plan)
    if finding.kind in ("image", "video"):
        return _reverse(finding.kind, finding.id)
    return _reverse("work", plan.work.slug)


def _block_of(finding: Finding, plan: Plan) -> int | None:
    """Return the index of the first block that shows what was found; None when it is not in the text."""
    if finding.kind == "figure":
        return next((figure.block for figure in plan.figures if figure.key == finding.id), None)
    if finding.kind == "image":
        shown = (figure.block for figure in plan.figures if figure.image and figure.image.id == finding.id)
        return next(shown, None)
    if finding.kind == "video":
        return next((video.block for video in plan.videos if video.id == finding.id), None)
    if finding.code == "dead_link" and plan.text:
        starts = [block["start"] for block in plan.text.blocks]
        return max(0, bisect_right(starts, int(finding.params["start"])) - 1)
    return None


def _block_url(block: int, plan: Plan) -> str:
    """Return the address of a block on the work's page, in the text that it is of and the section in which that shows it."""
    url = _reverse("work", plan.work.slug)
    if plan.text is None or not url:
        return url
    text, block = _own_text(plan, plan.text, block)
    parts = sections(text.content, text.blocks)
    home = next((n for n, part in enumerate(parts, 1) if part.first <= block < part.last), 1)
    section = f"&section={home}" if len(parts) > 1 else ""
    return f"{url}?text={text.id}{section}#b{block + 1}"


def _own_text(plan: Plan, whole: TextFacts, block: int) -> tuple[TextFacts, int]:
    """Return the text in which a block of the whole is, and its place among the blocks of that."""
    part = part_of_block(plan.parts, block)
    if part is None:
        return whole, block
    own = own_text(whole, part)
    # A heading that was put before it is no block of its own.
    first = next((n for n, one in enumerate(whole.blocks) if one["start"] >= part.start), part.block)
    return own, max(0, block - first)


def _text_of(finding: Finding, plan: Plan) -> str:
    """Return the public id of the text that a finding is about: of several parts the one in which it is."""
    candidate = next((c for c in plan.candidates if c.id == finding.id), None)
    block = _block_of(finding, plan)
    part = part_of_block(plan.parts, block) if block is not None else None
    return (candidate.text if candidate else "") or (part.id if part else plan.text.id if plan.text else "")


def _address(finding: Finding, edition: str, plan: Plan) -> str:
    text = _text_of(finding, plan)
    if finding.kind == "note":
        if finding.code.startswith("anchor"):
            return _reverse("carried", text)
        place = next((c.place for c in plan.candidates if c.id == finding.id), None)
        where = (f"workbench_{place.member[0]}", place.member[1]) if place else ("workbench", text)
        url = _reverse(*where)
        return f"{url}?note={finding.id}#note-{finding.id}" if url else ""
    if finding.kind == "figure":
        return _reverse("fill_figure", text, plan.figure_keys.get(finding.id, finding.id))
    if finding.code == "parts_directions":
        return f"{_reverse('desk_edition_plan', edition)}#parts"
    if finding.kind == "edition":
        field = str(finding.code).removesuffix("_missing")
        url = _reverse("desk_edition_plan", edition)
        names = {"title": f"title_{finding.params.get('language')}", "license": "license_uri",
                 "introduction": f"introduction_{finding.params.get('language')}"}  # fmt: skip
        return f"{url}#id_{names[field]}" if field in names else url
    name = {"work": "describe_work", "image": "desk_image", "video": "desk_video"}.get(finding.kind, "")
    if finding.code == "dead_link":
        return _seen_at(finding, plan)
    if finding.kind == "text":
        return _reverse("desk_work", plan.work.id)
    return _reverse(name, finding.id) if name else ""


def _reverse(name: str, *args: str) -> str:
    """Return an address; empty when there is nothing to lead to."""
    try:
        return reverse(name, args=args) if all(args) else ""
    except NoReverseMatch:
        return ""
