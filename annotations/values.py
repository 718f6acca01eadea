"""What a note is made of, as it is handed in: by the workbench, the API, a command, the demo."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotations.enums import Category, NameForm, TermKind, Visibility

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
#: Bytes, as JSON, of a target outside of this archive.
MAX_TARGET = 8_000


#: A BCP 47 language, such as "ar", "ar-SY" or "ota-Latn".
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def is_language(code: str) -> bool:
    """Whether this is formed like a BCP 47 tag, and short enough to be kept."""
    return len(code) <= 20 and bool(_LANGUAGE.fullmatch(code))


def is_same_wording(one: str, other: str) -> bool:
    """Whether two bodies say the same; how a form ends its lines, and space around the whole, count for nothing."""
    return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()


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


@dataclass(frozen=True, slots=True)
class WebPlace:
    """Something on the web that is not of this archive, as a Web Annotation's target names it.

    An address, or a specific resource with its selectors; kept word for word, for the client that sent it.
    """

    target: Any


@dataclass(frozen=True, slots=True)
class WholePlace:
    """A whole work (its public id)."""

    work: str


Place = TextPlace | RegionPlace | TimePlace | WebPlace | WholePlace


@dataclass(frozen=True, slots=True)
class NoteTarget:
    """Another note, by its public id."""

    annotation: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Something outside the archive; `csl` is one item of CSL-JSON, where it is known so well."""

    url: str = ""
    title: str = ""
    pages: str = ""
    csl: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A reference of the version before, by its public id, that stays as it is."""

    reference: str


@dataclass(frozen=True, slots=True)
class ReferenceInput:
    """A relation from the note's place to something; `relation` is the code of a named one."""

    relation: str
    target: Place | NoteTarget | Citation
    note: str = ""
    #: Read backwards: from the target to the note's place.
    is_inverse: bool = False
    #: BCP 47 language of `note`; empty when nobody said it.
    note_language: str = ""


@dataclass(frozen=True, slots=True)
class RelationWords:
    """What a relation is called, each name as `{"ar": …, "en": …}`."""

    code: str
    name: Mapping[str, str]
    inverse: Mapping[str, str]
    is_symmetric: bool = False

    def read(self, *, backwards: bool) -> Mapping[str, str]:
        """Return the name for one direction."""
        return self.inverse if backwards else self.name


@dataclass(frozen=True, slots=True)
class RelationInput:
    """A relation as a keeper of the vocabulary says it; a symmetric one needs no inverse."""

    name_ar: str = ""
    name_en: str = ""
    inverse_ar: str = ""
    inverse_en: str = ""
    is_symmetric: bool = False
    description_ar: str = ""
    description_en: str = ""


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
