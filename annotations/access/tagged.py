"""What the notes on a thing are tagged with, as far as somebody may see them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Q, QuerySet

from annotations.access.uses import in_sight, notes_bearing
from annotations.models import Annotation, Term
from annotations.models.annotation import VersionTag
from annotations.models.read_tags import as_read
from archive.access import Viewer, visible_to
from archive.models import Figure, Image, Text, TextRevision, Video, Work

Subject = Work | Text | Image | Video


def terms_on(viewer: Viewer, subject: Subject) -> list[tuple[Term, int]]:
    """Return the terms with a date or a place on the notes that `viewer` is shown there, each with on how many it is."""
    shown = in_sight(viewer).filter(_on(viewer, subject)).order_by().values("shown_id")
    tags = as_read(VersionTag.objects.filter(version__in=shown)).order_by()
    counts = dict(tags.values_list("read_id").annotate(n=Count("version", distinct=True)))
    told = visible_to(Term, viewer).filter(~Q(date_edtf="") | Q(latitude__isnull=False) | Q(kind="place"))
    terms = told.filter(merged_into=None, pk__in=tags.values("read_id"))
    return [(term, counts[term.pk]) for term in terms.order_by("pk")]


def notes_on(viewer: Viewer, subject: Subject, term: str) -> QuerySet[Annotation]:
    """Return the notes of `terms_on` that bear the term with this public id."""
    terms = Term.objects.filter(public_id=term).values_list("pk", flat=True)
    return notes_bearing(viewer, list(terms)).filter(_on(viewer, subject))


def _on(viewer: Viewer, subject: Subject) -> Q:
    """Return the condition of a note on the thing; on a work, on all that its texts show too."""
    match subject:
        case Text():
            return Q(text=subject.pk)
        case Image():
            return Q(image=subject.pk)
        case Video():
            return Q(video=subject.pk)
    texts = visible_to(Text, viewer).filter(work=subject.pk)
    figures = Figure.objects.filter(text__in=texts.order_by().values("pk"), image__isnull=False)
    films = Q(pk__in=[])
    for provider, ident in _films(viewer, subject):
        films |= Q(video__provider=provider, video__external_id=ident)
    return Q(text__work=subject.pk) | Q(image__in=figures.values("image")) | films


def _films(viewer: Viewer, work: Work) -> Iterator[tuple[str, str]]:
    """Yield provider and id of each film that the current wordings show."""
    rows = visible_to(TextRevision, viewer).filter(text__work=work.pk, text__current_revision=F("pk"))
    for blocks in rows.values_list("blocks", flat=True):
        for block in blocks:
            if block["kind"] == "video" and block["attrs"].get("video_id"):
                yield block["attrs"].get("provider", ""), block["attrs"]["video_id"]
