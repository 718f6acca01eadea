"""The reviewers' queue: what waits, narrowed as a reviewer asks, and how it divides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta

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
    #: Waiting for more than so many days.
    age: str = ""
    #: Waiting since that day ("2026-11-30") or longer.
    since: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Narrowed:
        """Return what an address names; a number of days or a day that is none names nothing."""
        given = {one.name: query.get(one.name, "").replace("\x00", "")[:120] for one in fields(cls)}
        return cls(**given | {"age": _days(given["age"]), "since": _day(given["since"])})


def _days(given: str) -> str:
    is_number = given.isascii() and given.isdigit() and len(given) < 6
    return str(min(int(given), MOST_DAYS)) if is_number and int(given) else ""


def _day(given: str) -> str:
    try:
        day = date.fromisoformat(given)
    except ValueError:
        return ""
    # The first day and the last have no day beside them, in some zone.
    return day.isoformat() if date.min < day < date.max - timedelta(days=1) else ""


#: Days after which waiting notes are told apart; a reviewer may name any number, which ends at a hundred years.
AGES = ("7", "30", "90")
MOST_DAYS = 36_500
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


def decided_items(who: object) -> QuerySet[SubmissionItem]:
    """Return what was handed in with the submissions in which nothing waits for `who`."""
    items = items_on_visible_places(as_viewer(who)).filter(
        submission__in=visible_to(Submission, who).values("pk")
    )
    return items.exclude(submission__in=waiting_items(who).values("submission"))


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
    if narrowed.since:
        items = _since(items, date.fromisoformat(narrowed.since))
    return _older(items, int(narrowed.age)) if narrowed.age else items


def _assigned(items: QuerySet[SubmissionItem], to: str, who: object) -> QuerySet[SubmissionItem]:
    reviewer = "submission__assignment__reviewer"
    return items.filter(**{reviewer: as_viewer(who).user_id if to == "me" else None})


def _late(items: QuerySet[SubmissionItem]) -> QuerySet[SubmissionItem]:
    return items.filter(submission__assignment__due_on__lt=timezone.localdate())


def _older(items: QuerySet[SubmissionItem], days: int) -> QuerySet[SubmissionItem]:
    return items.filter(submission__created_at__lt=timezone.now() - timedelta(days=days))


def _since(items: QuerySet[SubmissionItem], day: date) -> QuerySet[SubmissionItem]:
    ends = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    return items.filter(submission__created_at__lt=ends)


@dataclass(frozen=True, slots=True)
class Facets:
    """How many notes there are by author, group, category, place, language, age and work: (value, label, count) each."""

    authors: Sequence[tuple[str, str, int]]
    groups: Sequence[tuple[str, str, int]]
    categories: Sequence[tuple[str, str, int]]
    places: Sequence[tuple[str, str, int]]
    languages: Sequence[tuple[str, str, int]]
    assigned: Sequence[tuple[str, str, int]]
    due: Sequence[tuple[str, str, int]]
    ages: Sequence[tuple[str, str, int]]
    works: Sequence[tuple[str, str, int]]


def facets(who: object, narrowed: Narrowed = Narrowed(), *, is_decided: bool = False) -> Facets:
    """Return how the notes divide that wait, or those in which nothing waits any more; by age also as `narrowed` asks.

    What is decided is late no more and waits no longer.
    """
    waiting = decided_items(who) if is_decided else waiting_items(who)
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
        due=[] if is_decided else _kept([("late", "late", _late(waiting).count())]),
        ages=[]
        if is_decided
        else _kept((days, days, _older(waiting, int(days)).count()) for days in _ages(narrowed)),
        works=_count(items.exclude(**{work: None}), f"{work}__slug", "title"),
    )


def _ages(narrowed: Narrowed) -> list[str]:
    return sorted({*AGES, *([narrowed.age] if narrowed.age else [])}, key=int)


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
