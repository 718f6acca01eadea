"""Make two terms of one: chosen uses go to the other."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from annotations.access.uses import notes_bearing
from annotations.actions._steps import keep, lock_tree, touched, use_rows
from annotations.actions.change_term import locked_term
from annotations.actions.propose_term import propose_term
from annotations.enums import Aspect, TermStatus, VocabularyAct
from annotations.models import Annotation, TagMove, Term, VocabularyRow, VocabularyStep
from annotations.models.read_tags import tags_read_as
from annotations.values import TermInput
from archive.access import require
from archive.actions.record_event import record_event
from archive.enums import RowOutcome
from archive.errors import Invalid, NotVisible
from archive.models import User

#: Uses that go to another term in one step.
MOST_USES = 2_000


@transaction.atomic
def split_term(
    *,
    term: str,
    version: int | None,
    notes: Sequence[str],
    new: TermInput | None = None,
    into: str = "",
    by: User,
) -> VocabularyStep:
    """Let these notes (public ids) bear another term instead: a `new` one, or the one with the id `into`.

    The tags stay as they were approved and are read as the other from now on; sealed releases stay as they are.
    `undo_split` takes the step back. Only notes that `by` sees can be chosen.

    Raises NotVisible, NotAllowed, VersionMissing, Stale, Conflict, Invalid.
    """
    lock_tree()
    row = locked_term(term, version=version, act="establish", by=by)
    if not notes:
        raise Invalid("nothing_chosen", field="notes")
    if len(notes) > MOST_USES:
        raise Invalid("too_many", field="notes", limit_count=MOST_USES)
    chosen = Annotation.objects.filter(
        pk__in=list(notes_bearing(by, {row.pk}).filter(public_id__in=notes).values_list("pk", flat=True))
    )
    if chosen.count() != len(set(notes)):
        raise Invalid("use_unknown", field="notes")
    other, made = _other(row, new, into, by)
    step = VocabularyStep.objects.create(
        act=VocabularyAct.SPLIT, term=row, other=other, created_by=by, applied_at=timezone.now(),
        asked={"term": str(row), "other": str(other), "made": made},
    )  # fmt: skip
    rows = use_rows(step, chosen)
    before = _move(step, row, other, [one.annotation_id for one in rows])
    for one in rows:
        one.before = {"moves": before.get(one.annotation_id or 0, {})}
    if made:
        rows.append(
            VocabularyRow(
                step=step,
                place=0,
                aspect=Aspect.TERM,
                term=other,
                label=str(other)[:300],
                outcome=RowOutcome.MADE,
                version=other.version + 1,
            )
        )
    keep(step, rows)
    touched([row.pk, other.pk], by=by)
    record_event("term.split", target=row, by=by, into=other.public_id, step=step.public_id)
    return step


def _other(row: Term, new: TermInput | None, into: str, by: User) -> tuple[Term, bool]:
    """Return the term that the uses go to, and whether it was made for that."""
    if new is not None:
        public = row.status == TermStatus.ESTABLISHED
        return propose_term(term=new, establish=public, by=by), True
    other = Term.objects.select_for_update(no_key=True).filter(public_id=into).first()
    if other is None:
        raise NotVisible("not_visible")
    require(by, "establish", other)
    if other.pk == row.pk or other.merged_into_id is not None:
        raise Invalid("merge_target", field="into")
    return other, False


def _move(
    step: VocabularyStep, row: Term, other: Term, notes: Collection[int | None]
) -> dict[int, dict[str, list[int]]]:
    """Move the tags of all versions of these notes; return by note what earlier splits had made of them.

    That is `{tag: [term, step]}`, for the undoing.
    """
    tags = tags_read_as({row.pk}).filter(version__annotation__in=[pk for pk in notes if pk])
    keys = dict(tags.order_by("pk").values_list("pk", "version__annotation_id"))
    earlier = {move.tag_id: move for move in TagMove.objects.select_for_update().filter(tag__in=list(keys))}
    before: dict[int, dict[str, list[int]]] = {}
    for tag, move in earlier.items():
        before.setdefault(keys[tag], {})[str(tag)] = [move.term_id, move.step_id]
        move.term, move.step, move.moved_at = other, step, timezone.now()
    TagMove.objects.bulk_update(earlier.values(), ["term", "step", "moved_at"], batch_size=500)
    TagMove.objects.bulk_create(
        [TagMove(tag_id=tag, term=other, step=step) for tag in keys if tag not in earlier], batch_size=500
    )
    return before
