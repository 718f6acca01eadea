"""One's own notes as a file, as the list of them is narrowed; written piece by piece."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse

from annotations.access.my_notes import FILTERS, my_notes_of, own_notes
from annotations.api import jsonld
from annotations.api.media_cells import HEADS, media_cells
from annotations.api.media_types import JSON_LD, PROFILE
from annotations.api.reading import read
from annotations.models import Annotation
from archive.access import Viewer, as_viewer
from archive.presenters.cells import row

#: Notes read from the database at a time.
BATCH = 200
COLUMNS = (
    "id", "address", "category", "status", "visibility", "work", "words", "body", "language", "tags", "written", "changed",
    *HEADS,
)  # fmt: skip


@login_required
def my_notes_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """Send my notes as CSV, or as one collection of Web Annotations."""
    if form not in _FORMS:
        raise Http404
    chosen = {name: request.GET.get(name, "") for name in FILTERS}
    viewer = as_viewer(request.user)
    keys = list(my_notes_of(viewer, **chosen).values_list("pk", flat=True))
    write, kind = _FORMS[form]
    answer = StreamingHttpResponse(write(viewer, keys), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="notes.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _csv(who: Viewer, keys: Sequence[int]) -> Iterator[bytes]:
    """Yield UTF-8 with a byte order mark, which spreadsheets need to read Arabic."""
    yield b"\xef\xbb\xbf" + row(COLUMNS).encode()
    for first in range(0, len(keys), BATCH):
        found = Annotation.objects.in_bulk(keys[first : first + BATCH])
        notes = [found[key] for key in keys[first : first + BATCH] if key in found]
        for own in own_notes(who, notes):
            note, version = own.note, own.note.newest_version
            assert version is not None
            work = (
                str(note.text.work if note.text else note.image or note.video or "")
                if own.is_on_shown
                else ""
            )
            yield row((
                note.public_id, f"{settings.PUBLIC_URL}{reverse('note_page', args=[note.public_id])}", version.category,
                note.status, note.visibility, own.elsewhere or work,
                own.sits.exact if own.sits else own.quoted_elsewhere, version.body, version.language,
                "; ".join(str(tag) for tag in own.tags), note.created_at.isoformat(), note.updated_at.isoformat(),
                *(media_cells(version.locus) if own.is_on_shown else ("",) * len(HEADS)),
            )).encode()  # fmt: skip


def jsonld_of(who: Viewer, keys: Sequence[int]) -> Iterator[bytes]:
    """Yield one AnnotationCollection whose only page is inside (https://www.w3.org/TR/annotation-model/#collections)."""
    head = {
        "@context": jsonld.context(), "type": "AnnotationCollection", "total": len(keys),
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": []},
    }  # fmt: skip
    begin, end = json.dumps(head, ensure_ascii=False).split("[]", 1)
    yield begin.encode() + b"["
    between = b""
    for first in range(0, len(keys), BATCH):
        for note in read(who, keys[first : first + BATCH]):
            yield between + json.dumps(jsonld.annotation(note), ensure_ascii=False).encode()
            between = b",\n"
    yield b"]" + end.encode()


_FORMS = {"csv": (_csv, "text/csv; charset=utf-8"), "jsonld": (jsonld_of, f'{JSON_LD}; profile="{PROFILE}"')}
