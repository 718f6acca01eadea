"""Steps on the vocabulary in words: what was done, row by row, and what undoing left as it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from annotations.access.uses import in_sight
from annotations.enums import Aspect, VocabularyAct
from annotations.models import Term, VocabularyRow, VocabularyStep
from annotations.presenters.term_uses import Use, uses_in_context
from annotations.presenters.term_values import FIELDS, differences, labels_of
from archive.access import Viewer
from archive.presenters.step_words import LOOKS, OUTCOMES, STATES, problem_words

ACTS: dict[str, str | Promise] = {
    VocabularyAct.MERGE: gettext_lazy("Merge"), VocabularyAct.SPLIT: gettext_lazy("Split"),
    VocabularyAct.IMPORT: gettext_lazy("Import"),
}  # fmt: skip
ASPECTS: dict[str, str | Promise] = {
    Aspect.USE: gettext_lazy("Uses"), Aspect.NAME: gettext_lazy("Names"), Aspect.NARROWER: gettext_lazy("Narrower terms"),
    Aspect.MERGED: gettext_lazy("Merged before"), Aspect.TERM: gettext_lazy("Entries"),
}  # fmt: skip
#: What a row of a merge or a split says where it was done.
_FOLLOWED = pgettext_lazy("row", "followed")

__all__ = ["ACTS", "ASPECTS", "LOOKS", "OUTCOMES", "STATES", "ShownRow", "shown_rows", "step_title"]


class ShownRow(NamedTuple):
    """A row as the page of its step shows it."""

    row: VocabularyRow
    use: Use | None
    #: Of a row on a term: the term, if it is still there.
    term: Term | None
    outcome: str
    look: str
    problem: str
    #: Of an import: (field, what it says, what it will say).
    changes: list[tuple[Any, str, str]]


def step_title(step: VocabularyStep) -> str:
    """Return what a step did, in a sentence."""
    names = {"term": step.asked.get("term", ""), "other": step.asked.get("other", "")}
    if step.act == VocabularyAct.MERGE:
        return _("\u2068%(term)s\u2069 merged into \u2068%(other)s\u2069") % names
    if step.act == VocabularyAct.SPLIT:
        return _("\u2068%(other)s\u2069 split off \u2068%(term)s\u2069") % names
    return _("Import of \u2068%(file)s\u2069") % {"file": step.asked.get("filename", "")}


def seen_rows(step: VocabularyStep, who: Viewer) -> Any:
    """Return the rows of a step without those of notes that `who` may not see."""
    rows = VocabularyRow.objects.filter(step=step).select_related("step")
    hidden = rows.filter(aspect=Aspect.USE).exclude(annotation__in=in_sight(who).order_by().values("pk"))
    return rows.exclude(pk__in=hidden.order_by().values("pk"))


def _why(problem: dict[str, Any]) -> str:
    """Return a refusal in words, after the name of its field."""
    field = FIELDS.get(str(problem.get("params", {}).get("field", "")), "")
    words = problem_words(problem)
    return f"{field}: {words}" if field and words else words


def shown_rows(rows: Iterable[VocabularyRow], who: Viewer) -> list[ShownRow]:
    """Return rows (of `seen_rows`) with their notes in context."""
    listed = list(rows)
    notes = in_sight(who).filter(pk__in=[row.annotation_id for row in listed if row.annotation_id])
    uses = {use.id: use for use in uses_in_context(who, list(notes))}
    ids = {note.pk: note.public_id for note in notes}
    terms = Term.objects.in_bulk([row.term_id for row in listed if row.term_id])
    names = labels_of(
        {str(side["broader"]) for row in listed for side in (row.before, row.after) if side.get("broader")}
    )
    return [
        ShownRow(
            row, uses.get(ids.get(row.annotation_id or 0, "")), terms.get(row.term_id or 0),
            str(_FOLLOWED if row.outcome == "done" and row.aspect != Aspect.TERM else OUTCOMES[row.outcome]),
            LOOKS.get(row.outcome, "draft"), _why(row.problem),
            list(differences(row.before, row.after, names)) if row.step.act == VocabularyAct.IMPORT else [],
        )
        for row in listed
    ]  # fmt: skip
