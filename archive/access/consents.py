"""Consents that hold no more and that nobody has acted on yet."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from archive.access.registry import visible_to
from archive.models import Consent


def ended_consents(who: object) -> QuerySet[Consent]:
    """Return those that `who` may see which were withdrawn or have run out, and wait for somebody."""
    over = Q(withdrawn_at__isnull=False) | Q(until__lt=timezone.localdate())
    rows: QuerySet[Consent] = visible_to(Consent, who).filter(over, settled_at=None)
    return rows
