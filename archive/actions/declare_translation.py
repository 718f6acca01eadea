"""Say that a text is the translation of another text of its work."""

from __future__ import annotations

from django.db import transaction

from archive.access import require
from archive.actions.align_texts import promise_alignment
from archive.actions.bump_epoch import bump_epoch
from archive.actions.record_event import record_event
from archive.enums import TextRole
from archive.errors import Invalid, Stale
from archive.models import Text, User


@transaction.atomic
def declare_translation(
    *, text_id: int, version: int, original: Text | None, translator: str = "", by: User
) -> Text:
    """Make a text the translation of `original`, or with None of nothing, and promise to pair their blocks.

    A volume or chapter stays one; another text becomes a translation. What was paired stays a fact, and counts
    again when the same is declared again. Raises Stale, Invalid("translates_itself", "other_work",
    "translation_of_translation", "has_translations"), NotAllowed, NotVisible.
    """
    # All texts of the work, so that two that are declared each other's translation wait for each other.
    of_work = Text.objects.filter(work__in=Text.objects.filter(pk=text_id).values("work")).order_by("pk")
    list(of_work.select_for_update(no_key=True).values_list("pk"))
    text = Text.objects.select_for_update(of=("self",), no_key=True).select_related("work").get(pk=text_id)
    require(by, "correct", text)
    if text.version != version:
        raise Stale("stale", current=text.version, yours=version)
    if original is not None:
        require(by, "correct", original)
        original.refresh_from_db(fields=["translation_of", "work"])
        _check(text, original)
    text.translation_of = original
    text.translator = translator.strip()[:200] if original else ""
    if original and text.role == TextRole.ORIGINAL:
        text.role = TextRole.TRANSLATION
    text.version += 1
    text.save(update_fields=["translation_of", "translator", "role", "version"])
    if original is not None:
        promise_alignment(text, by=by)
    bump_epoch()
    record_event(
        "translation.declared", target=text, by=by, original=original.public_id if original else None
    )
    return text


def _check(text: Text, original: Text) -> None:
    if original.pk == text.pk:
        raise Invalid("translates_itself", field="original")
    if original.work_id != text.work_id:
        raise Invalid("other_work", field="original")
    if original.translation_of_id is not None:
        raise Invalid("translation_of_translation", field="original")
    if text.translations.exists():
        raise Invalid("has_translations", field="original")
