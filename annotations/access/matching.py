"""Which entries of an authority file, or of the vocabulary itself, are likely what a name means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.db.models import F, Q, QuerySet
from rapidfuzz import fuzz

from annotations.models import AuthorityFile, AuthorityName, AuthorityRecord, Term, TermName
from archive.access import visible_to
from archive.text.folding import fold_key

#: Names that are compared for one query, at most of each way in which they were found.
CONSIDERED = 200
#: Candidates of one query.
MOST = 25
#: Below this, two names are not alike.
LEAST = 55.0
#: What a type that differs takes away, and a place that is far from where it should be.
_OTHER_TYPE, _FAR, _NEAR_KM = 15.0, 20.0, 50.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for."""

    name: str
    type: str = ""
    limit: int = 5
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry, and how likely it is meant: 0 to 100."""

    id: str
    name: str
    language: str
    #: Types by code: what the file calls them, or kinds of terms.
    type: str
    description: str
    score: float
    #: Whether it is so likely, and alone, that a machine may take it.
    match: bool
    #: The name that was like the one that was asked for, when that is another.
    because: str = ""
    latitude: float | None = None
    longitude: float | None = None
    date_edtf: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


def in_file(file: AuthorityFile, asked: Asked) -> list[Candidate]:
    """Return the likeliest entries of an authority file, in a number of queries that does not grow with it."""
    names = AuthorityName.objects.filter(file=file, load=file.load)
    best = _best(names, asked.name, F("record_id"))
    rows = AuthorityRecord.objects.in_bulk(list(best))
    found = [
        _candidate(asked, best[pk], id=r.identifier, name=r.name, language=r.language, type=r.type, description=r.description,
                   latitude=r.latitude, longitude=r.longitude, date_edtf=r.date_edtf)
        for pk, r in rows.items()
    ]  # fmt: skip
    return _ranked(found, asked.limit)


def in_vocabulary(who: object, asked: Asked) -> list[Candidate]:
    """Return the likeliest terms that somebody may see."""
    seen = visible_to(Term, who).filter(merged_into=None)
    best = _best(TermName.objects.filter(term__in=seen.order_by().values("pk")), asked.name, F("term_id"))
    found = [
        _candidate(asked, best[pk], id=t.public_id, name=str(t), language="", type=t.kind, description=t.description or "",
                   latitude=t.latitude, longitude=t.longitude, date_edtf=t.date_edtf)
        for pk, t in Term.objects.in_bulk(list(best)).items()
    ]  # fmt: skip
    return _ranked(found, asked.limit)


def _best(names: QuerySet[Any], words: str, owner: F) -> dict[int, tuple[float, str]]:
    """Return by owner the likeness of its likeliest name, and that name, of those worth looking at."""
    folded = fold_key(words).strip()[:200]
    if not folded:
        return {}
    tokens = sorted((_bare(token) for token in folded.split()), key=len, reverse=True)[:2]
    ways = [Q(folded=folded), Q(folded__startswith=folded[: max(3, len(folded) - 2)])]
    ways += [Q(folded__contains=token) for token in tokens if len(token) > 2]
    found: dict[int, tuple[float, str]] = {}
    for way in ways:
        rows = names.filter(way).order_by("pk").values_list(owner, "folded", "name")
        for pk, other, name in rows[:CONSIDERED]:
            likeness = _likeness(folded, other)
            if likeness >= LEAST and likeness > found.get(pk, (0.0, ""))[0]:
                found[pk] = (likeness, name)
    return found


def _bare(token: str) -> str:
    """Return a word without the Arabic article, which names have in one list and lack in another."""
    return token[2:] if token.startswith("ال") and len(token) > 4 else token


def _likeness(one: str, other: str) -> float:
    """Return how alike two folded names are, whatever the order of their words: 100 for the same."""
    if one == other:
        return 100.0
    bare = [" ".join(_bare(token) for token in name.split()) for name in (one, other)]
    return min(99.0, max(fuzz.token_sort_ratio(*bare), 0.9 * fuzz.token_set_ratio(*bare)))


def _candidate(asked: Asked, best: tuple[float, str], **facts: Any) -> Candidate:
    likeness, because = best
    if asked.type and facts["type"] and facts["type"].lower() != asked.type.lower():
        likeness -= _OTHER_TYPE
    away = _kilometers((asked.latitude, asked.longitude), (facts["latitude"], facts["longitude"]))
    if away is not None and away > _NEAR_KM:
        likeness -= _FAR
    shown = because if because != facts["name"] else ""
    return Candidate(score=round(max(likeness, 0.0), 1), match=False, because=shown, **facts)


def _ranked(found: Iterable[Candidate], limit: int) -> list[Candidate]:
    rows = sorted(found, key=lambda one: (-one.score, one.id))[: max(1, min(limit, MOST))]
    sure = [one for one in rows if one.score >= 100.0]
    if len(sure) == 1 and (len(rows) == 1 or rows[1].score < 95.0):
        return [replace(rows[0], match=True), *rows[1:]]
    return rows


def _kilometers(
    one: tuple[float | None, float | None], other: tuple[float | None, float | None]
) -> float | None:
    """Return how far two places are from each other (haversine); None when one is not known."""
    if None in one or None in other:
        return None
    lat, lon, lat2, lon2 = (radians(value or 0.0) for value in (*one, *other))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(min(1.0, half)))


def suggested(names: QuerySet[Any], prefix: str, owner: str, limit: int = 20) -> Sequence[int]:
    """Return the owners of names that begin with a prefix, those of the shortest names first."""
    folded = fold_key(prefix).strip()[:200]
    if not folded:
        return []
    rows = names.filter(folded__startswith=folded).order_by("folded", "pk").values_list(owner, flat=True)
    return list(dict.fromkeys(rows[: limit * 5]))[:limit]
