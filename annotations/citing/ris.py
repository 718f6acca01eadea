"""One RIS record as CSL data."""

from __future__ import annotations

import re
from typing import Any

from annotations.citing.bibtex import name_of

_TYPES = {
    "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "CHAP": "chapter", "ECHAP": "chapter", "JOUR": "article-journal",
    "EJOUR": "article-journal", "MGZN": "article-magazine", "NEWS": "article-newspaper", "THES": "thesis",
    "RPRT": "report", "CONF": "paper-conference", "CPAPER": "paper-conference", "ELEC": "webpage", "BLOG": "post-weblog",
    "MAP": "map", "VIDEO": "motion_picture", "MPCT": "motion_picture", "SOUND": "song", "UNPB": "manuscript",
    "MANSCPT": "manuscript", "PCOMM": "personal_communication", "DATA": "dataset", "ENCYC": "entry-encyclopedia",
    "DICT": "entry-dictionary",
}  # fmt: skip
_FIELDS = {
    "TI": "title", "T1": "title", "CT": "title", "T2": "container-title", "JO": "container-title", "JF": "container-title",
    "BT": "container-title", "T3": "collection-title", "PB": "publisher", "CY": "publisher-place", "PP": "publisher-place",
    "ET": "edition", "VL": "volume", "IS": "issue", "DO": "DOI", "UR": "URL", "LA": "language", "N1": "note",
}  # fmt: skip
_NAMES = {"AU": "author", "A1": "author", "A2": "editor", "ED": "editor", "A4": "translator"}
_LINE = re.compile(r"^([A-Z][A-Z0-9])  ?- ?(.*)$")


def is_ris(words: str) -> bool:
    """Whether somebody pasted an RIS record."""
    return re.match(r"\s*TY  ?- ?[A-Z]", words) is not None


def records(words: str) -> int:
    """Return how many records there are."""
    return len(re.findall(r"(?m)^\s*TY  ?- ", words))


def read(words: str) -> dict[str, Any]:
    """Return the first record as CSL data, unchecked; raises ValueError for what cannot be read."""
    item: dict[str, Any] = {}
    first = last = number = ""
    for line in words.strip().splitlines():
        found = _LINE.match(line.strip("\ufeff\r"))
        tag, value = (found[1], found[2].strip()) if found else ("", line.strip())
        if tag == "ER":
            break
        if tag == "TY":
            item["type"] = _TYPES.get(value, "document")
        elif tag in _NAMES and value:
            item.setdefault(_NAMES[tag], []).append(name_of(value))
        elif tag in _FIELDS and value:
            item.setdefault(_FIELDS[tag], value)
        elif tag == "SP":
            first = value
        elif tag == "EP":
            last = value
        elif tag == "SN":
            number = value
        elif tag in ("PY", "Y1", "DA") and value:
            item.setdefault("issued", _issued(value))
    if "type" not in item:
        raise ValueError("no record")
    if first:
        item["page"] = f"{first}–{last}" if last and last != first else first
    if number:
        item["ISBN" if item["type"] in ("book", "chapter") else "ISSN"] = number
    return item


def _issued(value: str) -> dict[str, Any]:
    parts = [part for part in re.split(r"[/-]", value) if part.strip().isdecimal()][:3]
    return (
        {"date-parts": [[int(part) for part in parts if len(part) <= 4]]}
        if parts and len(parts[0]) <= 4
        else {"literal": value}
    )
