"""One entry of a vocabulary between two systems."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from annotations.values import Match, Name

#: Entries of one file.
MOST = 20_000


@dataclass(slots=True)
class TermRecord:
    """What a file says of one entry; an empty value says nothing."""

    #: Its name there: an IRI of SKOS, or the `id` of a table.
    key: str
    #: From 1: the line of a table, the place in the sorted file of SKOS.
    place: int = 0
    kind: str = ""
    label_ar: str = ""
    label_en: str = ""
    names: list[Name] = field(default_factory=list)
    description_ar: str = ""
    description_en: str = ""
    scope_note_ar: str = ""
    scope_note_en: str = ""
    notation: str = ""
    #: The key of another record, the id of a term here, or in a table a name.
    broader: str = ""
    authority: dict[str, str] = field(default_factory=dict)
    matches: list[Match] = field(default_factory=list)
    latitude: float | None = None
    longitude: float | None = None
    date_edtf: str = ""
    slug: str = ""
    #: What could not be read, as (code, field): the entry is refused with it.
    problem: tuple[str, str] | None = None


@dataclass(slots=True)
class Reading:
    """What a file holds, and how often it says what is not taken in."""

    records: list[TermRecord]
    left_out: Counter[str] = field(default_factory=Counter)
