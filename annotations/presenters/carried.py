"""Notes whose place in the current wording a person must look at: old context, and places that could be meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import OuterRef, QuerySet, Subquery

from annotations.access.notes import acts_of, shown_to, with_acts, with_status
from annotations.enums import AnchorStatus
from annotations.models import Anchor, Annotation, AnnotationVersion
from archive.access import permitted
from archive.models import TextRevision
from archive.presenters.differences import Part, words_diff

#: Code points shown on each side of a place.
AROUND = 60
#: Code points of a passage that are compared with those of before.
MOST_COMPARED = 4_000


@dataclass(frozen=True, slots=True)
class Choice:
    """A place in the new wording that could be meant, with what stands around it."""

    start: int
    end: int
    score: float
    before: str
    words: str
    after: str
    #: The same three, with what came and what went since the note last had its place.
    compared: tuple[Sequence[Part], Sequence[Part], Sequence[Part]] = ((), (), ())

    @property
    def percent(self) -> int:
        """How sure the carrying-over is of it."""
        return round(self.score * 100)

    @property
    def is_unchanged(self) -> bool:
        """Whether the words themselves are those of before."""
        return all(part.kind == "same" for part in self.compared[1])


@dataclass(frozen=True, slots=True)
class Doubtful:
    """One note to look at."""

    note: Annotation
    anchor: Anchor
    #: Where it stood last, in the wording before.
    old: Anchor
    choices: list[Choice] = field(default_factory=list)

    @property
    def may_retire(self) -> bool:
        """Whether who looks at it may take the note back."""
        return "withdraw" in acts_of(self.note)

    @property
    def near(self) -> str:
        """The part of the text in which its place is looked for first: `start-end`."""
        first = self.choices[0] if self.choices else self.old
        return f"{first.start}-{first.end}" if first.start is not None else ""


def doubtful_notes(who: object, revision: TextRevision) -> QuerySet[Annotation]:
    """Return the notes that `who` may put back and whose newest anchor in this revision is in doubt, lost ones first.

    Each with its place and its `words` in the version that `who` is shown: an editor sees nothing of the next one,
    which the author is still writing.
    """
    notes = with_acts(with_status(shown_to(who, permitted(Annotation, who, "reattach")), who), who)
    # Its own order would join the notes, under the name by which `shown_id` speaks of this one.
    version = AnnotationVersion.objects.filter(pk=OuterRef("shown_id")).order_by()
    newest = Anchor.objects.filter(locus__versions=OuterRef("shown_id"), revision=revision).order_by(
        "-attempt"
    )
    return (
        notes.filter(text=revision.text_id)
        .exclude(status="withdrawn")
        .annotate(
            anchor_id=Subquery(newest.values("pk")[:1]),
            anchor_status=Subquery(newest.values("status")[:1]),
            words=Subquery(version.values("body")[:1]),
        )
        .filter(anchor_status__in=[AnchorStatus.UNCERTAIN, AnchorStatus.LOST])
        .select_related("author", "newest_version")
        .order_by("anchor_status", "pk")
    )


def describe_doubtful(notes: Iterable[Annotation], revision: TextRevision) -> list[Doubtful]:
    """Return each note with its old words and its choices, in two queries."""
    notes = list(notes)
    anchors = Anchor.objects.in_bulk([note.anchor_id for note in notes])
    loci = [anchor.locus_id for anchor in anchors.values()]
    earlier = Anchor.objects.filter(locus__in=loci, revision__number__lt=revision.number, start__isnull=False)
    old: dict[int, Anchor] = {}
    for row in earlier.order_by("locus_id", "revision__number", "attempt"):
        old[row.locus_id] = row
    found = []
    for note in notes:
        anchor = anchors[note.anchor_id]
        before = old.get(anchor.locus_id, anchor)
        found.append(Doubtful(note, anchor, before, _choices(anchor, before, revision.content)))
    return found


def _choices(anchor: Anchor, old: Anchor, content: str) -> list[Choice]:
    spans = [(anchor.start, anchor.end, anchor.score)] if anchor.start is not None else []
    spans += [
        (int(s), int(e), score)
        for s, e, score in anchor.candidates
        if (int(s), int(e)) != (anchor.start, anchor.end)
    ]
    return [
        _choice(start, end, score, old, content)
        for start, end, score in spans[:5]
        if start is not None and end is not None and 0 <= start < end <= len(content)
    ]


def _choice(start: int, end: int, score: float, old: Anchor, content: str) -> Choice:
    before, words, after = (
        content[max(0, start - AROUND) : start],
        content[start:end],
        content[end : end + AROUND],
    )
    # A long passage would be compared for long: more than is read of it is not.
    compared = (
        _from_its_first_word(words_diff(old.prefix, before)),
        words_diff(old.exact[:MOST_COMPARED], words[:MOST_COMPARED]),
        _to_its_last_word(words_diff(old.suffix, after)),
    )
    return Choice(start, end, score, before, words, after, compared)


def _from_its_first_word(parts: Sequence[Part]) -> list[Part]:
    """Return the difference of what stands before: where the two are cut is no difference of theirs."""
    edge = next((n for n, part in enumerate(parts) if part.kind == "same"), len(parts))
    return [Part("same", part.text) for part in parts[:edge] if part.kind == "ins"] + list(parts[edge:])


def _to_its_last_word(parts: Sequence[Part]) -> list[Part]:
    return _from_its_first_word(parts[::-1])[::-1]
