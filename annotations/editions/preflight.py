"""What stops an edition from being sealed, and what its editor should know: pure, over gathered facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from annotations.editions.parts import PartFacts, part_at, part_of_block, part_of_text
from annotations.editions.plan import Candidate, Plan
from annotations.editions.values import FilmFacts, PictureFacts, VideoFacts, Words
from annotations.enums import AnchorStatus
from archive.models.names import film_name
from archive.text.words import shortened

#: Letters of the text that a finding quotes.
QUOTED = 80


class Severity(StrEnum):
    """Whether a finding stops the release."""

    STOPS = "stops"
    WARNS = "warns"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found; `kind` and `id` name what it is about, so that the page can lead there."""

    code: str
    severity: Severity
    kind: str = "edition"
    id: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the form in which commands and the API tell it."""
        return {
            "code": self.code, "severity": self.severity.value, "kind": self.kind, "id": self.id,
            "params": dict(self.params),
        }  # fmt: skip


def preflight(plan: Plan) -> tuple[Finding, ...]:
    """Return every finding, those that stop first; the order is that of the text within a severity."""
    found = [
        *_words(plan),
        *_parts(plan),
        *_notes(plan),
        *_members(plan),
        *_pictures(plan),
        *_cover(plan),
        *_links(plan),
        *_content(plan),
    ]
    return tuple(sorted(found, key=lambda finding: finding.severity != Severity.STOPS))


def stops(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings that must be mended before sealing."""
    return tuple(finding for finding in findings if finding.severity is Severity.STOPS)


def _stop(code: str, kind: str = "edition", ident: str = "", **params: Any) -> Finding:
    return Finding(code, Severity.STOPS, kind, ident, params)


def _warn(code: str, kind: str = "edition", ident: str = "", **params: Any) -> Finding:
    return Finding(code, Severity.WARNS, kind, ident, params)


def _words(plan: Plan) -> Iterator[Finding]:
    if plan.text is None:
        yield _stop("no_text", "work", plan.work.id)
    for language in _silent(plan.title):
        yield _stop("title_missing", language=language)
    if not plan.license:
        yield _stop("license_missing")
    if not plan.work.rights_uri:
        yield _stop("rights_missing", "work", plan.work.id)
    for language in _silent(plan.work.title):
        yield _warn("work_title_missing", "work", plan.work.id, language=language)
    for language in _silent(plan.introduction):
        yield _warn("introduction_missing", language=language)
    for change in plan.renamed:
        yield _warn(change.code, label=dict(change.label), other=dict(change.other))


def _parts(plan: Plan) -> Iterator[Finding]:
    """Say what is wrong with several texts as one."""
    if len(plan.directions) > 1:
        yield _stop("parts_directions")
    for number, part in enumerate(plan.parts, start=1):
        if not part.title:
            yield _warn("part_untitled", "text", part.id, number=number)


def _part(part: PartFacts | None) -> dict[str, str]:
    """Return what names the part in which something was found; nothing where there is but one text."""
    return {"part": part.title} if part else {}


def _silent(words: Words) -> list[str]:
    return [language for language, value in words.items() if not value.strip()]


def _notes(plan: Plan) -> Iterator[Finding]:
    if plan.text is not None and not plan.taken:
        yield _warn("no_notes")
    for candidate in plan.taken:
        facts: dict[str, Any] = {"exact": candidate.exact, "start": candidate.start}
        facts |= _part(part_of_text(plan.parts, candidate.text))
        if candidate.place:
            facts["on"] = dict(candidate.label)
        if candidate.is_withheld:
            yield _stop("approvals_withheld", "note", candidate.id, **facts)
            continue
        if not candidate.version:
            yield _stop("undecided", "note", candidate.id, **facts)
            continue
        if candidate.newer_waits:
            yield _warn("newer_waits", "note", candidate.id, **facts)
        if candidate.approvals < plan.required_approvals:
            counts = {"have": candidate.approvals, "need": plan.required_approvals}
            yield _stop("few_approvals", "note", candidate.id, **facts, **counts)
        yield from _anchor(candidate, facts) if candidate.place is None else _place(plan, candidate, facts)


def _anchor(candidate: Candidate, facts: dict[str, Any]) -> Iterator[Finding]:
    if not candidate.anchor:
        yield _stop("anchor_missing", "note", candidate.id, **facts)
    elif candidate.anchor == AnchorStatus.LOST:
        yield _stop("anchor_lost", "note", candidate.id, **facts)
    elif candidate.anchor == AnchorStatus.UNCERTAIN:
        yield _stop("anchor_uncertain", "note", candidate.id, **facts, score=round(candidate.score * 100))


def _place(plan: Plan, candidate: Candidate, facts: dict[str, Any]) -> Iterator[Finding]:
    """Say what is wrong with a place in a picture or a film."""
    place = candidate.place
    assert place is not None
    kind = place.kind
    if candidate.anchor == AnchorStatus.LOST:
        yield _stop(f"{kind}_lost", "note", candidate.id, **facts)
    elif candidate.anchor == AnchorStatus.UNCERTAIN:
        yield _stop(f"{kind}_uncertain", "note", candidate.id, **facts)
    if candidate.is_covered:
        yield _warn("region_covered", "note", candidate.id, **facts)


def _members(plan: Plan) -> Iterator[Finding]:
    for member in plan.members:
        if not member.public:
            yield _stop("member_hidden", member.kind, member.id, label=dict(member.label))
        elif member.id in plan.warned:
            yield _warn("member_warned", member.kind, member.id, label=dict(member.label))
    for text, label in plan.kept_back:
        part = _part(part_of_text(plan.parts, text))
        yield _stop("text_kept_back", "text", text, label=dict(label), **part)


def _pictures(plan: Plan) -> Iterator[Finding]:
    for figure in plan.figures:
        caption = shortened(figure.caption, QUOTED)
        if figure.image is None:
            part = _part(part_of_block(plan.parts, figure.block))
            yield _warn("figure_missing", "figure", figure.key, caption=caption, block=figure.block, **part)
            continue
        yield from _picture(plan, figure.image, caption, part_of_block(plan.parts, figure.block))
    taken = plan.taken_media
    for picture in plan.pictures:
        if ("image", picture.id) in taken:
            yield from _picture(plan, picture, picture.title)


def _cover(plan: Plan) -> Iterator[Finding]:
    """Say what is wrong with the cover, which goes out by itself: to cards, other sites and shelves of books."""
    cover = plan.cover
    if cover is None:
        return
    told = {figure.image.id for figure in plan.figures if figure.image}
    told |= {ident for kind, ident in plan.taken_media if kind == "image"}
    if not cover.rights_uri:
        yield _stop("cover_rights_missing", "image", cover.id, label=dict(cover.title))
    if cover.id not in told:
        yield from (one for one in _picture(plan, cover, cover.title) if one.code != "image_rights_missing")
    if plan.is_cover_warned or any(cover.content_warning.values()):
        yield _warn("cover_warned", "image", cover.id, label=dict(cover.title))


def _picture(
    plan: Plan, image: PictureFacts, caption: str | Words, part: PartFacts | None = None
) -> Iterator[Finding]:
    named: dict[str, Any] = {"caption": caption if isinstance(caption, str) else dict(caption), **_part(part)}
    if image.id in plan.unready_images:
        yield _stop("image_unready", "image", image.id, **named)
    silent = _silent(image.alternative)
    if len(silent) == len(image.alternative):
        yield _stop("alternative_missing", "image", image.id, **named)
    for language in silent if len(silent) < len(image.alternative) else ():
        yield _warn("alternative_silent", "image", image.id, **named, language=language)
    if not image.rights_uri:
        yield _warn("image_rights_missing", "image", image.id, **named)


def _links(plan: Plan) -> Iterator[Finding]:
    content = plan.text.content if plan.text else ""
    for start, end in plan.dead_links:
        words, part = shortened(content[start:end], QUOTED), part_at(plan.parts, start)
        ident = part.id if part else plan.text.id if plan.text else ""
        yield _warn("dead_link", "text", ident, words=words, start=start, **_part(part))
    for video in plan.videos:
        if video.state == "gone":
            part = part_of_block(plan.parts, video.block)
            yield _warn("video_gone", "video", video.id, label=_name(video), **_part(part))
    yield from _films(plan)


def _films(plan: Plan) -> Iterator[Finding]:
    """Say which films that notes are on the archive keeps no copy of: what is gone, a note may be the last trace of."""
    taken = plan.taken_media
    for film in plan.films:
        if ("video", film.id) in taken and film.capture is None:
            code = "film_lost" if film.state == "gone" else "film_never_captured"
            yield _warn(code, "video", film.id, label=_name(film))


def _name(film: VideoFacts | FilmFacts) -> dict[str, str] | str:
    """Return the title of a film, or what it is called without."""
    if any(film.title.values()):
        return dict(film.title)
    return film_name(film.provider, film.external_id, film.url)


def _content(plan: Plan) -> Iterator[Finding]:
    if any(plan.work.content_warning.values()):
        yield _warn("content_warning", "work", plan.work.id, words=dict(plan.work.content_warning))
    for figure in plan.figures:
        if figure.image and any(figure.image.content_warning.values()):
            words = dict(figure.image.content_warning)
            yield _warn("content_warning", "image", figure.image.id, words=words)
    taken = plan.taken_media
    beside = [("image", picture.id, picture.content_warning) for picture in plan.pictures]
    beside += [("video", film.id, film.content_warning) for film in plan.films]
    for kind, ident, said in beside:
        if (kind, ident) in taken and any(said.values()):
            yield _warn("content_warning", kind, ident, words=dict(said))
