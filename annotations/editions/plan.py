"""The facts of an edition as they stand: what would be released, and what stands in its way."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from annotations.editions.parts import PartFacts
from annotations.editions.values import (
    FigureFacts,
    FilmFacts,
    Json,
    MediaPlace,
    Note,
    Person,
    PictureFacts,
    TermFacts,
    TextFacts,
    VideoFacts,
    Words,
    WorkFacts,
)
from annotations.enums import AnnotationStatus
from annotations.values import RelationWords


@dataclass(frozen=True, slots=True)
class Candidate:
    """A note that the plan takes in, whether or not it can be released yet; or one that its rule leaves out."""

    #: Public id.
    id: str
    author: Person
    status: str
    category: str
    language: str
    body: str
    #: Public ids of its tags.
    tags: tuple[str, ...]
    #: The accepted version; empty when none was.
    version: str
    #: Whether a newer version waits for a decision.
    newer_waits: bool
    #: Whether an editor took it out by hand.
    excluded: bool
    #: What became of its place at the pinned revision, or in its picture or film; empty when it was not carried over yet.
    anchor: str
    score: float
    start: int | None
    end: int | None
    exact: str
    approvals: int
    #: Of a note on a picture or a film: where it lies, what that is called, and whether some of it is covered.
    place: MediaPlace | None
    label: Words
    is_covered: bool
    #: The note as it would be released; None when it cannot be.
    note: Note | None
    #: Whether what was decided of it is kept from who is told of the plan.
    is_withheld: bool = False
    #: Public id of the text that it is on; empty of a note on a picture or a film.
    text: str = ""
    #: What of the rule leaves it out (`annotations.editions.candidates.leaving_out`); nothing of one that is taken in.
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """An item of the archive that the release would show."""

    kind: str
    #: Primary key, for the member row.
    pk: int
    id: str
    label: Words
    public: bool


@dataclass(frozen=True, slots=True)
class TermChange:
    """A term of the rule that no longer means what it meant."""

    #: "tag_split": some of its uses went to `other`; "tag_merged": it is read as `other`; "tag_gone": there is none.
    code: str
    label: Words
    other: Words


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that sealing and its check look at, read once."""

    edition: str
    slug: str
    title: Words
    introduction: Words
    change_note: Words
    license: str
    credits: tuple[Json, ...]
    required_approvals: int
    work: WorkFacts
    #: None: the text has no accepted wording yet.
    text: TextFacts | None
    candidates: tuple[Candidate, ...]
    terms: tuple[TermFacts, ...]
    figures: tuple[FigureFacts, ...]
    videos: tuple[VideoFacts, ...]
    reviewers: tuple[Person, ...]
    members: tuple[Member, ...]
    #: Texts, its own or one that a note leads to, of which a section is kept from the public: public id and title.
    kept_back: tuple[tuple[str, Words], ...]
    #: Spans of links whose target is lost.
    dead_links: tuple[tuple[int, int], ...]
    #: Public ids of images whose public copies are not ready.
    unready_images: tuple[str, ...]
    #: What the relations of the notes' references are called.
    relations: tuple[RelationWords, ...]
    #: Pictures that notes are on and that do not stand in the text; and all films that notes are on.
    pictures: tuple[PictureFacts, ...] = ()
    films: tuple[FilmFacts, ...] = ()
    #: The picture that stands for the edition, and what numbers its notes.
    cover: PictureFacts | None = None
    order: str = "place"
    #: Whether readers are warned of the cover.
    is_cover_warned: bool = False
    #: Public ids of those of which readers are warned.
    warned: frozenset[str] = frozenset()
    #: What became of terms that the rule names, since it was made or last sealed.
    renamed: tuple[TermChange, ...] = ()
    #: The texts of which `text` is made, when there are several.
    parts: tuple[PartFacts, ...] = ()
    #: By the keys of figures in the whole, the keys that they have in their own texts, where these differ.
    figure_keys: Mapping[str, str] = field(default_factory=dict)
    #: The directions in which the texts are written: one, or the release is stopped.
    directions: tuple[str, ...] = ()
    #: Accepted notes on what it shows that its rule leaves out: they can be picked by hand.
    left_out: tuple[Candidate, ...] = ()

    @property
    def taken(self) -> tuple[Candidate, ...]:
        """The notes that the rule takes in and nobody took out."""
        return tuple(candidate for candidate in self.candidates if not candidate.excluded)

    @property
    def taken_media(self) -> frozenset[tuple[str, str]]:
        """The pictures and films that those are on, by kind and public id."""
        return frozenset(candidate.place.member for candidate in self.taken if candidate.place)


def told_without(plan: Plan, withheld: Collection[str]) -> Plan:
    """Return the plan for whom is not told what was decided of these notes (public ids): to them, those wait.

    It is for reading: what is sealed is made of the plan itself.
    """
    return replace(
        plan, candidates=tuple(_waiting(c) if c.id in withheld else c for c in plan.candidates),
        left_out=tuple(c for c in plan.left_out if c.id not in withheld),
    )  # fmt: skip


def _waiting(candidate: Candidate) -> Candidate:
    """Return a note as one that nobody has decided on yet: nothing is left by which one that was accepted differs."""
    is_accepted = candidate.status == AnnotationStatus.ACCEPTED
    status = AnnotationStatus.SUBMITTED if is_accepted else candidate.status
    return replace(
        candidate, status=status, version="", newer_waits=False, approvals=0, note=None, is_withheld=True
    )
