"""How the actions get hold of a note: locked, seen, allowed, and of the version that the person read."""

from __future__ import annotations

from django.db.models import QuerySet

from annotations.models import Annotation
from archive.access import require
from archive.errors import NotVisible, Stale, VersionMissing
from archive.models import User


def lock(notes: QuerySet[Annotation]) -> QuerySet[Annotation]:
    """Return the notes, locked until the transaction ends.

    Without the key: others may insert rows that point at them. Their foreign keys are checked when they
    commit, holding the head of the audit chain, for which we wait in our turn: a stronger lock would be a
    deadlock.
    """
    return notes.select_for_update(of=("self",), no_key=True).order_by("pk")


def locked(annotation: str, *, act: str, by: User) -> Annotation:
    """Return the note with this public id, locked until the transaction ends.

    Raises NotVisible, or NotAllowed when `by` sees it but may not do `act`.
    """
    rows = lock(Annotation.objects.filter(public_id=annotation))
    note = rows.select_related("newest_version__locus", "author", "text", "group").first()
    if note is None:
        raise NotVisible("not_visible")
    require(by, act, note)
    return note


def check_version(note: Annotation, version_id: str) -> None:
    """Refuse a write that was made from another version than the newest.

    Raises VersionMissing without one, Stale with the newest version's public id otherwise.
    """
    if not version_id:
        raise VersionMissing("version_missing")
    newest = note.newest_version
    if newest is None or newest.public_id != version_id:
        raise Stale("stale", current=newest.public_id if newest else "")
