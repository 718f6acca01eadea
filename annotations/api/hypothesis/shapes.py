"""A note as the client has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from annotations.access.places import Sits, anchors_of
from annotations.anchoring.browser import elements, nowhere
from annotations.api.hypothesis.pages import Shown
from annotations.api.reading import ApiNote, read
from annotations.enums import AnchorStatus, AnnotationStatus, Visibility
from annotations.presenters.client_site import WORLD, account, site_of
from annotations.presenters.client_words import is_highlight, split
from archive.access import Viewer
from archive.text.offsets import Utf16Map

Json = dict[str, Any]
#: What the client says of an open note: whether it waits, was accepted or was declined.
_MODERATION = {AnnotationStatus.ACCEPTED: "APPROVED", AnnotationStatus.DECLINED: "DENIED"}


def notes_json(
    viewer: Viewer, ids: Sequence[int], pages: Mapping[str, Shown], request: HttpRequest
) -> list[Json]:
    """Return those of these notes (primary keys) that the viewer may see, placed on what pages show of their texts.

    `pages` are by public id of the text; a note of any other text is left out.
    """
    notes = [note for note in read(viewer, ids) if note.facts.text in pages]
    sits = {note.locus.pk: note.facts.sits for note in notes}
    units: dict[str, Utf16Map] = {}
    for ident, shown in pages.items():
        if shown.begins:
            units[ident] = Utf16Map(shown.revision.content)
        if not shown.is_current:
            # A release keeps its wording: what was never placed in it is on no passage of that page.
            own = [note.locus.pk for note in notes if note.facts.text == ident]
            sits |= dict.fromkeys(own) | anchors_of(viewer, shown.revision.pk, own)
    return [
        _note(viewer, note, sits.get(note.locus.pk), pages[note.facts.text], units.get(note.facts.text), request)
        for note in notes
    ]  # fmt: skip


def _note(
    viewer: Viewer,
    note: ApiNote,
    sits: Sits | None,
    shown: Shown,
    units: Utf16Map | None,
    request: HttpRequest,
) -> Json:
    facts, user = note.facts, account(note.author)
    text, free = split(facts.body)
    if is_highlight(facts.body, facts.tags):
        text, free = "", []
    group = facts.group if facts.visibility == Visibility.GROUP else WORLD
    own = [user] if facts.author_id == viewer.user_id else []
    place = f"{site_of(request)}{reverse('note_page', args=[facts.id])}"
    return {
        "id": facts.id, "created": facts.created.isoformat(), "updated": facts.updated.isoformat(),
        "user": user, "user_info": {"display_name": facts.author}, "uri": shown.uri, "text": text,
        "tags": [*(term.label for term in facts.tags), *free], "group": group,
        "permissions": {
            "read": [user] if facts.visibility == Visibility.PRIVATE else [f"group:{group}"],
            "update": own if "revise" in facts.acts else [], "delete": own if "withdraw" in facts.acts else [],
            "admin": own,
        },
        "target": [{"source": shown.uri, "selector": _selectors(sits, shown, units)}],
        "document": {"title": [str(shown.text.work)]}, "hidden": False, "flagged": False, "actions": [],
        "mentions": [], "links": {"html": place, "incontext": f"{shown.uri}#note-{facts.id}", "json": place},
        "moderation_status": _moderation(facts.visibility, note.status),
    }  # fmt: skip


def _moderation(visibility: str, status: str) -> str:
    if visibility != Visibility.OPEN:
        return "APPROVED"
    return next((told for own, told in _MODERATION.items() if own == status), "PENDING")


def _selectors(sits: Sits | None, shown: Shown, units: Utf16Map | None) -> list[Json]:
    """Return where a note sits on the page.

    First the element, which the client takes when the words in it are those of the note; then its position, on the
    one page where that means what it says; then its words. What is lost or unsure, or not on this page, is said to
    be nowhere: of words alone the client would find some that are like them.
    """
    if sits is None or sits.start is None or sits.end is None or sits.status not in _SURE:
        return [nowhere()]
    if not shown.first <= sits.start < sits.end <= shown.last:
        return [nowhere()]
    content = shown.revision.content
    range_ = elements(content, shown.revision.blocks, sits.start, sits.end)
    found = [range_] if range_ else []
    if units is not None:
        start, end = units.to_utf16(sits.start), units.to_utf16(sits.end)
        found.append({"type": "TextPositionSelector", "start": start, "end": end})
    quote = {"exact": content[sits.start : sits.end], "prefix": sits.prefix, "suffix": sits.suffix}
    return [*found, {"type": "TextQuoteSelector", **quote}]


_SURE = (AnchorStatus.EXACT, AnchorStatus.MOVED)
