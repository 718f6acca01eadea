"""Take an item of the catalogue down: at once, everywhere."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F

from archive.access import require
from archive.actions.bump_epoch import bump_epoch
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.actions.take_back_packages import take_back_packages
from archive.actions.trace_public import seen_on_shelf, seen_publicly, trace_public, trace_shelf
from archive.enums import TakedownReason
from archive.errors import Conflict, Invalid
from archive.models import Takedown, User
from archive.models.described import DescribedModel

#: Longest public sentence in one language.
SENTENCE = 500
#: Longest private note.
NOTE = 10_000


@transaction.atomic
def take_down(
    item: DescribedModel, *, reason: str, sentence_ar: str = "", sentence_en: str = "", note: str = "",
    shows_title: bool = False, by: User,
) -> Takedown:  # fmt: skip
    """Let nobody but the keepers see an item, nor what stands on it when it is a shelf.

    What the public saw until then leaves a tombstone at its address. Raises Conflict("down_already"),
    Invalid("unknown_reason", "words_too_long"), NotAllowed, NotVisible.
    """
    model = type(item)
    locked = model._default_manager.select_for_update(no_key=True).get(pk=item.pk)
    require(by, "take_down", locked)
    if locked.takedown_id is not None:
        raise Conflict("down_already")
    if reason not in set(TakedownReason):
        raise Invalid("unknown_reason", field="reason")
    sentences = {"sentence_ar": sentence_ar.strip(), "sentence_en": sentence_en.strip()}
    _refuse_long({**sentences, "note": note.strip()})
    seen, shelf = seen_publicly(locked), seen_on_shelf(locked)
    takedown = Takedown.objects.create(
        kind=str(model._meta.model_name), item_id=locked.pk, reason=reason, note=note.strip(),
        shows_title=shows_title, was_public=seen[0], created_by=by, **sentences,
    )  # fmt: skip
    point_at(locked, takedown, by=by)
    take_back_packages(locked, descriptions=True)
    record_event(f"{takedown.kind}.taken_down", target=locked, words=note.strip(), by=by, reason=reason)
    trace_public(locked, before=seen)
    trace_shelf(locked, before=shelf, stood=seen)
    return takedown


def point_at(item: DescribedModel, takedown: Takedown | None, *, by: User) -> None:
    """Set a locked item's takedown; let search and cached pages know."""
    item.takedown = takedown
    item.version = F("version") + 1
    item.save(update_fields=["takedown", "version", "updated_at"])
    item.refresh_from_db(fields=["version"])
    bump_epoch()
    refresh_search(str(item._meta.model_name), item.pk, by=by)


def _refuse_long(words: dict[str, Any]) -> None:
    for name, value in words.items():
        limit = NOTE if name == "note" else SENTENCE
        if len(value) > limit:
            raise Invalid("words_too_long", field=name, limit_length=limit)
