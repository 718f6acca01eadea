"""Write down that something in the background is alive, or what is wrong with it."""

from __future__ import annotations

from django.utils import timezone

from archive.models import VitalSign

#: The background worker itself.
WORKER = "worker"


def sign_of_life(name: str, *, code: str = "") -> None:
    """Say that it was seen now; `code` says what is wrong with it, and is empty when nothing is."""
    VitalSign.objects.update_or_create(name=name, defaults={"at": timezone.now(), "code": code[:40]})
