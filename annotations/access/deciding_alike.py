"""Notes that a reviewer decides alike: of one submission, or across the queue as it is narrowed; and why others are not theirs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from annotations.access.declared_review import items_on_visible_places
from annotations.access.review_queue import Narrowed, filtered
from annotations.access.reviewing import ItemFacts, facts_of, waiting_items, whole
from annotations.enums import AnnotationStatus as Status
from annotations.models import AnnotationVersion, Submission, SubmissionItem
from archive.access import Viewer

#: Notes that are decided in one step: as many as somebody looks through.
MOST = 100


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what they are chosen."""

    #: None: the whole queue.
    submission: Submission | None = None
    narrowed: Narrowed = field(default_factory=Narrowed)
    #: Public ids of submissions that were ticked in the queue; none: all of it.
    ticked: tuple[str, ...] = ()

    def of(self, items: QuerySet[SubmissionItem], viewer: Viewer) -> QuerySet[SubmissionItem]:
        """Return those of `items` that are in it."""
        if self.submission is not None:
            return items.filter(submission=self.submission)
        items = filtered(items, self.narrowed, viewer)
        return items.filter(submission__public_id__in=self.ticked) if self.ticked else items


@dataclass(frozen=True, slots=True)
class Offered:
    """What of it waits for a reviewer."""

    #: The first of them, as handed in.
    items: Sequence[ItemFacts]
    #: How many wait in all.
    total: int


def offered(viewer: Viewer, scope: Scope) -> Offered:
    """Return what of a scope waits for `viewer`, the oldest first."""
    waiting = scope.of(waiting_items(viewer), viewer)
    keys = list(waiting.order_by("submission", "pk").values_list("pk", flat=True)[: MOST + 1])
    total = len(keys) if len(keys) <= MOST else waiting.count()
    return Offered(_facts(viewer, keys[:MOST]), total)


def chosen(viewer: Viewer, versions: Collection[str]) -> list[ItemFacts]:
    """Return those of these versions (public ids) that wait for `viewer`."""
    rows = waiting_items(viewer).filter(version__public_id__in=list(versions)[:MOST])
    return _facts(viewer, rows.values_list("pk", flat=True))


def beside(viewer: Viewer, scope: Scope, shown: Sequence[ItemFacts]) -> list[ItemFacts]:
    """Return what the submissions of the shown items hold besides that `viewer` may not decide on, the oldest first."""
    submissions = {item.item.submission_id for item in shown}
    if scope.submission is not None:
        submissions.add(scope.submission.pk)
    rows = scope.of(items_on_visible_places(viewer).filter(submission__in=submissions), viewer)
    waiting = set(waiting_items(viewer).filter(submission__in=submissions).values_list("pk", flat=True))
    keys = rows.exclude(pk__in=waiting).order_by("submission", "pk").values_list("pk", flat=True)[:MOST]
    return [item for item in _facts(viewer, keys) if not item.may_decide]


def waiting_no_more(viewer: Viewer, versions: Collection[str]) -> list[ItemFacts]:
    """Return those of these versions that `viewer` sees, though they may not decide on them; each as handed in last."""
    rows = items_on_visible_places(viewer).filter(version__public_id__in=list(versions)[:MOST])
    last = dict(rows.order_by("pk").values_list("version_id", "pk"))
    return [item for item in _facts(viewer, last.values()) if not item.may_decide]


def _facts(viewer: Viewer, keys: Iterable[int]) -> list[ItemFacts]:
    # By keys: nested in each other, the rules of what waits and of places are more than SQLite's parser takes.
    rows = whole(SubmissionItem.objects.filter(pk__in=list(keys)))
    return facts_of(viewer, list(rows.order_by("submission", "pk")))


def reasons(viewer: Viewer, items: Sequence[ItemFacts]) -> dict[str, str]:
    """Return by version why it is not for `viewer` to decide on, as far as they are told what others decided of it.

    "own", "wrote": their own note, or one of which they wrote a version; "decided_already": they did; "overtaken": its
    author changed it since; "accepted", "returned", "declined": another reviewer was quicker; else "not_waiting".
    """
    rows = AnnotationVersion.objects.filter(annotation__in=[item.note.pk for item in items])
    written = set(rows.filter(created_by=viewer.user_id).order_by().values_list("annotation_id", flat=True))
    return {item.version.public_id: _reason(viewer, item, written) for item in items}


def _reason(viewer: Viewer, item: ItemFacts, written: Collection[int]) -> str:
    if item.note.author_id == viewer.user_id:
        return "own"
    if item.note.pk in written:
        return "wrote"
    if any(decision.reviewer_id == viewer.user_id for decision in item.decisions):
        return "decided_already"
    if item.status != Status.ACCEPTED and item.note.newest_version_id != item.version.pk:
        return "overtaken"
    return item.status if item.status in _DECIDED else "not_waiting"


_DECIDED = (Status.ACCEPTED, Status.RETURNED, Status.DECLINED)
