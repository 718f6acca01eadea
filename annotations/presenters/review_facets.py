"""By what the reviewers' queue is narrowed, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from annotations.access.review_queue import Facets, Narrowed
from annotations.presenters.labels import CATEGORIES
from archive.presenters.languages import language_label


@dataclass(frozen=True, slots=True)
class Choice:
    """One value: what it is called, how much waits of it, and where the queue is narrowed to it or is not any more."""

    label: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """One way to narrow the queue."""

    label: str
    choices: list[Choice]


_PLACES = {"text": gettext_lazy("Texts"), "image": gettext_lazy("Images"), "video": gettext_lazy("Videos")}


_ASSIGNED = {"me": gettext_lazy("Me"), "nobody": gettext_lazy("Nobody")}


def facet_views(found: Facets, narrowed: Narrowed, *, is_decided: bool) -> list[FacetView]:
    """Return the facets that have something to choose."""
    rows: list[tuple[str, str, object, Callable[[str, str], str]]] = [
        ("work", _("Work"), found.works, lambda value, label: label or value),
        ("author", _("Author"), found.authors, lambda value, label: label),
        ("group", _("Group of the author"), found.groups, lambda value, label: label),
        ("category", _("Kind of note"), found.categories, lambda value, label: str(CATEGORIES[value])),
        ("place", _("What it is on"), found.places, lambda value, label: str(_PLACES[value])),
        ("language", _("Language of the note"), found.languages, lambda value, label: language_label(value)),
        ("assigned", _("Assigned to"), found.assigned, lambda value, label: str(_ASSIGNED[value])),
        ("due", _("To be decided by"), found.due, lambda value, label: _("The day is over")),
        ("age", _("Waiting for longer than"), found.ages, lambda value, label: _days(int(value))),
    ]
    chosen = {name: value for name, value in asdict(narrowed).items() if value}
    if is_decided:
        chosen["state"] = "decided"
    return [
        FacetView(
            title,
            [_choice(name, value, words(value, label), count, chosen) for value, label, count in values],
        )
        for name, title, values, words in rows
        if values
    ]


def _choice(name: str, value: str, label: str, count: int, chosen: dict[str, str]) -> Choice:
    current = chosen.get(name) == value
    asked = {key: one for key, one in chosen.items() if key != name} | ({} if current else {name: value})
    return Choice(label, count, f"?{urlencode(asked)}", current)


def _days(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}
