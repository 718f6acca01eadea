"""How the files of a package that are one JSON object a line are written."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any


def line(value: dict[str, Any]) -> bytes:
    """Return one object as a line, always the same for the same object."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n").encode()


def moment(at: datetime | date | None) -> str | None:
    """Return a moment or a day as packages say it."""
    return at.isoformat() if at else None
