"""What a note is made of, as it is handed in: by the workbench, the API, a command, the demo."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotations.enums import Category, NameForm, Relation, TermKind, Visibility

#: Code points.
MAX_BODY = 20_000
#: Code points of a place; a longer one means the whole text.
MAX_SPAN = 10_000
MAX_TAGS = 40
MAX_REFERENCES = 40
MAX_REFERENCE_NOTE = 500
#: Code points of context kept on each side of a quote.
CONTEXT = 32
#: Pixels along an edge of any picture.
MAX_EDGE = 1_000_000


#: A BCP 47 language, such as "ar", "ar-SY" or "ota-Latn".
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def is_language(code: str) -> bool:
    """Whether this is formed like a BCP 47 tag, and short enough to be kept."""
    return len(code) <= 20 and bool(_LANGUAGE.fullmatch(code))


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A span of one revision of a text (its public id), with the words that stood there when chosen."""

    text: str
    revision: int
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class RegionPlace:
    """A part of an image (its public id), in pixels of the upright original.

    `shape` is "rect" (two corners), "polygon" (its corners) or "ellipse" (center, and the two radii).
    """

    image: str
    shape: str
    points: Sequence[tuple[float, float]]
    #: From 1, of an image of several pages.
    page: int = 1


@dataclass(frozen=True, slots=True)
class TimePlace:
    """Seconds of a video (its public id)."""

    video: str
    start: float
    end: float


Place = TextPlace | RegionPlace | TimePlace


@dataclass(frozen=True, slots=True)
class NoteTarget:
    """Another note, by its public id."""

    annotation: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Something outside the archive."""

    url: str = ""
    title: str = ""
    pages: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A reference of the version before, by its public id, that stays as it is."""

    reference: str


@dataclass(frozen=True, slots=True)
class ReferenceInput:
    """A relation from the note's place to something."""

    relation: Relation
    target: Place | NoteTarget | Citation
    note: str = ""


@dataclass(frozen=True, slots=True)
class NoteInput:
    """What a version of a note says; tags and group are public ids."""

    body: str = ""
    language: str = "ar"
    category: Category = Category.NOTE
    tags: tuple[str, ...] = ()
    references: tuple[ReferenceInput | Kept, ...] = ()
    visibility: Visibility = Visibility.OPEN
    group: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A further name of a term, in a language (BCP 47)."""

    language: str
    name: str
    form: NameForm = NameForm.ALTERNATIVE


@dataclass(frozen=True, slots=True)
class Match:
    """Something elsewhere that is the same or like it; `relation` is one of `annotations.authorities.RELATIONS`."""

    relation: str
    url: str


@dataclass(frozen=True, slots=True)
class TermInput:
    """An entry of the vocabulary; `broader` is the public id of a term."""

    kind: TermKind
    label_ar: str = ""
    label_en: str = ""
    names: tuple[Name, ...] = ()
    description_ar: str = ""
    description_en: str = ""
    broader: str = ""
    authority: Mapping[str, str] = field(default_factory=dict)
    latitude: float | None = None
    longitude: float | None = None
    date_edtf: str = ""
    scope_note_ar: str = ""
    scope_note_en: str = ""
    notation: str = ""
    matches: tuple[Match, ...] = ()
    #: Made from a label when empty.
    slug: str = ""
