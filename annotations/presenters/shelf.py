"""What stands in the catalogue, as one list over works, images and videos, narrowed to what a reader chose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value

from annotations.models import ReleaseNote, Term
from annotations.models.annotation import VersionTag
from annotations.models.read_tags import tags_read_as
from archive.access import ANYBODY, visible_to
from archive.enums import RECORDING, WorkKind
from archive.models import Collection, Image, Video, Work

MODELS: dict[str, type[Work] | type[Image] | type[Video]] = {"work": Work, "image": Image, "video": Video}
#: What a kind may be narrowed to.
NARROWER: Mapping[str, tuple[str, ...]] = {"work": tuple(WorkKind), "video": (RECORDING,)}


#: What the catalogue is narrowed by; terms are those that released notes bear.
PARTS = ("type", "collection", "language", "date", "place", "person", "tag")
TERM_PARTS = ("place", "person", "tag")
_DATE = re.compile(r"\d{2,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader narrows the catalogue to; an empty value means all."""

    type: str = ""
    collection: str = ""
    language: str = ""
    #: The first digits of the years: "189" is a decade, "18" a century.
    date: str = ""
    #: Slugs of terms.
    place: str = ""
    person: str = ""
    tag: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Choice:
        """Return the choice that an address names; unknown types and odd dates mean all."""
        kind, date = query.get("type", ""), query.get("date", "")
        known = {*WorkKind, "work", "image", "video", RECORDING}
        return cls(
            type=kind if kind in known else "", collection=query.get("collection", "")[:120],
            language=query.get("language", "")[:20], date=date if _DATE.fullmatch(date) else "",
            **{name: query.get(name, "")[:120] for name in TERM_PARTS},
        )  # fmt: skip

    def chosen(self) -> dict[str, str]:
        """Return the parts that narrow."""
        return {name: getattr(self, name) for name in PARTS if getattr(self, name)}

    def without(self, name: str) -> Choice:
        """Return the choice with one of its parts let go, to count what that part could be."""
        return replace(self, **{name: ""})


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
    if choice.date:
        # Of an interval or a set, the first year counts.
        begins = Q()
        for bracket in ("", "[", "{"):
            begins |= Q(date_edtf__startswith=f"{bracket}{choice.date}")
        rows = rows.filter(begins)
    for part in TERM_PARTS:
        if getattr(choice, part):
            rows = rows.filter(pk__in=bearing(kind, getattr(choice, part)))
    return rows


#: How a released note leads to the item that it is on.
ITEM = {"work": "annotation__text__work", "image": "annotation__image", "video": "annotation__video"}


def bearing(kind: str, slug: str) -> QuerySet[Any]:
    """Return the keys of the items of a kind on which a released note bears the term of this slug."""
    terms = visible_to(Term, ANYBODY).filter(slug=slug, merged_into=None).values_list("pk", flat=True)
    keys = list(terms)
    tags = (
        tags_read_as(keys).order_by().values("version_id") if keys else VersionTag.objects.none().values("pk")
    )
    item = ITEM[kind]
    return (
        visible_to(ReleaseNote, ANYBODY)
        .filter(version__in=tags)
        .exclude(**{item: None})
        .order_by()
        .values(item)
    )


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
