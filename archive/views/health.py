"""Is the site well? For machines at /healthz, in two words for strangers."""

from __future__ import annotations

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.models import Q, QuerySet
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from archive.actions.requeue_jobs import given_up
from archive.enums import JobState
from archive.media import paths
from archive.models import Job

#: A job that waits longer than this means that no worker looks.
WAITING = timedelta(minutes=5)


def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when database, storage and worker are well, 503 otherwise; names what is not.

    Work that was given up takes nothing from readers: it is named, under "attention", and the answer stays 200.
    """
    checks = {"database": _database(), "storage": _storage()}
    if checks["database"]:
        checks["worker"] = not _overdue().exists()
    if not all(checks.values()):
        return JsonResponse({"status": "unwell", "checks": checks}, status=503)
    checks["jobs"] = not given_up().exists()
    return JsonResponse({"status": "ok" if checks["jobs"] else "attention", "checks": checks})


def _overdue() -> QuerySet[Job]:
    long_ago = timezone.now() - WAITING
    due = Q(not_before=None, created_at__lt=long_ago) | Q(not_before__lt=long_ago)
    return Job.objects.filter(due, state=JobState.QUEUED)


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
