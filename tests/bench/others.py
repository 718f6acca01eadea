"""Find the others: the first page of what stands in 1,000,000 words, for a common word, a rare one and a name of two."""

from __future__ import annotations

import itertools
import statistics
import time
from collections import Counter

from tests.bench.corpora import rendered, varied
from tests.bench.outcome import Outcome, at_most
from tests.bench.site import prepared

TEXTS, WORDS, MILLISECONDS, TURNS = 10, 100_000, 300, 7


def run() -> list[Outcome]:
    """Ask for each through the whole of Django, as a scholar does; the middle of seven turns."""
    with prepared():
        from django.test import Client

        from archive.actions.index_entry import index_entry
        from tests.factories import make_user
        from tests.factories_notes import make_text

        counted: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        for number in range(TEXTS):
            content = rendered(varied(WORDS, seed=100 + number)).rstrip("\n")
            text = make_text(content, slug=f"long-{number}")
            index_entry(kind="passage", object_id=text.pk)
            words = content.split()
            counted.update(words)
            pairs.update(map(" ".join, itertools.pairwise(words)))
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(make_user("others-bench@example.org", "scholar"))
        common = counted.most_common(1)[0][0]
        rare = next(word for word, times in reversed(counted.most_common()) if times == 1 and len(word) > 5)
        name = pairs.most_common(1)[0][0]
        return [
            _measured(client, what, words)
            for what, words in (
                ("the commonest word", common),
                ("a word that stands once", rare),
                ("two words", name),
            )
        ]


def _measured(client: object, what: str, words: str) -> Outcome:
    query = {"words": words, "scope": "archive", "spelling": "prefixes"}
    taken, size = [], 0
    for _turn in range(TURNS):
        began = time.perf_counter()
        answer = client.get("/en/desk/others/", query, secure=True)  # type: ignore[attr-defined]
        taken.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.status_code
        size = answer.content.count(b'name="place"')
    assert size, words
    beside = f"{TEXTS * WORDS:,} words; {size} places on the page; slowest {max(taken):.0f} ms"
    return at_most(
        f"first page of the others: {what}", statistics.median(taken), MILLISECONDS, "ms", beside=beside
    )
