"""Two states of a description beside each other, field by field, for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.access import visible_to
from archive.models import Collection, Group, Image
from archive.presenters import desk_words
from archive.presenters.details import details_in_words
from archive.presenters.differences import Part, shortened, words_diff
from archive.presenters.languages import NAMES
from archive.presenters.moments import moment_words
from archive.presenters.rights import rights_label
from archive.presenters.veils import warned_of

#: What each field is called, in the order in which forms and pages show them.
LABELS: dict[str, str | Promise] = {
    "url": _("Address of the film"), "file": _("File"),
    "title_ar": _("Title in Arabic"), "title_en": _("Title in English"),
    "description_ar": _("Description in Arabic"), "description_en": _("Description in English"),
    "creators": _("Creators"), "date_edtf": _("Date (EDTF)"),
    "places": _("Places"), "details": _("Further details"), "kind": _("Kind of work"),
    "language": _("Language of the original"), "alternative_ar": _("What it shows, in Arabic"),
    "alternative_en": _("What it shows, in English"), "duration": _("Length in seconds"),
    "collection": _("Collection"), "parent": _("Within"), "order": _("Place among its neighbors"),
    "cover": _("Cover image"), "rights_uri": _("Rights"),
    "rights_holder_ar": _("Rights holder in Arabic"), "rights_holder_en": _("Rights holder in English"),
    "provenance_ar": _("Provenance in Arabic"), "provenance_en": _("Provenance in English"),
    "identifiers": _("Identifiers"), "access": _("Who may see it?"), "groups": _("Groups"),
    "embargo_until": _("Embargo until"), "content_warning_ar": _("Content warning in Arabic"),
    "content_warning_en": _("Content warning in English"), "warnings": _("Warnings"),
    "body_ar": _("Text in Arabic (Markdown)"), "body_en": _("Text in English (Markdown)"),
}  # fmt: skip
#: Fields that hold small facts: the names of their two parts, and what stands between them.
FACTS = {
    "creators": ("name", "role", " | "), "places": ("name", "role", " | "), "identifiers": ("scheme", "value", ": "),
    "details": ("term", "value", ": "),
}  # fmt: skip
WAYS: dict[str, str | Promise] = {
    "described": _("changed"), "restored": _("restored"), "step": _("changed with others"),
    "undone": _("taken back"),
}  # fmt: skip
_MODELS: dict[str, type[Any]] = {
    "collection": Collection,
    "parent": Collection,
    "cover": Image,
    "groups": Group,
}
HIDDEN = _("something that you may not see")


@dataclass(slots=True)
class Names:
    """What other rows, named by descriptions, are called to one viewer; what they may not see has no name."""

    known: dict[str, dict[str, str]] = field(default_factory=dict)

    def of(self, name: str, public_id: str) -> str:
        """Return the name of the row that a field points at."""
        return self.known.get(name, {}).get(public_id) or str(HIDDEN)

    def seen(self, name: str, value: Any) -> Any:
        """Return a stored value without the ids of what the viewer may not see."""
        if name not in _MODELS or not value:
            return value
        known = self.known.get(name, {})
        return (
            [each for each in value if each in known]
            if name == "groups"
            else value
            if value in known
            else None
        )


def names_for(viewer: Any, states: Iterable[Mapping[str, Any]]) -> Names:
    """Return the names of all rows that these states point at; one query for each kind of row at most."""
    wanted: dict[str, set[str]] = {}
    for state in states:
        for name in _MODELS.keys() & state.keys():
            value = state[name]
            wanted.setdefault(name, set()).update(value if isinstance(value, list) else [value])
    return Names(
        {
            name: {row.public_id: str(row) for row in visible_to(_MODELS[name], viewer).filter(public_id__in=ids)}
            for name, asked in wanted.items()
            if (ids := asked - {None, ""})
        }
    )  # fmt: skip


def with_new(names: Names, labels: Mapping[str, str]) -> Names:
    """Return the names with those of collections that are not there yet, by the ids that they will have."""
    return Names({**names.known, "parent": {**labels, **names.known.get("parent", {})}})


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two states say differently."""

    name: str
    label: str | Promise
    before: str
    after: str
    #: Words that stayed, went and came; empty where the values are no running words.
    parts: list[Part]
    language: str
    direction: str


def differences(before: Mapping[str, Any], after: Mapping[str, Any], names: Names) -> list[Difference]:
    """Return the fields in which two stored states differ, in the order of `LABELS`."""
    return [
        _difference(name, before.get(name), after.get(name), names)
        for name in LABELS
        if (name in before or name in after) and before.get(name) != after.get(name)
    ]


def _difference(name: str, before: Any, after: Any, names: Names) -> Difference:
    old, new = in_words(name, before, names), in_words(name, after, names)
    language = name[-2:] if name.endswith(("_ar", "_en")) else ""
    running = bool(language or name in FACTS)
    parts = shortened(words_diff(old, new)) if running and old and new else []
    return Difference(name, LABELS[name], old, new, parts, language, direction_of(name))


def direction_of(name: str) -> str:
    """Return in which direction the words of a field are written; dates are written from the left in either language."""
    if name.endswith("_ar"):
        return "rtl"
    return "ltr" if name.endswith("_en") or name == "date_edtf" else "auto"


def in_words(name: str, value: Any, names: Names) -> str:
    """Return a stored value as a person reads it; an empty one is empty."""
    if value in (None, "", []):
        return ""
    if name == "details":
        return "\n".join(f"{label}: {said}" for label, said in details_in_words(value))
    if name in FACTS:
        first, second, mark = FACTS[name]
        facts = [each for each in value if isinstance(each, dict)]
        return "\n".join(
            mark.join(filter(None, (str(f.get(first, "")), str(f.get(second, ""))))) for f in facts
        )
    if name == "warnings":
        return warned_of(value)
    if name in _MODELS:
        return "\n".join(names.of(name, each) for each in (value if isinstance(value, list) else [value]))
    if name == "embargo_until":
        at = parse_datetime(value)
        return moment_words(at) if at else str(value)
    if name == "rights_uri":
        return rights_label(value)
    words: Mapping[str, Any] = {
        "access": desk_words.ACCESS_SHORT, "kind": desk_words.WORK_KINDS, "language": NAMES,
    }.get(name, {})  # fmt: skip
    return str(words.get(value, value))


def fields_in_words(names: Iterable[str]) -> list[str | Promise]:
    """Return what fields are called, in their order."""
    chosen = set(names)
    return [label for name, label in LABELS.items() if name in chosen]
