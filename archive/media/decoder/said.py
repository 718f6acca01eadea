"""What a file says of itself, gathered into the fields of a description, as plain words.

Words go to the language whose letters they are written in. Words whose encoding nobody can be sure of go to no field:
they stand beside it as they would read in the encoding that is likeliest, which is named, for a person to choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from archive.importers import guessing
from archive.text.edtf import is_edtf

#: A field and what is said of it; bytes are words in an encoding that nothing names.
Said = tuple[str, str | bytes]
#: Longest value of each field, in code points.
LONGEST = {"title": 300, "rights_holder": 200, "description": 5000, "creators": 2000, "keywords": 2000}
#: Ends the names of fields that are in doubt; the key under which the encoding is named.
GUESSED, ENCODING = "_guessed", "guessed_encoding"
#: A file that calls words Latin-1 is believed, unless they are read as Arabic by far better.
_BELIEVED = guessing.CANDIDATES[0]
_BILINGUAL = ("title", "description", "rights_holder")
_ARABIC = re.compile("[\u0620-\u06ff\u0750-\u077f]")
_HIGH = re.compile("[\x80-\xff]")
_DAY = re.compile(r"(\d{4})(?:[-:/]?(\d{2})(?:[-:/]?(\d{2}))?)?")


def gathered(said: Iterable[Said]) -> dict[str, str]:
    """Return what is said field by field; of a field that is said twice, the first word."""
    told = [(name, _sure(words)) for name, words in said]
    doubtful = {name: words for name, words in reversed(told) if isinstance(words, bytes) and name in LONGEST}
    encoding = guessing.likeliest(b"\n".join(doubtful.values()))
    found: dict[str, str] = {}
    for name, words in told:
        if isinstance(words, str):
            _enter(found, name, words)
    clear = {name.removesuffix("_ar").removesuffix("_en") for name in found}
    guesses = {
        f"{name}{GUESSED}": _clean(raw.decode(encoding, "replace"))[: LONGEST[name]].strip()
        for name, raw in sorted(doubtful.items())
        if name not in clear
    }
    return found | guesses | ({ENCODING: encoding} if guesses else {})


def _sure(words: str | bytes) -> str | bytes:
    """Return words that can be believed; bytes of those that are in an old encoding, named wrongly or not at all."""
    if isinstance(words, bytes):
        try:
            words = words.decode("utf-8")
        except UnicodeDecodeError:
            return words
    try:
        raw = words.encode("latin-1") if _HIGH.search(words) else b""
    except UnicodeEncodeError:
        return words
    return words if guessing.likeliest(raw) == _BELIEVED else raw


def _enter(found: dict[str, str], name: str, words: str) -> None:
    words = _clean(words)[: LONGEST.get(name, 200)].strip()
    if words and name in _BILINGUAL:
        name = f"{name}_ar" if _ARABIC.search(words) else f"{name}_en"
    if words:
        found.setdefault(name, words)


def _clean(words: str) -> str:
    return "".join(letter for letter in words if letter.isprintable() or letter == "\n")


def several(words: Iterable[str | bytes]) -> Iterator[str | bytes]:
    """Yield values as one, what is sure and what is not apart; none is taken for two."""
    each = [word for word in words if word.strip()]
    sure = [word for word in each if isinstance(word, str)]
    raw = [word for word in each if isinstance(word, bytes)]
    if sure:
        yield "; ".join(word.replace(";", ",").replace("\u061b", "\u060c").replace("|", "/") for word in sure)
    if raw:
        yield b"; ".join(word.replace(b";", b",").replace(b"|", b"/") for word in raw)


def day(words: str) -> str:
    """Return a day, a month or a year as EDTF; zeros stand for what nobody knows."""
    found = _DAY.match(words.strip())
    if not found:
        return ""
    parts = [found[1]]
    for part in (found[2], found[3]):
        if not part or part == "00":
            break
        parts.append(part)
    said = "-".join(parts)
    return said if found[1] != "0000" and is_edtf(said) else ""


def place(latitude: float, longitude: float) -> str:
    """Return degrees as they are written; "" for what lies on no earth."""
    inside = abs(latitude) <= 90 and abs(longitude) <= 180
    return f"{latitude:.6f}, {longitude:.6f}" if inside else ""
