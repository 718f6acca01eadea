"""From a plan to the frozen snapshot: pure, so the same plan gives the same bytes."""

from __future__ import annotations

from typing import Any

from annotations.editions.order import numbered
from annotations.editions.plan import Plan
from annotations.editions.values import (
    FORMAT_WITH_MORE,
    FORMAT_WITH_PLACES,
    Note,
    Person,
    Snapshot,
    TermFacts,
)
from annotations.enums import NoteOrder
from annotations.values import RelationWords


def build_snapshot(plan: Plan, *, number: int, previous: str) -> Snapshot:
    """Return the value that sealing `plan` as release `number` after `previous` (a hash, or empty) gives.

    Notes that cannot be released are left out: sealing refuses before that; a preview shows what is ready.
    Assumes that the text has a wording.
    """
    assert plan.text is not None
    names = {c.author.id: c.author.name for c in plan.taken}
    notes = numbered((c.note for c in plan.taken if c.note is not None), order=plan.order, names=names)
    used = {tag for note in notes for tag in note.tags}
    return Snapshot(
        edition=plan.edition, slug=plan.slug, number=number, previous=previous,
        title=plan.title, introduction=plan.introduction, change_note=plan.change_note,
        license=plan.license, credits=plan.credits, required_approvals=plan.required_approvals,
        authors=_authors(plan, {note.author for note in notes}),
        reviewers=_reviewers(plan, notes),
        work=plan.work, text=plan.text, notes=notes, terms=_terms(plan, used),
        figures=plan.figures, videos=plan.videos, relations=_relations(plan, notes),
        **(_with_places(plan, notes) | _with_more(plan)),
    )  # fmt: skip


def _with_places(plan: Plan, notes: tuple[Note, ...]) -> dict[str, Any]:
    """Return what only a release with notes on pictures or films has."""
    members = {note.place.member for note in notes if note.place}
    if not members:
        return {}
    return {
        "format": FORMAT_WITH_PLACES,
        "pictures": tuple(row for row in plan.pictures if ("image", row.id) in members),
        "films": tuple(row for row in plan.films if ("video", row.id) in members),
    }


def _with_more(plan: Plan) -> dict[str, Any]:
    """Return what only a release with a cover, numbered otherwise than by place, or of several parts has."""
    found: dict[str, Any] = {}
    if plan.cover is not None:
        found["cover"] = plan.cover
    if plan.order != NoteOrder.PLACE:
        found["order"] = plan.order
    if plan.parts:
        found["parts"] = plan.parts
    return {"format": FORMAT_WITH_MORE, **found} if found else {}


def _authors(plan: Plan, ids: set[str]) -> tuple[Person, ...]:
    people = {c.author.id: c.author for c in plan.taken if c.author.id in ids}
    return tuple(sorted(people.values(), key=lambda person: (person.name, person.id)))


def _reviewers(plan: Plan, notes: tuple[Note, ...]) -> tuple[Person, ...]:
    ids = {approval.by for note in notes for approval in note.approvals}
    return tuple(sorted((p for p in plan.reviewers if p.id in ids), key=lambda p: (p.name, p.id)))


def _relations(plan: Plan, notes: tuple[Note, ...]) -> tuple[RelationWords, ...]:
    used = {reference.relation for note in notes for reference in note.references}
    return tuple(sorted((r for r in plan.relations if r.code in used), key=lambda r: r.code))


def _terms(plan: Plan, used: set[str]) -> tuple[TermFacts, ...]:
    return tuple(sorted((t for t in plan.terms if t.id in used), key=lambda t: (t.kind, t.slug, t.id)))
