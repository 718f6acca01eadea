"""What the pages about one note say of it at their head."""

from __future__ import annotations

from typing import Any

from annotations.access.note_facts import read_note
from annotations.models import Annotation
from annotations.presenters.annotation import note_json
from annotations.presenters.media_place import place_views
from annotations.views.requests import Request
from archive.access import visible_to
from archive.models import Image, Text, Video


def head_of(request: Request, note: Annotation) -> dict[str, Any]:
    """Return the note as a card, and what it is on as far as the viewer may see that.

    Raises NotVisible.
    """
    facts = read_note(request.viewer, note)
    place, on = None, None
    if note.text:
        text = visible_to(Text, request.viewer).filter(pk=note.text_id).select_related("work").first()
        on = text.work if text else None
    elif note.image or note.video:
        model = Image if note.image else Video
        key = note.image_id or note.video_id
        on = visible_to(model, request.viewer).filter(pk=key).first()
        if facts.locus is not None and on is not None:
            facts.locus.image, facts.locus.video = note.image, note.video
            place = place_views(request.viewer, [(facts.id, facts.id, facts.locus)]).get(facts.id)
    card = note_json(facts) | {"facts": facts, "place": place}
    return {"note": card, "on": on, "text": note.text if on is not None else None}
