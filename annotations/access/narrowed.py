"""Which of the notes of a text, a picture or a film somebody wants to see: the same questions for all three."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet

from annotations.access.notes import with_status
from annotations.access.terms import called
from annotations.enums import AnnotationStatus, Category
from annotations.models import Annotation, AnnotationVersion
from annotations.models.read_tags import tags_read_as
from archive.access import Viewer

#: Letters of what is asked for.
LONGEST = 200
MINE = "me"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is asked of the notes; empty fields ask nothing."""

    category: str = ""
    status: str = ""
    #: `MINE`, or anybody's.
    author: str = ""
    #: A name of a term, in any language and spelling.
    tag: str = ""
    #: Words of the note.
    q: str = ""

    def __bool__(self) -> bool:
        return bool(self.asked)

    @property
    def asked(self) -> dict[str, str]:
        """What is asked, by the names that the address has."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: value for name, value in values.items() if value}

    @property
    def query(self) -> str:
        """The same as an address has it."""
        return urlencode(self.asked)


ALL = Narrowed()


def narrowed_of(asked: Mapping[str, str]) -> Narrowed:
    """Return what an address asks for; values that no note can have ask nothing."""
    words = {name: asked.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in ("tag", "q")}
    category, status = asked.get("category", ""), asked.get("status", "")
    return Narrowed(
        category=category if category in set(Category) else "",
        status=status if status in set(AnnotationStatus) else "",
        author=MINE if asked.get("author") == MINE else "",
        **words,
    )


def narrow(notes: QuerySet[Annotation], narrowed: Narrowed, viewer: Viewer) -> QuerySet[Annotation]:
    """Return those of the notes, which came through `shown_to`, that are asked for, by what the viewer is shown of them."""
    if narrowed.author:
        notes = notes.filter(author_id=viewer.user_id or 0)
    if narrowed.status:
        notes = with_status(notes, viewer).filter(told_status=narrowed.status)
    versions = AnnotationVersion.objects.order_by()
    if narrowed.category:
        versions = versions.filter(category=narrowed.category)
    if narrowed.q:
        versions = versions.filter(body__icontains=narrowed.q)
    if narrowed.tag:
        tagged = tags_read_as(called(viewer, narrowed.tag)).order_by().values("version")
        versions = versions.filter(pk__in=tagged)
    if narrowed.category or narrowed.q or narrowed.tag:
        # Asked of each of these notes by its key: the words of all others would be gone through otherwise.
        notes = notes.filter(Exists(versions.filter(pk=OuterRef("shown_id"))))
    return notes
