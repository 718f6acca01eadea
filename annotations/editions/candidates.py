"""Which notes an edition's rule takes in, and each as it would be released."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from annotations.editions.media import Media, Placed
from annotations.editions.plan import Candidate
from annotations.editions.targets import Targets
from annotations.editions.values import Approval, Note, Person
from annotations.enums import AnchorStatus, AnnotationStatus
from annotations.models import Annotation, AnnotationVersion, Decision


class AnchorRow(NamedTuple):
    """Where a locus is in the wording: what of its anchor counts here."""

    locus_id: int
    status: str
    score: float
    start: int | None
    end: int | None
    exact: str
    prefix: str
    suffix: str


#: What of a rule leaves a version out; nothing where it takes it in.
Rule = Callable[[AnnotationVersion], tuple[str, ...]]


def leaving_out(
    rule: Mapping[str, Any], terms: Mapping[int, Sequence[str]], people: frozenset[str] | None = None
) -> Rule:
    """Return what a plan's rule leaves out, and why: `{"categories": […], "tags": […], "languages": […], "places": […]}`.

    An empty list takes all; tags are named by public id, places by the kind of locus. `terms` are those that each
    version bears, by its key; `people` the keys of whose notes are taken in, None for everybody's. A rule of
    `{"only_picked": True}` takes in nothing by itself.
    """
    if rule.get("only_picked"):
        return lambda _version: ("only_picked",)
    places = set(rule.get("places") or ())
    categories, languages = set(rule.get("categories") or ()), set(rule.get("languages") or ())
    tags = set(rule.get("tags") or ())

    def why(version: AnnotationVersion) -> tuple[str, ...]:
        lacks = {
            "categories": bool(categories) and version.category not in categories,
            "tags": bool(tags) and tags.isdisjoint(terms.get(version.pk, ())),
            "people": people is not None and version.annotation.author_key not in people,
            "languages": bool(languages) and version.language not in languages,
            "places": bool(places) and version.locus.kind not in places,
        }
        return tuple(name for name, is_so in lacks.items() if is_so)

    return why


def candidates_of(
    *, notes: Iterable[Annotation], versions: Mapping[int, AnnotationVersion], anchors: Mapping[int, AnchorRow],
    approvals: Mapping[int, list[Decision]], targets: Targets, media: Media, excluded: set[int], rule: Rule,
    terms: Mapping[int, Sequence[str]], picked: frozenset[int] = frozenset(), texts: Mapping[int, str],
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:  # fmt: skip
    """Return the notes that the rule takes in or that were `picked`, and the accepted ones that it leaves out.

    The first are accepted, or wait for a decision. `texts` are the public ids of the edition's texts, by their keys.
    """
    found = []
    for note in notes:
        version = versions.get(note.pk)
        waits = note.status == AnnotationStatus.SUBMITTED
        if version is None or not (note.accepted_version_id or waits):
            continue
        left_out = () if note.pk in picked else rule(version)
        if left_out and not note.accepted_version_id:
            continue
        placed = media.placed(version.locus)
        sits = _of_anchor(anchors.get(version.locus_id)) if placed is None else _of_placed(placed)
        decided, tags = approvals.get(version.pk, []), tuple(sorted(terms.get(version.pk, ())))
        made = _candidate(note, version, sits, decided, targets, note.pk in excluded, tags)
        found.append(replace(made, text=texts.get(note.text_id or 0, ""), left_out=left_out))
    found.sort(key=lambda c: (c.start is None, c.start or 0, -(c.end or 0), c.id))
    return tuple(c for c in found if not c.left_out), tuple(c for c in found if c.left_out)


@dataclass(frozen=True, slots=True)
class _Sits:
    """Where a note is: on words of the text, or in a picture or a film that is read at one point of it."""

    status: str
    score: float = 1.0
    start: int | None = None
    end: int | None = None
    exact: str = ""
    prefix: str = ""
    suffix: str = ""
    placed: Placed | None = None


def _of_anchor(anchor: AnchorRow | None) -> _Sits:
    if anchor is None:
        return _Sits("", 0.0)
    return _Sits(*anchor[1:])


def _of_placed(placed: Placed) -> _Sits:
    return _Sits(placed.standing, start=placed.start, end=placed.start, placed=placed)


def _candidate(
    note: Annotation, version: AnnotationVersion, sits: _Sits, approvals: list[Decision], targets: Targets,
    excluded: bool, tags: tuple[str, ...],
) -> Candidate:  # fmt: skip
    accepted = note.accepted_version_id == version.pk
    is_sure = sits.status in (AnchorStatus.EXACT, AnchorStatus.MOVED)
    placed = sits.placed
    return Candidate(
        id=note.public_id, author=Person(note.author_key, note.author_name),
        # While its author writes the next version, to everybody else it is accepted.
        status=AnnotationStatus.ACCEPTED if accepted and note.status == AnnotationStatus.DRAFT else note.status,
        category=version.category, language=version.language, body=version.body,
        tags=tags,
        version=version.public_id if accepted else "",
        newer_waits=accepted and note.status == AnnotationStatus.SUBMITTED,
        excluded=excluded, anchor=sits.status, score=sits.score, start=sits.start, end=sits.end,
        exact=sits.exact, approvals=len(approvals),
        place=placed.place if placed else None, label=placed.label if placed else {},
        is_covered=placed.is_covered if placed else False,
        note=_note(note, version, sits, approvals, targets, tags) if accepted and is_sure else None,
    )  # fmt: skip


def _note(
    note: Annotation,
    version: AnnotationVersion,
    sits: _Sits,
    approvals: list[Decision],
    targets: Targets,
    tags: tuple[str, ...],
) -> Note:
    assert sits.start is not None
    assert sits.end is not None
    return Note(
        number=0, id=note.public_id, version=version.public_id, version_number=version.number,
        content_hash=version.content_hash, category=version.category, language=version.language,
        body=version.body, author=note.author_key, start=sits.start, end=sits.end,
        exact=sits.exact, prefix=sits.prefix, suffix=sits.suffix,
        tags=tags,
        references=targets.references(version),
        approvals=tuple(Approval(d.reviewer.public_id, d.created_at.date().isoformat()) for d in approvals),
        place=sits.placed.place if sits.placed else None,
    )  # fmt: skip
