"""The rows of parts in the form of an edition: the texts of its work, which of them it takes, and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from annotations.forms.credits import acted
from archive.access import visible_to
from archive.models import Text
from archive.presenters.parts import choice_label, numbers


@dataclass(frozen=True, slots=True)
class PartRow:
    """A text that the edition takes or could take."""

    id: str
    label: str
    is_taken: bool


class PartRows:
    """The rows of one form, in their order: what was sent, else those that the edition takes and then all others."""

    def __init__(self, labels: Mapping[str, str], begun: Mapping[str, Any], data: QueryDict | None) -> None:
        self._labels = labels
        if data is None:
            self._order, self._taken = begun.get("parts_order") or [], begun.get("parts") or []
        else:
            self._order, self._taken = data.getlist("parts_order"), data.getlist("parts")
        self._order = [
            one for one in dict.fromkeys([*self._order, *self._taken, *self._labels]) if one in self._labels
        ]

    def __iter__(self) -> Iterator[PartRow]:
        for ident in self._order:
            yield PartRow(ident, self._labels[ident], ident in self._taken)

    def __len__(self) -> int:
        return len(self._order)

    @property
    def is_offered(self) -> bool:
        """Whether there is something to choose among."""
        return len(self._order) > 1

    @property
    def taken(self) -> list[str]:
        """The public ids of the ticked texts, in their order; nothing where there is no choice."""
        return [row.id for row in self if row.is_taken] if self.is_offered else []

    def typed(self) -> dict[str, Any]:
        """Return what stands in the rows."""
        return {"parts_order": list(self._order), "parts": list(self._taken)}

    def in_words(self, ids: Sequence[str]) -> str:
        """Return parts as a line that two people can compare."""
        return _(", ").join(self._labels[ident] for ident in ids if ident in self._labels)


def begun_rows(text: Text | None, who: Any, begun: Mapping[str, Any], data: QueryDict | None) -> PartRows:
    """Return the rows of an edition that is being begun of a text: this alone is ticked, until they were shown for it."""
    labels = labels_of(text.work_id, (text,), who) if text else {}
    chosen = text.public_id if text else ""
    if chosen == shown_for(begun, data):
        return PartRows(labels, begun, data)
    return PartRows(labels, {"parts_order": list(labels), "parts": [chosen]}, None)


def shown_for(begun: Mapping[str, Any], data: QueryDict | None) -> str:
    """Return the text (public id) whose work had its parts in the form that was sent; empty where there were none."""
    return str((begun if data is None else data).get("parts_of") or "")


def labels_of(work: int, taken: Sequence[Text], who: Any) -> dict[str, str]:
    """Return by public id what the texts of a work are called, as far as `who` sees them or they are taken."""
    seen = visible_to(Text, who).filter(work=work, current_revision__isnull=False)
    rows = {text.pk: text for text in (*taken, *seen)}
    texts = sorted(rows.values(), key=lambda text: (text.order, text.pk))
    number = numbers(texts)
    return {text.public_id: choice_label(text, number.get(text.pk)) for text in texts}


def moved(typed: dict[str, Any], act: str) -> dict[str, Any]:
    """Return what was typed after a press on a button of a row: "up-1", "down-0"."""
    order = [one["id"] for one in acted([{"id": ident} for ident in typed["parts_order"]], act)]
    return {
        **typed,
        "parts_order": order if len(order) == len(typed["parts_order"]) else typed["parts_order"],
    }
