"""The notes on a picture or a film as a file, as its list is narrowed: Web Annotations or a table; both can be brought in again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_GET

from annotations.access.media_notes import Item, lies_on
from annotations.access.narrowed import narrowed_of
from annotations.api import jsonld
from annotations.api.media_cells import HEADS, media_cells
from annotations.api.media_types import JSON_LD, PROFILE
from annotations.api.own_notes import BATCH, jsonld_of
from annotations.api.reading import read
from annotations.models import Annotation
from archive.access import Viewer, as_viewer, visible_to
from archive.errors import NotVisible
from archive.models import Image, Video
from archive.presenters.cells import row
from archive.views.desk_tools import desk_view

COLUMNS = (
    "id", "address", "category", "status", *HEADS, "words", "body", "language", "tags", "author", "created",
)  # fmt: skip


def _file(request: HttpRequest, model: type[Item], public_id: str, form: str) -> HttpResponseBase:
    if form not in _FORMS:
        raise Http404
    viewer = as_viewer(request.user)
    item = visible_to(model, viewer).filter(public_id=public_id).first()
    if item is None:
        raise NotVisible("not_visible")
    keys = [lies.pk for lies in lies_on(viewer, item, narrowed_of(request.GET)) if not lies.is_withdrawn]
    write, kind = _FORMS[form]
    answer = StreamingHttpResponse(write(viewer, keys), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="notes-{public_id}.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_GET
@desk_view(Annotation)
def image_notes_file(request: HttpRequest, public_id: str, form: str) -> HttpResponseBase:
    """Send the notes on a picture that the viewer sees and that were not taken back."""
    return _file(request, Image, public_id, form)


@require_GET
@desk_view(Annotation)
def video_notes_file(request: HttpRequest, public_id: str, form: str) -> HttpResponseBase:
    """Send the notes on a film that the viewer sees and that were not taken back."""
    return _file(request, Video, public_id, form)


def _csv(who: Viewer, keys: Sequence[int]) -> Iterator[bytes]:
    """Yield UTF-8 with a byte order mark, which spreadsheets need to read Arabic."""
    yield b"\xef\xbb\xbf" + row(COLUMNS).encode()
    for first in range(0, len(keys), BATCH):
        for note in read(who, keys[first : first + BATCH]):
            facts = note.facts
            yield row((
                facts.id, jsonld.note_address(facts.id), facts.category, note.status, *media_cells(note.locus), "", facts.body,
                facts.language, "; ".join(str(tag) for tag in facts.tags), facts.author, facts.created.isoformat(),
            )).encode()  # fmt: skip


_FORMS: dict[str, tuple[Callable[[Viewer, Sequence[int]], Iterator[bytes]], str]] = {
    "jsonld": (jsonld_of, f'{JSON_LD}; profile="{PROFILE}"'), "csv": (_csv, "text/csv; charset=utf-8"),
}  # fmt: skip
