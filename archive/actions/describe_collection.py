"""Describe a collection."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archive.actions.describe import describe
from archive.models import Collection, User


def describe_collection(
    *, collection_id: int, version: int | None, values: Mapping[str, Any], by: User
) -> Collection:
    """Change the description, rights and access of a collection; raises what `describe` raises."""
    return describe(Collection, pk=collection_id, version=version, values=values, by=by)
