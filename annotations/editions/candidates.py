"""Which notes an edition's rule takes in, and each as it would be released."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from annotations.editions.plan import Candidate
from annotations.editions.targets import Targets
from annotations.editions.values import Approval, Note, Person
from annotations.enums import AnchorStatus, AnnotationStatus
from annotations.models import Anchor, Annotation, AnnotationVersion, Decision

Rule = Callable[[AnnotationVersion], bool]


def matches(rule: Mapping[str, Any], terms: Mapping[int, Sequence[str]]) -> Rule:
    """Return the test of a plan's rule: `{"categories": […], "tags": […], "languages": […]}`.

    An empty list takes all; tags are named by public id. `terms` are those that each version bears, by its key.
    """
    categories, languages = set(rule.get("categories") or ()), set(rule.get("languages") or ())
    tags = set(rule.get("tags") or ())

    def test(version: AnnotationVersion) -> bool:
        return (
            (not categories or version.category in categories)
            and (not languages or version.language in languages)
            and (not tags or any(one in tags for one in terms.get(version.pk, ())))
        )

    return test


def candidates_of(
    *, notes: Iterable[Annotation], versions: Mapping[int, AnnotationVersion], anchors: Mapping[int, Anchor],
    approvals: Mapping[int, list[Decision]], targets: Targets, excluded: set[int], rule: Rule, terms: Mapping[int, Sequence[str]],
) -> tuple[Candidate, ...]:  # fmt: skip
    """Return the notes that the rule takes in: accepted ones, and those that wait for a decision."""
    found = []
    for note in notes:
        version = versions.get(note.pk)
        waits = note.status == AnnotationStatus.SUBMITTED
        if version is None or not rule(version) or not (note.accepted_version_id or waits):
            continue
        found.append(
            _candidate(
                note,
                version,
                anchors.get(version.locus_id),
                approvals.get(version.pk, []),
                targets,
                note.pk in excluded,
                tuple(sorted(terms.get(version.pk, ()))),
            )
        )
    return tuple(sorted(found, key=lambda c: (c.start is None, c.start or 0, -(c.end or 0), c.id)))


def _candidate(
    note: Annotation, version: AnnotationVersion, anchor: Anchor | None, approvals: list[Decision],
    targets: Targets, excluded: bool, tags: tuple[str, ...],
) -> Candidate:  # fmt: skip
    accepted = note.accepted_version_id == version.pk
    placed = anchor is not None and anchor.status in (AnchorStatus.EXACT, AnchorStatus.MOVED)
    return Candidate(
        id=note.public_id, author=Person(note.author_key, note.author_name),
        # While its author writes the next version, to everybody else it is accepted.
        status=AnnotationStatus.ACCEPTED if accepted and note.status == AnnotationStatus.DRAFT else note.status,
        category=version.category, language=version.language, body=version.body,
        tags=tags,
        version=version.public_id if accepted else "",
        newer_waits=accepted and note.status == AnnotationStatus.SUBMITTED,
        excluded=excluded, anchor=anchor.status if anchor else "", score=anchor.score if anchor else 0.0,
        start=anchor.start if anchor else None, end=anchor.end if anchor else None,
        exact=anchor.exact if anchor else "", approvals=len(approvals),
        note=_note(note, version, anchor, approvals, targets, tags) if accepted and placed and anchor else None,
    )  # fmt: skip


def _note(
    note: Annotation,
    version: AnnotationVersion,
    anchor: Anchor,
    approvals: list[Decision],
    targets: Targets,
    tags: tuple[str, ...],
) -> Note:
    assert anchor.start is not None
    assert anchor.end is not None
    return Note(
        number=0, id=note.public_id, version=version.public_id, version_number=version.number,
        content_hash=version.content_hash, category=version.category, language=version.language,
        body=version.body, author=note.author_key, start=anchor.start, end=anchor.end,
        exact=anchor.exact, prefix=anchor.prefix, suffix=anchor.suffix,
        tags=tags,
        references=targets.references(version),
        approvals=tuple(Approval(d.reviewer.public_id, d.created_at.date().isoformat()) for d in approvals),
    )  # fmt: skip
