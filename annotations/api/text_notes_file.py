"""The notes on a text as a file that can be brought in again: Web Annotations, a table, or TEI; written piece by piece."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_GET

from annotations.access.narrowed import narrow, narrowed_of
from annotations.access.notes import shown_to, with_status
from annotations.access.texts import revision_of
from annotations.api import jsonld, notes_tei
from annotations.api.media_types import JSON_LD, PROFILE
from annotations.api.own_notes import BATCH
from annotations.api.reading import ApiNote, read
from annotations.enums import AnnotationStatus
from annotations.models import Annotation
from archive.access import Viewer, as_viewer
from archive.models import TextRevision
from archive.presenters.cells import row
from archive.views.desk_tools import desk_view

COLUMNS = (
    "id", "address", "category", "status", "on", "start", "end", "words", "before", "after", "body", "language", "tags", "author",
    "created", "text_sha256",
)  # fmt: skip


class _Asked(NamedTuple):
    viewer: Viewer
    revision: TextRevision
    keys: Sequence[int]


@require_GET
@desk_view(Annotation)
def text_notes_file(request: HttpRequest, public_id: str, form: str) -> HttpResponseBase:
    """Send the notes on a text that the viewer sees and that were not taken back; with `mine=1` their own alone."""
    if form not in _FORMS:
        raise Http404
    viewer = as_viewer(request.user)
    revision = revision_of(viewer, public_id)
    notes = narrow(shown_to(viewer).filter(text=revision.text_id), narrowed_of(request.GET), viewer)
    notes = with_status(notes, viewer)
    notes = notes.exclude(told_status=AnnotationStatus.WITHDRAWN)
    if request.GET.get("mine") == "1":
        notes = notes.filter(author=viewer.user_id)
    write, kind = _FORMS[form]
    keys = list(notes.order_by("pk").values_list("pk", flat=True))
    answer = StreamingHttpResponse(write(_Asked(viewer, revision, keys)), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="notes-{public_id}.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _notes(asked: _Asked) -> Iterator[ApiNote]:
    for first in range(0, len(asked.keys), BATCH):
        yield from read(asked.viewer, asked.keys[first : first + BATCH])


def _jsonld(asked: _Asked) -> Iterator[bytes]:
    head = {
        "@context": jsonld.context(), "type": "AnnotationCollection", "total": len(asked.keys),
        "hashiya:textSha256": asked.revision.sha256, "first": {"type": "AnnotationPage", "startIndex": 0, "items": []},
    }  # fmt: skip
    begin, end = json.dumps(head, ensure_ascii=False).split("[]", 1)
    yield begin.encode() + b"["
    between = b""
    for note in _notes(asked):
        yield between + json.dumps(jsonld.annotation(note), ensure_ascii=False).encode()
        between = b",\n"
    yield b"]" + end.encode()


def _csv(asked: _Asked) -> Iterator[bytes]:
    """Yield UTF-8 with a byte order mark, which spreadsheets need to read Arabic."""
    yield b"\xef\xbb\xbf" + row(COLUMNS).encode()
    for note in _notes(asked):
        facts, sits = note.facts, note.facts.sits
        place = (sits.start, sits.end, sits.exact, sits.prefix, sits.suffix) if sits else ("",) * 5
        yield row((
            facts.id, jsonld.note_address(facts.id), facts.category, note.status, f"text:{facts.text}", *place, facts.body,
            facts.language, "; ".join(str(tag) for tag in facts.tags), facts.author, facts.created.isoformat(), asked.revision.sha256,
        )).encode()  # fmt: skip


def _tei(asked: _Asked) -> Iterator[bytes]:
    revision = asked.revision
    yield notes_tei.head(
        revision.text.work, revision.text.public_id, revision=revision.number, sha256=revision.sha256
    ).encode()
    for note in _notes(asked):
        yield notes_tei.annotation(note).encode()
    yield notes_tei.FOOT.encode()


_FORMS = {
    "jsonld": (_jsonld, f'{JSON_LD}; profile="{PROFILE}"'), "csv": (_csv, "text/csv; charset=utf-8"),
    "xml": (_tei, "application/tei+xml; charset=utf-8"),
}  # fmt: skip
