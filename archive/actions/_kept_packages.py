"""Say of a file that was made for somebody that it is there, and until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from archive.actions.notify import notify
from archive.models.kept_package import KeptPackage

Kept = TypeVar("Kept", bound=KeptPackage)
#: How long it waits to be fetched.
KEPT = timedelta(days=7)
#: Whoever waits longer than this has left the page that shows how far it is.
LONG = timedelta(minutes=1)


@transaction.atomic
def finish(package: Kept, size: int, sha256: str, *, record: Callable[[Kept], object]) -> Kept:
    """Let a file be given out from now on, once, and `record` it; one that was finished before stays as it is."""
    locked = type(package)._default_manager.select_for_update(no_key=True).get(pk=package.pk)
    if locked.size is None:
        locked.size, locked.sha256 = size, sha256
        # One that was taken back while it was being written is not given out.
        locked.expires_at = locked.expires_at or timezone.now() + KEPT
        locked.save(update_fields=["size", "sha256", "expires_at"])
        record(locked)
    return locked


def tell_ready(package: KeptPackage, code: str, address: Callable[[], str]) -> None:
    """Tell whoever asked for it that it is there, unless it was made before their eyes."""
    if package.expires_at is None or package.expires_at <= timezone.now():
        return
    if timezone.now() - package.created_at > LONG:
        with override(package.created_by.language):
            url = address()
        notify(code, user=package.created_by, url=url, package=package.public_id)
