"""Undo a deposit as one step, as long as nothing stands on what it made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from archive import kinds
from archive.access import VIEW, require
from archive.access.standing import standing_on
from archive.actions.bump_epoch import bump_epoch
from archive.actions.enqueue import enqueue
from archive.actions.record_event import record_event
from archive.actions.take_back_packages import take_back_packages
from archive.enums import FILM, DraftState, ImportState
from archive.errors import Conflict
from archive.media import resumable
from archive.models import (
    Deposit,
    DepositItem,
    FileArrival,
    Image,
    ImportRun,
    SearchEntry,
    TextDraft,
    User,
    Video,
)

CLEAR_DEPOSIT = "clear_deposit"


@transaction.atomic
def undo_deposit(*, deposit_id: int, files: int | None = None, by: User) -> Deposit:
    """Let nobody see any more what came of a deposit; its rows and bytes stay as the record of it.

    `files` is how many its undoer was shown. What begins to stand on it meanwhile waits for the locks taken here,
    and is seen. Raises Conflict("deposit_undone", "deposit_changed", "deposit_in_use"), NotAllowed, NotVisible.
    """
    deposit = Deposit.objects.select_for_update(no_key=True).get(pk=deposit_id)
    require(by, VIEW, deposit)
    if deposit.undone_at is not None:
        raise Conflict("deposit_undone")
    require(by, "undo", deposit)
    items = _locked(deposit)
    if files is not None and files != items.count():
        raise Conflict("deposit_changed")
    if standing_on(deposit):
        raise Conflict("deposit_in_use")
    deposit.undone_at, deposit.undone_by = timezone.now(), by
    deposit.save(update_fields=["undone_at", "undone_by"])
    facts: dict[str, Any] = _withdraw(items)
    take_back_packages(*_images(items).select_related("arrival"), *_videos(items), descriptions=True)
    bump_epoch()
    enqueue(CLEAR_DEPOSIT, dedupe_key=str(deposit.pk), by=by, deposit=deposit.pk)
    record_event("deposit.undone", target=deposit, by=by, **facts)
    return deposit


def require_open(deposit: Deposit, *, by: User) -> None:
    """Stop unless `by` may add to the deposit; raises Conflict("deposit_undone"), NotAllowed, NotVisible."""
    require(by, VIEW, deposit)
    if Deposit.objects.filter(pk=deposit.pk, undone_at__isnull=False).exists():
        raise Conflict("deposit_undone")
    require(by, "change", deposit)


def _locked(deposit: Deposit) -> Any:
    """Return the deposit's items; they, their files, their images, their recordings and their drafts are locked, in this order.

    Files, images and recordings wholly: a row that is to point at one waits.
    """
    items = DepositItem.objects.filter(deposit=deposit).order_by("pk")
    list(items.select_for_update(no_key=True).values_list("pk"))
    files = items.filter(arrival__isnull=False).order_by().values("arrival")
    list(FileArrival.objects.filter(pk__in=files).order_by("pk").select_for_update().values_list("pk"))
    list(_images(items).order_by("pk").select_for_update().values_list("pk"))
    list(_videos(items).order_by("pk").select_for_update().values_list("pk"))
    list(_drafts(items).order_by("pk").select_for_update(no_key=True).values_list("pk"))
    return items


def _images(items: Any) -> Any:
    return Image.objects.filter(pk__in=items.filter(image__isnull=False).order_by().values("image"))


def _videos(items: Any) -> Any:
    return Video.objects.filter(pk__in=items.filter(video__isnull=False).order_by().values("video"))


def _drafts(items: Any) -> Any:
    return TextDraft.objects.filter(run__in=items.filter(run__isnull=False).order_by().values("run"))


def _withdraw(items: Any) -> dict[str, int]:
    """Take everything out of sight; return how much of what it was."""
    images = _images(items).update(undone=True, version=F("version") + 1, updated_at=timezone.now())
    films = _videos(items).filter(provider=FILM).count()
    recordings = _videos(items).update(undone=True, version=F("version") + 1, updated_at=timezone.now())
    for kind in ("image", "video"):
        keys = items.filter(**{f"{kind}__isnull": False}).order_by().values(kind)
        SearchEntry.objects.filter(kind=kind, object_id__in=keys).delete()
    _drafts(items).filter(state=DraftState.OPEN).update(
        state=DraftState.ABANDONED, version=F("version") + 1, updated_at=timezone.now()
    )
    runs = ImportRun.objects.filter(pk__in=items.filter(run__isnull=False).order_by().values("run"))
    texts = runs.count()
    runs.exclude(state=ImportState.FAILED).update(state=ImportState.ABANDONED)
    kept = items.aggregate(size=Sum("arrival__stored_file__size"))["size"] or 0
    made = {"files": items.count(), "images": images, "texts": texts, "size": kept}
    recordings -= films
    return made | ({"recordings": recordings} if recordings else {}) | ({"films": films} if films else {})


@kinds.handles(CLEAR_DEPOSIT, of=(Deposit, "deposit"))
def _clear(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    """Forget the pieces of files that never came whole; nobody can go on with them."""
    waiting = DepositItem.objects.filter(deposit=job.payload["deposit"], arrival=None)
    for public_id in waiting.values_list("public_id", flat=True):
        with resumable.alone(public_id, wait=True):
            resumable.discard(public_id)
    return {}
