"""The texts that an edition takes: which may be chosen, and how they are kept."""

from __future__ import annotations

from collections.abc import Sequence

from annotations.editions.wholes import texts_of
from annotations.models import Edition, EditionPart
from archive.access import visible_to
from archive.errors import Invalid
from archive.models import Text, User

#: Parts that one edition takes.
MAX_PARTS = 200


def chosen_texts(edition: Edition, ids: Sequence[str], *, by: User) -> list[Text]:
    """Return the texts of these public ids, in their order: of the edition's work, each once, written in one direction.

    Those that the edition takes already may be named by whoever plans it, seen whole by them or not. Raises
    Invalid("unknown_part", "part_twice", "parts_directions", "too_many").
    """
    if len(ids) > MAX_PARTS:
        raise Invalid("too_many", field="parts", limit_count=MAX_PARTS)
    if len(set(ids)) != len(ids):
        raise Invalid("part_twice", field="parts")
    taken = texts_of(edition) if edition.pk else [edition.text]
    rows = visible_to(Text, by).filter(
        work=edition.work_id, public_id__in=ids, current_revision__isnull=False
    )
    found = {text.public_id: text for text in (*taken, *rows)}
    if not set(ids) <= found.keys():
        raise Invalid("unknown_part", field="parts")
    texts = [found[ident] for ident in ids]
    if len({text.direction for text in texts}) > 1:
        raise Invalid("parts_directions", field="parts")
    return texts


def keep_parts(edition: Edition, texts: Sequence[Text]) -> None:
    """Make these the texts of an edition; its row must be there, and is written by the caller."""
    edition.text = texts[0]
    EditionPart.objects.filter(edition=edition).delete()
    EditionPart.objects.bulk_create(
        EditionPart(edition=edition, text=text, position=at) for at, text in enumerate(texts[1:], start=2)
    )
