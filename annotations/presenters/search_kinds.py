"""What of annotation can be found: notes, each version by those who may see it, and terms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from annotations.access.declarations import on_visible_place
from annotations.access.places import current_anchors
from annotations.anchoring import web
from annotations.enums import AnnotationStatus, LocusKind, NameForm
from annotations.models import Annotation, AnnotationVersion, Locus, ReleaseNote, Term
from annotations.presenters.clock import seconds_words
from annotations.presenters.labels import CATEGORIES, TERM_KINDS
from archive.access import Viewer, visible_by_row
from archive.access.rules import IsNull, Through
from archive.kinds import SearchKind, search_kinds
from archive.models import SearchEntry
from archive.search.tokens import indexed
from archive.text.plain import plain_words

#: Code points of a note's passage that are found with it.
PASSAGE = 200
_ELSEWHERE = IsNull("text") & IsNull("image") & IsNull("video")
_ON_WHAT_IS_SEEN = _ELSEWHERE | on_visible_place()


def _note_entries(note_id: int) -> Iterable[SearchEntry]:
    """Yield an entry for each version that may be shown: the newest, the accepted, the last released.

    The version owns its entry, so that nobody finds a note by words that they may not read.
    """
    note = Annotation.objects.filter(pk=note_id).first()
    if note is None:
        return
    released = (
        ReleaseNote.objects.filter(annotation=note)
        .order_by("-release_id")
        .values_list("version_id", flat=True)
    )
    shown = {note.accepted_version_id, released.first()}
    if note.status != AnnotationStatus.WITHDRAWN:
        shown.add(note.newest_version_id)
    versions = AnnotationVersion.objects.filter(pk__in=shown - {None}).order_by("pk")
    places = current_anchors(version.locus_id for version in versions)
    for version in versions:
        sits = places.get(version.locus_id)
        passage = sits.exact[:PASSAGE] if sits else ""
        yield note_entry(note_id, version, passage)


def note_entry(note_id: int, version: AnnotationVersion, passage: str) -> SearchEntry:
    """Return the entry of one version on the words of its passage."""
    return SearchEntry(
        kind="annotation", owner_id=version.pk, object_id=note_id, language=version.language,
        title=passage, original=version.body or passage, folded=indexed(plain_words(version.body), passage),
    )  # fmt: skip


def _describe_notes(rows: list[SearchEntry]) -> dict[int, dict[str, Any]]:
    notes = Annotation.objects.select_related("text__work", "image", "video").in_bulk(
        [row.object_id for row in rows]
    )
    versions = AnnotationVersion.objects.filter(pk__in=[row.owner_id for row in rows]).select_related("locus")
    categories = {version.annotation_id: version.category for version in versions}
    loci = {version.annotation_id: version.locus for version in versions}
    return {
        pk: {
            "url": reverse("note_page", args=[note.public_id]),
            "label": _label_of(note, loci.get(pk)),
            "extra": {
                "category": categories.get(pk, ""),
                "category_label": str(CATEGORIES.get(categories.get(pk, ""), "")),
            },
        }
        for pk, note in notes.items()
    }  # fmt: skip


def _label_of(note: Annotation, locus: Locus | None) -> str:
    """Return the name of what a note is on, of a film with the seconds."""
    if locus is not None and locus.kind == LocusKind.WEB:
        return web.addresses(locus.target)[0]
    title = str(note.text.work if note.text else note.image or note.video)
    seconds = seconds_words(locus.start_time, locus.end_time) if locus else ""
    return f"{title} ({seconds})" if seconds else title


def _visible_versions(viewer: Viewer) -> Any:
    """Not even their author finds notes on what they may not see now: a hit names that, and quotes its words."""
    return visible_by_row(AnnotationVersion, viewer, Through("annotation", _ON_WHAT_IS_SEEN))


def _term_entries(term_id: int) -> Iterable[SearchEntry]:
    term = Term.objects.filter(pk=term_id, merged_into=None).first()
    if term is None:
        return
    labels = " · ".join(label for label in (term.label_ar, term.label_en) if label)
    others = list(term.names.filter(is_label=False).values_list("name", "form"))
    names = [name for name, form in others if form != NameForm.HIDDEN]
    hidden = [name for name, form in others if form == NameForm.HIDDEN]
    words = "\n".join(part for part in (*names, term.description_ar, term.description_en) if part)
    yield SearchEntry(
        kind="term", owner_id=term_id, object_id=term_id, title=labels, original=words or labels,
        folded=indexed(labels, plain_words(words), *hidden),
    )  # fmt: skip


def _describe_terms(rows: list[SearchEntry]) -> dict[int, dict[str, Any]]:
    terms = Term.objects.in_bulk([row.object_id for row in rows])
    return {
        pk: {
            "url": term.get_absolute_url(), "label": str(term),
            "extra": {"kind": term.kind, "kind_label": str(TERM_KINDS[term.kind])},
        }
        for pk, term in terms.items()
    }  # fmt: skip


def register() -> None:
    """Put the kinds of annotation into `archive.kinds`."""
    search_kinds["annotation"] = SearchKind(
        "annotation", _visible_versions, _note_entries,
        lambda: Annotation.objects.values_list("pk", flat=True).iterator(), _describe_notes,
    )  # fmt: skip
    search_kinds["term"] = SearchKind(
        "term", lambda viewer: visible_by_row(Term, viewer), _term_entries,
        lambda: Term.objects.values_list("pk", flat=True).iterator(), _describe_terms,
    )  # fmt: skip
