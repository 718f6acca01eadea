"""The words in which access is declared; each becomes a database condition for a given viewer.

One declaration gives both faces: `visible_to` filters with it, `allows` asks it of one row. The clock is
the database's, so an embargo ends for every process at once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now

from archive.access.viewer import Viewer


class Rule(ABC):
    """A condition on rows, for a viewer."""

    @abstractmethod
    def q(self, viewer: Viewer, prefix: str = "") -> Q:
        """Return the condition on a row reached through `prefix` ("" or "work__")."""

    def by_row(self) -> Rule:
        """Return the same rule for asking it of few rows out of very many: no list is gone through beforehand."""
        return self

    def __or__(self, other: Rule) -> Rule:
        return _Either(self, other)

    def __and__(self, other: Rule) -> Rule:
        return _Both(self, other)

    def __invert__(self) -> Rule:
        return _Not(self)


def always(prefix: str = "") -> Q:
    """Return a condition that every row meets (an empty `Q` would vanish from an `|`)."""
    return ~Q(**{f"{prefix}pk__in": []})


def never(prefix: str = "") -> Q:
    """Return a condition that no row meets."""
    return Q(**{f"{prefix}pk__in": []})


class _Either(Rule):
    def __init__(self, *rules: Rule) -> None:
        self.rules = rules

    def by_row(self) -> Rule:
        return _Either(*(rule.by_row() for rule in self.rules))

    def q(self, viewer: Viewer, prefix: str = "") -> Q:
        # Whom one of them lets in whatever the row needs no other looked at, nor the tables that it would join.
        if any(isinstance(rule, OfViewer) and rule.holds(viewer) for rule in self.rules):
            return always(prefix)
        first, *rest = (rule.q(viewer, prefix) for rule in self.rules)
        for condition in rest:
            first |= condition
        return first


class _Both(Rule):
    def __init__(self, *rules: Rule) -> None:
        self.rules = rules

    def by_row(self) -> Rule:
        return _Both(*(rule.by_row() for rule in self.rules))

    def q(self, viewer: Viewer, prefix: str = "") -> Q:
        first, *rest = (rule.q(viewer, prefix) for rule in self.rules)
        for condition in rest:
            first &= condition
        return first


class _Not(Rule):
    """The opposite; only for columns that are never empty (SQL's null is neither)."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    def by_row(self) -> Rule:
        return _Not(self.rule.by_row())

    def q(self, viewer: Viewer, prefix: str = "") -> Q:
        return ~self.rule.q(viewer, prefix)


class OfViewer(Rule):
    """Depends on the viewer only."""

    def __init__(self, holds: Callable[[Viewer], bool]) -> None:
        self.holds = holds

    def q(self, viewer: Viewer, prefix: str = "") -> Q:
        return always(prefix) if self.holds(viewer) else never(prefix)


class Has(OfViewer):
    """The viewer has one of these roles."""

    def __init__(self, *roles: str) -> None:
        super().__init__(lambda viewer: viewer.has(*roles))


EVERYONE = OfViewer(lambda viewer: True)
NOBODY = OfViewer(lambda viewer: False)
MEMBER = OfViewer(lambda viewer: viewer.is_member)


class ShorterForVisitors(Rule):
    """A rule, and what is left of it for those without an account: said in fewer words where few rows are asked."""

    def __init__(self, rule: Rule, shorter: Rule) -> None:
        self.rule, self.shorter = rule, shorter

    def q(self, viewer: Viewer, prefix: str = "") -> Q:
        return self.rule.q(viewer, prefix)

    def by_row(self) -> Rule:
        return _ShorterByRow(self.rule.by_row(), self.shorter.by_row())


class _ShorterByRow(ShorterForVisitors):
    def q(self, viewer: Viewer, prefix: str = "") -> Q:
        return (self.shorter if viewer.user_id is None else self.rule).q(viewer, prefix)


class Field(Rule):
    """A column has one of these values."""

    def __init__(self, name: str, *values: object) -> None:
        self.name, self.values = name, values

    def q(self, viewer: Viewer, prefix: str = "") -> Q:
        return Q(**{f"{prefix}{self.name}__in": list(self.values)})


class IsNull(Rule):
    """A column is empty, or with `is_null=False` is not."""

    def __init__(self, name: str, *, is_null: bool = True) -> None:
        self.name, self.is_null = name, is_null

    def q(self, viewer: Viewer, prefix: str = "") -> Q:
        return Q(**{f"{prefix}{self.name}__isnull": self.is_null})


class Past(Rule):
    """A time is over, or was never set."""

    def __init__(self, name: str) -> None:
        self.name = name

    def q(self, viewer: Viewer, prefix: str = "") -> Q:
        return Q(**{f"{prefix}{self.name}__isnull": True}) | Q(**{f"{prefix}{self.name}__lte": Now()})


class Own(Rule):
    """A column names the viewer."""

    def __init__(self, name: str) -> None:
        self.name = name

    def q(self, viewer: Viewer, prefix: str = "") -> Q:
        return never(prefix) if viewer.user_id is None else Q(**{f"{prefix}{self.name}": viewer.user_id})


class NotOwn(Rule):
    """A column names somebody else than the viewer."""

    def __init__(self, name: str) -> None:
        self.name = name

    def q(self, viewer: Viewer, prefix: str = "") -> Q:
        return always(prefix) if viewer.user_id is None else ~Q(**{f"{prefix}{self.name}": viewer.user_id})


class InGroup(Rule):
    """A column names one of the viewer's groups."""

    def __init__(self, name: str) -> None:
        self.name = name

    def q(self, viewer: Viewer, prefix: str = "") -> Q:
        return Q(**{f"{prefix}{self.name}__in": viewer.group_ids}) if viewer.group_ids else never(prefix)


class Through(Rule):
    """What holds for the row that a foreign key leads to; children inherit by join."""

    def __init__(self, path: str, rule: Rule) -> None:
        self.path, self.rule = path, rule

    def by_row(self) -> Rule:
        return Through(self.path, self.rule.by_row())

    def q(self, viewer: Viewer, prefix: str = "") -> Q:
        return self.rule.q(viewer, f"{prefix}{self.path}__")


class Among(Rule):
    """A column is among the rows that a query gives for the viewer (for many-to-many and reverse relations)."""

    def __init__(self, name: str, rows: Callable[[Viewer], QuerySet[Model] | Iterable[object]]) -> None:
        self.name, self.rows = name, rows

    def q(self, viewer: Viewer, prefix: str = "") -> Q:
        return Q(**{f"{prefix}{self.name}__in": within(self.rows, viewer)})

    def by_row(self) -> Rule:
        return _AmongByRow(self.name, self.rows)


class _AmongByRow(Among):
    """The same, asked by an index for each row, where `rows` is a query of one column."""

    def q(self, viewer: Viewer, prefix: str = "") -> Q:
        rows = self.rows(viewer)
        if not isinstance(rows, QuerySet):
            return super().q(viewer, prefix)
        (column,) = rows.query.values_select
        return Q(Exists(rows.order_by().filter(**{column: OuterRef(f"{prefix}{self.name}")})))


def within(rows: Callable[[Viewer], Any], viewer: Viewer) -> Any:
    """Return what `rows` gives for a viewer, a query as its statement: for a condition with `__in`.

    The statement holds nothing but the viewer's own facts, and the clock is the database's; it is kept, since to
    put it together takes longer than to ask it.
    """
    kept = _kept(rows, viewer, connection.vendor)
    return RawSQL(*kept) if isinstance(kept, tuple) else kept  # noqa: S611 - made of the rules alone.


@lru_cache(maxsize=4096)
def _kept(rows: Callable[[Viewer], Any], viewer: Viewer, _vendor: str) -> Any:
    """Return the statement of these rows and its parameters; what is no query as it is, and [] of what finds nothing."""
    found = rows(viewer)
    if not isinstance(found, QuerySet):
        return found
    try:
        sql, params = found.order_by().query.sql_with_params()
    except EmptyResultSet:
        return []
    return sql, tuple(params)
