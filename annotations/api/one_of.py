"""Closed vocabularies in addresses."""

from __future__ import annotations

from collections.abc import Iterable

from archive.errors import Invalid


def one_of(codes: Iterable[str], value: str, field: str) -> str:
    """Return the value, which is one of the codes.

    Raises Invalid.
    """
    if value not in set(codes):
        raise Invalid("choice_unknown", field=field)
    return value
