"""The passages in which phrases may stand: of texts that the viewer may read whole, in the order of the texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from archive.access import Viewer, visible_to
from archive.models import SearchEntry, Text
from archive.search.expressions import all_of, any_of, entries, word
from archive.text.phrases import Finder, Occurrence, Phrase

#: Passages read from the database at a time.
BATCH = 60
#: Passages looked at for one page: words that are common and seldom stand together are looked for in steps.
LOOKED = 1_200
#: Forms asked for at most; names beyond them are left out, the shorter ones stay.
MAX_FORMS = 3_000


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of a text's current revision with what was found in it."""

    text_id: int
    #: Where the block begins in the revision, in code points.
    start: int
    #: Fragment of the block's address.
    fragment: str
    words: str
    #: Over `words`.
    found: Sequence[Occurrence]


@dataclass(frozen=True, slots=True)
class Passages:
    """Some of the passages that may hold the phrases."""

    shown: list[Passage] = field(default_factory=list)
    #: How many passages hold all words of some phrase, those on other pages too.
    total: int = 0
    #: How many of them come before this page.
    before: int = 0
    #: Where the next page begins; None on the last.
    following: int | None = None


def passages_with(
    phrases: Sequence[Phrase],
    viewer: Viewer,
    *,
    texts: QuerySet[Text] | None = None,
    skip: int = 0,
    enough: int = 40,
) -> Passages:
    """Return whole passages from the `skip`-th on, until they hold `enough` occurrences."""
    if not phrases:
        return Passages()
    seen = visible_to(Text, viewer) if texts is None else visible_to(texts, viewer)
    rows = entries("passage", _asked(phrases)).filter(object_id__in=seen.order_by().values("pk"))
    keys = list(rows.order_by("object_id", "start").values_list("pk", flat=True))
    skip = min(max(skip, 0), len(keys))
    shown: list[Passage] = []
    following, held = None, 0
    for number, passage in enumerate(_read(keys[skip:], Finder(phrases)), start=skip):
        if held >= enough or number - skip >= LOOKED:
            following = number
            break
        held += len(passage.found)
        shown.append(passage)
    return Passages([one for one in shown if one.found], len(keys), skip, following)


def _asked(phrases: Sequence[Phrase]) -> str:
    alternatives, room = [], MAX_FORMS
    for phrase in phrases:
        room -= sum(map(len, phrase.words))
        if alternatives and room < 0:
            break
        alternatives.append(all_of(any_of(map(word, forms)) for forms in phrase.words))
    return any_of(alternatives)


def _read(keys: Sequence[int], find: Finder) -> Iterator[Passage]:
    for first in range(0, len(keys), BATCH):
        batch = SearchEntry.objects.in_bulk(keys[first : first + BATCH])
        for row in (batch[key] for key in keys[first : first + BATCH] if key in batch):
            yield Passage(row.object_id, row.start or 0, row.fragment, row.original, find(row.original))
