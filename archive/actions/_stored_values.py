"""A stored description's values as they are set on an item again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.dateparse import parse_datetime

from archive.access import visible_to
from archive.errors import Invalid
from archive.models import Collection, Group, Image, User

_MODELS: dict[str, type[Any]] = {"collection": Collection, "parent": Collection, "cover": Image}


@dataclass(slots=True)
class References:
    """Reads stored values for one person; the rows that they point at are looked up once each."""

    by: User
    known: dict[tuple[str, str], Any] = field(default_factory=dict)

    def values(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """Return stored values as `set_values` takes them.

        Raises Invalid("reference_gone") with the field when a value names what is not there for this person.
        """
        return {name: self._value(name, value) for name, value in stored.items()}

    def _value(self, name: str, value: Any) -> Any:
        if name == "groups":
            return [self._row(Group, name, each) for each in value]
        if name in _MODELS and value is not None:
            return self._row(_MODELS[name], name, value)
        return parse_datetime(value) if name == "embargo_until" and value else value

    def _row(self, model: type[Any], name: str, public_id: str) -> Any:
        key = (name, public_id)
        if key not in self.known:
            self.known[key] = visible_to(model, self.by).filter(public_id=public_id).first()
        if self.known[key] is None:
            raise Invalid("reference_gone", field=name)
        return self.known[key]


def values_of(stored: Mapping[str, Any], *, by: User) -> dict[str, Any]:
    """Return the values of one description; raises what `References.values` raises."""
    return References(by).values(stored)
