"""How the history in a package becomes rows: earlier descriptions, and the sections of texts that were kept once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Model

from archive.actions._package_lines import lines_of, load_lines
from archive.actions._packages import Line, Loading, id_of, refuse_details, refuse_shape, words_of
from archive.enums import Access, ChangeWay, SectionFit, TakedownReason
from archive.errors import Invalid
from archive.exports.history import VERSION
from archive.models import DescriptionChange, Group, SectionPlace, TextSection
from archive.presenters.described_values import FIELDS, KINDS, REFERENCES, UNKEPT

CODE = "bag_history_line"
_REASONS = frozenset({"", *TakedownReason})


def read(loading: Loading, path: str) -> None:
    """Make rows of what was said before, of the items and texts that the package made; raises Invalid(CODE)."""
    lines = lines_of(loading, path, code=CODE)
    _number, head = next(lines, (0, {}))
    if (head.get("is"), head.get("version")) != ("history", VERSION):
        raise Invalid("bag_format")
    load_lines(lines, lambda line: _LOADERS[line["is"]](loading, line), code=CODE)


def save_told(row: Model) -> None:
    """Insert a row with the moments that it is told to have, which are not now."""
    row.save_base(raw=True, force_insert=True)


def moment_told(told: Any) -> datetime | None:
    """Return a moment or nothing; raises ValueError for one without its time zone."""
    moment = None if told is None else datetime.fromisoformat(words_of(told))
    if moment is not None and moment.tzinfo is None:
        raise ValueError("no time zone")
    return moment


def day_told(told: Any) -> date | None:
    """Return a day or nothing; raises ValueError."""
    return None if told is None else date.fromisoformat(words_of(told))


def _change(loading: Loading, line: Line) -> None:
    kind, public_id = line["of"]
    item = getattr(loading, f"{kind}s")[public_id]
    if (kind, public_id) not in loading.made:
        return  # It is here already, with its own history.
    if type(line["version"]) is not int or not 1 <= line["version"] < item.version:
        raise ValueError("no version of it")
    row = DescriptionChange(
        public_id=id_of(line), kind=kind, item_id=item.pk, version=line["version"], way=ChangeWay(line["way"]),
        was=_state(kind, line["was"]), became=_state(kind, line["became"]), created_at=moment_told(line["at"]),
    )  # fmt: skip
    row.clean_fields(exclude=["was", "became", "created_by"])
    save_told(row)


def _state(kind: str, told: Any) -> Line:
    """Return what a description said; raises ValueError for what none says."""
    known = FIELDS[KINDS[kind]] - UNKEPT
    if not isinstance(told, dict) or not set(told) <= known:
        raise ValueError("no description")
    return {name: _value(name, value) for name, value in told.items()}


def _value(name: str, value: Any) -> Any:
    if name == "groups":
        return sorted(group.public_id for group in groups_here(value))
    if name == "details":
        refuse_details(value)
        return value
    if name in ("creators", "places", "identifiers"):
        refuse_shape(value, "name" if name in ("creators", "places") else "value")
        return value
    if name == "warnings":
        return [words_of(kind) for kind in list(value)]
    if name == "embargo_until":
        moment = moment_told(value)
        return moment.isoformat() if moment else None
    if name in ("order", "duration"):
        if value is not None and type(value) not in (int, float):
            raise TypeError("no number")
        return value
    return None if value is None and name in REFERENCES else words_of(value)


def groups_here(names: Any) -> list[Group]:
    """Return the groups of these names that are here: for what is over, none is made."""
    return list(Group.objects.filter(keeper=None, name__in=[words_of(name) for name in list(names)]))


def _section(loading: Loading, line: Line) -> None:
    text = loading.texts[line["text"]]
    lifted, since = moment_told(line["lifted"]), moment_told(line["since"])
    if lifted is None or since is None or line["down_because"] not in _REASONS:
        raise ValueError("no section that was given free")
    section = TextSection(
        public_id=id_of(line), text=text, access=Access(line["access"]), embargo_until=moment_told(line["embargo_until"]),
        down_because=line["down_because"], since=since, lifted_at=lifted, lifted_by=loading.by, version=int(line["version"]),
        created_by=loading.by, created_at=moment_told(line["at"]),
        **{name: words_of(line[name]) for name in ("sentence_ar", "sentence_en")},
    )  # fmt: skip
    section.clean_fields(exclude=["text", "created_by", "lifted_by"])
    save_told(section)
    section.groups.set(groups_here(line["groups"]))
    for place in line["places"]:
        row = SectionPlace(
            section=section, revision=loading.revisions[line["text"], place["revision"]], first=place["first"],
            last=place["last"], fit=SectionFit(place["fit"]), created_by=None, created_at=moment_told(place["at"]),
        )  # fmt: skip
        row.clean_fields(exclude=["section", "revision", "created_by"])
        save_told(row)


_LOADERS = {"change": _change, "section": _section}
