"""Describe a video."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archive.actions.describe import describe
from archive.models import User, Video


def describe_video(*, video_id: int, version: int | None, values: Mapping[str, Any], by: User) -> Video:
    """Change the description, rights and access of a video; raises what `describe` raises."""
    return describe(Video, pk=video_id, version=version, values=values, by=by)
