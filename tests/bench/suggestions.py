"""Suggestions: how well dates are found in sentences marked by hand, and how soon those of a long text are shown."""

from __future__ import annotations

import itertools
import statistics
import time
from collections import Counter

from archive.text.folding import fold_key
from tests.bench.corpora import rendered, varied
from tests.bench.outcome import Outcome, at_least, at_most
from tests.bench.site import prepared
from tests.marked_dates import sentences

WORDS, TERMS, SECONDS, SHARE, TURNS = 30_000, 1_000, 1, 0.95, 5


def run() -> list[Outcome]:
    """Score the dates; then show the page as a scholar sees it first, nothing remembered; the middle of five turns."""
    with prepared():
        return [*_scores(), _page()]


def _scores() -> list[Outcome]:
    from tests.marked_dates import score

    found = []
    for what, held in (("tuned on", False), ("held back", True)):
        rows = [row for row in sentences() if row.held == held]
        dates = score(rows)
        beside = f"{len(rows)} sentences, {dates.marked} dates; words and EDTF both right"
        found.append(at_least(f"precision of dates, sentences {what}", dates.precision, SHARE, beside=beside))
        found.append(at_least(f"recall of dates, sentences {what}", dates.recall, SHARE, beside=beside))
    return found


def _page() -> Outcome:
    from django.test import Client

    from annotations.access import suggestions
    from annotations.enums import TermKind
    from annotations.models import Term, TermName
    from tests.factories import make_user
    from tests.factories_notes import make_text

    content = _with_dates(rendered(varied(WORDS, seed=5)).rstrip("\n"))
    text = make_text(content, slug="long")
    scholar = make_user("suggestions-bench@example.org", "scholar")
    pairs = Counter(map(" ".join, itertools.pairwise(content.split())))
    names = [words[:100] for words, _times in pairs.most_common(TERMS)]
    terms = Term.objects.bulk_create(
        Term(slug=f"place-{number}", kind=TermKind.PLACE, label_ar=name) for number, name in enumerate(names)
    )
    TermName.objects.bulk_create(
        TermName(term=term, language="ar", name=name, folded=fold_key(name), is_label=True)
        for term, name in zip(terms, names, strict=True)
    )
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(scholar)
    taken, busy, found = [], [], 0
    for _turn in range(TURNS):
        for cache in (suggestions.dates_of, suggestions._found, suggestions._finder):
            cache.cache_clear()
        began, began_busy = time.perf_counter(), time.process_time()
        answer = client.get("/en/desk/suggestions/", {"text": text.public_id}, secure=True)
        taken.append(time.perf_counter() - began)
        busy.append(time.process_time() - began_busy)
        assert answer.status_code == 200, answer.status_code
        assert answer.content.count(b'name="suggestion"') == 30
        found = int(answer.content.partition(b'tabs__count">')[2].partition(b"<")[0])
    beside = f"{len(content.split()):,} words, {TERMS:,} terms, {found:,} suggestions; slowest {max(taken):.2f} s; processor {min(busy):.2f} s"
    return at_most("first page of suggestions, cold", statistics.median(taken), SECONDS, "s", beside=beside)


def _with_dates(content: str) -> str:
    """Return the paragraphs, each with a sentence of the marked set behind it."""
    marked = itertools.cycle([row.text for row in sentences() if row.language == "ar"])
    return "\n".join(f"{line} {next(marked)}" for line in content.split("\n"))
