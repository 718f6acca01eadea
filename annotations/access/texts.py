"""How pages and files find the text that an address names."""

from __future__ import annotations

from django.db.models import F

from archive.access import visible_to
from archive.access.sections import closed_texts, in_part
from archive.errors import NotAllowed, NotVisible
from archive.models import Text, TextRevision


def revision_of(who: object, text: str, number: int = 0) -> TextRevision:
    """Return a revision of the text with this public id (without a number the current one), words not loaded.

    Raises NotVisible, NotAllowed("text_kept_back") when the asker may read it in part only.
    """
    rows = visible_to(TextRevision, who).filter(text__public_id=text).select_related("text")
    rows = rows.filter(number=number) if number else rows.filter(text__current_revision=F("pk"))
    revision = rows.defer("content", "blocks", "marks").first()
    if revision is None:
        if in_part(Text.objects.filter(public_id=text, pk__in=closed_texts(who)), who).exists():
            raise NotAllowed("text_kept_back")
        raise NotVisible("not_visible")
    return revision
