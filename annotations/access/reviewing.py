"""What waits for a reviewer, and what a submission holds, as a viewer may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

from annotations.access.declared_review import items_on_visible_places
from annotations.access.independent import may_be_withheld, withheld, withheld_of
from annotations.access.note_facts import tags_of
from annotations.access.places import Sits, seen_anchors
from annotations.access.references import ReferenceFacts, references_of
from annotations.enums import AnnotationStatus as Status
from annotations.models import (
    Annotation,
    AnnotationVersion,
    Decision,
    PastEvent,
    Submission,
    SubmissionItem,
    Term,
)
from archive.access import Viewer, as_viewer, permitted, visible_to

#: Of what others accepted, as much waits at a time, the newest first; the rest comes up as these are decided.
MOST_VOUCHABLE = 5_000


def waiting_items(who: object) -> QuerySet[SubmissionItem]:
    """Return the versions that `who` may decide on now, each in the submission that handed it in last."""
    viewer = as_viewer(who)
    newest = Q(
        version__annotation__in=permitted(Annotation, viewer, "decide"),
        version_id=F("version__annotation__newest_version_id"),
    )
    if may_be_withheld(viewer):
        # Where they are not told that others accepted it, it waits for them as it did for these.
        # By keys: nested in each other, these rules are more than SQLite's parser takes.
        vouchable = permitted(Annotation, viewer, "vouch").filter(withheld(viewer)).order_by("-pk")
        newest |= Q(version__in=list(vouchable.values_list("accepted_version", flat=True)[:MOST_VOUCHABLE]))
    later = SubmissionItem.objects.filter(version=OuterRef("version"), pk__gt=OuterRef("pk"))
    return SubmissionItem.objects.filter(~Exists(later), newest)


def in_reader_language(path: str) -> Coalesce:
    """Return what a translated column says in the interface language, else in the other one."""
    return Coalesce(*_said([path]), Value(""), output_field=CharField())


def _said(paths: Iterable[str]) -> list[NullIf]:
    """Return each translated column in the interface language, then in the other one; nothing for no words."""
    first = (get_language() or "ar")[:2]
    languages = (first, "en" if first == "ar" else "ar")
    return [NullIf(f"{path}_{language}", Value("")) for path in paths for language in languages]


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One version of a submission, with all that a reviewer looks at."""

    item: SubmissionItem
    version: AnnotationVersion
    note: Annotation
    #: Where it sits now; None before it was carried over, or outside of texts.
    sits: Sits | None
    tags: Sequence[Term]
    references: Sequence[ReferenceFacts]
    #: The version before it; None for the first.
    before: AnnotationVersion | None
    before_tags: Sequence[Term]
    #: Earlier versions with what was decided of them, oldest first.
    history: Sequence[tuple[AnnotationVersion, Sequence[Decision]]]
    #: What was decided of this version.
    decisions: Sequence[Decision]
    #: What a package told of it, oldest first, when it was said the first: it came from another archive.
    past: Sequence[PastEvent]
    #: Whether this viewer may decide on it now.
    may_decide: bool
    #: Whether another reviewer accepted it and this viewer may accept it too.
    may_vouch: bool
    #: Where the note stands, as this viewer may know it.
    status: str
    #: Whether this viewer is not told now what others decided of it (`annotations.access.independent`).
    is_withheld: bool = False


def items_of(who: object, submission: Submission) -> tuple[list[ItemFacts], int]:
    """Return the visible items of a submission, and how many of it were taken back (their authors go on writing).

    Of items on what the viewer may not see, nothing is told.
    """
    items = list(whole(items_on_visible_places(as_viewer(who)).filter(submission=submission)).order_by("pk"))
    found = facts_of(who, items)
    return found, len(items) - len(found)


def whole(items: QuerySet[SubmissionItem]) -> QuerySet[SubmissionItem]:
    """Return items with what `facts_of` reads of each."""
    return items.select_related(
        "submission__author",
        "version__locus__image", "version__locus__video", "version__locus__work", "version__annotation__author", "version__annotation__group",
        "version__annotation__text__work",
        "version__annotation__image", "version__annotation__video", "version__annotation__text__current_revision",
    ).defer(
        "version__annotation__text__current_revision__content",
        "version__annotation__text__current_revision__blocks",
        "version__annotation__text__current_revision__marks",
    )  # fmt: skip


def facts_of(who: object, items: Sequence[SubmissionItem]) -> list[ItemFacts]:
    """Return what a reviewer looks at of these items, as far as `who` may see what was handed in."""
    versions = visible_to(AnnotationVersion, who).filter(annotation__versions__submission_items__in=items)
    seen = {version.pk: version for version in versions.distinct().order_by("number")}
    return _facts(who, [item for item in items if item.version_id in seen], seen)


def _facts(
    viewer: object, items: Sequence[SubmissionItem], versions: Mapping[int, AnnotationVersion]
) -> list[ItemFacts]:
    who = as_viewer(viewer)
    sits = seen_anchors(who, (version.locus_id for version in versions.values()))
    tags = tags_of(list(versions))
    decisions: dict[int, list[Decision]] = defaultdict(list)
    for decision in (
        visible_to(Decision, who).filter(version__in=versions).select_related("reviewer", "version")
    ):
        decisions[decision.version_id].append(decision)
    pasts: dict[int | None, list[PastEvent]] = defaultdict(list)
    for event in visible_to(PastEvent, who).filter(version__in=versions).order_by("at", "pk"):
        pasts[event.version_id].append(event)
    by_note: dict[int, list[AnnotationVersion]] = defaultdict(list)
    for version in versions.values():
        by_note[version.annotation_id].append(version)
    references = references_of(who, [item.version for item in items], sits=sits, revision_id=None)
    may_decide, may_vouch = _decidable(who, items), _vouchable(who, items)
    kept_back = withheld_of(who, by_note)
    found = []
    for item in items:
        version = item.version
        earlier = [one for one in by_note[version.annotation_id] if one.number < version.number]
        before = earlier[-1] if earlier else None
        found.append(
            ItemFacts(
                item, version, version.annotation, sits.get(version.locus_id), tags[version.pk],
                references[version.pk], before, tags[before.pk] if before else (),
                [(one, decisions[one.pk]) for one in earlier], decisions[version.pk], pasts[version.pk],
                item.pk in may_decide, item.pk in may_vouch,
                _told_status(who, version.annotation, kept_back), version.annotation_id in kept_back,
            )
        )  # fmt: skip
    return found


def _told_status(viewer: Viewer, note: Annotation, kept_back: Collection[int]) -> str:
    """Return a note's status; what was accepted is so to everybody but its author, who writes it anew.

    To whom it is kept back that others accepted it, it waits.
    """
    rewritten = note.status == Status.DRAFT and note.accepted_version_id is not None
    told = Status.ACCEPTED if rewritten and note.author_id != viewer.user_id else note.status
    return Status.SUBMITTED if told == Status.ACCEPTED and note.pk in kept_back else told


def _decidable(who: object, items: Iterable[SubmissionItem]) -> set[int]:
    return set(waiting_items(who).filter(pk__in=[item.pk for item in items]).values_list("pk", flat=True))


def _vouchable(who: object, items: Iterable[SubmissionItem]) -> set[int]:
    accepted = permitted(Annotation, who, "vouch").values("accepted_version")
    rows = SubmissionItem.objects.filter(pk__in=[item.pk for item in items], version__in=accepted)
    return set(rows.values_list("pk", flat=True))


def counts_of(who: object, submissions: Sequence[Submission]) -> dict[int, dict[str, int]]:
    """Return, by submission, how many of its notes stand where, as the notes are now."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    viewer = as_viewer(who)
    # By keys: nested in each other, the rules of submissions and of places are more than SQLite's parser takes.
    keys = [submission.pk for submission in submissions]
    rows = items_on_visible_places(viewer).filter(submission__in=keys).order_by()
    kept_back = withheld(viewer, "version__annotation") & ~Q(version__decisions__reviewer=viewer.user_id)
    told = Case(
        When(kept_back, then=Value("")), default=F("version__decisions__outcome"), output_field=CharField()
    )
    counted = (
        rows.annotate(told=told).values_list("submission_id", "told").annotate(n=Count("pk", distinct=True))
    )
    for pk, outcome, n in counted:
        found[pk][outcome or ""] = n
    return found


def works_of(submissions: Sequence[Submission], who: object) -> dict[int, list[str]]:
    """Return, by submission, the titles of what its visible notes are on."""
    found: dict[int, list[str]] = defaultdict(list)
    keys = [submission.pk for submission in submissions]
    notes = visible_to(Annotation, who).filter(versions__submission_items__submission__in=keys)
    things = ("text__work", *(f"versions__locus__{kind}" for kind in ("image", "video", "work")))
    title = Coalesce(*_said(f"{thing}__title" for thing in things), output_field=CharField())
    rows = (
        notes.annotate(title=title)
        .exclude(title=None)
        .order_by()
        .values_list("versions__submission_items__submission_id", "title")
        .distinct()
    )
    for pk, title in rows:
        if pk is not None and title not in found[pk]:
            found[pk].append(title)
    return found
