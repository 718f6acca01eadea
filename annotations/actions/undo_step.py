"""Take a merge or a split back as one step, except where somebody changed the same since."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from annotations.actions._steps import (
    done,
    lock_tree,
    locked_step,
    locked_terms,
    revised_since,
    save_rows,
    stands_below,
    touched,
)
from annotations.enums import Aspect, VocabularyAct
from annotations.models import TagMove, Term, TermName, VersionTag, VocabularyRow, VocabularyStep
from archive.actions.record_event import record_event
from archive.enums import RowOutcome, StepState
from archive.errors import Conflict
from archive.models import User

Rows = dict[Aspect, list[VocabularyRow]]


@transaction.atomic
def undo_step(*, step: str, by: User) -> VocabularyStep:
    """Put back what a merge or a split (public id) moved; each row says what became of it.

    A note that was revised since says itself which term it means, and stays; so does what was moved or renamed.
    Raises NotVisible, NotAllowed, Conflict("step_not_ready"), Conflict("step_overtaken") when a later merge
    or split stands on this one.
    """
    lock_tree()
    row = locked_step(step, state=StepState.APPLIED, by=by)
    if row.act not in (VocabularyAct.MERGE, VocabularyAct.SPLIT):
        raise Conflict("step_not_ready")
    rows = list(row.rows.filter(outcome__in=(RowOutcome.DONE, RowOutcome.MADE)).order_by("place", "pk"))
    of: Rows = {aspect: [one for one in rows if one.aspect == aspect] for aspect in Aspect}
    terms = locked_terms({row.term_id, row.other_id, *(one.term_id for one in rows)})
    went, other = terms.get(row.term_id or 0), terms.get(row.other_id or 0)
    if went is None or other is None:
        raise Conflict("step_overtaken")
    if row.act == VocabularyAct.MERGE:
        _part(of, terms, went, other)
    else:
        _gather(row, of, went, other)
    save_rows(rows)
    row.state = StepState.UNDONE
    row.save(update_fields=["state"])
    touched(sorted({went.pk, other.pk, *(one.term_id for one in of[Aspect.NARROWER] if one.term_id)}), by=by)
    record_event(
        f"term.{row.act}_undone", target=went, by=by, step=row.public_id,
        kept=sum(one.outcome == RowOutcome.KEPT for one in rows),
    )  # fmt: skip
    return row


def _part(of: Rows, terms: dict[int, Term], went: Term, stays: Term) -> None:
    """Make the two terms of a merge two again."""
    if went.merged_into_id != stays.pk:
        raise Conflict("step_overtaken")
    Term.objects.filter(pk=went.pk).update(merged_into=None)
    for one in of[Aspect.TERM]:
        _stand(one, terms, after=one.after["broader"], to=one.before["broader"])
    for one in of[Aspect.NARROWER]:
        _stand(one, terms, after=stays.pk, to=went.pk)
    for one in of[Aspect.MERGED]:
        changed = Term.objects.filter(pk=one.term_id, merged_into=stays)
        done(one, kept="" if changed.update(merged_into=went, version=F("version") + 1) else "changed_since")
    for one in of[Aspect.NAME]:
        names = TermName.objects.filter(
            term=stays, language=one.after["language"], name=one.after["name"], form=one.after["form"], is_label=False
        )  # fmt: skip
        done(one, kept="" if names.delete()[0] else "changed_since")
    since = revised_since(of[Aspect.USE], stays.pk)
    for one in of[Aspect.USE]:
        done(one, kept="revised_since" if one.annotation_id in since else "")


def _stand(one: VocabularyRow, terms: dict[int, Term], *, after: int | None, to: int | None) -> None:
    """Put a term back where it stood, unless somebody moved it since, or what it stood under is below it now."""
    term = Term.objects.filter(pk=one.term_id).first()
    if term is None or term.broader_id != after or (term.merged_into_id and one.aspect == Aspect.NARROWER):
        done(one, kept="changed_since")
        return
    above = Term.objects.filter(pk=to).first() if to else None
    if to and (above is None or above.merged_into_id or stands_below(above, term.pk)):
        done(one, kept="changed_since")
        return
    Term.objects.filter(pk=term.pk).update(broader=above)
    done(one)


def _gather(step: VocabularyStep, of: Rows, went: Term, other: Term) -> None:
    """Let the uses of a split bear the first term again; a term that was made for it and stands alone goes back into it."""
    if went.merged_into_id or other.merged_into_id or _moved_on(step, of[Aspect.USE]):
        raise Conflict("step_overtaken")
    since = revised_since(of[Aspect.USE], other.pk)
    earlier = {int(tag): pair for one in of[Aspect.USE] for tag, pair in one.before.get("moves", {}).items()}
    steps = VocabularyStep.objects.in_bulk({of_step for _term, of_step in earlier.values()})
    for move in TagMove.objects.select_for_update().filter(step=step):
        term, of_step = earlier.get(move.tag_id, (None, None))
        if term is None:
            move.delete()
        else:
            # Moved when that step was taken: what was sealed since then has it so.
            moved_at = steps[of_step].applied_at or move.moved_at
            TagMove.objects.filter(pk=move.pk).update(term=term, step=of_step, moved_at=moved_at)
    for one in of[Aspect.USE]:
        done(one, kept="revised_since" if one.annotation_id in since else "")
    for one in of[Aspect.TERM]:
        kept = _stands_alone(other, one.version)
        if not kept:
            Term.objects.filter(pk=other.pk).update(merged_into=went)
        done(one, kept=kept)


def _moved_on(step: VocabularyStep, uses: list[VocabularyRow]) -> bool:
    """Whether a later split, which was not undone, moved on what this one had moved."""
    later = VocabularyRow.objects.filter(
        step__act=VocabularyAct.SPLIT, step__state=StepState.APPLIED, step__pk__gt=step.pk,
        annotation__in=[one.annotation_id for one in uses],
    )  # fmt: skip
    moves = (before.get("moves", {}).values() for before in later.values_list("before", flat=True))
    return any(of_step == step.pk for pairs in moves for _term, of_step in pairs)


def _stands_alone(term: Term, version: int) -> str:
    """Return why a term that a split made is not taken back; empty when nothing stands on it."""
    if term.version != version:
        return "changed_since"
    in_use = (
        VersionTag.objects.filter(term=term).exists()
        or TagMove.objects.filter(term=term).exists()
        or Term.objects.filter(broader=term).exists()
        or Term.objects.filter(merged_into=term).exists()
    )
    return "made_in_use" if in_use else ""
