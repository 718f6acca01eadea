"""The notes on a text as a file that can be brought in again: Web Annotations, a table, or TEI; written piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_GET

from annotations.access.narrowed import narrow, narrowed_of
from annotations.access.notes import shown_to, with_status
from annotations.access.texts import revision_of
from annotations.api import jsonld, notes_tei
from annotations.api.collection_file import Asked, address_of, notes_in, written
from annotations.api.media_types import JSON_LD, PROFILE
from annotations.enums import AnnotationStatus
from annotations.models import Annotation
from archive.access import as_viewer
from archive.models import TextRevision
from archive.presenters.cells import row
from archive.views.desk_tools import desk_view

COLUMNS = (
    "id", "address", "category", "status", "on", "start", "end", "words", "before", "after", "body", "language", "tags", "author",
    "created", "text_sha256",
)  # fmt: skip


class _Wanted(NamedTuple):
    asked: Asked
    revision: TextRevision


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
    answer = StreamingHttpResponse(
        write(_Wanted(Asked(viewer, keys, address_of(request)), revision)), content_type=kind
    )
    answer["Content-Disposition"] = f'attachment; filename="notes-{public_id}.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _jsonld(wanted: _Wanted) -> Iterator[bytes]:
    return written(wanted.asked, {"hashiya:textSha256": wanted.revision.sha256})


def _csv(wanted: _Wanted) -> Iterator[bytes]:
    """Yield UTF-8 with a byte order mark, which spreadsheets need to read Arabic."""
    yield b"\xef\xbb\xbf" + row(COLUMNS).encode()
    for note in notes_in(wanted.asked):
        facts, sits = note.facts, note.facts.sits
        place = (sits.start, sits.end, sits.exact, sits.prefix, sits.suffix) if sits else ("",) * 5
        yield row((
            facts.id, jsonld.note_address(facts.id), facts.category, note.status, f"text:{facts.text}", *place, facts.body,
            facts.language, "; ".join(str(tag) for tag in facts.tags), facts.author, facts.created.isoformat(), wanted.revision.sha256,
        )).encode()  # fmt: skip


def _tei(wanted: _Wanted) -> Iterator[bytes]:
    revision = wanted.revision
    yield notes_tei.head(
        revision.text.work, revision.text.public_id, revision=revision.number, sha256=revision.sha256
    ).encode()
    for note in notes_in(wanted.asked):
        yield notes_tei.annotation(note).encode()
    yield notes_tei.FOOT.encode()


_FORMS = {
    "jsonld": (_jsonld, f'{JSON_LD}; profile="{PROFILE}"'), "csv": (_csv, "text/csv; charset=utf-8"),
    "xml": (_tei, "application/tei+xml; charset=utf-8"),
}  # fmt: skip
