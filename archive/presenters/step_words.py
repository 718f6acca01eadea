"""Steps and their rows in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.models import BulkRow, BulkStep
from archive.presenters.bulk_changes import OPERATIONS_SHORT
from archive.presenters.description_history import (
    LABELS,
    Difference,
    Names,
    differences,
    direction_of,
    in_words,
)
from archive.presenters.messages import sentence

STATES: dict[str, str | Promise] = {
    "mapping": _("Columns to be named"), "planning": _("Being read"), "previewed": _("Only looked at"), "applying": _("Being applied"),
    "applied": _("Applied"), "undoing": _("Being taken back"), "undone": _("Taken back"),
}  # fmt: skip
#: The state's look, as the badges of other states have it.
LOOKS = {
    "mapping": "draft", "planning": "submitted", "previewed": "draft", "applying": "submitted", "applied": "accepted",
    "undoing": "submitted", "undone": "returned", "changes": "submitted", "new": "submitted", "made": "accepted", "same": "draft",
    "refused": "returned", "done": "accepted", "failed": "returned", "kept": "returned",
}  # fmt: skip
OUTCOMES: dict[str, str | Promise] = {
    "changes": pgettext_lazy("row", "will change"), "new": pgettext_lazy("row", "will be made new"), "same": pgettext_lazy("row", "says so already"),
    "refused": pgettext_lazy("row", "refused"), "done": pgettext_lazy("row", "changed"), "made": pgettext_lazy("row", "made new"),
    "failed": pgettext_lazy("row", "not changed"), "undone": pgettext_lazy("row", "taken back"),
    "kept": pgettext_lazy("row", "not taken back"),
}  # fmt: skip


class ShownRow(NamedTuple):
    """A row of a step as its page shows it."""

    row: BulkRow
    public_id: str
    differences: list[Difference]
    problem: str


def shown(rows: Iterable[BulkRow], ids: dict[int, str], names: Names) -> list[ShownRow]:
    """Return rows with their differences and refusals in words; `ids` are of those items that may be seen."""
    return [
        ShownRow(
            row, ids.get(row.item_id or 0, ""), differences(row.before, row.after, names), problem_words(row.problem)
        )
        for row in rows
    ]  # fmt: skip


def problem_words(problem: dict[str, Any]) -> str:
    """Return a refusal in words, after the name of its field."""
    if not problem:
        return ""
    params = problem.get("params", {})
    label = LABELS.get(str(params.get("field", "")), "")
    said = sentence(problem["code"], params)
    return f"{label}: {said}" if label else said


def asked_in_words(step: BulkStep, names: Names) -> dict[str, Any]:
    """Return what a step from a list does: the field, the operation and the value; of a table its file."""
    asked = step.asked
    if "field" not in asked:
        return {"filename": asked.get("filename", "")}
    return {
        "label": LABELS[asked["field"]], "op": OPERATIONS_SHORT[asked["op"]], "old": asked["old"],
        "value": in_words(asked["field"], asked["value"], names), "direction": direction_of(asked["field"]),
    }  # fmt: skip
