"""What narrows the desk's lists of described items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from archive.enums import Access


def filtered(items: QuerySet[Any], asked: Mapping[str, str]) -> QuerySet[Any]:
    """Return the items that a word ("q") and a kind of access leave."""
    query, access = asked.get("q", "").strip()[:200], asked.get("access", "")
    if query:
        items = items.filter(Q(title_ar__icontains=query) | Q(title_en__icontains=query) | Q(public_id=query))
    return items.filter(access=access) if access in set(Access) else items
