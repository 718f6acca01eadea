"""Access: one declaration per model and act, asked for one row (`allows`) or for all (`visible_to`)."""

from archive.access.registry import (
    VIEW,
    allows,
    as_viewer,
    declare,
    declared,
    may,
    permitted,
    require,
    require_may,
    visible_by_row,
    visible_to,
)
from archive.access.viewer import ANYBODY, KEEPERS, Viewer, viewer_of

__all__ = [
    "ANYBODY", "KEEPERS", "VIEW", "Viewer", "allows", "as_viewer", "declare", "declared", "may", "permitted",
    "require", "require_may", "viewer_of", "visible_by_row",
    "visible_to",
]  # fmt: skip
