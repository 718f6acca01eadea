"""A person's own notes, with where each stands and what was said of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Count, F, Model, Q, QuerySet

from annotations.access.decided import is_past, last_decisions, may_take
from annotations.access.drafts import kept_words_out
from annotations.access.note_facts import tags_of
from annotations.access.notes import acts_of, with_acts
from annotations.access.places import Sits, seen_anchors
from annotations.access.references import ReferenceFacts, references_of
from annotations.access.talk import counts_of_replies
from annotations.access.terms import called
from annotations.anchoring import web
from annotations.enums import UNFINISHED, AnnotationStatus
from annotations.models import Annotation, Decision, NoteDraft, NoteStep, Submission, Term
from annotations.models.read_tags import tags_read_as
from archive.access import as_viewer, visible_to
from archive.models import Image, Video, Work

Medium = TypeVar("Medium", Image, Video)
#: What narrows the list of one's notes, by the names in the address.
FILTERS = ("status", "work", "submission", "note", "category", "tag", "q")


@dataclass(frozen=True, slots=True)
class OwnNote:
    """One of my notes."""

    note: Annotation
    sits: Sits | None
    #: What was decided of the newest version that was decided on; None when nobody did yet.
    decision: Decision | None
    acts: Sequence[str]
    tags: Sequence[Term] = ()
    #: Whether its author may still see what it is on; otherwise not even the title is told.
    is_on_shown: bool = True
    #: Replies that stand.
    replies: int = 0
    #: What it refers to, and what names it.
    references: Sequence[ReferenceFacts] = ()

    @property
    def may_submit(self) -> bool:
        """Whether it can be handed in now."""
        return "submit" in self.acts

    @property
    def was_decided(self) -> bool:
        """Whether the decision is on an earlier version than the newest."""
        return is_past(self.decision, version=self.note.newest_version_id)

    @property
    def may_take(self) -> bool:
        """Whether the wording that was suggested when it was returned can be taken now."""
        return may_take(self.decision, version=self.note.newest_version_id, acts=self.acts)

    @property
    def elsewhere(self) -> str:
        """The address that it is on, when that is not of this archive."""
        version = self.note.newest_version
        return web.addresses(version.locus.target)[0] if version and version.locus.target else ""

    @property
    def quoted_elsewhere(self) -> str:
        """The words there that it is on, if it names any."""
        version = self.note.newest_version
        return next(web.quotes(version.locus.target), "") if version and version.locus.target else ""

    @property
    def may_change(self) -> bool:
        """Whether it can be changed together with others: an own draft, or one that was returned."""
        return self.note.status in UNFINISHED and "revise" in self.acts

    @property
    def may_withdraw(self) -> bool:
        """Whether it can be taken back now."""
        return "withdraw" in self.acts


def my_notes_of(
    who: object,
    *,
    status: str = "",
    work: str = "",
    submission: str = "",
    note: str = "",
    category: str = "",
    tag: str = "",
    q: str = "",
) -> QuerySet[Annotation]:
    """Return the viewer's own notes, those changed last first; `tag` is a name of a term, `q` words of the note."""
    viewer = as_viewer(who)
    notes = visible_to(Annotation, viewer).filter(author_id=viewer.user_id or 0)
    if status:
        notes = notes.filter(status=status)
    if work:
        notes = notes.filter(text__work__slug=work)
    if submission:
        notes = notes.filter(versions__submission_items__submission__public_id=submission).distinct()
    if note:
        notes = notes.filter(public_id=note)
    if category:
        notes = notes.filter(newest_version__category=category)
    if tag:
        tagged = tags_read_as(called(viewer, tag)).order_by().values("version")
        notes = notes.filter(newest_version__in=tagged)
    if q:
        notes = notes.filter(newest_version__body__icontains=q.replace("\x00", ""))
    return notes.order_by("-updated_at", "-pk")


def counts_by_status(who: object) -> dict[str, int]:
    """Return how many of the viewer's notes stand where."""
    rows = my_notes_of(who).order_by().values_list("status").annotate(n=Count("pk"))
    return dict(rows)


def own_notes(who: object, notes: Sequence[Annotation]) -> list[OwnNote]:
    """Return these notes with all that their page shows, in a number of queries that does not grow."""
    keys = [note.pk for note in notes]
    rows = with_acts(visible_to(Annotation, who).filter(pk__in=keys), who)
    found = {note.pk: note for note in rows.select_related(*_SHOWN)}
    loci = [note.newest_version.locus_id for note in found.values() if note.newest_version]
    sits = seen_anchors(who, loci)
    decisions, shown = last_decisions(who, keys), _shown(who, found.values())
    tags = tags_of([note.newest_version_id for note in found.values() if note.newest_version_id])
    replies = counts_of_replies(who, keys)
    newest = [note.newest_version for note in found.values() if note.newest_version]
    references = references_of(as_viewer(who), newest, sits=sits, revision_id=None)
    return [
        OwnNote(
            note,
            sits.get(note.newest_version.locus_id),
            decisions.get(pk),
            acts_of(note),
            tags.get(note.newest_version.pk, ()),
            pk in shown,
            replies.get(pk, 0),
            references.get(note.newest_version.pk, ()),
        )
        for pk in keys
        if (note := found.get(pk)) and note.newest_version
    ]


_SHOWN = (
    "newest_version__locus__image", "newest_version__locus__video", "newest_version__locus__work", "text__work", "image",
    "video",
)  # fmt: skip


def _shown(who: object, notes: Iterable[Annotation]) -> set[int]:
    """Return the keys of the notes on what `who` may see, if only in part."""
    given = list(notes)
    works = _seen(Work, who, {note.text.work_id for note in given if note.text})
    images = _seen(Image, who, {note.image_id for note in given if note.image_id})
    videos = _seen(Video, who, {note.video_id for note in given if note.video_id})
    return {
        note.pk for note in given
        if _is_elsewhere(note)
        or (note.text.work_id in works if note.text else note.image_id in images or note.video_id in videos)
    }  # fmt: skip


def _is_elsewhere(note: Annotation) -> bool:
    return not (note.text_id or note.image_id or note.video_id)


def _seen(model: type[Model], who: object, keys: Collection[int | None]) -> set[int]:
    return set(visible_to(model, who).filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def own_steps(who: object, *, limit: int = 5) -> QuerySet[NoteStep]:
    """Return the steps in which the viewer changed many notes last, each with its `size`."""
    rows = visible_to(NoteStep, who).annotate(size=Count("items")).filter(size__gt=0)
    return rows.order_by("-pk")[:limit]


def submissions_of(who: object, *, limit: int = 20) -> QuerySet[Submission]:
    """Return what the viewer handed in last, each with its `size`, and how many of its notes are `waiting`."""
    viewer = as_viewer(who)
    rows = visible_to(Submission, viewer).filter(author_id=viewer.user_id or 0)
    waits = Q(
        items__version__annotation__status=AnnotationStatus.SUBMITTED,
        items__version=F("items__version__annotation__newest_version"),
    )
    return rows.annotate(size=Count("items"), waiting=Count("items", filter=waits)).order_by("-pk")[:limit]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Something that was being typed, and where."""

    key: str
    text: str
    work: str
    words: str
    exact: str
    start: int | None
    end: int | None
    #: The note that it revises; empty for a new one.
    note: str
    draft: NoteDraft
    #: What it is on when it is no text, as long as the viewer may see that.
    image: Image | None = None
    video: Video | None = None


def unfinished(who: object) -> list[Unfinished]:
    """Return what the viewer typed and did not save, newest first."""
    rows = list(visible_to(NoteDraft, who).select_related("text__work").order_by("-updated_at")[:50])
    images = _named(Image, who, [_locus(row).get("image") for row in rows])
    videos = _named(Video, who, [_locus(row).get("video") for row in rows])
    told = kept_words_out(who, [row.data for row in rows])
    works = _seen(Work, who, {row.text.work_id for row in rows if row.text})
    return [_unfinished(row, told(row.data), images, videos, works) for row in rows]


def _named(model: type[Medium], who: object, ids: Sequence[object]) -> dict[str, Medium]:
    """Return those of these (public ids, as a page sent them) that the viewer may see."""
    known = [one for one in ids if isinstance(one, str)]
    return (
        {item.public_id: item for item in visible_to(model, who).filter(public_id__in=known)} if known else {}
    )


def _locus(row: NoteDraft) -> dict[str, Any]:
    locus = row.data.get("locus") if isinstance(row.data, dict) else None
    return locus if isinstance(locus, dict) else {}


def _unfinished(
    row: NoteDraft,
    told: Any,
    images: Mapping[str, Image],
    videos: Mapping[str, Video],
    works: Collection[int],
) -> Unfinished:
    data = told if isinstance(told, dict) else {}
    locus = data.get("locus") if isinstance(data.get("locus"), dict) else {}
    start, end = locus.get("start"), locus.get("end")
    text = row.text if row.text and row.text.work_id in works else None
    return Unfinished(
        key=row.key, text=text.public_id if text else "", work=str(text.work) if text else "",
        words=str(data.get("body") or ""), exact=str(locus.get("exact") or ""),
        start=start if isinstance(start, int) else None, end=end if isinstance(end, int) else None,
        note=str(data.get("annotation") or ""), draft=row, image=images.get(str(locus.get("image") or "")),
        video=videos.get(str(locus.get("video") or "")),
    )  # fmt: skip
