"""Make two terms one, and undo it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from annotations.actions._steps import keep, lock_tree, notes_with, touched, use_rows
from annotations.actions.change_term import locked_term
from annotations.enums import Aspect, NameForm, VocabularyAct
from annotations.models import Term, TermName, VocabularyRow, VocabularyStep
from annotations.models.read_tags import tags_read_as
from archive.access import require
from archive.actions.record_event import record_event
from archive.enums import RowOutcome
from archive.errors import Invalid, NotVisible
from archive.models import User


@transaction.atomic
def merge_term(*, term: str, version: int | None, into: str, by: User) -> Term:
    """Merge a term into another (public ids); return the one that stays.

    The merged one keeps its row, so that notes and sealed releases that name it stay as they are; pages and
    pickers go on to the other, which takes over its names. What was narrower than it becomes narrower than
    the other. Everything that follows is kept in a step, which `undo_merge` takes back.

    Raises NotVisible, NotAllowed, VersionMissing, Stale, Conflict, Invalid.
    """
    lock_tree()
    row = locked_term(term, version=version, act="establish", by=by)
    target = Term.objects.select_for_update(no_key=True).filter(public_id=into).first()
    if target is None:
        raise NotVisible("not_visible")
    require(by, "establish", target)
    if target.pk == row.pk or target.merged_into_id is not None:
        raise Invalid("merge_target", field="into")
    step = VocabularyStep.objects.create(
        act=VocabularyAct.MERGE, term=row, other=target, created_by=by, applied_at=timezone.now(),
        asked={"term": str(row), "other": str(target)},
    )  # fmt: skip
    rows = use_rows(step, notes_with(tags_read_as({row.pk})))
    rows += [*_tree_rows(step, row, target), *_name_rows(step, row, target)]
    keep(step, rows)
    _follow(rows, row, target)
    touched(sorted({row.pk, target.pk, *_children(rows)}), by=by)
    record_event("term.merged", target=row, by=by, into=target.public_id, step=step.public_id)
    target.refresh_from_db()
    return target


def _tree_rows(step: VocabularyStep, row: Term, target: Term) -> list[VocabularyRow]:
    """Return what changes in the tree: where both stand, what is narrower, what was merged before."""

    def one(aspect: Aspect, term: Term, before: Term | None, after: Term | None) -> VocabularyRow:
        return VocabularyRow(
            step=step, place=0, aspect=aspect, term=term, label=str(term)[:300], outcome=RowOutcome.DONE,
            before={"broader": before.pk if before else None}, after={"broader": after.pk if after else None},
        )  # fmt: skip

    found = [one(Aspect.TERM, row, row.broader, None)]
    if target.broader_id == row.pk:
        found.append(one(Aspect.TERM, target, row, row.broader))
    for child in Term.objects.filter(broader=row).exclude(pk=target.pk).order_by("pk"):
        found.append(one(Aspect.NARROWER, child, row, target))
    for merged in Term.objects.filter(merged_into=row).order_by("pk"):
        found.append(one(Aspect.MERGED, merged, row, target))
    return found


def _name_rows(step: VocabularyStep, row: Term, target: Term) -> list[VocabularyRow]:
    """Return the names that the other takes over; what was preferred here is one of several there."""
    known = set(target.names.values_list("language", "name"))
    return [
        VocabularyRow(
            step=step, place=0, aspect=Aspect.NAME, term=target, label=name.name, outcome=RowOutcome.DONE,
            after={
                "language": name.language, "name": name.name, "folded": name.folded,
                "form": NameForm.HIDDEN if name.form == NameForm.HIDDEN else NameForm.ALTERNATIVE,
            },
        )
        for name in row.names.all() if (name.language, name.name) not in known
    ]  # fmt: skip


def _follow(rows: list[VocabularyRow], row: Term, target: Term) -> None:
    """Do what the rows say."""
    of = {aspect: [one for one in rows if one.aspect == aspect] for aspect in Aspect}
    for one in of[Aspect.TERM]:
        Term.objects.filter(pk=one.term_id).update(broader=one.after["broader"])
    Term.objects.filter(pk__in=_children(rows)).update(broader=target)
    Term.objects.filter(pk__in=[one.term_id for one in of[Aspect.MERGED]]).update(
        merged_into=target, version=F("version") + 1
    )
    Term.objects.filter(pk=row.pk).update(merged_into=target)
    TermName.objects.bulk_create(TermName(term=target, **one.after) for one in of[Aspect.NAME])


def _children(rows: list[VocabularyRow]) -> list[int]:
    return [one.term_id for one in rows if one.aspect == Aspect.NARROWER and one.term_id]
