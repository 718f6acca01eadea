"""What the page of a work, a picture or a film tells machines of it."""

from __future__ import annotations

from typing import Any

from annotations.presenters.cite_block import cite_block
from annotations.presenters.described import schema_of
from annotations.presenters.pointed import Pointed
from annotations.presenters.schema_people import TYPES_OF_WORKS, schema_people

_TYPES = {"image": "ImageObject", "video": "VideoObject"}


def telling(pointed: Pointed, **more: Any) -> dict[str, Any]:
    """Return how it is cited (`cite`, `pointed`), and its description in the words of schema.org (`schema`)."""
    row, cite = pointed.row, cite_block(pointed)
    kind = more.pop("kind", "") or _TYPES.get(pointed.kind) or TYPES_OF_WORKS.get(row.kind, "CreativeWork")
    credited = {name: value for name, value in schema_people(cite.citation).items() if name != "contributor"}
    return {"cite": cite, "pointed": pointed, "schema": schema_of(row, kind, **credited, **more)}
