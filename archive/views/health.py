"""Is the site well? For machines at /healthz, in two words for strangers."""

from __future__ import annotations

from datetime import timedelta

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from archive.enums import JobState
from archive.media import paths
from archive.models import Job

#: A job that waits longer than this means that no worker looks.
WAITING = timedelta(minutes=5)


def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, storage and worker are well, 503 otherwise; names what is not."""
    checks = {"database": _database(), "storage": _storage()}
    if checks["database"]:
        checks["worker"] = not Job.objects.filter(
            state=JobState.QUEUED, not_before=None, created_at__lt=timezone.now() - WAITING
        ).exists()
    well = all(checks.values())
    return JsonResponse({"status": "ok" if well else "unwell", "checks": checks}, status=200 if well else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _storage() -> bool:
    try:
        paths.staging().mkdir(parents=True, exist_ok=True)
        probe = paths.staging() / ".healthz"
        probe.write_bytes(b"ok")
        probe.unlink(missing_ok=True)
    except OSError:
        return False
    return True
