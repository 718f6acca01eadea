"""Describe a work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archive.actions.describe import describe
from archive.models import User, Work


def describe_work(*, work_id: int, version: int | None, values: Mapping[str, Any], by: User) -> Work:
    """Change the description, rights and access of a work; raises what `describe` raises."""
    return describe(Work, pk=work_id, version=version, values=values, by=by)
