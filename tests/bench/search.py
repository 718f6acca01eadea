"""Search over 100,000 passages and 1,000,000 notes: the ranked first page, from the commonest words to one that nothing has.

`BENCH_SEARCH_NOTES` sets the number of notes. Asked by anybody, by a scholar and by a reviewer; every question three times,
of which the middle counts. The time in the database is that of all its statements, with their planning and their rows.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.bench import search_material
from tests.bench.outcome import Outcome, at_most
from tests.bench.site import prepared

NOTES = int(os.environ.get("BENCH_SEARCH_NOTES", search_material.NOTES))
MEDIAN, P95, TURNS = 15, 60, 3
#: Ranks in the vocabulary of the words asked for, alone and by two.
ALONE = (
    0,
    1,
    2,
    4,
    7,
    12,
    20,
    30,
    45,
    70,
    100,
    150,
    220,
    330,
    500,
    800,
    1_500,
    3_000,
    6_000,
    12_000,
    24_000,
    39_999,
)
TOGETHER = (
    *(
        (0, 1),
        (0, 5),
        (1, 20),
        (3, 60),
        (0, 150),
        (10, 400),
        (2, 1_000),
        (0, 5_000),
        (40, 80),
        (90, 200),
        (120, 900),
    ),
    *((300, 301), (700, 2_000), (5_000, 9_000)),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What one question took, in milliseconds."""

    query: str
    database: float
    request: float


def run() -> list[Outcome]:
    """Fill an own database, then ask."""
    with prepared():
        from django.test import Client

        from tests.bench.material import people

        began = time.perf_counter()
        accounts = people()
        words = search_material.fill(accounts, notes=NOTES)
        print(f"      {NOTES:,} notes in {time.perf_counter() - began:.0f} s", flush=True)
        queries = _queries(words.written)
        outcomes: list[Outcome] = []
        for who in ("anybody", "scholar", "reviewer"):
            client = Client(SERVER_NAME="127.0.0.1")
            if who in accounts:
                client.force_login(accounts[who])
            outcomes += _told(who, [_asked(client, query) for query in queries], words.written[0])
        return [*outcomes, _peer(words.folded)]


def _queries(written: list[str]) -> list[str]:
    return [
        *(written[rank] for rank in ALONE),
        *(f"{written[first]} {written[second]}" for first, second in TOGETHER),
        *(written[rank][:3] for rank in (600, 2_500)),
        *("قسطنقس", f"{written[0]} قسطنقس"),
    ]


def _asked(client: Any, query: str) -> Asked:
    taken = []
    for _turn in range(TURNS):
        with _counted() as spent:
            began = time.perf_counter()
            answer = client.get("/ar/search/", {"q": query}, secure=True)
            whole = (time.perf_counter() - began) * 1000
        assert answer.status_code == 200, answer.status_code
        taken.append((sum(spent), whole))
    database, request = (statistics.median(times) for times in zip(*taken, strict=True))
    return Asked(query, database, request)


@contextmanager
def _counted() -> Iterator[list[float]]:
    """Collect the milliseconds of every statement, its rows included: they are all there when it returns."""
    from django.db import connection

    from archive.models import statements

    spent: list[float] = []

    def timed(execute: Any, *asked: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*asked)
        finally:
            spent.append((time.perf_counter() - began) * 1000)

    by_hand = statements.execute
    statements.execute = lambda *asked: timed(by_hand, *asked)
    try:
        with connection.execute_wrapper(timed):
            yield spent
    finally:
        statements.execute = by_hand


def _told(who: str, asked: list[Asked], commonest: str) -> list[Outcome]:
    times = sorted(one.database for one in asked)
    slowest = max(asked, key=lambda one: one.database)
    requests = [one.request for one in asked]
    (common,) = (one.database for one in asked if one.query == commonest)
    beside = f"{len(asked)} questions; slowest {slowest.database:.0f} ms («{slowest.query}»)"
    whole = f"whole request: median {statistics.median(requests):.0f} ms, slowest {max(requests):.0f} ms"
    ninety_fifth = times[min(len(times) - 1, round(0.95 * len(times)))]
    return [
        at_most(
            f"search in the database, {who}: median", statistics.median(times), MEDIAN, "ms", beside=beside
        ),
        at_most(f"search in the database, {who}: 95 of 100 within", ninety_fifth, P95, "ms", beside=whole),
        at_most(f"search in the database, {who}: the commonest word", common, P95, "ms"),
    ]


def _peer(folded: list[str]) -> Outcome:
    """Ask PostgreSQL for any twenty entries with a word, whoever may see them: no counts, no order, no forms."""
    from django.db import connection

    times = []
    with connection.cursor() as cursor:
        for rank in ALONE:
            began = time.perf_counter()
            cursor.execute(
                "SELECT id FROM archive_searchentry WHERE kind = 'annotation' AND words @@ to_tsquery('simple', %s) LIMIT 20",
                [f"'{folded[rank]}'"],
            )
            cursor.fetchall()
            times.append((time.perf_counter() - began) * 1000)
    beside = f"slowest {max(times):.0f} ms; no limit of ours"
    return at_most(
        "peer: any twenty of one form of a word: median",
        statistics.median(times),
        MEDIAN,
        "ms",
        beside=beside,
    )
