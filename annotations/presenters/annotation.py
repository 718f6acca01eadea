"""A note as the JSON that the workbench reads."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.access.arrivals import Arrival
from annotations.access.note_facts import NoteFacts
from annotations.access.places import Sits
from annotations.access.references import End, ReferenceFacts, said_twice
from annotations.enums import Category, LocusKind, Visibility
from annotations.models import Decision, Locus, Term
from annotations.presenters.cited import cited, cited_url
from annotations.presenters.clock import seconds_words
from annotations.presenters.labels import OUTCOME_STATUSES, OUTCOMES, relation_label
from annotations.presenters.quoting import in_quotes
from annotations.presenters.wording import was_decided, wording_parts
from archive.models import Image
from archive.presenters.markup import plain_excerpt, render_markdown
from archive.text.words import shortened

#: Said in place of an anchor's status until a new revision's carrying-over has run.
CARRYING = "carrying"
#: Code points of a quotation in a label.
QUOTE_LENGTH = 80


def note_json(note: NoteFacts) -> dict[str, Any]:
    """Return the note; `start` and `end` are null while it is carried over and when its passage is lost."""
    if note.locus is not None:
        return _said(note) | media_place(note.locus)
    return _said(note) | _in_text(note.sits) | {"others_url": f"{reverse('others')}?note={note.id}"}


def arrival_json(arrival: Arrival) -> dict[str, Any]:
    """Return the far end of a reference in the shape of a note: nobody's, without words of its own, named by the reference."""
    return {
        "id": arrival.reference.id, "url": end_url(arrival.reference.end), "is_arrival": True, "version": 0,
        "version_id": "", "start": arrival.sits.start, "end": arrival.sits.end, "exact": arrival.sits.exact,
        "body_html": "", "body_source": "", "language": "", "category": Category.LINK.value, "status": "",
        "visibility": Visibility.OPEN.value, "author": {"name": ""}, "tags": [],
        "references": [reference_json(arrival.reference)], "updated": "", "actions": [],
    }  # fmt: skip


def _in_text(sits: Sits | None) -> dict[str, Any]:
    return {
        "start": sits.start if sits else None,
        "end": sits.end if sits else None,
        "exact": sits.exact if sits else "",
        "anchor_status": sits.status if sits else CARRYING,
        "score": sits.score if sits else None,
    }


def media_place(locus: Locus) -> dict[str, Any]:
    """Return where a note sits in an image (`region`, over the original's pixels) or a video (seconds), or elsewhere."""
    if locus.kind == LocusKind.WEB:
        return {"kind": "web", "target": locus.target, "start": None, "end": None, "exact": ""}
    if locus.kind == LocusKind.REGION:
        return {"kind": "region", "region": locus.region, "start": None, "end": None, "exact": ""}
    return {"kind": "time", "start": locus.start_time, "end": locus.end_time, "exact": ""}


def _said(note: NoteFacts) -> dict[str, Any]:
    return {
        "id": note.id,
        "url": reverse("note", args=[note.id]),
        "version": note.version,
        "version_id": note.version_id,
        "body_html": render_markdown(note.body) if note.body else "",
        "body_source": note.body,
        "body_words": plain_excerpt(note.body) if note.body else "",
        "language": note.language,
        "category": note.category,
        "status": note.status,
        "visibility": note.visibility,
        "group": note.group,
        "author": {"name": note.author},
        "tags": [tag_json(term) for term in note.tags],
        "references": [reference_json(reference) for reference in note.references],
        "told": [_told(reference) for reference in said_twice(note.references)],
        "references_url": reverse("note_references", args=[note.id]),
        "replies": note.replies,
        "talk_url": reverse("talk", args=[note.id]),
        "history_url": reverse("note_history", args=[note.id]),
        "updated": note.updated.isoformat(),
        "actions": list(note.acts),
        "decision": _decision(note.decision, note) if note.decision else None,
    }


def _decision(decision: Decision, note: NoteFacts) -> dict[str, Any]:
    """Return why a note came back, and how its words should be."""
    said = {
        "outcome": decision.outcome,
        "status": OUTCOME_STATUSES[decision.outcome],
        "label": was_decided(decision) if note.was_decided else str(OUTCOMES[decision.outcome]),
        "past": note.was_decided,
        "reviewer": str(decision.reviewer),
        "reason": decision.reason,
    }
    if not decision.suggestion or note.was_decided:
        return said
    parts = [[part.kind, part.text] for part in wording_parts(decision)]
    wording = {
        "parts": parts,
        "language": decision.version.language,
        "take": decision.public_id if note.may_take else "",
    }
    return said | {"wording": wording}


def tag_json(term: Term) -> dict[str, str]:
    """Return a term as a tag."""
    return {"id": term.public_id, "label": str(term), "kind": term.kind, "url": term.get_absolute_url()}


def reference_json(reference: ReferenceFacts) -> dict[str, Any]:
    """Return a reference with the relation worded for the side from which it is read.

    Its own `target`, sent back in a revision, keeps it as it is.
    """
    return {
        "id": reference.id,
        "relation": reference.relation,
        "relation_label": relation_label(reference.words, backwards=reference.is_backwards),
        "target_label": end_label(reference.end),
        "target_url": end_url(reference.end),
        "direction": "in" if reference.inward else "out",
        "backwards": reference.is_backwards,
        "note": reference.note,
        "note_language": reference.note_language,
        "target": None if reference.inward else {"reference": reference.id},
    }


def _told(reference: ReferenceFacts) -> str:
    """Return what its author should know of a reference."""
    words = _("The note there says already: “%(relation)s” this one. Both are kept.")
    return words % {"relation": relation_label(reference.words, backwards=not reference.is_backwards)}


def end_label(end: End) -> str:
    """Return the name of the other end: an outside title, or the work with the words that are pointed at."""
    if end.citation is not None:
        return cited(end.citation)
    if seconds := seconds_words(end.start_time, end.end_time):
        return f"{end.title} ({seconds})"
    words = quotation(end.sits)
    return f"{end.title}: \u2068{words}\u2069" if words else str(end.title)


def end_url(end: End) -> str:
    """Return where the other end is read."""
    if end.citation is not None:
        return cited_url(end.citation)
    if end.text:
        return workbench_url(end.text, note=end.note, sits=end.sits)
    return (
        end.page if end.start_time is None else f"{end.page}?t={end.start_time:g}-{end.end_time or 0:g}#film"
    )


def place_url(item: Any, *, note: str = "") -> str:
    """Return the workbench of an image or a video, at a note."""
    name = "workbench_image" if isinstance(item, Image) else "workbench_video"
    url = reverse(name, args=[item.public_id])
    return f"{url}?note={note}#note-{note}" if note else url


def workbench_url(text: str, *, note: str = "", sits: Sits | None = None) -> str:
    """Return the workbench at a note, or at a place of the current revision."""
    url = reverse("workbench", args=[text])
    if note:
        return f"{url}?note={note}#note-{note}"
    if sits is None or sits.start is None:
        return url
    return f"{url}?at={sits.start}-{sits.end}#at-{sits.start}-{sits.end}"


def quotation(sits: Sits | None) -> str:
    """Return the quoted words, shortened, in the quotation marks of the page's language; empty without a place."""
    words = shortened(sits.exact, QUOTE_LENGTH) if sits else ""
    return in_quotes(words) if words else ""
