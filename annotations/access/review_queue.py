"""The reviewers' queue: what waits, narrowed as a reviewer asks, and how it divides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone

from annotations.access.declared_review import items_on_visible_places
from annotations.access.reviewing import in_reader_language, waiting_items
from annotations.models import Assignment, Submission, SubmissionItem
from archive.access import as_viewer, visible_to
from archive.models import Group, User


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a reviewer narrows the queue to; an empty value means all."""

    #: Slug of a work; public ids of an author and of a group that the author is in.
    work: str = ""
    author: str = ""
    group: str = ""
    category: str = ""
    #: "text", "image" or "video": what the note is on.
    place: str = ""
    #: Language of the note.
    language: str = ""
    #: "me", "nobody"; and "late": the day by which it is to be decided is over.
    assigned: str = ""
    due: str = ""
    #: Waiting for more than so many days; one of `AGES`.
    age: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Narrowed:
        """Return what an address names."""
        return cls(**{one.name: query.get(one.name, "").replace("\x00", "")[:120] for one in fields(cls)})


#: Days after which waiting notes are told apart.
AGES = ("7", "30", "90")
_PLACES = ("text", "image", "video")
ASSIGNED = ("me", "nobody")


def queue(who: object, narrowed: Narrowed = Narrowed()) -> QuerySet[Submission]:
    """Return the submissions in which something waits for `who`, oldest first, with `waiting`: how much."""
    return _submissions(who, filtered(waiting_items(who), narrowed, who)).order_by("pk")


def decided(who: object, narrowed: Narrowed = Narrowed()) -> QuerySet[Submission]:
    """Return the submissions in which nothing waits for `who`, newest first."""
    items = filtered(items_on_visible_places(as_viewer(who)), narrowed, who)
    rows = _submissions(who, items).exclude(pk__in=waiting_items(who).values("submission"))
    return rows.order_by("-pk")


def assignments_of(submissions: Iterable[Submission], who: object) -> dict[int, Assignment]:
    """Return who is to decide on each, and by when, as `who` may know it."""
    rows = visible_to(Assignment, who).filter(submission__in=[row.pk for row in submissions])
    return {row.submission_id: row for row in rows.select_related("reviewer")}


def _submissions(who: object, items: QuerySet[SubmissionItem]) -> QuerySet[Submission]:
    seen = visible_to(Submission, who)
    return (
        seen.filter(items__in=items).annotate(waiting=Count("items", distinct=True)).select_related("author")
    )


def filtered(items: QuerySet[SubmissionItem], narrowed: Narrowed, who: object) -> QuerySet[SubmissionItem]:
    """Return those of `items` that a reviewer asked for; of groups, those that `who` knows of."""
    note = "version__annotation"
    columns = {
        "work": f"{note}__text__work__slug", "author": "submission__author__public_id",
        "category": "version__category", "language": "version__language",
    }  # fmt: skip
    for name, column in columns.items():
        if getattr(narrowed, name):
            items = items.filter(**{column: getattr(narrowed, name)})
    if narrowed.group:
        known = visible_to(Group, who).filter(public_id=narrowed.group).values("pk")
        items = items.filter(submission__author__in=User.objects.filter(groups__in=known).values("pk"))
    if narrowed.place in _PLACES:
        items = items.exclude(**{f"{note}__{narrowed.place}": None})
    if narrowed.assigned in ASSIGNED:
        items = _assigned(items, narrowed.assigned, who)
    if narrowed.due == "late":
        items = _late(items)
    return _older(items, int(narrowed.age)) if narrowed.age in AGES else items


def _assigned(items: QuerySet[SubmissionItem], to: str, who: object) -> QuerySet[SubmissionItem]:
    reviewer = "submission__assignment__reviewer"
    return items.filter(**{reviewer: as_viewer(who).user_id if to == "me" else None})


def _late(items: QuerySet[SubmissionItem]) -> QuerySet[SubmissionItem]:
    return items.filter(submission__assignment__due_on__lt=timezone.localdate())


def _older(items: QuerySet[SubmissionItem], days: int) -> QuerySet[SubmissionItem]:
    return items.filter(submission__created_at__lt=timezone.now() - timedelta(days=days))


@dataclass(frozen=True, slots=True)
class Facets:
    """How much waits by author, group, category, place, language, age and work: (value, label, count) each."""

    authors: Sequence[tuple[str, str, int]]
    groups: Sequence[tuple[str, str, int]]
    categories: Sequence[tuple[str, str, int]]
    places: Sequence[tuple[str, str, int]]
    languages: Sequence[tuple[str, str, int]]
    assigned: Sequence[tuple[str, str, int]]
    due: Sequence[tuple[str, str, int]]
    ages: Sequence[tuple[str, str, int]]
    works: Sequence[tuple[str, str, int]]


def facets(who: object) -> Facets:
    """Return how the waiting notes divide."""
    waiting = waiting_items(who)
    items = waiting.annotate(title=in_reader_language("version__annotation__text__work__title"))
    work = "version__annotation__text__work"
    return Facets(
        authors=_count(items, "submission__author__public_id", "submission__author__display_name"),
        groups=_groups(waiting, who),
        categories=_count(items, "version__category", "version__category"),
        places=_kept(
            (kind, kind, waiting.exclude(**{f"version__annotation__{kind}": None}).count())
            for kind in _PLACES
        ),
        languages=_count(items, "version__language", "version__language"),
        assigned=_kept((to, to, _assigned(waiting, to, who).count()) for to in ASSIGNED),
        due=_kept([("late", "late", _late(waiting).count())]),
        ages=_kept((days, days, _older(waiting, int(days)).count()) for days in AGES),
        works=_count(items.exclude(**{work: None}), f"{work}__slug", "title"),
    )


def _kept(rows: Iterable[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    return [row for row in rows if row[2]]


def _groups(waiting: QuerySet[SubmissionItem], who: object) -> list[tuple[str, str, int]]:
    """Return how much waits of the members of each group that `who` knows of."""
    by_author = dict(waiting.order_by().values_list("submission__author").annotate(n=Count("pk")))
    found: dict[tuple[str, str], int] = defaultdict(int)
    rows = visible_to(Group, who).filter(members__in=list(by_author)).order_by("name", "pk")
    for public_id, name, author in rows.values_list("public_id", "name", "members"):
        found[public_id, name] += by_author.get(author, 0)
    return [(public_id, name, count) for (public_id, name), count in found.items() if count]


def _count(items: QuerySet[SubmissionItem], value: str, label: str) -> list[tuple[str, str, int]]:
    rows = items.order_by().values_list(value, label).annotate(n=Count("pk")).order_by("-n", label)
    return list(rows)
