"""Who may do what to which model: filled by declarations, asked through two functions; no rule means nobody."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Manager, Model, Q, QuerySet
from django.db.models.expressions import RawSQL

from archive.access.rules import NOBODY, OfViewer, Rule
from archive.access.viewer import Viewer, viewer_of
from archive.errors import NotAllowed, NotVisible
from archive.models.statements import fetch

VIEW = "view"

_RULES: dict[tuple[type[Model], str], Rule] = {}
#: The sentence of each permission, for the documentation and the people page.
SENTENCES: dict[tuple[str, str], str] = {}


def declare(model: type[Model], action: str, rule: Rule, sentence: str) -> None:
    """Declare who may do `action` to rows of `model`; `sentence` says it in words."""
    _RULES[model, action] = rule
    _standing.cache_clear()
    _asked_of_one.cache_clear()
    SENTENCES[model.__name__, action] = sentence


def declared() -> dict[tuple[type[Model], str], Rule]:
    """Return every declaration, for the tests that go through all of them."""
    return dict(_RULES)


def rule_for(model: type[Model], action: str) -> Rule:
    """Return the rule; nobody may do what was not declared."""
    return _RULES.get((model, action), NOBODY)


def as_viewer(who: object) -> Viewer:
    """Return `who` if it is a Viewer already, else the viewer of that account."""
    return who if isinstance(who, Viewer) else viewer_of(who)


def permitted(rows: type[Model] | QuerySet | Manager, who: object, action: str) -> QuerySet:
    """Return those of `rows` to which `who` may do `action`: what may be seen, and this too."""
    viewer = as_viewer(who)
    if isinstance(rows, type):
        return _standing(rows, viewer, action, connection.vendor).all()
    return rows.filter(_permitted(rows.model, viewer, action))


@lru_cache(maxsize=512)
def _standing(model: type[Model], viewer: Viewer, action: str, _vendor: str) -> QuerySet:
    """Return the query of all rows, which holds nothing but the viewer's own facts: the clock is the database's.

    Kept, since to put it together takes longer than to ask it.
    """
    return model._default_manager.filter(_permitted(model, viewer, action))


def _permitted(model: type[Model], viewer: Viewer, action: str) -> Q:
    condition = _condition(model, viewer, action)
    if viewer.behind is None:
        return condition
    return condition & _condition(
        model, viewer.behind, action
    )  # Borrowed eyes never see more than one's own.


def _condition(model: type[Model], viewer: Viewer, action: str) -> Q:
    condition = rule_for(model, VIEW).q(viewer)
    return condition if action == VIEW else condition & rule_for(model, action).q(viewer)


def visible_to(rows: type[Model] | QuerySet | Manager, who: object) -> QuerySet:
    """Return those of `rows` that `who` may see."""
    return permitted(rows, who, VIEW)


def visible_by_row(model: type[Model], who: object, also: Rule | None = None) -> QuerySet:
    """Return what `visible_to` does (and `also` allows), put so that it is quick for few rows out of very many.

    Meant to be narrowed to one row at a time: what `visible_to` goes through beforehand, a question for each row asks by
    an index.
    """
    viewer = as_viewer(who)
    rule = rule_for(model, VIEW) if also is None else rule_for(model, VIEW) & also
    condition = rule.by_row().q(viewer)
    if viewer.behind is not None:
        condition &= rule.by_row().q(viewer.behind)
    return model._default_manager.order_by().filter(condition)


def allows(who: object, action: str, target: Model) -> bool:
    """Whether `who` may do `action` to this row, as the database has it now."""
    asked = _asked_of_one(type(target), as_viewer(who), action, connection.vendor)
    if asked is None or target.pk is None:
        return False
    sql, params = asked
    return bool(fetch(sql, [target.pk if value == _THIS else value for value in params]))


#: Stands for a row's key while the statement is made; no key is negative.
_THIS = -(2**62)


@lru_cache(maxsize=2048)
def _asked_of_one(
    model: type[Model], viewer: Viewer, action: str, vendor: str
) -> tuple[str, tuple[Any, ...]] | None:
    """Return the statement that finds a row to which the viewer may do this; None when the rules leave nothing.

    Kept like `_standing`: every action asks it.
    """
    this = RawSQL("%s", [_THIS])  # As it is: a small key's own type would find it too far off to ask.
    rows = _standing(model, viewer, action, vendor).filter(pk=this).order_by().values_list("pk")
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, tuple(params)


def may(who: object, action: str, model: type[Model]) -> bool:
    """Whether `who` may do `action` to the model as such: acts that have no row yet ("add"), rules of viewers only."""
    rule = rule_for(model, action)
    if not isinstance(rule, OfViewer):
        raise TypeError(f"{model.__name__}.{action} depends on a row; ask `allows`")
    viewer = as_viewer(who)
    return rule.holds(viewer) and (viewer.behind is None or rule.holds(viewer.behind))


def require_may(who: object, action: str, model: type[Model]) -> None:
    """Stop unless `may`.

    Raises NotAllowed.
    """
    if not may(who, action, model):
        raise NotAllowed("not_allowed", action=action)


def require(who: object, action: str, target: Model) -> None:
    """Stop unless `who` may do `action` to `target`.

    Raises NotVisible when they may not even see it, NotAllowed when they may see but not do this.
    """
    if allows(who, action, target):
        return
    if allows(who, VIEW, target):
        raise NotAllowed("not_allowed", action=action)
    raise NotVisible("not_visible")
