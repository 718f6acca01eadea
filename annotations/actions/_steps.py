"""What steps on the vocabulary share: one at a time, their rows, what became of each note since."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import F, Q, QuerySet

from annotations.enums import Aspect
from annotations.models import Annotation, AnnotationVersion, Term, VersionTag, VocabularyRow, VocabularyStep
from archive.access import require
from archive.actions.bump_epoch import bump_epoch
from archive.actions.index_entry import wait_for_turn
from archive.actions.refresh_search import refresh_search
from archive.enums import RowOutcome, StepState
from archive.errors import Conflict, NotVisible
from archive.models import User


def lock_tree() -> None:
    """Wait until nobody else moves branches: two that are moved into each other at once would make a circle."""
    wait_for_turn("vocabulary")


def locked_step(public_id: str, *, state: StepState, by: User) -> VocabularyStep:
    """Return the step, locked; raises NotVisible, NotAllowed, Conflict("step_not_ready") in another state."""
    step = (
        VocabularyStep.objects.select_for_update(of=("self",), no_key=True)
        .filter(public_id=public_id)
        .first()
    )
    if step is None:
        raise NotVisible("not_visible")
    require(by, "change", step)
    if step.state != state:
        raise Conflict("step_not_ready")
    return step


def locked_terms(keys: Collection[int | None]) -> dict[int, Term]:
    """Return these terms, locked, in one order for all."""
    rows = Term.objects.select_for_update(of=("self",), no_key=True).filter(
        pk__in=[key for key in keys if key]
    )
    return {term.pk: term for term in rows.order_by("pk")}


def notes_with(tags: QuerySet[VersionTag]) -> QuerySet[Annotation]:
    """Return the notes that bear one of these tags in the version that counts, whoever may see them."""
    versions = tags.order_by().values("version_id")
    return Annotation.objects.filter(Q(newest_version__in=versions) | Q(accepted_version__in=versions))


def use_rows(step: VocabularyStep, notes: QuerySet[Annotation]) -> list[VocabularyRow]:
    """Return the unsaved rows of the uses that follow; each knows the newest version of its note."""
    found = notes.order_by("pk").values_list("pk", "newest_version__number")
    return [
        VocabularyRow(
            step=step, place=0, aspect=Aspect.USE, annotation_id=pk, version=number or 0, outcome=RowOutcome.DONE
        )
        for pk, number in found
    ]  # fmt: skip


def keep(step: VocabularyStep, rows: Iterable[VocabularyRow]) -> None:
    """Insert the rows of a step, numbered."""
    listed = list(rows)
    for place, row in enumerate(listed, start=1):
        row.place = row.place or place
    VocabularyRow.objects.bulk_create(listed, batch_size=500)


def revised_since(rows: Collection[VocabularyRow], term_id: int) -> set[int]:
    """Return the notes of these rows that were revised since and say this very term themselves now."""
    was = {row.annotation_id: row.version for row in rows}
    newest = AnnotationVersion.objects.filter(
        pk__in=Annotation.objects.filter(pk__in=list(was)).values("newest_version"),
        version_tags__term=term_id,
        version_tags__move=None,
    )
    pairs = newest.values_list("annotation_id", "number")
    return {note for note, number in pairs if number > was[note]}


def done(row: VocabularyRow, *, kept: str = "", **facts: Any) -> None:
    """Say of a row that it was taken back, or with a code why not; unsaved."""
    row.outcome = RowOutcome.KEPT if kept else RowOutcome.UNDONE
    row.problem = {"code": kept, "params": facts} if kept else {}


def save_rows(rows: Collection[VocabularyRow]) -> None:
    """Save what became of rows."""
    VocabularyRow.objects.bulk_update(rows, ["outcome", "problem"], batch_size=500)


def touched(terms: Collection[int], *, by: User) -> None:
    """Raise the versions of terms, and let search and cached pages know."""
    Term.objects.filter(pk__in=terms).update(version=F("version") + 1)
    for pk in terms:
        refresh_search("term", pk, by=by)
    bump_epoch()


def stands_below(term: Term, other_id: int) -> bool:
    """Whether a term is the other one, or below it."""
    above: Term | None = term
    seen: set[int] = set()
    while above is not None and above.pk not in seen:
        if above.pk == other_id:
            return True
        seen.add(above.pk)
        above = above.broader
    return False
