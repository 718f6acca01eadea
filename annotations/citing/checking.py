"""What an item of CSL data may hold; whatever else was sent is refused or left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from annotations.citing.identifiers import doi_of, isbn_of
from archive.errors import Invalid

Csl = dict[str, Any]

TYPES = frozenset({
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast",
    "chapter", "classic", "collection", "dataset", "document", "entry", "entry-dictionary",
    "entry-encyclopedia", "event", "figure", "graphic", "hearing", "interview", "legal_case", "legislation",
    "manuscript", "map", "motion_picture", "musical_score", "pamphlet", "paper-conference", "patent",
    "performance", "periodical", "personal_communication", "post", "post-weblog", "regulation", "report",
    "review", "review-book", "software", "song", "speech", "standard", "thesis", "treaty", "webpage",
})  # fmt: skip
STRINGS = (
    "title", "container-title", "collection-title", "publisher", "publisher-place", "edition", "volume", "issue",
    "page", "genre", "archive", "archive_location", "call-number", "language", "abstract", "note",
)  # fmt: skip
NAMES = ("author", "editor", "translator", "container-author", "interviewer", "director", "recipient")
DATES = ("issued", "accessed", "original-date")
_PARTS = ("family", "given", "literal", "suffix", "non-dropping-particle", "dropping-particle")
LONGEST, LONGEST_NAME, MOST_NAMES = 500, 200, 50
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e]")


def checked(given: Mapping[str, Any], *, field: str = "references") -> Csl:
    """Return the item with what is known of it, each value in its one form; keys that CSL does not have are left out.

    Raises Invalid ("citation_type", "citation_value", "too_long", "control_character", "address_refused",
    "citation_doi", "citation_isbn", "citation_nameless").
    """
    kind = given.get("type", "document")
    if not isinstance(kind, str) or kind not in TYPES:
        raise Invalid("citation_type", field=field, value=str(kind)[:40])
    item: Csl = {"type": kind}
    for name in STRINGS:
        if words := _words(given, name, field):
            item[name] = words
    for name in NAMES:
        if people := _people(given, name, field):
            item[name] = people
    for name in DATES:
        if date := _date(given, name, field):
            item[name] = date
    item |= _identifiers(given, field)
    if not (item.keys() & {"title", "container-title", "URL", "DOI"}):
        raise Invalid("citation_nameless", field=field)
    return item


def _words(given: Mapping[str, Any], name: str, field: str) -> str:
    value = given.get(name)
    if value is None:
        return ""
    # Numbers are written as numbers by some programs.
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Invalid("citation_value", field=field, name=name)
    return clean(str(value), field=field)


def clean(value: str, *, field: str, longest: int = LONGEST) -> str:
    """Return words in one line.

    Raises Invalid for what is too long, and for signs that are no letters or turn the direction of what follows.
    """
    if _CONTROL.search(value):
        raise Invalid("control_character", field=field)
    words = " ".join(value.split())
    if len(words) > longest:
        raise Invalid("too_long", field=field, limit_length=longest)
    return words


def _people(given: Mapping[str, Any], name: str, field: str) -> list[dict[str, str]]:
    value = given.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise Invalid("citation_value", field=field, name=name)
    if len(value) > MOST_NAMES:
        raise Invalid("too_many", field=field, limit_count=MOST_NAMES)
    return [person for one in value if (person := _person(one, name, field))]


def _person(given: Any, name: str, field: str) -> dict[str, str]:
    if not isinstance(given, Mapping):
        raise Invalid("citation_value", field=field, name=name)
    found = {}
    for part in _PARTS:
        value = given.get(part, "")
        if not isinstance(value, str):
            raise Invalid("citation_value", field=field, name=name)
        if words := clean(value, field=field, longest=LONGEST_NAME):
            found[part] = words
    return found if found.keys() & {"family", "given", "literal"} else {}


def _date(given: Mapping[str, Any], name: str, field: str) -> dict[str, Any]:
    value = given.get(name)
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise Invalid("citation_value", field=field, name=name)
    for key in ("literal", "raw"):
        if isinstance(value.get(key), str) and value[key].strip():
            return {"literal": clean(value[key], field=field, longest=100)}
    parts = value.get("date-parts")
    if parts is None:
        return {}
    if not isinstance(parts, list) or not 1 <= len(parts) <= 2:
        raise Invalid("citation_value", field=field, name=name)
    return {"date-parts": [_day(one, name, field) for one in parts]}


def _day(given: Any, name: str, field: str) -> list[int]:
    """Return year, month and day as far as they are said."""
    if not isinstance(given, list) or not 1 <= len(given) <= 3:
        raise Invalid("citation_value", field=field, name=name)
    numbers = [_number(one) for one in given]
    bounds = ((-9999, 9999), (1, 12), (1, 31))
    for value, (low, high) in zip(numbers, bounds, strict=False):
        if value is None or not low <= value <= high:
            raise Invalid("citation_value", field=field, name=name)
    return [number for number in numbers if number is not None]


def _number(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]{1,4}", value.strip()):
        return int(value)
    return None


def _identifiers(given: Mapping[str, Any], field: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if url := _words(given, "URL", field):
        found["URL"] = address(url, field=field)
    if doi := _words(given, "DOI", field):
        found["DOI"] = doi_of(doi) or ""
        if not found["DOI"]:
            raise Invalid("citation_doi", field=field)
    if isbn := _words(given, "ISBN", field):
        found["ISBN"] = isbn_of(isbn) or ""
        if not found["ISBN"]:
            raise Invalid("citation_isbn", field=field)
    if issn := _words(given, "ISSN", field):
        found["ISSN"] = issn
    return found


def address(url: str, *, field: str) -> str:
    """Return an address that a page may lead to.

    Raises Invalid for anything but http and https, and for one that hides where it leads behind a name and password.
    """
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        good = False
    if not good or re.search(r"[\s<>\"\\]", url):
        raise Invalid("address_refused", field=field)
    return url
