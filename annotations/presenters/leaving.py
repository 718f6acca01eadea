"""What an account's page says of its notes: where they stand, and who could go on with the unfinished ones."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet

from annotations.access.notes import can_be_handed_over, shown_to, with_status
from annotations.enums import UNFINISHED
from annotations.models import Annotation
from archive.enums import RoleCode
from archive.models import User

_WRITERS = (RoleCode.SCHOLAR, RoleCode.REVIEWER, RoleCode.EDITOR, RoleCode.ADMINISTRATOR)


def account_panel(account: User, viewer: Any) -> dict[str, Any] | None:
    """Return the counts by status and the possible takers; None for an account without notes.

    What nobody but its author knows is counted once the account is closed, and only as far as it can be handed
    over: neither private notes nor a group's.
    """
    notes = Annotation.objects.filter(author=account)
    counts = _counts(with_status(shown_to(viewer, notes), viewer), "told_status")
    if not account.is_active:
        counts |= _counts(can_be_handed_over(account), "status")
    if not counts:
        return None
    takers = User.objects.filter(is_active=True, roles__code__in=_WRITERS).exclude(pk=account.pk).distinct()
    return {
        "account": account,
        "counts": counts,
        "unfinished": sum(counts.get(status, 0) for status in UNFINISHED),
        "takers": takers.order_by("display_name")[:200],
    }


def _counts(notes: QuerySet[Annotation], status: str) -> dict[str, int]:
    """Return how many notes have which value in the column `status`."""
    return dict(notes.order_by().values_list(status).annotate(n=Count("pk")))
