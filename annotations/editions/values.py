"""The frozen value of a release: all that reader and exports may know, as it was when it was sealed.

Field names are the keys of the JSON; offsets are code points over `text.content`. Words that have an
Arabic and an English form are `{"ar": …, "en": …}`. Rows are named by their public ids. The times at which
it was sealed and published are no part of it, so that the same plan gives the same bytes again.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from annotations.editions.media_values import (
    FigureFacts,
    FilmFacts,
    Json,
    MediaPlace,
    PictureFacts,
    PictureFile,
    VideoFacts,
    Words,
)
from annotations.editions.parts import PartFacts
from annotations.values import RelationWords

__all__ = [
    "FORMAT", "FORMAT_WITH_MORE", "FORMAT_WITH_PLACES", "Approval", "FigureFacts", "FilmFacts", "Json", "MediaPlace", "Note",
    "Person", "PictureFacts", "PictureFile", "Place", "Reference", "Snapshot", "TermFacts", "TextFacts", "VideoFacts", "Words",
    "WorkFacts",
]  # fmt: skip

FORMAT = "hashiya-snapshot/1"
#: Of a release with notes on pictures or films: those notes have `place`, and it has `pictures` and `films`. Such keys
#: are left out of all other releases, which are of the first format for ever.
FORMAT_WITH_PLACES = "hashiya-snapshot/2"
#: Of a release with a cover, of several parts, or whose notes are numbered otherwise than by place: `cover`, `parts` and
#: `order`, left out as above.
FORMAT_WITH_MORE = "hashiya-snapshot/3"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is named in the edition."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """The catalogue entry of the edited work."""

    id: str
    slug: str
    kind: str
    language: str
    title: Words
    description: Words
    creators: tuple[Json, ...]
    date: str
    rights_uri: str
    rights_holder: Words
    provenance: Words
    identifiers: tuple[Json, ...]
    content_warning: Words
    #: `{"slug": …, "title": {…}}`, or None.
    collection: Json | None


@dataclass(frozen=True, slots=True)
class TextFacts:
    """The pinned wording."""

    id: str
    role: str
    language: str
    direction: str
    revision: int
    sha256: str
    length: int
    title: str
    content: str
    blocks: tuple[Json, ...]
    marks: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class TermFacts:
    """A tag as it was: later renaming or merging does not reach a sealed release."""

    id: str
    slug: str
    kind: str
    label: Words
    description: Words
    #: Further names: `{"language": …, "name": …}`.
    names: tuple[Json, ...]
    authority: Json
    latitude: float | None
    longitude: float | None
    date: str
    date_start: str
    date_end: str


@dataclass(frozen=True, slots=True)
class Place:
    """What a cross-reference points at.

    `kind` is that of the locus: "text" has `text`, `revision`, `start`, `end`, `exact`; "region" `region`;
    "time" `start_time` and `end_time`. `member` is ("work" | "image" | "video", id): who may see it decides.
    """

    kind: str
    member: tuple[str, str]
    #: Work or medium: its name as it was.
    label: Words
    #: Slug of the work, or public id of the medium.
    slug: str
    text: str = ""
    revision: int = 0
    start: int | None = None
    end: int | None = None
    exact: str = ""
    region: Json | None = None
    start_time: float | None = None
    end_time: float | None = None
    #: The note that was pointed at, when it was one.
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A cross-reference of a note: to a place in the archive, or to something outside."""

    id: str
    relation: str
    note: str
    target: Place | None
    #: `{"url": …, "title": …, "pages": …}`, and `"csl"` where more is known.
    citation: Json | None
    #: Read backwards: from the target to the note's place.
    is_inverse: bool = False
    #: Language of `note`; empty when nobody said it.
    note_language: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """Who vouched for a note, and when."""

    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Note:
    """One note of the release, with the number that it has there.

    A note on a picture or a film has `place` and no words: it stands where that does, at `start` and `end` alike; at the
    end of the text when it does not stand there.
    """

    number: int
    id: str
    version: str
    version_number: int
    content_hash: str
    category: str
    language: str
    body: str
    author: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    tags: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    approvals: tuple[Approval, ...] = ()
    place: MediaPlace | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A release as one value."""

    edition: str
    slug: str
    number: int
    #: Hash of the release before; empty for the first.
    previous: str
    title: Words
    introduction: Words
    change_note: Words
    license: str
    credits: tuple[Json, ...]
    required_approvals: int
    authors: tuple[Person, ...]
    reviewers: tuple[Person, ...]
    work: WorkFacts
    text: TextFacts
    notes: tuple[Note, ...]
    terms: tuple[TermFacts, ...]
    figures: tuple[FigureFacts, ...]
    videos: tuple[VideoFacts, ...]
    #: What the relations of its references were called; empty in releases that are older than such names.
    relations: tuple[RelationWords, ...] = ()
    format: str = field(default=FORMAT)
    #: Pictures that notes are on and that do not stand in the text.
    pictures: tuple[PictureFacts, ...] = ()
    films: tuple[FilmFacts, ...] = ()
    #: The picture that stands for it; it need not stand in the text.
    cover: PictureFacts | None = None
    #: What numbered its notes (`annotations.enums.NoteOrder`).
    order: str = "place"
    #: The texts of which `text` is made, in order; empty when it is one of them alone. `text` has the id and the revision
    #: of the first, and the content, the blocks and the hash of them all.
    parts: tuple[PartFacts, ...] = ()

    @property
    def all_pictures(self) -> tuple[PictureFacts, ...]:
        """Those of the text, those beside it, and the cover; one of several pages is there for each that is shown."""
        shown = (figure.image for figure in self.figures)
        return tuple(one for one in (*shown, *self.pictures, self.cover) if one)
