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
    Transcript,
    Video,
    Work,
)

#: Files that are named of each obstacle.
NAMED = 5
#: What deposits make that the public may come to see.
SEEN: dict[str, type[Image | Video]] = {"image": Image, "video": Video}


class Obstacle(NamedTuple):
    """One way in which files of a deposit are in use."""

    #: Worded by pages.
    code: str
    many: int
    #: Names of the first of them.
    files: tuple[str, ...]


def standing_on(deposit: Deposit, item: DepositItem | None = None) -> list[Obstacle]:
    """Return what stands in the way of undoing a deposit, or one file of it; empty: nothing."""
    items = DepositItem.objects.filter(deposit=deposit)
    found = []
    for code, rows in _checks(deposit, items.filter(pk=item.pk) if item else items):
        count = rows.distinct().count()
        if count:
            names = rows.distinct().order_by("pk").values_list("filename", flat=True)[:NAMED]
            found.append(Obstacle(code, count, tuple(names)))
    return found


def _checks(deposit: Deposit, items: QuerySet[DepositItem]) -> list[tuple[str, QuerySet[DepositItem]]]:
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
    return checks + _recording_checks(deposit, items)


def _recording_checks(
    deposit: Deposit, items: QuerySet[DepositItem]
) -> list[tuple[str, QuerySet[DepositItem]]]:
    """Return the same of the recordings that a deposit made."""
    videos = items.filter(video__isnull=False).order_by().values("video")
    tied = Transcript.objects.filter(video__in=videos).values("video")
    read = ImportRun.objects.filter(video__in=videos).values("video")
    captures = items.filter(video__isnull=False, arrival__isnull=False).order_by().values("arrival")
    more = Capture.objects.filter(video__in=videos).exclude(arrival__in=captures).values("video")
    return [
        ("words_tied", items.filter(Q(video__in=tied) | Q(video__in=read))),
        ("described_since", items.filter(video__in=_described(deposit, "video"))),
        ("seen_publicly", items.filter(_seen_publicly(videos, "video"))),
        ("taken_down_once", items.filter(video__in=Takedown.objects.filter(kind="video").values("item_id"))),
        ("file_in_use", items.filter(video__in=more)),
        *((each.code, items.filter(video__in=each.videos(videos))) for each in kinds.dependents),
    ]


def _is_cover() -> Q:
    covers = Work.objects.filter(cover__isnull=False).values("cover")
    return Q(image__in=covers) | Q(image__in=SiteSettings.objects.filter(logo__isnull=False).values("logo"))


def _described(deposit: Deposit, kind: str = "image") -> Any:
    """Images, or recordings, whose description somebody changed otherwise than by the deposit's own tables."""
    own = BulkRow.objects.filter(step__deposit=deposit, change__isnull=False).values("change")
    changes = DescriptionChange.objects.filter(kind=kind).exclude(way=ChangeWay.UNDONE)
    return changes.exclude(pk__in=own).values("item_id")


def _seen_publicly(keys: Any, kind: str = "image") -> Q:
    """Images, or recordings, that anybody sees, or saw once: harvesters and readers were told of them."""
    seen = visible_to(SEEN[kind], ANYBODY).filter(pk__in=keys).order_by().values("pk")
    traces = PublicTrace.objects.filter(kind=kind).values("item_id")
    return Q(**{f"{kind}__in": seen}) | Q(**{f"{kind}__in": traces})


def _text_in_use() -> Q:
    return Q(run__draft__state=DraftState.ACCEPTED) | Q(run__work__isnull=False) | Q(run__text__isnull=False)


def _draft_worked_on() -> Q:
    return Q(run__draft__steps__isnull=False) & ~Q(run__draft__state=DraftState.ACCEPTED)


def _used_file(deposit: Deposit, items: QuerySet[DepositItem]) -> Q:
    """Arrivals of which somebody made more than the deposit did."""
    made_images = items.filter(image__isnull=False).values("image")
    made_videos = items.filter(video__isnull=False).values("video")
    made_runs = items.filter(run__isnull=False).values("run")
    arrivals = items.filter(arrival__isnull=False).order_by().values("arrival")
    others = [
        Image.objects.filter(arrival__in=arrivals, undone=False).exclude(pk__in=made_images),
        ImportRun.objects.filter(arrival__in=arrivals).exclude(pk__in=made_runs),
        Capture.objects.filter(arrival__in=arrivals).exclude(video__in=made_videos),
        BulkStep.objects.filter(arrival__in=arrivals).exclude(deposit=deposit),
        DepositAgreement.objects.filter(arrival__in=arrivals).exclude(deposit=deposit),
        PackageArrival.objects.filter(arrival__in=arrivals),
    ]
    used = Q(pk__in=[])
    for rows in others:
        used |= Q(arrival__in=rows.order_by().values("arrival"))
    return used
