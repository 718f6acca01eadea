"""Lists of notes as files, each as its page is narrowed: those of a picture or a film, those that wait for a reviewer, those
whose place is to be checked. Web Annotations or a table; what is in them can be brought in again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_GET

from annotations.access.media_notes import Item, lies_on
from annotations.access.narrowed import narrowed_of
from annotations.access.review_queue import Narrowed, filtered
from annotations.access.reviewing import waiting_items
from annotations.access.texts import revision_of
from annotations.api import jsonld
from annotations.api.collection_file import Asked, address_of, collection_of, notes_in
from annotations.api.media_cells import HEADS, media_cells
from annotations.api.media_types import JSON_LD, PROFILE
from annotations.models import Annotation, Decision
from annotations.presenters.carried import doubtful_notes
from archive.access import Viewer, as_viewer, visible_to
from archive.errors import NotVisible
from archive.models import Image, Video
from archive.presenters.cells import row
from archive.views.desk_tools import desk_view

COLUMNS = (
    "id", "address", "category", "status", *HEADS, "start", "end", "words", "before", "after", "body", "language", "tags", "author",
    "created",
)  # fmt: skip


@require_GET
@desk_view(Annotation)
def image_notes_file(request: HttpRequest, public_id: str, form: str) -> HttpResponseBase:
    """Send the notes on a picture that the viewer sees and that were not taken back."""
    return _on_item(request, Image, public_id, form)


@require_GET
@desk_view(Annotation)
def video_notes_file(request: HttpRequest, public_id: str, form: str) -> HttpResponseBase:
    """Send the notes on a film that the viewer sees and that were not taken back."""
    return _on_item(request, Video, public_id, form)


@require_GET
@desk_view(Decision)
def review_notes_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """Send the notes that wait for the reviewer, oldest first, as the queue is narrowed."""
    viewer = as_viewer(request.user)
    items = filtered(waiting_items(viewer), Narrowed.of(request.GET), viewer)
    keys = items.order_by("pk").values_list("version__annotation_id", flat=True)
    return _sent(request, viewer, keys, form)


@require_GET
@desk_view()
def carried_notes_file(request: HttpRequest, public_id: str, form: str) -> HttpResponseBase:
    """Send the notes on a text that the viewer may put back and whose place is to be checked."""
    viewer = as_viewer(request.user)
    notes = doubtful_notes(viewer, revision_of(viewer, public_id))
    return _sent(request, viewer, notes.values_list("pk", flat=True), form)


def _on_item(request: HttpRequest, model: type[Item], public_id: str, form: str) -> HttpResponseBase:
    viewer = as_viewer(request.user)
    item = visible_to(model, viewer).filter(public_id=public_id).first()
    if item is None:
        raise NotVisible("not_visible")
    lying = lies_on(viewer, item, narrowed_of(request.GET))
    return _sent(request, viewer, (lies.pk for lies in lying if not lies.is_withdrawn), form)


def _sent(request: HttpRequest, viewer: Viewer, keys: Iterable[int], form: str) -> HttpResponseBase:
    if form not in _FORMS:
        raise Http404
    write, kind = _FORMS[form]
    asked = Asked(viewer, list(dict.fromkeys(keys)), address_of(request))
    answer = StreamingHttpResponse(write(asked), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="notes.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def csv_of(asked: Asked) -> Iterator[bytes]:
    """Yield UTF-8 with a byte order mark, which spreadsheets need to read Arabic."""
    yield b"\xef\xbb\xbf" + row(COLUMNS).encode()
    for note in notes_in(asked):
        facts, sits = note.facts, note.facts.sits
        on = (f"text:{facts.text}", "", "") if facts.text else media_cells(note.locus)
        place = (sits.start, sits.end, sits.exact, sits.prefix, sits.suffix) if sits else ("",) * 5
        yield row((
            facts.id, jsonld.note_address(facts.id), facts.category, note.status, *on,
            *("" if cell is None else cell for cell in place), facts.body, facts.language,
            "; ".join(str(tag) for tag in facts.tags), facts.author, facts.created.isoformat(),
        )).encode()  # fmt: skip


_FORMS: dict[str, tuple[Callable[[Asked], Iterator[bytes]], str]] = {
    "jsonld": (collection_of, f'{JSON_LD}; profile="{PROFILE}"'), "csv": (csv_of, "text/csv; charset=utf-8"),
}  # fmt: skip
