"""How long notes wait for a decision, and how far reviewers agree: as far as a viewer sees what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from statistics import median

from django.db.models import Min, OuterRef, Subquery
from django.utils import timezone

from annotations.access.reviewing import waiting_items
from annotations.models import Decision, SubmissionItem
from archive.access import visible_to

#: Days that are looked back on.
SINCE = 365


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reviewers, on how many versions both decided, and on how many alike."""

    first: str
    second: str
    both: int
    alike: int


@dataclass(frozen=True, slots=True)
class Waits:
    """How many, and for how long: half of them shorter, nine of ten shorter, the longest; in days."""

    count: int
    half: float
    most: float
    longest: float


@dataclass(frozen=True, slots=True)
class Figures:
    """The page's numbers."""

    waiting: Waits
    decided: Waits
    #: Versions on which more than one reviewer decided, and on how many of them all said the same.
    shared: int
    alike: int
    pairs: Sequence[Pair]


def figures(who: object) -> Figures:
    """Return the numbers of the last year, of what the viewer may see."""
    now = timezone.now()
    open_since = waiting_items(who).order_by().values_list("submission__created_at", flat=True)
    seen = visible_to(Decision, who).filter(created_at__gte=now - timedelta(days=SINCE)).order_by()
    by_version: dict[int, dict[tuple[str, int], str]] = defaultdict(dict)
    rows = seen.values_list("version", "reviewer__display_name", "reviewer", "outcome")
    for version, name, reviewer, outcome in rows:
        by_version[version][name, reviewer] = outcome
    shared = [outcomes for outcomes in by_version.values() if len(outcomes) > 1]
    handed_in = SubmissionItem.objects.filter(version=OuterRef("version")).order_by("pk")
    first = seen.values("version").annotate(
        done=Min("created_at"), begun=Subquery(handed_in.values("submission__created_at")[:1])
    )
    took = [_days(row["begun"], row["done"]) for row in first if row["begun"]]
    return Figures(
        waiting=_waits([_days(at, now) for at in open_since]), decided=_waits(took), shared=len(shared),
        alike=sum(len(set(outcomes.values())) == 1 for outcomes in shared), pairs=_pairs(shared),
    )  # fmt: skip


def _days(start: datetime, end: datetime) -> float:
    return max(0.0, (end - start).total_seconds() / 86400)


def _waits(days: list[float]) -> Waits:
    if not days:
        return Waits(0, 0, 0, 0)
    days.sort()
    return Waits(len(days), median(days), days[min(len(days) - 1, len(days) * 9 // 10)], days[-1])


def _pairs(shared: Sequence[dict[tuple[str, int], str]]) -> list[Pair]:
    found: dict[tuple[tuple[str, int], tuple[str, int]], list[bool]] = defaultdict(list)
    for outcomes in shared:
        for first, second in combinations(sorted(outcomes), 2):
            found[first, second].append(outcomes[first] == outcomes[second])
    pairs = [Pair(one[0], other[0], len(alike), sum(alike)) for (one, other), alike in found.items()]
    return sorted(pairs, key=lambda pair: (-pair.both, pair.first, pair.second))
