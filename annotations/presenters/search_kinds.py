"""What of annotation can be found: notes, each version by those who may see it, and terms."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

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
from archive.models import Image, SearchEntry, Video, Work
from archive.models.statements import among, listed, planned
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


class _Found(NamedTuple):
    """What is said of a version that was found, and the keys of what it is on."""

    note_id: int
    public_id: str
    category: str
    locus_kind: str
    start: float | None
    end: float | None
    work_ar: str | None
    work_en: str | None
    image_id: int | None
    video_id: int | None
    locus_id: int


_FACTS = (
    "annotation_id", "annotation__public_id", "category", "locus__kind", "locus__start_time", "locus__end_time",
    "annotation__text__work__title_ar", "annotation__text__work__title_en", "annotation__image_id", "annotation__video_id",
    "locus_id",
)  # fmt: skip


def _describe_notes(rows: list[SearchEntry]) -> dict[int, dict[str, Any]]:
    asked = AnnotationVersion.objects.filter(among(AnnotationVersion, listed(row.owner_id for row in rows)))
    found = [_Found(*facts) for facts in planned(asked.values_list(*_FACTS))]
    names = _names(found)
    return {
        one.note_id: {
            "url": reverse("note_page", args=[one.public_id]), "label": _label_of(one, names[one.locus_id]),
            "extra": {"category": one.category, "category_label": str(CATEGORIES.get(one.category, ""))},
        }
        for one in found
    }  # fmt: skip


def _names(found: Iterable[_Found]) -> dict[int, str]:
    """Return by the key of its place what each note is on: most are on texts, and what is not is asked for apart."""
    images = Image.objects.in_bulk([one.image_id for one in found if one.image_id])
    videos = Video.objects.in_bulk([one.video_id for one in found if one.video_id])
    elsewhere = Locus.objects.in_bulk([one.locus_id for one in found if one.locus_kind == LocusKind.WEB])
    names = {}
    for one in found:
        if one.locus_kind == LocusKind.WEB:
            names[one.locus_id] = web.addresses(elsewhere[one.locus_id].target)[0]
        elif one.image_id or one.video_id:
            names[one.locus_id] = str(images[one.image_id] if one.image_id else videos[one.video_id or 0])
        else:
            names[one.locus_id] = str(Work(title_ar=one.work_ar, title_en=one.work_en))
    return names


def _label_of(found: _Found, name: str) -> str:
    """Return the name of what a note is on, of a film with the seconds."""
    seconds = "" if found.locus_kind == LocusKind.WEB else seconds_words(found.start, found.end)
    return f"{name} ({seconds})" if seconds else name


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
