"""What a text suggests to its annotators: dates and known names that no note has yet and nobody dismissed.

Nothing is stored of a suggestion: it is what the words of the revision, the vocabulary, the notes and the dismissals say now.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from django.db.models import Q, QuerySet

from annotations.access.contents import content_of
from annotations.access.others import TaggedSpan, tagged_spans
from annotations.enums import SuggestionKind, TermKind
from annotations.models import Dismissal, Term, TermName
from annotations.suggesting.dates import find_dates
from annotations.suggesting.names import FoundName, NameFinder
from annotations.suggesting.types import FoundDate
from annotations.values import MAX_SPAN
from archive.access import Viewer, visible_to
from archive.models import Text, TextRevision
from archive.text.folding import fold_key

#: Kinds of terms that are suggested by their names; concepts are words of every sentence.
NAMED = (TermKind.PERSON, TermKind.PLACE, TermKind.GROUP, TermKind.EVENT)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One suggestion, `[start, end)` in code points of revision number `revision`."""

    kind: SuggestionKind
    revision: int
    start: int
    end: int
    exact: str
    #: Folded; by these words it is dismissed.
    words: str
    date: FoundDate | None = None
    #: Of a name, whose it is: several when it is ambiguous.
    terms: Sequence[Term] = ()

    @property
    def name(self) -> str:
        """How a form names it."""
        return f"{self.kind}.{self.revision}.{self.start}.{self.end}"

    @property
    def proposals(self) -> Sequence[str]:
        """What is proposed: EDTF, or public ids of terms."""
        return (self.date.edtf,) if self.date else [term.public_id for term in self.terms]


def suggestions_in(viewer: Viewer, text: Text) -> list[Suggestion]:
    """Return what is suggested in the current wording of a text that `viewer` may read whole, in its order.

    The number of queries grows with nothing.
    """
    revision = text.current_revision
    if revision is None:
        return []
    content = content_of(revision.pk, revision.sha256)
    tagged = _Tagged(tagged_spans(viewer, Q(revision=revision, start__isnull=False)).get(revision.pk, []))
    found = [*_dates(content, revision, tagged), *_names(viewer, content, revision, tagged)]
    return sorted(_not_dismissed(text, found), key=lambda one: (one.start, -one.end))


def _dates(content: str, revision: TextRevision, tagged: _Tagged) -> Iterable[Suggestion]:
    for date in dates_of(revision.pk, revision.sha256):
        if any(term.kind == TermKind.DATE for term in tagged.over(date.start, date.end)):
            continue
        exact = content[date.start : date.end]
        yield Suggestion(
            SuggestionKind.DATE, revision.number, date.start, date.end, exact, _key(exact), date=date
        )


@lru_cache(maxsize=64)
def dates_of(revision_id: int, sha256: str) -> tuple[FoundDate, ...]:
    """Return the dates of a revision; the caller has asked access. A heading ends what a year is good for."""
    content = content_of(revision_id, sha256)
    blocks = TextRevision.objects.values_list("blocks", flat=True).get(pk=revision_id)
    cuts = sorted({0, *(block["start"] for block in blocks if block["kind"] == "heading"), len(content)})
    return tuple(
        replace(date, start=date.start + first, end=date.end + first)
        for first, last in pairwise(cuts)
        for date in find_dates(content[first:last])
    )


def _names(viewer: Viewer, content: str, revision: TextRevision, tagged: _Tagged) -> Iterable[Suggestion]:
    terms = visible_to(Term, viewer).filter(merged_into=None, kind__in=NAMED).order_by()
    rows = TermName.objects.filter(term__in=terms).order_by("pk").values_list("name", "term_id")
    dates = _Spans([(date.start, date.end) for date in dates_of(revision.pk, revision.sha256)])
    found = [one for one in _found(content, tuple(rows)) if not dates.touch(one.start, one.end)]
    known = Term.objects.in_bulk({term for one in found for term in one.terms})
    for one in found:
        over = {term.pk for term in tagged.over(one.start, one.end)}
        if over.isdisjoint(one.terms):
            candidates = [known[term] for term in one.terms]
            exact = content[one.start : one.end]
            yield Suggestion(
                SuggestionKind.NAME,
                revision.number,
                one.start,
                one.end,
                exact,
                _key(one.name),
                terms=candidates,
            )


@lru_cache(maxsize=8)
def _found(content: str, names: tuple[tuple[str, int], ...]) -> tuple[FoundName, ...]:
    return tuple(_finder(names)(content))


@lru_cache(maxsize=4)
def _finder(names: tuple[tuple[str, int], ...]) -> NameFinder:
    return NameFinder(names)


def _key(words: str) -> str:
    return " ".join(fold_key(words).split())[:200]


class _Spans:
    """Spans in order, asked for what touches a place."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._ends = [end for _start, end in spans]
        self._starts = [start for start, _end in spans]

    def touch(self, start: int, end: int) -> bool:
        at = bisect_left(self._ends, start + 1)
        return at < len(self._starts) and self._starts[at] < end


class _Tagged:
    """Terms of the notes that touch a place."""

    def __init__(self, rows: Sequence[TaggedSpan]) -> None:
        self._rows = sorted(rows, key=lambda row: row[0])
        self._starts = [row[0] for row in self._rows]

    def over(self, start: int, end: int) -> list[Term]:
        first, last = bisect_left(self._starts, start - 2 * MAX_SPAN), bisect_left(self._starts, end)
        return [term for row in self._rows[first:last] if row[1] > start for term in row[2]]


def standing_dismissals(text: Text) -> QuerySet[Dismissal]:
    """Return what was dismissed in a text and not taken back, the last first; the caller has asked access."""
    return Dismissal.objects.filter(text=text, takes_back=None, taken_back_by=None)


def _not_dismissed(text: Text, found: Sequence[Suggestion]) -> Iterable[Suggestion]:
    gone = set(standing_dismissals(text).order_by().values_list("kind", "words", "proposed"))
    # What was said of a term holds of the one that it was merged into.
    merged = Term.objects.filter(public_id__in={proposed for _kind, _words, proposed in gone})
    stays = dict(merged.exclude(merged_into=None).values_list("public_id", "merged_into__public_id"))
    gone |= {(kind, words, stays[proposed]) for kind, words, proposed in gone if proposed in stays}
    for one in found:
        if one.date is not None:
            if (one.kind, one.words, one.date.edtf) not in gone:
                yield one
            continue
        left = [term for term in one.terms if (one.kind, one.words, term.public_id) not in gone]
        if left:
            yield one if len(left) == len(one.terms) else replace(one, terms=left)
