"""Put a place into one's basket."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785
from django.db import IntegrityError, transaction

from annotations.access.notes import shown_to
from annotations.actions._places import Places
from annotations.models import Annotation, PickedPlace
from annotations.values import Citation, NoteTarget, Place
from archive.access import require_may
from archive.errors import Invalid
from archive.models import User

#: Places of one person: a handful, in which one still finds one's way.
MAX_PLACES = 50


def pick_up(*, target: Place | NoteTarget | Citation, by: User) -> PickedPlace:
    """Put a place or a note into the basket of `by`; what lies there already comes to the front.

    Not audited: it says nothing of the archive, and nobody else ever sees it.

    Raises NotAllowed, NotVisible, Stale, QuoteMismatch, Invalid (`basket_full` when there is no room).
    """
    for attempt in (1, 2):
        try:
            return _pick_up(target, by)
        except IntegrityError:  # The same place, sent twice at one time.
            if attempt == 2:
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def _pick_up(target: Place | NoteTarget | Citation, by: User) -> PickedPlace:
    require_may(by, "add", Annotation)
    # The person's row stands for their basket: two windows do not fill it over its brim together.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    row = _row(target, by)
    row.digest = _digest(row)
    PickedPlace.objects.filter(user=by, digest=row.digest).delete()
    if PickedPlace.objects.filter(user=by).count() >= MAX_PLACES:
        raise Invalid("basket_full", limit_count=MAX_PLACES)
    row.save()
    return row


def _row(target: Place | NoteTarget | Citation, by: User) -> PickedPlace:
    if isinstance(target, Citation):
        raise Invalid("target_unknown", field="target")
    if isinstance(target, NoteTarget):
        # As in `new_reference`: a note on what is elsewhere is no place here.
        notes = shown_to(by).exclude(text=None, image=None, video=None)
        note = notes.filter(public_id=target.annotation).first()
        if note is None:
            raise Invalid("target_unknown", field="target")
        return PickedPlace(user=by, annotation=note)
    new = Places(by).new(target, field="target")
    locus, anchor = new.locus, new.anchor
    place: dict[str, Any] = {}
    if anchor is not None and new.reading is not None:
        place = {name: getattr(anchor, name) for name in ("start", "end", "exact", "prefix", "suffix")}
        place["revision"] = new.reading.number
    elif locus.region is not None:
        place = {"region": locus.region}
    elif locus.start_time is not None:
        place = {"start": locus.start_time, "end": locus.end_time}
    return PickedPlace(
        user=by, text=locus.text, image=locus.image, video=locus.video, work=locus.work, place=place
    )


def _digest(row: PickedPlace) -> str:
    keys = [row.text_id, row.image_id, row.video_id, row.work_id, row.annotation_id]
    return hashlib.sha256(rfc8785.dumps([keys, row.place])).hexdigest()
