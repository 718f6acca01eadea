"""Cells of a table as stored values of a description."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import get_current_timezone, is_naive, make_aware
from django.utils.translation import override

from archive.access import visible_to
from archive.actions._new_shelves import NewShelves
from archive.actions.describe import LONGEST_FACT
from archive.enums import DetailTerm
from archive.errors import Invalid
from archive.models import Collection, Group, User
from archive.presenters import desk_words
from archive.presenters.details import term_named
from archive.presenters.languages import NAMES
from archive.presenters.rights import RIGHTS, rights_named

#: Longest words of a field, in code points.
LONGEST = {"title": 300, "rights_holder": 200, "content_warning": 200, "alternative": 10_000}
LONG = 50_000
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
#: Fields of one item that a table cannot name.
LEFT_OUT = frozenset({"cover", "readers", "warnings"})


class Cells:
    """Reads cells for one person; what they may not see cannot be named."""

    def __init__(self, by: User) -> None:
        shelves = visible_to(Collection, by).values_list("public_id", "slug", "title_ar", "title_en")
        self.shelves = _by_any(shelves)
        #: Those that rows of the same table would make.
        self.new_shelves = NewShelves({})
        self.groups = _by_any(visible_to(Group, by).filter(keeper=None).values_list("public_id", "name"))
        self.words = {
            "access": _coded(desk_words.ACCESS_SHORT),
            "kind": _coded(desk_words.WORK_KINDS),
            "language": _coded(NAMES),
            "rights_uri": _coded(RIGHTS),
        }

    def value(self, name: str, cell: str) -> Any:
        """Return what a cell says of a field, as it is stored.

        Raises Invalid with the field.
        """
        own: dict[str, Callable[[str, str], Any]] = {
            "creators": _creators, "places": _creators, "details": _details, "identifiers": _identifiers, "embargo_until": _moment, "duration": _seconds,
            "groups": self._groups, "collection": self._shelf, "parent": self._shelf, "order": _place, "access": self._code, "kind": self._code,
            "language": self._language, "rights_uri": self._rights,
        }  # fmt: skip
        return own.get(name, _words)(name, cell)

    def _code(self, name: str, cell: str) -> str:
        found = self.words[name].get(cell.casefold())
        if found is None:
            raise Invalid("unknown_word", field=name, value=cell[:60])
        return found

    def _language(self, name: str, cell: str) -> str:
        found = self.words[name].get(cell.casefold())
        if found is None and (not _LANGUAGE.match(cell) or len(cell) > 20):
            raise Invalid("unknown_word", field=name, value=cell[:60])
        return found or cell

    def _rights(self, name: str, cell: str) -> str:
        found = self.words[name].get(cell.casefold()) or rights_named(cell)
        if cell and found is None and (not cell.startswith(("http://", "https://")) or len(cell) > 200):
            raise Invalid("unknown_rights", field=name, value=cell[:60])
        return found or cell

    def _shelf(self, name: str, cell: str) -> str | None:
        new = self.new_shelf(cell) if name == "parent" else None
        return new or (self._one(self.shelves, name, cell) if cell else None)

    def new_shelf(self, cell: str) -> str | None:
        """Return the id of a collection that the same table would make; None where one is there that is called so."""
        return None if cell.casefold() in self.shelves else self.new_shelves.named(cell) or None

    def _groups(self, name: str, cell: str) -> list[str]:
        return sorted({self._one(self.groups, name, each) for each in _parts(cell)})

    def _one(self, known: dict[str, str], name: str, cell: str) -> str:
        found = known.get(cell.casefold())
        if not found:
            raise Invalid("unknown_reference", field=name, value=cell[:60])
        return found


def _by_any(rows: Any) -> dict[str, str]:
    """Return ids by each of their names; one that two share names neither."""
    found: dict[str, str] = {}
    for public_id, *names in rows:
        for name in {name.casefold() for name in names if name}:
            found[name] = "" if found.get(name, public_id) != public_id else public_id
    return found | {public_id: public_id for public_id, *_names in rows}


def _coded(words: dict[str, Any]) -> dict[str, str]:
    """Return codes by themselves and by their words in both languages."""
    found = {code.casefold(): code for code in words}
    for language in ("ar", "en"):
        with override(language):
            found |= {str(word).casefold(): code for code, word in words.items()}
    return found


def _parts(cell: str) -> list[str]:
    return [part for each in re.split(r"[;؛\n]", cell) if (part := each.strip())]


def _words(name: str, cell: str) -> str:
    most = 60 if name == "date_edtf" else LONGEST.get(name[:-3], LONG)
    if len(cell) > most:
        raise Invalid("cell_too_long", field=name, most=most)
    return cell


def _creators(name: str, cell: str) -> list[dict[str, str]]:
    found = []
    for part in _parts(cell):
        who, _line, role = (each.strip()[:200] for each in part.partition("|"))
        if who:
            found.append({"name": who, "role": role} if role else {"name": who})
    return found


def _details(name: str, cell: str) -> list[dict[str, str]]:
    """Return "publisher: …; extent: …"; what names no term is what it is about."""
    found = []
    for part in _parts(cell):
        words, colon, value = (each.strip() for each in part.partition(":"))
        term = term_named(words) if colon and value else ""
        said = {"term": term, "value": value} if term else {"term": DetailTerm.SUBJECT.value, "value": part}
        if len(said["value"]) > LONGEST_FACT:
            raise Invalid("cell_too_long", field=name, most=LONGEST_FACT)
        found.append(said)
    return found


def _identifiers(name: str, cell: str) -> list[dict[str, str]]:
    found = []
    for part in _parts(cell):
        scheme, colon, value = (each.strip() for each in part.partition(":"))
        found.append(
            {"scheme": scheme[:60], "value": value[:200]}
            if colon and scheme and value
            else {"scheme": "local", "value": part[:200]}
        )
    return found


def _moment(name: str, cell: str) -> str | None:
    if not cell:
        return None
    try:
        day, moment = parse_date(cell), parse_datetime(cell)
    except ValueError:
        day = moment = None
    if moment is None and day is not None:
        moment = datetime.combine(day, time())
    if moment is None:
        raise Invalid("not_a_moment", field=name, value=cell[:60])
    try:
        moment = make_aware(moment, get_current_timezone()) if is_naive(moment) else moment
        return moment.astimezone(UTC).isoformat()
    except (ValueError, OverflowError) as error:
        raise Invalid("not_a_moment", field=name, value=cell[:60]) from error


def _place(name: str, cell: str) -> int:
    if not (cell.isdecimal() and len(cell) < 10):
        raise Invalid("not_a_place", field=name, value=cell[:60])
    return int(cell)


def _seconds(name: str, cell: str) -> float | None:
    if not cell:
        return None
    try:
        seconds = float(cell)
    except ValueError as error:
        raise Invalid("not_a_number", field=name, value=cell[:60]) from error
    if not 0 <= seconds < 10_000_000:
        raise Invalid("not_a_number", field=name, value=cell[:60])
    return seconds
