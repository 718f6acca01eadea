"""What a harvester is told: what anybody sees, and what anybody saw once and sees no more, in order of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Now

from archive.access.registry import visible_to
from archive.access.viewer import ANYBODY, Viewer
from archive.models import Collection, Image, PublicTrace, Video, Work
from archive.models.collection import DEEPEST
from archive.models.described import DescribedModel

MODELS: dict[str, type[DescribedModel]] = {"work": Work, "image": Image, "video": Video}


class Told(NamedTuple):
    """One item as a harvest names it."""

    stamp: datetime
    kind: str
    public_id: str
    pk: int
    #: Key of the collection it stands in, or was last seen in.
    collection_id: int | None
    gone: bool


#: The ends of the embargoes of the shelves around an item, which lies on an open one though that is not told yet.
_SHELVES = tuple(f"collection__{'parent__' * depth}embargo_until" for depth in range(DEEPEST))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which items are asked for: `since` counts, `before` does not."""

    since: datetime | None = None
    before: datetime | None = None
    #: Keys of collections; None: wherever they stand.
    collections: frozenset[int] | None = None
    kind: str = ""
    public_id: str = ""
    #: The last one told before: time and id.
    after: tuple[datetime, str] | None = None


@dataclass(slots=True)
class Shelves:
    """The collections that somebody sees, as a tree; one that is hidden cuts off what is in it."""

    rows: dict[int, Collection] = field(default_factory=dict)

    def path(self, pk: int | None) -> list[Collection]:
        """Return the collection and those around it, innermost first, as far as they are seen."""
        found: list[Collection] = []
        while pk in self.rows and self.rows[pk] not in found:
            found.append(self.rows[pk])
            pk = self.rows[pk].parent_id
        return found

    def within(self, public_id: str) -> frozenset[int]:
        """Return the keys of this collection and of all in it; none when it is not seen."""
        return frozenset(pk for pk in self.rows if any(c.public_id == public_id for c in self.path(pk)))


def shelves(who: Viewer = ANYBODY) -> Shelves:
    """Return the collections that `who` sees; without one, those that anybody does."""
    return Shelves({row.pk: row for row in visible_to(Collection, who).order_by("pk")})


def told(wanted: Wanted, *, most: int) -> list[Told]:
    """Return the first items that are asked for, oldest change first; one query however many there are."""
    kinds = [wanted.kind] if wanted.kind else list(MODELS)
    first, *rest = (_where(part, wanted) for kind in kinds for part in (_seen(kind), _gone(kind)))
    rows = first.union(*rest, all=True).order_by("stamp", "name")[:most]
    return [Told(*row) for row in rows]


def earliest() -> datetime | None:
    """Return the oldest moment that a harvest can name; None when there is nothing to tell."""
    return next((row.stamp for row in told(Wanted(), most=1)), None)


def items(rows: Iterable[Told]) -> dict[tuple[str, int], Any]:
    """Return the items themselves, as far as anybody sees them at this moment."""
    asked: dict[str, list[int]] = {}
    for row in rows:
        if not row.gone:
            asked.setdefault(row.kind, []).append(row.pk)
    return {
        (kind, item.pk): item
        for kind, keys in asked.items()
        for item in visible_to(MODELS[kind], ANYBODY).filter(pk__in=keys)
    }


def newest(kind: str, *, most: int) -> list[tuple[int, datetime, datetime]]:
    """Return key, time at which anybody saw it first, and time of its last change of what came last, newest first."""
    first = (
        PublicTrace.objects.filter(kind=kind, item_id=OuterRef("pk"), gone=False).order_by("pk").values("at")
    )
    rows = seen(kind).annotate(
        came=Greatest(
            Coalesce(Subquery(first[:1]), F("created_at")),
            Coalesce(F("embargo_until"), F("created_at")),
            *(_over(end) for end in _SHELVES),
        )
    )
    return list(rows.order_by("-came", "-pk").values_list("pk", "came", "stamp")[:most])


def seen(kind: str) -> QuerySet[Any]:
    """Return what anybody sees of a kind, with `stamp`: when that changed last."""
    return _seen(kind)


def _seen(kind: str) -> QuerySet[Any]:
    """What is seen: changed when a change was traced, or when its embargo ended, or that of a shelf around it: its sets."""
    traces = PublicTrace.objects.filter(kind=kind, item_id=OuterRef("pk")).order_by("-pk").values("at")
    # Django's own rows: those of modeltranslation put the columns into another order.
    rows = visible_to(QuerySet(MODELS[kind]), ANYBODY).order_by()
    return rows.annotate(
        stamp=Greatest(
            Coalesce(Subquery(traces[:1]), F("created_at")),
            Coalesce(F("embargo_until"), F("created_at")),
            *(_over(end) for end in _SHELVES),
        ),
        kind_=Value(kind, output_field=CharField()),
        name=F("public_id"), number=F("pk"), shelf=F("collection_id"), is_gone=Value(False, output_field=BooleanField()),
    )  # fmt: skip


def _over(end: str) -> Case:
    """The end of an embargo that is over by the database clock; of one that is not, nothing is told."""
    return Case(When(**{f"{end}__lte": Now(), "then": F(end)}), default=F("created_at"))


def _gone(kind: str) -> QuerySet[Any]:
    """What was seen once and is not now: its last trace."""
    newer = PublicTrace.objects.filter(kind=kind, item_id=OuterRef("item_id"), pk__gt=OuterRef("pk"))
    rows = PublicTrace.objects.filter(~Exists(newer), kind=kind).order_by()
    return rows.exclude(item_id__in=visible_to(MODELS[kind], ANYBODY).order_by().values("pk")).annotate(
        stamp=F("at"), kind_=Value(kind, output_field=CharField()), name=F("public_id"), number=F("item_id"),
        shelf=F("collection_id"), is_gone=Value(True, output_field=BooleanField()),
    )  # fmt: skip


def _where(rows: QuerySet[Any], wanted: Wanted) -> QuerySet[Any]:
    if wanted.since is not None:
        rows = rows.filter(stamp__gte=wanted.since)
    if wanted.before is not None:
        rows = rows.filter(stamp__lt=wanted.before)
    if wanted.collections is not None:
        rows = rows.filter(shelf__in=wanted.collections)
    if wanted.public_id:
        rows = rows.filter(public_id=wanted.public_id)
    if wanted.after is not None:
        stamp, public_id = wanted.after
        rows = rows.filter(Q(stamp__gt=stamp) | Q(stamp=stamp, public_id__gt=public_id))
    return rows.values_list("stamp", "kind_", "name", "number", "shelf", "is_gone")
