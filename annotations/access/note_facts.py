"""Everything that a page says of some notes, read in a number of queries that does not grow with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from annotations.access.decided import is_past, may_take, sent_back
from annotations.access.narrowed import ALL, Narrowed, narrow
from annotations.access.notes import acts_of, shown_to, told_to
from annotations.access.places import Sits, anchors_in, anchors_of
from annotations.access.references import ReferenceFacts, references_of
from annotations.access.talk import counts_of_replies
from annotations.models import Annotation, AnnotationVersion, Decision, Locus, Term
from annotations.models.read_tags import terms_read
from archive.access import as_viewer
from archive.errors import NotVisible
from archive.models import Text


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """One note as one viewer sees it, at its place in one revision."""

    pk: int
    id: str
    #: Public id of the text; empty for notes on images and videos.
    text: str
    version: int
    version_id: str
    version_pk: int
    content_hash: str
    #: None: not carried over to this revision yet.
    sits: Sits | None
    body: str
    language: str
    category: str
    status: str
    visibility: str
    #: Public id of the group whose note it is.
    group: str
    author: str
    author_id: int
    created: datetime
    updated: datetime
    tags: Sequence[Term] = ()
    references: Sequence[ReferenceFacts] = ()
    #: What the page may offer this viewer.
    acts: Sequence[str] = ()
    #: The place, of a note on an image or a video.
    locus: Locus | None = None
    #: Public id of the image or the video; empty for notes on texts.
    image: str = ""
    video: str = ""
    #: Replies that stand and that the viewer may read.
    replies: int = 0
    #: Why it was returned or declined, as far as the viewer may know it.
    decision: Decision | None = None

    @property
    def was_decided(self) -> bool:
        """Whether the decision is on an earlier version than this one."""
        return is_past(self.decision, version=self.version_pk)

    @property
    def may_take(self) -> bool:
        """Whether the viewer can take the wording that was suggested with the decision."""
        return may_take(self.decision, version=self.version_pk, acts=self.acts)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the notes of a stretch of text."""

    notes: Sequence[NoteFacts]
    #: How many come before the next page; None on the last.
    next_skip: int | None


def notes_between(
    who: object,
    *,
    text_id: int,
    revision_id: int,
    start: int,
    end: int,
    skip: int = 0,
    limit: int = 200,
    narrowed: Narrowed = ALL,
) -> Page:
    """Return the visible notes that touch `[start, end)` of a revision, in order of place."""
    viewer = as_viewer(who)
    anchors = anchors_in(revision_id, start, end).filter(locus__versions__isnull=False)
    at = anchors.values_list("start", "end", "locus__versions__pk", "locus__versions__annotation_id")
    touching = anchors.values("locus__versions__annotation_id")
    notes = narrow(shown_to(viewer).filter(text_id=text_id, pk__in=touching), narrowed, viewer)
    shown = dict(notes.order_by().values_list("pk", "shown_id"))
    places = sorted((s, -e, note) for s, e, version, note in at if shown.get(note) == version)
    ids = [note for _start, _end, note in places]
    return Page(
        read_notes(viewer, ids[skip : skip + limit], revision_id=revision_id),
        skip + limit if len(ids) > skip + limit else None,
    )


def read_notes(who: object, ids: Sequence[int], *, revision_id: int | None) -> list[NoteFacts]:
    """Return the visible ones of these notes (primary keys), in this order, as they sit in a revision."""
    viewer = as_viewer(who)
    rows = told_to(viewer).filter(pk__in=ids).select_related("author", "group", "text", "image", "video")
    notes = {note.pk: note for note in rows.order_by()}
    shown_versions = AnnotationVersion.objects.select_related("locus")
    versions = shown_versions.in_bulk({n.shown_id for n in notes.values()})
    sits = anchors_of(viewer, revision_id, {v.locus_id for v in versions.values()}) if revision_id else {}
    tags = tags_of(list(versions))
    references = references_of(viewer, list(versions.values()), sits=sits, revision_id=revision_id)
    replies = counts_of_replies(viewer, notes) if notes else {}
    shown = [
        (notes[pk], version) for pk in ids if pk in notes and (version := versions.get(notes[pk].shown_id))
    ]
    said = sent_back(viewer, ((note.pk, note.told_status, version) for note, version in shown))
    return [
        replace(
            _facts(note, version, sits.get(version.locus_id), tags[version.pk], references[version.pk]),
            decision=said.get(note.pk),
            replies=replies.get(note.pk, 0),
        )
        for note, version in shown
    ]


def read_note(who: object, note: Annotation) -> NoteFacts:
    """Return one note as it sits in the current revision of its text.

    Raises NotVisible.
    """
    current = Text.objects.filter(pk=note.text_id).values_list("current_revision_id", flat=True)
    found = read_notes(who, [note.pk], revision_id=current.first() if note.text_id else None)
    if not found:
        raise NotVisible("not_visible")
    return found[0]


def tags_of(versions: Sequence[int]) -> dict[int, list[Term]]:
    """Return the terms on each of these versions, in order, as merges and splits have them."""
    return defaultdict(list, terms_read(versions))


def _facts(
    note: Annotation,
    version: AnnotationVersion,
    sits: Sits | None,
    tags: Sequence[Term],
    references: Sequence[ReferenceFacts],
) -> NoteFacts:
    told: str = note.told_status
    return facts_of(
        note, version, status=told, sits=sits, tags=tags, references=references, acts=acts_of(note)
    )


def facts_of(
    note: Annotation,
    version: AnnotationVersion,
    *,
    sits: Sits | None,
    tags: Sequence[Term],
    references: Sequence[ReferenceFacts],
    acts: Sequence[str],
    status: str = "",
) -> NoteFacts:
    """Return the facts of a note whose rows are at hand (its author, text and group too).

    `status` is what the viewer may know of it; the note's own when it is left out.
    """
    return NoteFacts(
        pk=note.pk, id=note.public_id, text=note.text.public_id if note.text else "",
        version=version.number, version_id=version.public_id, version_pk=version.pk,
        content_hash=version.content_hash, sits=sits, body=version.body, language=version.language,
        category=version.category, status=status or note.status, visibility=note.visibility,
        group=note.group.public_id if note.group else "", author=note.author_name, author_id=note.author_id,
        created=note.created_at, updated=version.created_at, tags=tags, references=references, acts=acts,
        locus=None if note.text else version.locus, image=note.image.public_id if note.image else "",
        video=note.video.public_id if note.video else "",
    )  # fmt: skip
