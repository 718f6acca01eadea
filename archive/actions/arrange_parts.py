"""Put the parts of a work in order and name them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785
from django.db import transaction

from archive.access import require
from archive.actions.bump_epoch import bump_epoch
from archive.actions.place_part import UNDER_WAY
from archive.actions.record_event import record_event
from archive.errors import Stale
from archive.models import ImportRun, Text, User, Work


@dataclass(frozen=True, slots=True)
class Named:
    """What a person wants of one part: its number among them, and its titles."""

    number: int
    title_ar: str = ""
    title_en: str = ""


def texts_of(work: Work) -> list[Text]:
    """Return the accepted texts of a work in their order."""
    return list(Text.objects.filter(work=work).order_by("order", "pk"))


def coming_to(work: Work) -> list[ImportRun]:
    """Return the files that are on their way to be parts of a work, in their order."""
    rows = ImportRun.objects.filter(work=work, part_order__isnull=False, state__in=UNDER_WAY)
    return list(rows.order_by("part_order", "pk"))


def stamp_of(texts: Iterable[Text], runs: Iterable[ImportRun]) -> str:
    """Return the version of an arrangement: a hash of what the page shows of it."""
    shown: list[Any] = [
        *([t.public_id, t.order, t.title_ar or "", t.title_en or ""] for t in texts),
        *([r.public_id, r.part_order, r.part_title_ar, r.part_title_en] for r in runs),
    ]
    return hashlib.sha256(rfc8785.dumps(shown)).hexdigest()[:24]


@transaction.atomic
def arrange_parts(*, work_id: int, stamp: str, wanted: Mapping[str, Named], by: User) -> None:
    """Number the parts of a work anew, in the order of the wanted numbers, and give them these titles.

    Parts are named by the public ids of their texts or, before they are accepted, of their imports; what `wanted`
    does not name keeps its place and titles. Raises Stale("parts_changed"), NotAllowed, NotVisible.
    """
    work = Work.objects.select_for_update(no_key=True).get(pk=work_id)
    require(by, "change", work)
    texts, runs = texts_of(work), coming_to(work)
    if stamp_of(texts, runs) != stamp:
        raise Stale("parts_changed", current=stamp_of(texts, runs), yours=stamp)
    parts: list[Text | ImportRun] = [*texts, *runs]
    parts.sort(key=lambda part: (_number(part), part.pk))
    order = {
        part.public_id: (wanted[part.public_id].number if part.public_id in wanted else place, place)
        for place, part in enumerate(parts, start=1)
    }
    parts.sort(key=lambda part: order[part.public_id])
    for place, part in enumerate(parts, start=1):
        _settle(part, place, wanted.get(part.public_id))
    bump_epoch()
    record_event("parts.arranged", target=work, by=by, parts=[part.public_id for part in parts])


def _number(part: Text | ImportRun) -> int:
    return part.order if isinstance(part, Text) else (part.part_order or 0)


def _settle(part: Text | ImportRun, place: int, named: Named | None) -> None:
    if isinstance(part, ImportRun):
        part.part_order = place
        if named is not None:
            part.part_title_ar, part.part_title_en = named.title_ar[:300], named.title_en[:300]
        part.save(update_fields=["part_order", "part_title_ar", "part_title_en"])
        return
    part.order = place
    if named is not None:
        part.title_ar, part.title_en = named.title_ar[:300], named.title_en[:300]
    part.version += 1
    part.save(update_fields=["order", "title_ar", "title_en", "version"])
