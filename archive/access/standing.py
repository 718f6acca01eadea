"""What stands on the things that a deposit made: while anything does, the deposit cannot be undone."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from archive import kinds
from archive.access.registry import visible_to
from archive.access.viewer import ANYBODY
from archive.enums import ChangeWay, DraftState
from archive.models import (
    BulkRow,
    BulkStep,
    Capture,
    Deposit,
    DepositAgreement,
    DepositItem,
    DescriptionChange,
    Figure,
    Image,
    ImportRun,
    PackageArrival,
    PublicTrace,
    Redaction,
    SiteSettings,
    Takedown,
    Text,
    Work,
)

#: Files that are named of each obstacle.
NAMED = 5


class Obstacle(NamedTuple):
    """One way in which files of a deposit are in use."""

    #: Worded by pages.
    code: str
    many: int
    #: Names of the first of them.
    files: tuple[str, ...]


def standing_on(deposit: Deposit) -> list[Obstacle]:
    """Return what stands in the way of undoing a deposit; empty: nothing."""
    found = []
    for code, rows in _checks(deposit):
        count = rows.distinct().count()
        if count:
            names = rows.distinct().order_by("pk").values_list("filename", flat=True)[:NAMED]
            found.append(Obstacle(code, count, tuple(names)))
    return found


def _checks(deposit: Deposit) -> list[tuple[str, QuerySet[DepositItem]]]:
    items = DepositItem.objects.filter(deposit=deposit)
    images = items.filter(image__isnull=False).order_by().values("image")
    checks = [
        ("shown_in_text", items.filter(image__in=Figure.objects.filter(image__in=images).values("image"))),
        ("words_in_text", items.filter(image__in=Text.objects.filter(image__in=images).values("image"))),
        ("is_cover", items.filter(_is_cover())),
        ("described_since", items.filter(image__in=_described(deposit))),
        ("seen_publicly", items.filter(_seen_publicly(images))),
        ("covered_parts", items.filter(image__in=Redaction.objects.filter(image__in=images).values("image"))),
        ("taken_down_once", items.filter(image__in=Takedown.objects.filter(kind="image").values("item_id"))),
        ("text_in_use", items.filter(_text_in_use())),
        ("draft_worked_on", items.filter(_draft_worked_on())),
        ("file_in_use", items.filter(_used_file(deposit, items))),
    ]  # fmt: skip
    checks += [(each.code, items.filter(image__in=each.images(images))) for each in kinds.dependents]
    return checks


def _is_cover() -> Q:
    covers = Work.objects.filter(cover__isnull=False).values("cover")
    return Q(image__in=covers) | Q(image__in=SiteSettings.objects.filter(logo__isnull=False).values("logo"))


def _described(deposit: Deposit) -> Any:
    """Images whose description somebody changed otherwise than by the deposit's own tables."""
    own = BulkRow.objects.filter(step__deposit=deposit, change__isnull=False).values("change")
    changes = DescriptionChange.objects.filter(kind="image").exclude(way=ChangeWay.UNDONE)
    return changes.exclude(pk__in=own).values("item_id")


def _seen_publicly(images: Any) -> Q:
    """Images that anybody sees, or saw once: harvesters and readers were told of them."""
    seen = visible_to(Image, ANYBODY).filter(pk__in=images).order_by().values("pk")
    return Q(image__in=seen) | Q(image__in=PublicTrace.objects.filter(kind="image").values("item_id"))


def _text_in_use() -> Q:
    return Q(run__draft__state=DraftState.ACCEPTED) | Q(run__work__isnull=False) | Q(run__text__isnull=False)


def _draft_worked_on() -> Q:
    return Q(run__draft__steps__isnull=False) & ~Q(run__draft__state=DraftState.ACCEPTED)


def _used_file(deposit: Deposit, items: QuerySet[DepositItem]) -> Q:
    """Arrivals of which somebody made more than the deposit did."""
    made_images = items.filter(image__isnull=False).values("image")
    made_runs = items.filter(run__isnull=False).values("run")
    arrivals = items.filter(arrival__isnull=False).order_by().values("arrival")
    others = [
        Image.objects.filter(arrival__in=arrivals, undone=False).exclude(pk__in=made_images),
        ImportRun.objects.filter(arrival__in=arrivals).exclude(pk__in=made_runs),
        Capture.objects.filter(arrival__in=arrivals),
        BulkStep.objects.filter(arrival__in=arrivals).exclude(deposit=deposit),
        DepositAgreement.objects.filter(arrival__in=arrivals).exclude(deposit=deposit),
        PackageArrival.objects.filter(arrival__in=arrivals),
    ]
    used = Q(pk__in=[])
    for rows in others:
        used |= Q(arrival__in=rows.order_by().values("arrival"))
    return used
