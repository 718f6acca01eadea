"""Independent review: until they decided on a note themselves, reviewers are not told what others decided of it.

An edition asks for it (`Edition.independent_review`) where it needs more than one approval. It asks it of every note that it
chooses from: those on its texts, on the pictures and films that stand there, and those picked by hand. Which of them its rule
takes in is settled only when a release is sealed, so it does not matter here.

Whom it concerns is who is to decide: reviewers, and an administrator to whom the submission was assigned. Authors read what
was decided of their notes, and editors and administrators who do not review see all. What a reviewer decided they always
see; the rest once they have decided on the version that stands now.

The rule is here alone. It is a part of the one by which decisions are seen (`annotations.access.declarations`), so that pages,
talk, history, figures, packages and the API need not ask; where a note stands and what waits follow it in `notes` and
`reviewing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from annotations.enums import AnnotationStatus as Status
from annotations.enums import Visibility
from annotations.models import Annotation, AnnotationVersion, Decision, Edition, EditionPart, SubmissionItem
from archive.access.rules import within
from archive.access.viewer import Viewer
from archive.enums import RoleCode
from archive.models import Figure

#: From as many approvals on does it matter who decides first.
LEAST = 2
#: Names that are asked for at once; a database takes only so many parameters.
CHUNK = 5000
#: What was accepted, though its author may be writing it anew.
ACCEPTED = Q(status=Status.ACCEPTED) | Q(status=Status.DRAFT, accepted_version__isnull=False)


def may_be_withheld(viewer: Viewer) -> bool:
    """Whether there can be such notes for `viewer` at all: others need not be asked for."""
    eyes = [one for one in (viewer, viewer.behind) if one is not None]
    return any(one.has(RoleCode.REVIEWER, RoleCode.ADMINISTRATOR) for one in eyes)


def withheld_notes(viewer: Viewer) -> QuerySet[Annotation]:
    """Return the notes of which `viewer` is not told what others decided.

    It reads the tables alone, no other rule, so that rules may ask it; nothing of it depends on the clock. Who looks
    through borrowed eyes is told no more than with their own.
    """
    if viewer.behind is not None:
        eyes = (replace(viewer, behind=None), viewer.behind)
        return Annotation.objects.filter(
            Q(*(Q(pk__in=withheld_notes(one).values("pk")) for one in eyes), _connector=Q.OR)
        )
    if not may_be_withheld(viewer):
        return Annotation.objects.none()
    written = AnnotationVersion.objects.filter(annotation=OuterRef("pk"), created_by=viewer.user_id)
    own = Decision.objects.filter(reviewer=viewer.user_id)
    # What its author writes anew nobody else has read: the accepted version is the one that stands.
    has_decided = Q(Exists(own.filter(version=OuterRef("newest_version")))) | (
        Q(status=Status.DRAFT) & Q(Exists(own.filter(version=OuterRef("accepted_version"))))
    )
    notes = Annotation.objects.filter(_asked_for(), visibility=Visibility.OPEN)
    notes = notes.exclude(author=viewer.user_id).filter(~Exists(written), ~has_decided)
    return notes if viewer.has(RoleCode.REVIEWER) else notes.filter(pk__in=_assigned(viewer))


def _asked_for() -> Q:
    """Return the condition of notes that an edition asks it of; as flat as it can be, for SQLite's parser."""
    asks = {"independent_review": True, "required_approvals__gte": LEAST}
    asking = Edition.objects.filter(**asks).order_by()
    parts = EditionPart.objects.filter(**_by("edition__", asks)).order_by()
    figures = Figure.objects.filter(**_by("text__editions__", asks)).order_by()
    figures_of_parts = Figure.objects.filter(**_by("text__edition_parts__edition__", asks)).order_by()
    # A film stands in a text by its provider's id, somewhere among the blocks.
    words = Cast("text__current_revision__blocks", TextField())
    named = {"words__contains": OuterRef("video__external_id")}
    # First, so that no database reads a long text through for a note on words.
    on_film = Q(Q(video__isnull=False), ~Q(video__external_id=""))
    return Q(
        Q(Exists(asking.filter(text=OuterRef("text"))))
        | Q(Exists(parts.filter(text=OuterRef("text"))))
        | Q(Exists(figures.filter(image=OuterRef("image"))))
        | Q(Exists(figures_of_parts.filter(image=OuterRef("image"))))
        | Q(on_film, Exists(asking.annotate(words=words).filter(**named)))
        | Q(on_film, Exists(parts.annotate(words=words).filter(**named)))
        | Q(Exists(asking.filter(picked=OuterRef("pk"))))
    )


def _by(path: str, asks: Mapping[str, Any]) -> dict[str, Any]:
    """Return these conditions on an edition that a path leads to."""
    return {f"{path}{name}": value for name, value in asks.items()}


def _assigned(viewer: Viewer) -> QuerySet[Any, Any]:
    rows = SubmissionItem.objects.filter(submission__assignment__reviewer=viewer.user_id).order_by()
    return rows.values("version__annotation")


def withheld_keys(viewer: Viewer) -> QuerySet[Any, Any]:
    """Return the primary keys of these notes, for the rules."""
    return withheld_notes(viewer).values("pk")


def withheld(viewer: Viewer, path: str = "pk") -> Q:
    """Return the condition of rows whose note (its key at `path`) is one of them."""
    return Q(**{f"{path}__in": within(withheld_keys, viewer)})


def withheld_of(viewer: Viewer, notes: Iterable[int]) -> set[int]:
    """Return those of these notes (primary keys) that are."""
    rows = withheld_notes(viewer).filter(pk__in=list(notes)).order_by()
    return set(rows.values_list("pk", flat=True))


def is_withheld(viewer: Viewer, note: Annotation) -> bool:
    """Whether `viewer` is not told now what others decided of a note."""
    return bool(withheld_of(viewer, [note.pk]))


def withheld_names(viewer: Viewer, names: Iterable[str]) -> set[str]:
    """Return those of these notes (public ids) that are."""
    if not may_be_withheld(viewer):
        return set()
    asked, found = list(names), set[str]()
    for start in range(0, len(asked), CHUNK):
        rows = withheld_notes(viewer).filter(public_id__in=asked[start : start + CHUNK]).order_by()
        found.update(rows.values_list("public_id", flat=True))
    return found
