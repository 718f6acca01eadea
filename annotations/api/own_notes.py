"""One's own notes as a file, as the list of them is narrowed; written piece by piece."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse

from annotations.access.my_notes import FILTERS, my_notes_of, own_notes
from annotations.api.collection_file import BATCH, Asked, address_of, collection_of
from annotations.api.media_cells import HEADS, media_cells
from annotations.api.media_types import JSON_LD, PROFILE
from annotations.models import Annotation
from archive.access import as_viewer
from archive.presenters.cells import row

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
    answer = StreamingHttpResponse(write(Asked(viewer, keys, address_of(request))), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="notes.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _csv(asked: Asked) -> Iterator[bytes]:
    """Yield UTF-8 with a byte order mark, which spreadsheets need to read Arabic."""
    yield b"\xef\xbb\xbf" + row(COLUMNS).encode()
    for first in range(0, len(asked.keys), BATCH):
        keys = asked.keys[first : first + BATCH]
        found = Annotation.objects.in_bulk(keys)
        for own in own_notes(asked.viewer, [found[key] for key in keys if key in found]):
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


_FORMS = {
    "csv": (_csv, "text/csv; charset=utf-8"),
    "jsonld": (collection_of, f'{JSON_LD}; profile="{PROFILE}"'),
}
