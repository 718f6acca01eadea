"""Describe an image."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archive.actions.describe import describe
from archive.models import Image, User


def describe_image(*, image_id: int, version: int | None, values: Mapping[str, Any], by: User) -> Image:
    """Change the description, rights and access of an image; raises what `describe` raises."""
    return describe(Image, pk=image_id, version=version, values=values, by=by)
