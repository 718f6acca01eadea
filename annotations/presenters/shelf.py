"""What stands in the catalogue, as one list over works, images and videos, with facets that count it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value
from django.utils.translation import gettext as _

from annotations.presenters.words import said_of
from archive.access import visible_to
from archive.enums import RECORDING, WorkKind
from archive.models import Collection, Image, Video, Work
from archive.presenters.desk_words import WORK_KINDS
from archive.presenters.languages import language_label

MODELS: dict[str, type[Work] | type[Image] | type[Video]] = {"work": Work, "image": Image, "video": Video}
#: What a kind may be narrowed to.
NARROWER: Mapping[str, tuple[str, ...]] = {"work": tuple(WorkKind), "video": (RECORDING,)}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader narrows the catalogue to; an empty value means all."""

    type: str = ""
    collection: str = ""
    language: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Choice:
        """Return the choice that an address names; unknown types mean all."""
        kind = query.get("type", "")
        known = {*WorkKind, "work", "image", "video", RECORDING}
        return cls(
            type=kind if kind in known else "", collection=query.get("collection", "")[:120],
            language=query.get("language", "")[:20],
        )  # fmt: skip

    def without(self, name: str) -> Choice:
        """Return the choice with one of its parts let go, to count what that part could be."""
        return Choice(
            **{f: "" if f == name else getattr(self, f) for f in ("type", "collection", "language")}
        )


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet."""

    value: str
    label: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow the catalogue."""

    name: str
    label: str
    options: tuple[Option, ...] = field(default=())


def rows_of(kind: str, choice: Choice, who: object) -> QuerySet[Any]:
    """Return what of one kind `who` may see within a choice."""
    rows = visible_to(MODELS[kind], who)
    wanted = choice.type
    if wanted and wanted not in (kind, *NARROWER.get(kind, ())):
        return rows.none()
    if kind == "video" and wanted:
        # A recording of sound is kept like a video, and is none to whoever looks for one.
        rows = rows.filter(provider=RECORDING) if wanted == RECORDING else rows.exclude(provider=RECORDING)
    if kind == "work" and wanted in set(WorkKind):
        rows = rows.filter(kind=wanted)
    if choice.collection:
        shelves = visible_to(Collection, who).filter(slug=choice.collection)
        rows = rows.filter(collection__in=shelves.values("pk"))
    if choice.language:
        rows = rows.filter(texts__language=choice.language).distinct() if kind == "work" else rows.none()
    return rows


def listing(choice: Choice, who: object) -> QuerySet[Any]:
    """Return (kind, primary key, time of entry) of everything within a choice, newest first."""
    parts = [
        rows_of(kind, choice, who).order_by().annotate(sort=Value(kind, output_field=CharField()))
        .values_list("sort", "pk", "created_at")
        for kind in MODELS
    ]  # fmt: skip
    return parts[0].union(*parts[1:], all=True).order_by("-created_at", "sort", "-pk")


def fetch(keys: list[tuple[str, int, Any]]) -> list[Any]:
    """Return the rows that a page of `listing` names, in its order."""
    found = {
        (kind, pk): row
        for kind, model in MODELS.items()
        for pk, row in model._default_manager.in_bulk([pk for k, pk, _at in keys if k == kind]).items()
    }
    return [found[kind, pk] for kind, pk, _at in keys if (kind, pk) in found]


def facets(choice: Choice, who: object) -> list[Facet]:
    """Return the facets with counts of what `who` may see, each under the other facets' choices."""
    return [_types(choice, who), _collections(choice, who), _languages(choice, who)]


def _types(choice: Choice, who: object) -> Facet:
    free = choice.without("type")
    counts = dict(
        rows_of("work", free, who).order_by().values_list("kind").annotate(n=Count("pk", distinct=True))
    )
    options = [
        Option(k, str(WORK_KINDS[k]), counts[k], k == choice.type) for k in WORK_KINDS if counts.get(k)
    ]
    for kind, name, label in (
        ("image", "image", _("Images")), ("video", "video", _("Videos")), ("video", RECORDING, _("Recordings")),
    ):  # fmt: skip
        count = rows_of(kind, replace(free, type=name), who).count()
        if count:
            options.append(Option(name, label, count, name == choice.type))
    return Facet("type", _("Kind"), tuple(options))


def _collections(choice: Choice, who: object) -> Facet:
    free = choice.without("collection")
    counts: dict[int, int] = {}
    for kind in MODELS:
        rows = rows_of(kind, free, who).order_by().exclude(collection=None)
        for pk, count in rows.values_list("collection").annotate(n=Count("pk", distinct=True)):
            counts[pk] = counts.get(pk, 0) + count
    shelves = visible_to(Collection, who).filter(pk__in=list(counts))
    options = (
        Option(s.slug, said_of(s, "title").text, counts[s.pk], s.slug == choice.collection) for s in shelves
    )
    return Facet("collection", _("Collection"), tuple(options))


def _languages(choice: Choice, who: object) -> Facet:
    rows = rows_of("work", choice.without("language"), who).order_by().exclude(texts=None)
    counts = rows.values_list("texts__language").annotate(n=Count("pk", distinct=True)).order_by("-n")
    options = (Option(code, language_label(code), n, code == choice.language) for code, n in counts)
    return Facet("language", _("Language of the text"), tuple(options))
