"""A stored description's values as they are set on an item again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_datetime

from archive.access import visible_to
from archive.errors import Invalid
from archive.models import Collection, Group, Image, User

_MODELS: dict[str, type[Any]] = {"collection": Collection, "parent": Collection, "cover": Image}


def values_of(stored: Mapping[str, Any], *, by: User) -> dict[str, Any]:
    """Return stored values as `set_values` takes them.

    Raises Invalid("reference_gone") with the field when a value names what is not there for this person.
    """
    return {name: _value(name, value, by) for name, value in stored.items()}


def _value(name: str, value: Any, by: User) -> Any:
    if name == "groups":
        found = list(visible_to(Group, by).filter(public_id__in=value))
        if len(found) != len(set(value)):
            raise Invalid("reference_gone", field=name)
        return found
    if name in _MODELS and value is not None:
        row = visible_to(_MODELS[name], by).filter(public_id=value).first()
        if row is None:
            raise Invalid("reference_gone", field=name)
        return row
    return parse_datetime(value) if name == "embargo_until" and value else value
