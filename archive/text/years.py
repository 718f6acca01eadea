"""The years that the archive dates things in."""

from __future__ import annotations

from datetime import datetime


def has_known_year(moment: datetime) -> bool:
    """Whether a moment lies in a year that every calendar, zone and database here can hold."""
    return 1000 <= moment.year <= 9998
