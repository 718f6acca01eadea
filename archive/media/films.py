"""How the linked films are, by what their last checks said: the worklists of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from archive.enums import FilmOutcome
from archive.models import Video, VideoCheck

#: The name of each worklist, and what puts a film on it.
WORKLISTS: Mapping[str, Q] = {
    "gone": Q(last_outcome=FilmOutcome.GONE),
    "changed": Q(last_outcome=FilmOutcome.CHANGED),
    "could_not_check": Q(last_outcome=FilmOutcome.UNKNOWN),
    "unchecked": Q(last_outcome=""),
}


def worklist(rows: QuerySet[Video], name: str) -> QuerySet[Video]:
    """Return those of `rows` that are on the worklist of this name; all when there is none."""
    return rows.filter(WORKLISTS[name]) if name in WORKLISTS else rows


def board(rows: QuerySet[Video]) -> dict[str, Any]:
    """Return how many films are on each list, how many are there, and when one was last looked at."""
    counts = {name: Count("pk", filter=condition) for name, condition in WORKLISTS.items()}
    there = Count("pk", filter=Q(last_outcome=FilmOutcome.THERE))
    return rows.order_by().aggregate(films=Count("pk"), there=there, last=Max("last_checked_at"), **counts)


def with_found_title(rows: QuerySet[Video]) -> QuerySet[Video]:
    """Add `found_title`: what the provider last called each film."""
    told = VideoCheck.objects.filter(video=OuterRef("pk")).exclude(title="").order_by("-pk")
    return rows.annotate(found_title=Subquery(told.values("title")[:1]))
