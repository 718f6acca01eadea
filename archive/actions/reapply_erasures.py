"""Erase again what a restored backup brought back."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.utils import timezone

from archive import kinds
from archive.actions.erase_account import erase_rows
from archive.actions.record_event import record_event
from archive.keeping import erasures
from archive.media.packages import place_of
from archive.models import Erasure, User


def reapply_erasures(path: Path | None = None) -> list[str]:
    """Erase every account of the list that is not erased here; return their ids."""
    done = []
    for public_id in erasures.listed(path):
        if _again(public_id):
            done.append(public_id)
    return done


def _again(public_id: str) -> bool:
    with transaction.atomic():
        account = User.objects.select_for_update(no_key=True).filter(public_id=public_id).first()
        if account is None:
            return False
        erasure = Erasure.objects.filter(account=account, cancelled_at=None).first()
        if erasure is not None and erasure.done_at:
            return False
        now = timezone.now()
        packages = erase_rows(account)
        if erasure is None:
            Erasure.objects.create(account=account, asked_by=account, due_at=now, done_at=now)
        else:
            Erasure.objects.filter(pk=erasure.pk).update(done_at=now)
        record_event("person.erased", target=account, by=None, again=True)
        for hear in kinds.after_erasure:
            hear(account.pk)
    for package in packages:
        place_of(package).unlink(missing_ok=True)
    return True
