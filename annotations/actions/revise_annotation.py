"""Change what a note says: a new version, while the accepted one stays."""

from __future__ import annotations

from operator import attrgetter

from django.db import transaction
from django.utils import timezone

from annotations import transitions
from annotations.access.places import current_anchors
from annotations.actions._locking import check_version, locked
from annotations.actions._places import NewPlace, Places, check_reach, tick
from annotations.actions._references import check_references, key_of
from annotations.actions._versions import check_words, content_hash, new_version, parts_of, rows_of
from annotations.actions.write_annotation import group_of
from annotations.models import Annotation, AnnotationVersion, NoteDraft, VisibilityChange
from annotations.transitions import Act
from annotations.values import NoteInput, Place, RegionPlace, TimePlace, WebPlace
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.errors import Invalid
from archive.models import Group, User
from archive.models.inserting import insert


@transaction.atomic
def revise_annotation(
    *,
    annotation: str,
    version_id: str,
    note: NoteInput,
    place: Place | None = None,
    draft_key: str = "",
    by: User,
) -> Annotation:
    """Give a note (public ids) a new version, a draft until it is handed in; return the note.

    Without `place` it stays where it is. A revision that changes nothing makes no version, so that a request
    sent twice is harmless. Who may see it can change until it was accepted once.

    Raises NotVisible, NotAllowed, VersionMissing, Stale, InvalidTransition, QuoteMismatch, Invalid.
    """
    row = locked(annotation, act="revise", by=by)
    check_version(row, version_id)
    after = transitions.ANNOTATION.move(row.status, Act.REVISE)
    check_words(note)
    before = row.newest_version
    assert before is not None
    check_reach(before.locus, note.visibility)
    group = _group_after(row, note, by)
    version, revision_id = _next_version(row, before, note, place, by)
    if version is before and (row.visibility, row.group_id) == (note.visibility, group and group.pk):
        return row
    if (row.visibility, row.group_id) != (note.visibility, group and group.pk):
        VisibilityChange.objects.create(
            annotation=row, visibility=note.visibility, group=group, created_by=by
        )
    row.newest_version, row.status = version, after
    row.visibility, row.group, row.updated_at = note.visibility, group, timezone.now()
    row.save(update_fields=["newest_version", "status", "visibility", "group", "updated_at"])
    if draft_key:
        NoteDraft.objects.filter(user=by, key=draft_key).delete()
    refresh_search("annotation", row.pk, by=by)
    record_event(
        "annotation.revised", target=row, by=by,
        version=version.public_id, content_hash=version.content_hash, visibility=str(row.visibility),
    )  # fmt: skip
    tick(row.text_id, revision_id=revision_id)
    return row


def _group_after(row: Annotation, note: NoteInput, by: User) -> Group | None:
    same = (row.visibility, row.group.public_id if row.group else "") == (note.visibility, note.group)
    if same:
        return row.group
    if row.accepted_version_id is not None:
        raise Invalid("visibility_fixed", field="visibility")
    return group_of(note, by=by)


def _next_version(
    row: Annotation, before: AnnotationVersion, note: NoteInput, place: Place | None, by: User
) -> tuple[AnnotationVersion, int | None]:
    """Return the new version, or the one before when nothing changed; and the revision of new places."""
    places = Places(by)
    parts = parts_of(note, places=places, by=by, before=before)
    moved = _moved(row, before, place, places)
    sits = current_anchors([before.locus_id]).get(before.locus_id)
    span = (
        (moved.anchor.start, moved.anchor.end)
        if moved and moved.anchor
        else (sits.start, sits.end)
        if sits
        else (None, None)
    )
    locus, exact = (moved.locus, moved.exact) if moved else (before.locus, sits.exact if sits else "")
    check_references(parts, note=row, own=key_of(locus, span))
    if moved is None:
        same = content_hash(note, terms=parts.terms, references=parts.references, locus=locus, exact=exact)
        if same == before.content_hash:
            return before, None
    version = new_version(row, note, parts, number=before.number + 1, locus=locus, exact=exact, by=by)
    insert(rows_of(version, parts, places=[*([moved] if moved else []), *parts.places]))
    return version, moved.reading.revision_id if moved and moved.reading else None


def _moved(
    row: Annotation, before: AnnotationVersion, place: Place | None, places: Places
) -> NewPlace | None:
    """Return the new place; None when the note stays where it is.

    Raises Invalid when it would leave its text, image or video.
    """
    if place is None:
        return None
    new = places.new(place)
    owner = (new.locus.text_id, new.locus.image_id, new.locus.video_id)
    if owner != (row.text_id, row.image_id, row.video_id):
        raise Invalid("place_elsewhere", field="place")
    if isinstance(place, RegionPlace | TimePlace | WebPlace):
        facts = attrgetter("region", "start_time", "end_time", "target")
        return None if facts(before.locus) == facts(new.locus) else new
    if new.anchor is not None:
        sits = current_anchors([before.locus_id]).get(before.locus_id)
        if sits and (sits.start, sits.end) == (new.anchor.start, new.anchor.end):
            return None
    return new
