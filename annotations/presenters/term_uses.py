"""Where a term is used: each note in its context, as far as somebody may see it; as a page, a table and data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.access.places import Sits, seen_anchors
from annotations.models import Annotation, AnnotationVersion, Term
from annotations.presenters.clock import seconds_words
from annotations.presenters.labels import CATEGORIES, STATUSES
from annotations.presenters.site_cards import title_of
from annotations.presenters.words import Said
from annotations.values import CONTEXT
from archive.presenters import cells
from archive.presenters.markup import plain_excerpt


@dataclass(frozen=True, slots=True)
class Use:
    """One note that bears the term, as it is shown to somebody."""

    id: str
    #: What it is on.
    title: Said
    #: Where that stands: "text", "image", "video".
    medium: str
    url: str
    before: str
    words: str
    after: str
    language: str
    direction: str
    #: The seconds of a film.
    seconds: str
    body: str
    body_language: str
    category: str
    status: str
    author: str


def in_order(notes: QuerySet[Annotation]) -> QuerySet[Annotation]:
    """Return notes in the order of what they are on, so that a page groups them."""
    return notes.order_by("text__work_id", "text_id", "image_id", "video_id", "pk")


def uses_in_context(who: object, notes: Sequence[Annotation]) -> list[Use]:
    """Return these notes (rows of `in_sight`) in their contexts, in a number of queries that does not grow."""
    rows = Annotation.objects.select_related("author", "text__work", "image", "video").in_bulk(
        [note.pk for note in notes]
    )
    shown = {note.pk: note.shown_id for note in notes}
    versions = AnnotationVersion.objects.select_related("locus").in_bulk(list(shown.values()))
    sits = seen_anchors(who, [version.locus_id for version in versions.values()])
    return [
        _use(rows[note.pk], version, sits.get(version.locus_id), note)
        for note in notes
        if (version := versions.get(shown[note.pk]))
    ]


def _use(row: Annotation, version: AnnotationVersion, sits: Sits | None, told: Any) -> Use:
    thing = row.text.work if row.text else row.image or row.video
    locus = version.locus
    return Use(
        id=row.public_id, title=title_of(thing),
        medium="text" if row.text else "image" if row.image else "video",
        url=reverse("note_page", args=[row.public_id]),
        before=_before(sits.prefix) if sits else "", words=sits.exact if sits else "",
        after=_after(sits.suffix) if sits else "",
        language=row.text.language if row.text else "", direction=row.text.direction if row.text else "auto",
        seconds=seconds_words(locus.start_time, locus.end_time) if row.video else "",
        body=plain_excerpt(version.body, length=220) if version.body else "", body_language=version.language,
        category=version.category, status=told.told_status, author=row.author_name,
    )  # fmt: skip


def _before(words: str) -> str:
    """Return what leads to a place without the word that its context cuts."""
    return f"…{words.partition(' ')[2]}" if len(words) >= CONTEXT and " " in words else words


def _after(words: str) -> str:
    """Return what follows a place without the word that its context cuts."""
    return f"{words.rpartition(' ')[0]}…" if len(words) >= CONTEXT and " " in words else words


def by_work(uses: Iterable[Use]) -> list[tuple[Said, list[Use]]]:
    """Return uses that are in order in groups, each under what it is on."""
    return [
        (group[0].title, group)
        for _key, found in groupby(uses, key=lambda use: (use.medium, use.title.text))
        if (group := list(found))
    ]


def csv_lines(uses: Iterable[Use]) -> Iterable[str]:
    """Yield the lines of a table in which no cell is a formula."""
    yield "\ufeff" + cells.row(
        ["id", _("On"), _("Before"), _("Passage"), _("After"), _("Seconds"), _("Note"), _("Kind"), _("State"), _("Author"), _("Address")]
    )  # fmt: skip
    for use in uses:
        yield cells.row(
            [use.id, use.title, use.before, use.words, use.after, use.seconds, use.body, CATEGORIES[use.category],
             STATUSES[use.status], use.author, f"{settings.PUBLIC_URL}{use.url}"]
        )  # fmt: skip


def linked_data(term: Term, uses: Iterable[Use], *, total: int) -> dict[str, Any]:
    """Return the uses as an annotation collection (W3C Web Annotation), each tagging its words with the term."""
    name = f"{settings.PUBLIC_URL}{term.get_absolute_url()}"
    whole = f"{name}#uses"
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationCollection", "id": whole,
        "label": str(term), "total": total,
        "first": {
            "id": f"{whole}-page", "type": "AnnotationPage", "partOf": whole, "startIndex": 0,
            "items": [_item(use, name) for use in uses],
        },
    }  # fmt: skip


def _item(use: Use, term: str) -> dict[str, Any]:
    address = f"{settings.PUBLIC_URL}{use.url}"
    # Only what is selected by something is a specific resource.
    target: dict[str, Any] = {"id": address}
    if use.words:
        selector = {
            "type": "TextQuoteSelector",
            "exact": use.words,
            "prefix": use.before,
            "suffix": use.after,
        }
        target = {"source": address, "selector": selector}
    body: list[dict[str, str]] = [{"type": "SpecificResource", "purpose": "tagging", "source": term}]
    if use.body:
        body.append({"type": "TextualBody", "value": use.body, "language": use.body_language})
    return {
        "id": f"{settings.PUBLIC_URL}/annotations/{use.id}", "type": "Annotation", "motivation": "tagging",
        "target": target, "body": body, "creator": {"type": "Person", "name": use.author},
    }  # fmt: skip
