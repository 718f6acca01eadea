"""Describe an item of the catalogue: its words in both languages, its rights, who may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F

from archive.access import require
from archive.actions.bump_epoch import bump_epoch
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.actions.trace_public import seen_on_shelf, seen_publicly, trace_public, trace_shelf
from archive.enums import Access, ChangeWay, DetailTerm, WarningKind
from archive.errors import Invalid, Stale
from archive.models import Collection, DescriptionChange, Group, User
from archive.models.collection import DEEPEST
from archive.models.described import DescribedModel, WarnedModel
from archive.presenters.collection_tree import Tree, whole_tree
from archive.presenters.described_values import FIELDS, as_json, stored
from archive.text.edtf import is_edtf
from archive.text.years import has_known_year

Described = TypeVar("Described", bound=DescribedModel)
#: What lies in another table than the item's own.
NAMES = ("groups", "readers")
#: Letters of a place or a detail.
LONGEST_FACT = 2000
#: What of a shelf opens or closes what stands on it.
_OPENS = frozenset({"access", "embargo_until", "parent", *NAMES})


@dataclass(frozen=True, slots=True)
class Named:
    """Those who may see a restricted item; None where nothing was said of them."""

    groups: list[Group] | None = None
    readers: list[User] | None = None

    def put_on(self, item: DescribedModel) -> list[str]:
        """Set them on a stored item; return the names of what changed."""
        changed = []
        for name in NAMES:
            wanted = getattr(self, name)
            if wanted is not None and set(getattr(item, name).all()) != set(wanted):
                getattr(item, name).set(wanted)
                changed.append(name)
        return changed


def set_values(item: DescribedModel, values: Mapping[str, Any], *, tree: Tree | None = None) -> Named:
    """Set checked values on an unsaved or locked row; return who is named, which is for the caller to put on it.

    A collection must have room where it is put: in the `tree` that is given, else in the one that is stored.
    Raises Invalid with the field's name.
    """
    for name, value in values.items():
        if name not in FIELDS[type(item)]:
            raise Invalid("unknown_field", field=name)
        if name == "warnings":
            item.warnings = _in_order(value)  # type: ignore[attr-defined]
        elif name not in NAMES:
            # Forms send line ends of two characters, which are no other words.
            setattr(item, name, value.replace("\r\n", "\n") if isinstance(value, str) else value)
    if item.date_edtf and not is_edtf(item.date_edtf):
        raise Invalid("not_edtf", field="date_edtf", value=item.date_edtf)
    refuse_odd_moment("embargo_until", item.embargo_until)
    _refuse_odd_facts(item)
    _cover_by_words(item)
    if item.access not in set(Access):
        raise Invalid("unknown_access", field="access")
    named = Named(*(list(values[name]) if name in values else None for name in NAMES))
    if named.readers is not None:
        # Nobody is shown the readers whose account is closed, so nobody takes them away either: they may come back.
        named = replace(named, readers=[*named.readers, *closed_readers(item)])
    if item.access == Access.RESTRICTED and named != Named() and not _names_somebody(item, named):
        raise Invalid("groups_missing", field="groups")
    if isinstance(item, Collection) and item.parent is not None:
        _refuse_circle(item, tree or whole_tree())
    return named


def _cover_by_words(item: DescribedModel) -> None:
    """Let words of a warning cover pictures as its kinds do, also where nobody has ticked a kind."""
    if not isinstance(item, WarnedModel) or item.warnings:
        return
    if any(getattr(item, f"content_warning_{language}") for language in ("ar", "en")):
        item.warnings = [WarningKind.OTHER.value]


def _refuse_odd_facts(item: DescribedModel) -> None:
    """Refuse places without a name, details of an unknown term, and words longer than a form lets anybody write."""
    for name, needed, known in (("places", "name", None), ("details", "value", set(DetailTerm))):
        facts = getattr(item, name)
        if not isinstance(facts, list) or not all(_is_fact(fact, needed, known) for fact in facts):
            raise Invalid("unknown_detail", field=name)
        if any(len(words) > LONGEST_FACT for fact in facts for words in fact.values()):
            raise Invalid("cell_too_long", field=name, most=LONGEST_FACT)


def _is_fact(fact: Any, needed: str, known: set[DetailTerm] | None) -> bool:
    if not isinstance(fact, dict) or not all(isinstance(words, str) for words in fact.values()):
        return False
    return bool(fact.get(needed)) and (known is None or fact.get("term") in known)


def refuse_odd_moment(name: str, moment: datetime | None) -> None:
    """Refuse a year that calendars and databases stumble over; raises Invalid("not_a_moment")."""
    if moment is not None and not has_known_year(moment):
        raise Invalid("not_a_moment", field=name, value=f"{moment:%Y-%m-%d}")


def _names_somebody(item: DescribedModel, named: Named) -> bool:
    """Whether anybody will be named: of what is not set, what is there counts."""
    return any(
        getattr(item, name).exists() if wanted is None and item.pk else bool(wanted)
        for name, wanted in ((name, getattr(named, name)) for name in NAMES)
    )


def _in_order(warnings: Iterable[str]) -> list[str]:
    chosen = set(warnings)
    if not chosen <= set(WarningKind):
        raise Invalid("unknown_warning", field="warnings")
    return [kind.value for kind in WarningKind if kind in chosen]


def closed_readers(item: DescribedModel) -> list[User]:
    """Return the readers of an item who cannot sign in now."""
    return list(item.readers.filter(is_active=False)) if item.pk else []


def readers_at(addresses: Iterable[str], *, closed: Iterable[User] = ()) -> list[User]:
    """Return the active accounts that sign in with these addresses; the `closed` ones are passed over.

    Raises Invalid("unknown_reader") with the first that is nobody's.
    """
    known = {user.email for user in closed}
    typed = dict.fromkeys(address.strip().casefold() for address in addresses if address.strip())
    wanted = [address for address in typed if address not in known]
    found = {user.email: user for user in User.objects.filter(email__in=wanted, is_active=True)}
    for address in wanted:
        if address not in found:
            raise Invalid("unknown_reader", field="readers", address=address)
    return [found[address] for address in wanted]


@transaction.atomic
def describe(
    model: type[Described],
    *,
    pk: int,
    version: int | None,
    values: Mapping[str, Any],
    way: ChangeWay = ChangeWay.DESCRIBED,
    by: User,
) -> Described:
    """Change the description of one item as it was at `version`; what it said before is kept.

    Raises Stale with the current version, Invalid, NotAllowed, NotVisible.
    """
    if issubclass(model, Collection) and "parent" in values:
        lock_tree()
    item = model._default_manager.select_for_update(no_key=True).get(pk=pk)
    require(by, "change", item)
    if version is not None and version != item.version:
        raise Stale("stale", current=item.version, yours=version)
    was, seen = stored(item), seen_publicly(item)
    shelf = seen_on_shelf(item) if _OPENS & set(values) else {}
    named = set_values(item, values)
    if "access" in values and item.access == Access.RESTRICTED and not _names_somebody(item, named):
        raise Invalid("groups_missing", field="groups")
    # Words of a warning bring a kind with them.
    kept = [name for name in dict.fromkeys([*values, "warnings"]) if name in was]
    became = {name: as_json(name, named.groups if name == "groups" else getattr(item, name)) for name in kept}
    changed = sorted({name for name in became if became[name] != was[name]} | set(named.put_on(item)))
    if not changed:
        return item
    _keep(item, was, {name: became[name] for name in changed if name in became}, way=way, by=by)
    item.version = F("version") + 1
    item.save()
    item.refresh_from_db(fields=["version"])
    announce(item, changed, way=way, by=by)
    trace_public(item, before=seen)
    if _OPENS & set(changed):
        trace_shelf(item, before=shelf, stood=seen)
    return item


def lock_tree() -> None:
    """Lock all collections, in one order: two that are moved into each other at the same moment wait for each other."""
    list(Collection.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _keep(
    item: DescribedModel, was: dict[str, Any], became: dict[str, Any], *, way: ChangeWay, by: User
) -> None:
    """Insert what the description said before and what it says now."""
    DescriptionChange.objects.create(
        kind=str(item._meta.model_name), item_id=item.pk, version=item.version, was=was, became=became, way=way,
        created_by=by,
    )  # fmt: skip


def announce(
    item: DescribedModel, changed: Iterable[str], *, way: ChangeWay = ChangeWay.DESCRIBED, by: User
) -> None:
    """Let search, cached pages and the record know of a change of a catalogue item."""
    name = str(item._meta.model_name)
    bump_epoch()
    refresh_search(name, item.pk, by=by)
    facts: dict[str, Any] = {} if way == ChangeWay.DESCRIBED else {"way": way.value}
    record_event(f"{name}.described", target=item, by=by, fields=list(changed), access=item.access, **facts)


def _refuse_circle(collection: Collection, tree: Tree) -> None:
    """Refuse a place within itself, or so deep that the branch would reach below `DEEPEST`."""
    around = tree.path(collection.parent_id)
    if collection.pk is not None and collection.pk in around:
        raise Invalid("collection_circle", field="parent")
    height = tree.height(collection.pk) if collection.pk in tree.parents else 1
    if len(around) + height > DEEPEST:
        raise Invalid("collection_too_deep", field="parent", most=DEEPEST)
