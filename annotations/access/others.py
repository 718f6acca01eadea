"""Other occurrences of some words, with what the viewer's notes there already say of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from zlib import crc32

from django.db.models import Count, F, Q, QuerySet

from annotations.access.note_facts import tags_of
from annotations.access.notes import shown_to
from annotations.access.places import newest
from annotations.enums import AnnotationStatus
from annotations.models import Anchor, Spread, Term, TermName
from annotations.values import MAX_SPAN
from archive.access import Viewer, visible_to
from archive.access.harvest import shelves
from archive.models import Text
from archive.search.passages import Passages, passages_with
from archive.text.context import words_after, words_before
from archive.text.folding import fold_key
from archive.text.phrases import Spelling, phrases_of

#: Occurrences on a page, more when the last passage holds several.
PAGE = 40
#: Passages of which a file of them tells; it ends with the step that reaches them.
MOST = 5_000


class Scope(StrEnum):
    """Where the words are sought."""

    TEXT = "text"
    WORK = "work"
    COLLECTION = "collection"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class Sought:
    """What is sought, and how."""

    names: tuple[str, ...]
    spelling: Spelling = Spelling.PREFIXES
    parts: bool = False


@dataclass(frozen=True, slots=True)
class Other:
    """One occurrence, in code points of the text's current revision."""

    text: Text
    start: int
    end: int
    exact: str
    before: str
    after: str
    is_part: bool
    #: 0 when the words stand as they were asked for.
    penalty: float
    #: Terms on the notes that the viewer sees on just this passage or over it.
    tagged: Sequence[Term] = ()

    @property
    def name(self) -> str:
        """How a form names it: with a sum of its words, since the index may be of an earlier wording for a while."""
        revision = self.text.current_revision
        number = revision.number if revision else 0
        return f"{self.text.public_id}.{number}.{self.start}.{self.end}.{sum_of(self.exact)}"


def sum_of(words: str) -> int:
    """Return a number by which other words are told apart from these."""
    return crc32(words.encode()) % 1_000_003


@dataclass(frozen=True, slots=True)
class Others:
    """A page of occurrences, by text, and how many passages there are in all."""

    by_text: Sequence[tuple[Text, Sequence[Other]]]
    passages: Passages

    @property
    def count(self) -> int:
        """How many occurrences the page holds."""
        return sum(len(others) for _text, others in self.by_text)


#: Code points shown around an occurrence.
AROUND = 60


def find_others(
    viewer: Viewer, sought: Sought, texts: QuerySet[Text] | None, *, skip: int = 0, enough: int = PAGE
) -> Others:
    """Return where the words stand in texts that the viewer may read whole, in a number of queries that does not grow."""
    phrases = phrases_of(sought.names, sought.spelling, parts=sought.parts)
    passages = passages_with(phrases, viewer, texts=texts, skip=skip, enough=enough)
    known = with_wording(visible_to(Text, viewer)).in_bulk({passage.text_id for passage in passages.shown})
    spans = [
        (known[passage.text_id], passage.start + one.start, passage.start + one.end)
        for passage in passages.shown
        if passage.text_id in known
        for one in passage.found
    ]
    tagged = _tagged(viewer, spans)
    found: dict[int, list[Other]] = defaultdict(list)
    at = 0
    for passage in passages.shown:
        text = known.get(passage.text_id)
        for one in passage.found if text else ():
            assert text is not None
            start, end = passage.start + one.start, passage.start + one.end
            found[text.pk].append(
                Other(
                    text,
                    start,
                    end,
                    passage.words[one.start : one.end],
                    words_before(passage.words, one.start, AROUND),
                    words_after(passage.words, one.end, AROUND),
                    one.is_part,
                    one.penalty,
                    tagged[at],
                )
            )
            at += 1
    return Others([(known[key], others) for key, others in found.items()], passages)


def with_wording(texts: QuerySet[Text]) -> QuerySet[Text]:
    """Return the texts with their work and current revision, whose words are not loaded."""
    heavy = [f"current_revision__{name}" for name in ("content", "blocks", "marks")]
    return texts.select_related("work", "current_revision").defer(*heavy)


def _tagged(viewer: Viewer, spans: Sequence[tuple[Text, int, int]]) -> list[list[Term]]:
    """Return, for each span, the terms of the visible notes that touch it."""
    if not spans:
        return []
    touching = Q()
    for text, start, end in spans:
        touching |= Q(
            revision=text.current_revision_id, start__lt=end, end__gt=start, start__gt=start - 2 * MAX_SPAN
        )
    rows = tagged_spans(viewer, touching)
    return [_terms(rows.get(text.current_revision_id or 0, ()), start, end) for text, start, end in spans]


#: `[start, end)` and the terms of a note there.
TaggedSpan = tuple[int, int, Sequence[Term]]


def tagged_spans(viewer: Viewer, places: Q) -> dict[int, list[TaggedSpan]]:
    """Return where, among these anchors, visible notes put which terms, by revision."""
    anchors = newest(Anchor.objects.filter(places)).filter(locus__versions__isnull=False)
    rows = list(anchors.values_list("revision_id", "start", "end", "locus__versions__pk"))
    shown = shown_to(viewer).filter(versions__in={row[3] for row in rows}, versions=F("shown_id"))
    versions = set(shown.order_by().values_list("shown_id", flat=True))
    tags = tags_of(list(versions))
    by_revision: dict[int, list[TaggedSpan]] = defaultdict(list)
    for revision, start, end, version in rows:
        if start is not None and version in versions and tags.get(version):
            by_revision[revision].append((start, end, tags[version]))
    return by_revision


def _terms(rows: Sequence[TaggedSpan], start: int, end: int) -> list[Term]:
    found = [term for first, last, terms in rows if first < end and last > start for term in terms]
    return list(dict.fromkeys(found))


def named_alike(who: Viewer, names: Sequence[str], *, but: Term | None) -> list[Term]:
    """Return the visible terms, other than `but`, that any of these words name too."""
    folded = {fold_key(name).strip() for name in names} - {""}
    rows = TermName.objects.filter(folded__in=folded).values("term")
    found = visible_to(Term, who).filter(pk__in=rows, merged_into=None)
    return list((found.exclude(pk=but.pk) if but else found).order_by("pk")[:10])


def names_of(term: Term) -> list[str]:
    """Return the names of a term in all languages, its labels first, each folded form once."""
    rows = term.names.order_by("-is_label", "pk").values_list("name", "folded")
    return list({folded: name for name, folded in reversed(rows)}.values())[::-1]


def texts_in(scope: Scope, text: Text | None, viewer: Viewer) -> QuerySet[Text] | None:
    """Return the texts of a scope around a text; None: all."""
    if text is None or scope == Scope.ARCHIVE:
        return None
    if scope == Scope.TEXT:
        return Text.objects.filter(pk=text.pk)
    if scope == Scope.WORK:
        return Text.objects.filter(work=text.work_id)
    around = text.work.collection
    shelf = shelves(viewer).within(around.public_id) if around else frozenset()
    return Text.objects.filter(Q(work=text.work_id) | Q(work__collection__in=shelf))


def own_spreads(viewer: Viewer, *, limit: int = 10) -> QuerySet[Spread]:
    """Return the steps that the viewer took last, each with its `size` and how many notes are `left` as drafts."""
    drafts = Q(made__annotation__status=AnnotationStatus.DRAFT)
    rows = visible_to(Spread, viewer).annotate(size=Count("made"), left=Count("made", filter=drafts))
    return rows.order_by("-pk")[:limit]
