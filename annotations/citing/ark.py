"""Names that stay (ARK): made of a thing's own random id, so that each has one and none is ever given twice.

`ark:/99999/r1…` is a shoulder that says what kind of thing it is, the id written anew in letters without vowels, and a
check character (NOID), which finds one mistyped sign and two that changed places. What follows a slash names a part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Digits and consonants, which spell no words; 29 of them, a prime, which the check needs.
LETTERS = "0123456789bcdfghjkmnpqrstvwxz"
#: The letters of public ids (`archive.models.base`), and their number.
_OF_IDS, _LONG = "23456789abcdefghjkmnpqrstuvwxyz", 16
#: 31 ** 16 needs as many of ours.
_OURS = 17
#: For trials by anybody; what is named with it is no promise.
TEST_NAAN = "99999"

SHOULDERS = {"work": "w1", "edition": "d1", "release": "r1", "image": "p1", "video": "f1", "collection": "c1"}
_KINDS = {shoulder: kind for kind, shoulder in SHOULDERS.items()}
_HYPHENS = re.compile("[-\u00ad\u2010-\u2015\u2212]")
_ADDRESS = re.compile(r"ark:/?(?P<naan>[0-9a-z]{5,9})/(?P<name>[^/]+)(?P<part>(?:/.*)?)\Z", re.IGNORECASE)
_NOTE = re.compile(r"n(?P<note>[0-9a-z]{1,16})", re.ASCII)
_SPAN = r"p(?P<start>\d{1,9})_(?P<end>\d{1,9})"
_PASSAGE = re.compile(_SPAN, re.ASCII)
_OF_TEXT = re.compile(rf"t(?P<text>[0-9a-z]{{16}})/r(?P<revision>\d{{1,6}})/{_SPAN}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Name:
    """What a name means: a thing, and by choice a note or a passage in it, as an address of its page asks for that."""

    kind: str
    public_id: str
    #: The query of the page: `{"note": …}`, `{"at": "3-9"}`, `{"text": …, "revision": …, "at": …}`.
    query: tuple[tuple[str, str], ...] = ()


def check_character(zone: str) -> str:
    """Return the check character of a name with its authority: "13030/xf93gt2"; signs that are none of ours count nothing."""
    total = sum(place * LETTERS.find(sign) for place, sign in enumerate(zone, 1) if sign in LETTERS)
    return LETTERS[total % len(LETTERS)]


def mint(naan: str, kind: str, public_id: str, query: dict[str, str] | None = None) -> str:
    """Return the name of a thing, or of the note or passage in it that `query` asks for; none for an id of another form."""
    if len(public_id) != _LONG or not set(public_id) <= set(_OF_IDS):
        return ""
    name = SHOULDERS[kind] + _written(public_id)
    return f"ark:/{naan}/{name}{check_character(f'{naan}/{name}')}{_part(query or {})}"


def _part(query: dict[str, str]) -> str:
    if query.get("note"):
        return f"/n{query['note']}"
    if not query.get("at"):
        return ""
    passage = f"/p{query['at'].replace('-', '_')}"
    return f"/t{query['text']}/r{query['revision']}{passage}" if query.get("text") else passage


def _written(public_id: str) -> str:
    return _counted(public_id, _OF_IDS, LETTERS, _OURS)[1]


def _read(signs: str) -> str:
    """Return the public id that was written so; empty when none was."""
    rest, found = _counted(signs, LETTERS, _OF_IDS, _LONG)
    return "" if rest else found


def _counted(signs: str, digits: str, others: str, length: int) -> tuple[int, str]:
    """Write the number that `signs` write in `digits` in `length` of `others`; return what is left of it, and that."""
    number = 0
    for sign in signs:
        number = number * len(digits) + digits.index(sign)
    found = ""
    for _ in range(length):
        number, place = divmod(number, len(others))
        found = others[place] + found
    return number, found


class Mistyped(ValueError):
    """A name whose check character is another: some sign of it is wrong."""


def read(address: str, naan: str) -> Name | None:
    """Return what a name of this authority means; None for what is no name of ours.

    Hyphens and the case of letters do not count, as in every ARK. Raises Mistyped.
    """
    found = _ADDRESS.fullmatch(_HYPHENS.sub("", address))
    if found is None or found["naan"].lower() != naan:
        return None
    name = found["name"].lower()
    if (
        not set(name) <= set(LETTERS)
        or len(name) != _OURS + 3
        or check_character(f"{naan}/{name[:-1]}") != name[-1]
    ):
        raise Mistyped(address)
    kind, public_id = _KINDS.get(name[:2], ""), _read(name[2:-1])
    query = _asked(found["part"].lower().strip("/"))
    return Name(kind, public_id, query) if kind and public_id and query is not None else None


def _asked(part: str) -> tuple[tuple[str, str], ...] | None:
    """Return the query that a part means; None for one that means nothing here."""
    if not part:
        return ()
    if note := _NOTE.fullmatch(part):
        return (("note", note["note"]),)
    if passage := _PASSAGE.fullmatch(part):
        return (("at", f"{passage['start']}-{passage['end']}"),)
    if quote := _OF_TEXT.fullmatch(part):
        at = f"{quote['start']}-{quote['end']}"
        return (("text", quote["text"]), ("revision", quote["revision"]), ("at", at))
    return None
