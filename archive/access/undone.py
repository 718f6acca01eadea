"""What came of deposits that were undone: seen by nobody."""

from __future__ import annotations

from django.db.models import QuerySet

from archive.access.viewer import Viewer
from archive.models import BulkStep, Deposit, DepositItem


def undone_arrivals(_viewer: Viewer | None = None) -> QuerySet[DepositItem, int]:
    """Return the keys of the arrivals of undone deposits."""
    rows = DepositItem.objects.filter(deposit__undone_at__isnull=False, arrival__isnull=False)
    return rows.order_by().values_list("arrival", flat=True)


def undone_tables(_viewer: Viewer | None = None) -> QuerySet[BulkStep, int]:
    """Return the keys of the arrivals of tables that described what undone deposits made."""
    rows = BulkStep.objects.filter(deposit__undone_at__isnull=False, arrival__isnull=False)
    return rows.order_by().values_list("arrival", flat=True)


def undone_deposits(_viewer: Viewer | None = None) -> QuerySet[Deposit, int]:
    """Return the keys of undone deposits."""
    return Deposit.objects.filter(undone_at__isnull=False).order_by().values_list("pk", flat=True)
