"""Change many of one's own drafts in one step, and take that step back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from django.db import transaction

from annotations.access.said import said_in
from annotations.actions._locking import lock
from annotations.actions._many import Undone, chosen
from annotations.actions.revise_annotation import revise_annotation
from annotations.enums import UNFINISHED, Category, NoteChange, Visibility
from annotations.models import Annotation, AnnotationVersion, NoteStep, NoteStepItem
from annotations.values import NoteInput
from archive.access import require_may, visible_to
from archive.actions.once import once
from archive.actions.record_event import record_event
from archive.errors import Invalid, NotAllowed, NotVisible, Stale
from archive.models import User

Code = TypeVar("Code", Category, Visibility)
SCOPE = "note_step"


def change_notes(
    *, version_ids: Sequence[str], change: NoteChange, value: str, idempotency_key: str = "", by: User
) -> NoteStep:
    """Make the same change to the notes of these versions (public ids): to all of them or to none.

    `value` is a term's public id, a category, a visibility or, for `NoteChange.GROUP`, a group's public id. Notes to
    which the change would do nothing are left as they are.
    Raises NotAllowed for notes that are not drafts of one's own, Stale, Invalid.
    """
    return once(
        NoteStep, scope=SCOPE, key=idempotency_key,
        make=lambda: _change(version_ids, change, value, by), by=by,
    )  # fmt: skip


@transaction.atomic
def _change(version_ids: Sequence[str], change: NoteChange, value: str, by: User) -> NoteStep:
    require_may(by, "add", Annotation)
    version_ids = chosen(version_ids, field="version")
    step = NoteStep(author=by, change=change, value=value[:40])
    NoteStep.objects.bulk_create([step])
    items = [_one(step, note, _changed(change, value), by) for note in _own_drafts(version_ids, by)]
    changed = [item for item in items if item is not None]
    NoteStepItem.objects.bulk_create(changed)
    record_event("notes.changed", target=step, by=by, change=str(change), notes=len(changed))
    return step


def _own_drafts(version_ids: Sequence[str], by: User) -> list[Annotation]:
    """Return the notes of which these are the newest versions, locked, in this order."""
    rows = lock(Annotation.objects.filter(versions__public_id__in=version_ids, author=by))
    notes = {note.pk: note for note in rows.select_related("newest_version", "group")}
    of = AnnotationVersion.objects.filter(public_id__in=version_ids).values_list("public_id", "annotation_id")
    found = []
    by_version = dict(of)
    for public_id in version_ids:
        note = notes.get(by_version.get(public_id, 0))
        if note is None or note.status not in UNFINISHED:
            raise NotAllowed("drafts_only")
        if note.newest_version is None or note.newest_version.public_id != public_id:
            raise Stale("stale", current=note.newest_version.public_id if note.newest_version else "")
        found.append(note)
    return found


def _changed(change: NoteChange, value: str) -> Callable[[NoteInput], NoteInput]:
    """Return what the change makes of what a note says; raises Invalid."""
    match change:
        case NoteChange.TAG:
            return lambda said: replace(said, tags=tuple(dict.fromkeys((*said.tags, value))))
        case NoteChange.UNTAG:
            return lambda said: replace(said, tags=tuple(tag for tag in said.tags if tag != value))
        case NoteChange.CATEGORY:
            return lambda said: replace(said, category=_code(Category, value))
        case NoteChange.VISIBILITY:
            return lambda said: replace(said, visibility=_code(Visibility, value), group="")
        case NoteChange.GROUP:
            return lambda said: replace(said, visibility=Visibility.GROUP, group=value)


def _code(codes: type[Code], value: str) -> Code:
    try:
        return codes(value)
    except ValueError:
        raise Invalid("choice_unknown", field="value") from None


def _one(
    step: NoteStep, note: Annotation, changed: Callable[[NoteInput], NoteInput], by: User
) -> NoteStepItem | None:
    before, was, group = note.newest_version, note.visibility, note.group
    assert before is not None
    said = said_in(before, note)
    said_now = changed(said)
    if said_now == said:
        return None
    after = revise_annotation(
        annotation=note.public_id, version_id=before.public_id, note=said_now, by=by
    ).newest_version
    return NoteStepItem(step=step, before=before, after=after, visibility_before=was, group_before=group)


@transaction.atomic
def undo_note_step(*, step: str, by: User) -> Undone:
    """Give the notes of a step (public id) back what it changed, those that nobody touched since.

    Raises NotVisible.
    """
    row = visible_to(NoteStep, by).filter(public_id=step).first()
    if row is None:
        raise NotVisible("not_visible")
    items = list(row.items.select_related("before__annotation", "group_before"))
    keys = [item.before.annotation_id for item in items]
    notes = {
        note.pk: note
        for note in lock(Annotation.objects.filter(pk__in=keys)).select_related("newest_version", "group")
    }
    put_back = sum(_put_back(notes[item.before.annotation_id], item, row.change, by) for item in items)
    record_event("notes.changed_back", target=row, by=by, notes=put_back, kept=len(items) - put_back)
    return Undone(put_back, len(items) - put_back)


def _put_back(note: Annotation, item: NoteStepItem, change: str, by: User) -> bool:
    if note.newest_version_id != item.after_id or note.status not in UNFINISHED or note.author_id != by.pk:
        return False
    assert note.newest_version is not None
    now, then = said_in(note.newest_version, note), said_in(item.before, note)
    match change:
        case NoteChange.TAG | NoteChange.UNTAG:
            said = replace(now, tags=then.tags)
        case NoteChange.CATEGORY:
            said = replace(now, category=then.category)
        case _:
            group = item.group_before.public_id if item.group_before else ""
            said = replace(now, visibility=Visibility(item.visibility_before), group=group)
    if said == now:
        return False
    revise_annotation(annotation=note.public_id, version_id=note.newest_version.public_id, note=said, by=by)
    return True
