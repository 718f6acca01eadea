"""Who may do what in the archive. Every sentence is shown on the people page and tested row by row."""

from __future__ import annotations

from archive.access.declared_deposits import declare_deposits
from archive.access.declared_items import declare_items
from archive.access.declared_people import declare_people


def declare_all() -> None:
    """Fill the registry; called once when the app is ready."""
    declare_items()
    declare_deposits()
    declare_people()
