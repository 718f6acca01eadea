"""What an account's page says of its notes: where they stand, and who could go on with the unfinished ones."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from annotations.enums import UNFINISHED
from annotations.models import Annotation
from archive.enums import RoleCode
from archive.models import User

_WRITERS = (RoleCode.SCHOLAR, RoleCode.REVIEWER, RoleCode.EDITOR, RoleCode.ADMINISTRATOR)


def account_panel(account: User, viewer: Any) -> dict[str, Any] | None:
    """Return the counts by status and the possible takers; None for an account without notes."""
    rows = (
        Annotation.objects.filter(author=account).values("status").annotate(n=Count("pk")).order_by("status")
    )
    counts = {row["status"]: row["n"] for row in rows}
    if not counts:
        return None
    takers = User.objects.filter(is_active=True, roles__code__in=_WRITERS).exclude(pk=account.pk).distinct()
    return {
        "account": account,
        "counts": counts,
        "unfinished": sum(counts.get(status, 0) for status in UNFINISHED),
        "takers": takers.order_by("display_name")[:200],
    }
