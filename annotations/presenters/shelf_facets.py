"""By what the catalogue can be narrowed, with counts of what the asker may see, each under the other choices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.utils.translation import gettext as _

from annotations.enums import TermKind
from annotations.models import ReleaseNote, Term
from annotations.models.annotation import VersionTag
from annotations.models.read_tags import as_read
from annotations.presenters.shelf import ITEM, MODELS, TERM_PARTS, Choice, rows_of
from annotations.presenters.words import said_of
from archive.access import ANYBODY, visible_to
from archive.enums import RECORDING
from archive.models import Collection
from archive.presenters.desk_words import WORK_KINDS
from archive.presenters.languages import language_label

#: Values of a facet; those that narrow now are among them in any case.
MOST = 25
#: As many decades are told by themselves; of more, the centuries.
DECADES = 12


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet."""

    value: str
    label: str
    count: int
    current: bool
    #: Where the catalogue is narrowed to it; of a current one, where it is not.
    url: str
    #: Language of the label, where it may be another than the page's.
    language: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow the catalogue."""

    name: str
    label: str
    options: tuple[Option, ...] = field(default=())

    @property
    def is_open(self) -> bool:
        """Whether its values are shown at once: few of them, or one is chosen."""
        return len(self.options) <= 8 or any(option.current for option in self.options)


class Facets:
    """Counts for one choice; what several facets ask alike is asked once."""

    def __init__(self, choice: Choice, who: object, view: str = "list") -> None:
        self.choice, self.who, self.view = choice, who, view
        self._borne: dict[Choice, Counter[int]] = {}

    def all(self) -> list[Facet]:
        """Return the facets in the order in which they are shown."""
        return [
            self._types(), self._collections(), self._languages(), self._dates(),
            *(self._terms(part) for part in TERM_PARTS),
        ]  # fmt: skip

    def _option(self, name: str, value: str, label: str, count: int, language: str = "") -> Option:
        current = getattr(self.choice, name) == value
        asked = self.choice.without(name) if current else replace(self.choice, **{name: value})
        query = asked.chosen() | ({"view": self.view} if self.view != "list" else {})
        return Option(value, label, count, current, f"?{urlencode(query)}", language)

    def _types(self) -> Facet:
        free = self.choice.without("type")
        rows = rows_of("work", free, self.who).order_by()
        counts = dict(rows.values_list("kind").annotate(n=Count("pk", distinct=True)))
        options = [
            self._option("type", k, str(WORK_KINDS[k]), counts[k]) for k in WORK_KINDS if counts.get(k)
        ]
        for kind, name, label in (
            ("image", "image", _("Images")), ("video", "video", _("Videos")), ("video", RECORDING, _("Recordings")),
        ):  # fmt: skip
            count = rows_of(kind, replace(free, type=name), self.who).count()
            if count:
                options.append(self._option("type", name, label, count))
        return Facet("type", _("Kind"), tuple(options))

    def _collections(self) -> Facet:
        counts: Counter[int] = Counter()
        for rows in self._rows("collection"):
            shelved = rows.exclude(collection=None).values_list("collection")
            counts.update(dict(shelved.annotate(n=Count("pk", distinct=True))))
        found = []
        for shelf in visible_to(Collection, self.who).filter(pk__in=list(counts)):
            title = said_of(shelf, "title")
            found.append(self._option("collection", shelf.slug, title.text, counts[shelf.pk], title.language))
        return Facet("collection", _("Collection"), tuple(found))

    def _rows(self, name: str) -> list[Any]:
        free = self.choice.without(name)
        return [rows_of(kind, free, self.who).order_by() for kind in MODELS]

    def _languages(self) -> Facet:
        rows = rows_of("work", self.choice.without("language"), self.who).order_by().exclude(texts=None)
        counts = rows.values_list("texts__language").annotate(n=Count("pk", distinct=True)).order_by("-n")
        options = (self._option("language", code, language_label(code), n) for code, n in counts)
        return Facet("language", _("Language of the text"), tuple(options))

    def _dates(self) -> Facet:
        counts: Counter[str] = Counter()
        for rows in self._rows("date"):
            dated = rows.exclude(date_edtf="").values_list("date_edtf").annotate(n=Count("pk", distinct=True))
            for value, count in dated:
                digits = value.lstrip("[{")[:3]
                if digits.isascii() and digits.isdigit():
                    counts[digits] += count
        if len(counts) > DECADES and len(self.choice.date) != 3:
            counts = _of_centuries(counts)
        options = (
            self._option("date", digits, _years(digits), count) for digits, count in sorted(counts.items())
        )
        return Facet("date", _("Date"), tuple(options))

    def _terms(self, part: str) -> Facet:
        counts = self._bearing(self.choice.without(part))
        rows = [term for term in self._known.values() if _part_of(term) == part and counts.get(term.pk)]
        rows.sort(key=lambda term: (term.slug != getattr(self.choice, part), -counts[term.pk], term.pk))
        labels = {"place": _("Places"), "person": _("People"), "tag": _("Tags")}
        return Facet(part, labels[part], tuple(self._of_term(part, term, counts) for term in rows[:MOST]))

    def _of_term(self, part: str, term: Term, counts: Counter[int]) -> Option:
        label = said_of(term, "label")
        return self._option(part, term.slug, label.text or term.slug, counts[term.pk], label.language)

    def _bearing(self, choice: Choice) -> Counter[int]:
        """Return on how many items of a choice a released note bears each term."""
        if choice not in self._borne:
            self._borne[choice] = counts = Counter()
            notes = visible_to(ReleaseNote, ANYBODY).order_by()
            for kind, item in ITEM.items():
                on = notes.filter(**{f"{item}__in": rows_of(kind, choice, self.who).order_by().values("pk")})
                tags = as_read(VersionTag.objects.filter(version__in=on.values("version_id"))).order_by()
                path = f"version__{item}"
                counts.update(dict(tags.values_list("read_id").annotate(n=Count(path, distinct=True))))
        return self._borne[choice]

    @cached_property
    def _known(self) -> dict[int, Term]:
        """The terms that are told of, by their keys."""
        keys = {pk for part in TERM_PARTS for pk in self._bearing(self.choice.without(part))}
        rows: Iterable[Term] = visible_to(Term, ANYBODY).filter(merged_into=None, pk__in=keys)
        return {term.pk: term for term in rows}


def _part_of(term: Term) -> str:
    return str(term.kind) if term.kind in (TermKind.PLACE, TermKind.PERSON) else "tag"


def _of_centuries(decades: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for digits, count in decades.items():
        found[digits[:2]] += count
    return found


def _years(digits: str) -> str:
    """Return "1890–1899" of a decade's digits, "1800–1899" of a century's."""
    return f"\u2066{digits:0<4}–{digits:9<4}\u2069"
