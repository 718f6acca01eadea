"""How what files of a deposit became is taken out of sight: that of all its files, or of one."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from archive.actions.bump_epoch import bump_epoch
from archive.actions.take_back_packages import take_back_packages
from archive.enums import FILM, DraftState, ImportState
from archive.models import DepositItem, FileArrival, Image, ImportRun, SearchEntry, TextDraft, Video

Items = QuerySet[DepositItem]


def lock_made(items: Items) -> None:
    """Lock the items, their files, their images, their recordings and their drafts, in this order.

    Files, images and recordings wholly: a row that is to point at one waits.
    """
    list(items.select_for_update(no_key=True).values_list("pk"))
    files = items.filter(arrival__isnull=False).order_by().values("arrival")
    list(FileArrival.objects.filter(pk__in=files).order_by("pk").select_for_update().values_list("pk"))
    list(_images(items).order_by("pk").select_for_update().values_list("pk"))
    list(_videos(items).order_by("pk").select_for_update().values_list("pk"))
    list(_drafts(items).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def withdraw_made(items: Items) -> dict[str, int]:
    """Take everything that the items became out of sight, of packages too; return how much of what it was.

    Assumes that it is locked, and that nothing stands on it.
    """
    facts = _withdraw(items)
    take_back_packages(*_images(items).select_related("arrival"), *_videos(items), descriptions=True)
    bump_epoch()
    return facts


def _images(items: Items) -> QuerySet[Image]:
    return Image.objects.filter(pk__in=items.filter(image__isnull=False).order_by().values("image"))


def _videos(items: Items) -> QuerySet[Video]:
    return Video.objects.filter(pk__in=items.filter(video__isnull=False).order_by().values("video"))


def _drafts(items: Items) -> QuerySet[TextDraft]:
    return TextDraft.objects.filter(run__in=items.filter(run__isnull=False).order_by().values("run"))


def _withdraw(items: Items) -> dict[str, int]:
    gone: dict[str, Any] = {"undone": True, "version": F("version") + 1, "updated_at": timezone.now()}
    images = _images(items).update(**gone)
    films = _videos(items).filter(provider=FILM).count()
    recordings = _videos(items).update(**gone)
    for kind in ("image", "video"):
        keys = items.filter(**{f"{kind}__isnull": False}).order_by().values(kind)
        SearchEntry.objects.filter(kind=kind, object_id__in=keys).delete()
    runs = ImportRun.objects.filter(pk__in=items.filter(run__isnull=False).order_by().values("run"))
    texts = runs.count()
    # The runs first: one that is being read waits, or its draft is there by now.
    runs.exclude(state=ImportState.FAILED).update(state=ImportState.ABANDONED)
    _drafts(items).filter(state=DraftState.OPEN).update(
        state=DraftState.ABANDONED, version=F("version") + 1, updated_at=timezone.now()
    )
    kept = items.aggregate(size=Sum("arrival__stored_file__size"))["size"] or 0
    made = {"files": items.count(), "images": images, "texts": texts, "size": kept}
    recordings -= films
    return made | ({"recordings": recordings} if recordings else {}) | ({"films": films} if films else {})
