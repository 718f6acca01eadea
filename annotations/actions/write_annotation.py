"""Write a note on a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from annotations.access.note_facts import NoteFacts, facts_of
from annotations.access.notes import acts_of_new
from annotations.access.places import Sits
from annotations.actions._places import NewPlace, Places, check_reach, check_tick, ticking
from annotations.actions._references import Parts, check_references, key_of
from annotations.actions._versions import check_words, new_version, parts_of, rows_of
from annotations.enums import Visibility
from annotations.models import Annotation, AnnotationVersion, NoteDraft
from annotations.models.annotation import named_note_id
from annotations.presenters.search_kinds import PASSAGE, note_entry
from annotations.values import NoteInput, Place
from archive.access import require_may, viewer_of
from archive.actions.index_entry import indexed_at_once
from archive.actions.record_event import record_event
from archive.errors import Invalid
from archive.models import Group, IdempotencyKey, User
from archive.models.inserting import insert

SCOPE = "annotation"
KEY_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Written:
    """A note that was written, and what its author is shown of it."""

    annotation: Annotation
    #: None when it must be read: an earlier sending had made it, or it has references.
    facts: NoteFacts | None


def write_annotation(
    *,
    place: Place,
    note: NoteInput,
    elsewhere: Mapping[str, Any] | None = None,
    slug: str = "",
    idempotency_key: str = "",
    draft_key: str = "",
    by: User,
) -> Written:
    """Write a note on a place of a text, an image or a video, or a private one on something elsewhere.

    Sent again under the same key, it is the note that the first sending made. The draft under `draft_key` is
    let go in the same step. `elsewhere` are names that it has from where it comes ("canonical", "via"); its id
    begins as `slug` does.

    Raises NotAllowed, NotVisible, Stale (`revision_not_current`), QuoteMismatch, Invalid.
    """
    for attempt in (1, 2):
        try:
            return _write(place, note, elsewhere or {}, slug, idempotency_key[:KEY_LENGTH], draft_key, by)
        except IntegrityError:
            before = _made_before(idempotency_key[:KEY_LENGTH], by)
            if before is not None:
                return Written(before, None)
            if attempt == 2:  # The first failure may have been two notes drawing the same short id.
                raise
    raise AssertionError("unreachable")


def _made_before(key: str, by: User) -> Annotation | None:
    made = (
        IdempotencyKey.objects.filter(user=by, scope=SCOPE, key=key).values_list("made", flat=True)
        if key
        else ()
    )
    return Annotation.objects.filter(public_id__in=list(made)).first()


@transaction.atomic
def _write(
    place: Place, note: NoteInput, elsewhere: Mapping[str, Any], slug: str, key: str, draft_key: str, by: User
) -> Written:
    require_may(by, "add", Annotation)
    check_words(note)
    places = Places(by)
    new = places.new(place)
    locus = new.locus
    check_reach(locus, note.visibility)
    annotation = Annotation(
        author=by, text=locus.text, image=locus.image, video=locus.video,
        visibility=note.visibility, group=group_of(note, by=by), elsewhere=dict(elsewhere),
        public_id=named_note_id(slug),
    )  # fmt: skip
    parts = parts_of(note, places=places, by=by)
    check_references(parts, note=annotation, own=key_of(locus, _span(new)))
    version = new_version(annotation, note, parts, number=1, locus=locus, exact=new.exact, by=by)
    if draft_key:
        NoteDraft.objects.filter(user=by, key=draft_key).delete()
    rows = rows_of(version, parts, places=[new, *parts.places])
    keys = [IdempotencyKey(user=by, scope=SCOPE, key=key, made=annotation.public_id)] if key else []
    found = indexed_at_once(note_entry(annotation.pk, version, new.exact[:PASSAGE]), by=by)
    insert([*keys, annotation, *rows, *found])
    revision_id = new.reading.revision_id if new.reading else None
    ticked = record_event(
        "annotation.written", target=annotation, by=by,
        then=ticking(annotation.text_id, revision_id=revision_id),
        version=version.public_id, content_hash=version.content_hash,
    )  # fmt: skip
    check_tick(ticked, annotation.text_id, revision_id=revision_id)
    return Written(annotation, None if parts.references else _facts(annotation, version, new, parts))


def _span(new: NewPlace) -> tuple[int | None, int | None]:
    return (new.anchor.start, new.anchor.end) if new.anchor else (None, None)


def _facts(annotation: Annotation, version: AnnotationVersion, new: NewPlace, parts: Parts) -> NoteFacts:
    anchor = new.anchor
    sits = Sits(*(getattr(anchor, name) for name in Sits._fields)) if anchor else None
    return facts_of(
        annotation, version, sits=sits, tags=parts.terms, references=(),
        acts=acts_of_new(annotation.visibility),
    )  # fmt: skip


def group_of(note: NoteInput, *, by: User) -> Group | None:
    """Return the group whose note it is to be; one of the author's own.

    Raises Invalid.
    """
    if note.visibility != Visibility.GROUP:
        if note.group:
            raise Invalid("group_unexpected", field="group")
        return None
    group = Group.objects.filter(public_id=note.group, pk__in=viewer_of(by).group_ids).first()
    if group is None:
        raise Invalid("group_unknown", field="group")
    return group
