"""What a version says, as it would be handed in again."""

from __future__ import annotations

from annotations.access.uses import ids_read
from annotations.models import Annotation, AnnotationVersion
from annotations.values import Kept, NoteInput


def said_before(note: Annotation) -> NoteInput:
    """Return what the shown version of a note says (a row of `shown_to`), so that a change may leave the rest out."""
    return said_in(AnnotationVersion.objects.get(pk=note.shown_id), note)


def said_in(version: AnnotationVersion, note: Annotation) -> NoteInput:
    """Return what a version of a note says; its references stay as they are."""
    return NoteInput(
        body=version.body, language=version.language, category=version.category,
        tags=ids_read(version.pk),
        references=tuple(Kept(one) for one in version.references.values_list("public_id", flat=True)),
        visibility=note.visibility, group=note.group.public_id if note.group else "",
    )  # fmt: skip
