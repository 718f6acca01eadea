"""Nothing is seen by more people than the shelf that it stands on: what a closed shelf closes, however deep."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from archive.access.rules import Rule
from archive.access.viewer import Viewer
from archive.models import Collection

_ALL_BELOW = (
    "WITH RECURSIVE closed(id) AS ({closed} UNION SELECT inner_shelf.id FROM archive_collection inner_shelf "
    "JOIN closed ON inner_shelf.parent_id = closed.id) SELECT id FROM closed"
)


def below_what_is_down() -> RawSQL:
    """Return the keys of all collections that were taken down, and of all in them, for a condition."""
    down = "SELECT id FROM archive_collection WHERE takedown_id IS NOT NULL"
    return RawSQL(_ALL_BELOW.format(closed=down), ())  # noqa: S611 - our own words alone.


class OnOpenShelf(Rule):
    """A column names no shelf that is closed to the viewer, nor one within such a shelf; or it names none."""

    def __init__(self, name: str, closed: Rule) -> None:
        self.name, self.closed = name, closed

    def q(self, viewer: Viewer, prefix: str = "") -> Q:
        """Return the condition; the tree is gone through by the database, once for each question."""
        sql, params = _statement(self.closed, viewer, connection.vendor)
        return ~Q(**{f"{prefix}{self.name}__in": RawSQL(sql, params)})  # noqa: S611 - made of the rules alone.


@lru_cache(maxsize=1024)
def _statement(closed: Rule, viewer: Viewer, vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL of all shelves that are closed to this viewer; made once, since every list asks for it."""
    rows = Collection.objects.order_by().filter(closed.q(viewer)).values("pk")
    sql, params = rows.query.sql_with_params()
    return _ALL_BELOW.format(closed=sql), tuple(params)
