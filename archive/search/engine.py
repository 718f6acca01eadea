"""Finding: which entries match, which of them the viewer may see, best first.

Neither counting nor ranking looks at more than the newest matches, so that the commonest word of a large archive is
found as soon as a rare one; what was left out is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from archive import kinds
from archive.access import Viewer
from archive.models import SearchEntry
from archive.search.expressions import Candidate, any_of, candidates, read, word
from archive.search.matching import Cursor, newest
from archive.search.snippets import Snippet, snippet_of, ways
from archive.search.tokens import QueryWord, occurrences, parse

#: Matches looked at for ranking, the newest of each kind.
CANDIDATES = 400
#: Matches of a kind that are counted; of more it is said that there are more, and older ones are asked for by themselves.
COUNTED = 80

_WEIGHTS = {
    "term": 0.0,
    "work": 0.05,
    "annotation": 0.2,
    "image": 0.15,
    "video": 0.15,
    "collection": 0.1,
    "passage": 0.25,
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One found thing: where it is, what it says, and which words of it matched how."""

    kind: str
    url: str
    label: str
    language: str
    #: Part of the original around the first occurrence.
    snippet: str
    #: Occurrences within `snippet`, in code points.
    spans: list[tuple[int, int]]
    #: 0 when all words stand as asked; more when prefixes or endings were understood.
    penalty: float
    #: By kind of match (see `snippets`), the words that matched so.
    ways: dict[str, list[str]] = field(default_factory=dict)
    #: Occurrences within `label`, where that is a name of the thing itself.
    label_spans: list[tuple[int, int]] = field(default_factory=list)
    #: The passage that a note is on, where that is what matched.
    passage: Snippet | None = None
    #: All names of a thing, where one that is not its label is what matched.
    named: Snippet | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    #: Primary key of what was found: of a passage, that of its text.
    object_id: int = 0
    #: Of a passage: where its block begins in the text's current wording, the block's words, and the first occurrence
    #: in them. Offsets are code points.
    start: int | None = None
    words: str = ""
    first: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What a query found."""

    query: str
    #: Matches of the kind asked for, or of all; at least, where `has_more`.
    total: int
    #: By kind, `COUNTED` at most.
    counts: dict[str, int]
    hits: list[Hit]
    page: int
    pages: int
    #: Kinds of which there are more than were counted.
    uncounted: frozenset[str] = frozenset()
    #: Whether there are more than `total`.
    has_more: bool = False
    #: How many matches were ranked, the newest of each kind; the pages hold as many.
    ranked: int = 0
    #: Where the older matches of the kind asked for begin, as `after` takes it; empty when there are none.
    older: str = ""
    #: Whether these are older ones themselves.
    are_older: bool = False

    @property
    def is_partial(self) -> bool:
        """Whether there are matches, older than those that were ranked, on no page."""
        return self.has_more or self.ranked < self.total


def search(
    query: str, viewer: Viewer, *, kind: str = "", page: int = 1, per_page: int = 20, language: str = "", after: str = ""
) -> Results:  # fmt: skip
    """Return what of the archive matches `query` and may be seen by `viewer`; nothing else has any effect.

    `language` is the interface's: what is described in several is quoted in it where it can be. `after` is the `older` of
    results of the same query and kind, and gives what is older than those.
    """
    words = parse(query)
    if not words:
        return Results(query, 0, {}, [], 1, 1)
    asked_for = _asked_for(words)
    cursor = _cursor(after, steps=len(asked_for[0])) if kind else None
    names = [kind] if cursor else kinds.search_kinds
    found = newest(asked_for, viewer, names, COUNTED, cursor)
    counts = {name: len(of_kind.keys) for name, of_kind in found.items()}
    uncounted = frozenset(name for name, of_kind in found.items() if of_kind.older)
    asked = [name for name in sorted(found) if not kind or name == kind]
    ranked = _ranked(_candidates({name: found[name].keys for name in asked}), words)
    pages = max(1, -(-len(ranked) // per_page))
    page = min(max(page, 1), pages)
    chosen = ranked[(page - 1) * per_page : page * per_page]
    older = found[kind].older if kind in found else None
    return Results(
        query, sum(counts[name] for name in asked), counts, _hits(chosen, words, _Asked(query, language)), page, pages,
        uncounted, not uncounted.isdisjoint(asked), len(ranked), f"{older.step}.{older.below}" if older else "", cursor is not None,
    )  # fmt: skip


def _cursor(after: str, *, steps: int) -> Cursor | None:
    """Return where to go on; None for what names no place among as many expressions."""
    step, _point, below = after.partition(".")
    is_one = step in map(str, range(steps)) and below.isascii() and below.isdecimal() and len(below) < 19
    return Cursor(int(step), int(below)) if is_one else None


def _candidates(found: Mapping[str, Sequence[int]]) -> Iterable[Candidate]:
    """Return what is ranked: no kind fills the list by its number, and what one leaves is the others'."""
    keys: list[int] = []
    for place, of_kind in enumerate(sorted(found.values(), key=len)):
        keys += of_kind[: (CANDIDATES - len(keys)) // (len(found) - place)]
    return candidates(keys) if keys else ()


def _asked_for(words: list[QueryWord]) -> list[list[str]]:
    """Return of each word what is asked for; and, if too little has it, what is wider: all that the last word begins."""
    asked = [[word(form) for form in one.forms] for one in words]
    near, last = [any_of(forms) for forms in asked], words[-1]
    if not last.is_prefix or len(last.asked) < 3:
        return [[expression] for expression in near]
    wide = [*near[:-1], any_of([*asked[-1], word(last.asked, begins=True)])]
    return [list(both) for both in zip(near, wide, strict=True)]


def _ranked(rows: Iterable[Candidate], words: list[QueryWord]) -> list[tuple[float, int]]:
    """Return distances and keys, the nearest first."""
    return sorted((_distance(row, words), row.pk) for row in rows)


def _distance(row: Candidate, words: list[QueryWord]) -> float:
    """How far an entry is from the query: nearest form of each word, kind of thing, title before text."""
    tokens = set(row.folded.split())
    nearest = [min((p for t in tokens if (p := word.penalty(t)) is not None), default=0.5) for word in words]
    in_title = bool(row.title and occurrences(row.title, words))
    return sum(nearest) + _WEIGHTS.get(row.kind, 0.3) - (0.2 if in_title else 0.0)


@dataclass(frozen=True, slots=True)
class _Asked:
    query: str
    language: str


def _hits(chosen: list[tuple[float, int]], words: list[QueryWord], asked: _Asked) -> list[Hit]:
    entries = read(pk for _distance, pk in chosen) if chosen else {}
    chosen_rows = [(distance, entries[pk]) for distance, pk in chosen if pk in entries]
    rows = [row for _distance, row in chosen_rows]
    described: dict[int, dict[str, Any]] = {}
    for name in {row.kind for row in rows}:
        of_kind = [row for row in rows if row.kind == name]
        known = kinds.search_kinds[name].describe(of_kind)
        described.update({row.pk: known[row.object_id] for row in of_kind if row.object_id in known})
    return [
        _hit(distance, row, described[row.pk], words, asked)
        for distance, row in chosen_rows
        if row.pk in described
    ]


def _hit(
    distance: float, row: SearchEntry, facts: dict[str, Any], words: list[QueryWord], asked: _Asked
) -> Hit:
    shown = snippet_of(
        row.original, words, is_markdown=kinds.search_kinds[row.kind].is_markdown, language=row.language,
        wanted=asked.language,
    )  # fmt: skip
    title = snippet_of(row.title, words, is_markdown=False, language="", wanted="")
    in_label = [] if row.language else [(s, e) for s, e, _penalty in occurrences(facts["label"], words)]
    evident = bool(shown.spans or in_label)
    fragment = row.fragment if row.fragment.startswith("?") else f"#{row.fragment}" if row.fragment else ""
    return Hit(
        kind=row.kind, url=facts["url"] + fragment, label=facts["label"], language=shown.language,
        snippet=shown.text, spans=shown.spans, penalty=distance,
        ways=ways((row.title, shown.text), words, asked.query), label_spans=in_label,
        passage=title if title.spans and row.language and not shown.spans else None,
        named=title if title.spans and not row.language and not evident else None,
        extra=facts.get("extra", {}), object_id=row.object_id, **_placed(row, words),
    )  # fmt: skip


def _placed(row: SearchEntry, words: list[QueryWord]) -> dict[str, Any]:
    """Return where a passage was found in its text; nothing of what is none."""
    if row.start is None:
        return {}
    found = occurrences(row.original, words)
    return {"start": row.start, "words": row.original, "first": found[0][:2] if found else None}
