"""Show the notes of an erased account under what its name is now."""

from __future__ import annotations

from annotations.actions._places import tick
from annotations.models import Annotation


def forget_author(account_id: int) -> None:
    """Let what memory keeps of notes by this account be read anew, in the erasure's transaction."""
    texts = Annotation.objects.filter(author_id=account_id).exclude(text=None)
    for text_id in sorted(set(texts.values_list("text_id", flat=True))):
        tick(text_id)
