"""Lists of places as files: what was picked up, what *Find the others* found, what a text suggests.

None of them is a note, so none is written as an annotation that could be brought in as one: in JSON-LD each is a resource
with its selectors, in a collection; in CSV each has the columns of a list of notes that say where it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_GET

from annotations.access.basket import basket_of
from annotations.access.begun import begin_of, question_of
from annotations.access.contents import content_of
from annotations.access.others import MOST, Scope, Sought, find_others, texts_in, with_wording
from annotations.access.suggestions import suggestions_in
from annotations.access.texts import revision_of
from annotations.api import jsonld
from annotations.api.media_cells import media_cells
from annotations.enums import LocusKind
from annotations.forms.others import SoughtForm
from annotations.models import Annotation
from annotations.presenters.place_lines import (
    BASKET_HEADS,
    FOUND_HEADS,
    SUGGESTED_HEADS,
    PlaceLine,
    found_line,
    picked_line,
    suggested_line,
)
from annotations.presenters.selectors import region_selector, time_selector
from archive.access import Viewer, as_viewer, require_may, visible_to
from archive.models import Text
from archive.presenters.cells import row

COLUMNS = (
    "on", "part", "page", "revision", "start", "end", "words", "before", "after", "title", "address",
)  # fmt: skip
#: Occurrences read at a time.
AT_ONCE = 200


@require_GET
@login_required
def basket_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """Send what the viewer picked up, the newest first."""
    viewer = _annotator(request)
    lines = [picked_line(one) for one in basket_of(viewer)]
    return _sent(lines, BASKET_HEADS, form, "basket")


@require_GET
@login_required
def others_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """Send all passages in which the words stand that the address asks for, as the page would."""
    viewer = _annotator(request)
    begin = begin_of(viewer, request.GET)
    asked = SoughtForm(question_of(request.GET, begin))
    if not asked.is_valid():
        raise Http404
    lines = _found(viewer, asked.sought(), asked.scope_of(), begin.text, get_language())
    return _sent(lines, FOUND_HEADS, form, "occurrences")


@require_GET
@login_required
def suggestions_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """Send what is suggested in `?text=`; with `kind`, only dates or only names."""
    viewer = _annotator(request)
    public_id, kind = request.GET.get("text", ""), request.GET.get("kind", "")
    revision = revision_of(viewer, public_id)
    text = with_wording(visible_to(Text, viewer)).get(public_id=public_id)
    content = content_of(revision.pk, revision.sha256)
    found = [one for one in suggestions_in(viewer, text) if not kind or one.kind == kind]
    lines = [suggested_line(text, one, content) for one in found]
    return _sent(lines, SUGGESTED_HEADS, form, f"suggestions-{public_id}")


def _annotator(request: HttpRequest) -> Viewer:
    viewer = as_viewer(request.user)
    require_may(viewer, "add", Annotation)
    return viewer


def _found(
    viewer: Viewer, sought: Sought, scope: Scope, text: Text | None, language: str | None
) -> Iterator[PlaceLine]:  # fmt: skip
    """Yield the occurrences in the first passages, some hundreds at a time; the file is read when the request is over."""
    following: int | None = 0
    while following is not None and following < MOST:
        with override(language):
            found = find_others(viewer, sought, texts_in(scope, text, viewer), skip=following, enough=AT_ONCE)
            lines = [found_line(one) for _text, others in found.by_text for one in others]
        yield from lines
        following = found.passages.following


def _sent(lines: Iterable[PlaceLine], heads: Sequence[str], form: str, name: str) -> HttpResponseBase:
    if form == "csv":
        answer = StreamingHttpResponse(_csv(lines, heads), content_type="text/csv; charset=utf-8")
    elif form == "jsonld":
        answer = StreamingHttpResponse(_jsonld(lines), content_type="application/ld+json")
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _csv(lines: Iterable[PlaceLine], heads: Sequence[str]) -> Iterator[bytes]:
    """Yield UTF-8 with a byte order mark, which spreadsheets need to read Arabic."""
    yield b"\xef\xbb\xbf" + row((*COLUMNS, *heads)).encode()
    for line in lines:
        whole = f"{line.kind}:{line.public_id}" if line.kind else ""
        on = media_cells(line.locus) if line.locus else (whole, "", "")
        more = (line.more.get(head, "") for head in heads)
        yield row((
            *on, line.revision, line.start, line.end, line.words, line.before, line.after, line.title, _address(line),
            *(cell if isinstance(cell, str) else "; ".join(cell) for cell in more),
        )).encode()  # fmt: skip


def _jsonld(lines: Iterable[PlaceLine]) -> Iterator[bytes]:
    head = {"@context": jsonld.context(), "type": "as:OrderedCollection", "items": []}
    begin, end = json.dumps(head, ensure_ascii=False).split("[]", 1)
    yield begin.encode() + b"["
    between = b""
    for line in lines:
        yield between + json.dumps(_resource(line), ensure_ascii=False).encode()
        between = b",\n"
    yield b"]" + end.encode()


def _resource(line: PlaceLine) -> dict[str, Any]:
    """Return a place as a specific resource (https://www.w3.org/TR/annotation-model/#specific-resources)."""
    said: dict[str, Any] = {f"hashiya:{head}": value for head, value in line.more.items() if value}
    if line.terms:
        said["hashiya:terms"] = [jsonld.address("terms", term.public_id) for term in line.terms]
    if not line.kind:
        return {"type": "SpecificResource", **said}
    found: dict[str, Any] = {"type": "SpecificResource", "source": _source(line)}
    if line.title:
        found["schema:name"] = line.title
    if selector := _selector(line):
        found["selector"] = selector
    if line.locus is not None and (page := (line.locus.region or {}).get("page", 1)) > 1:
        found["hashiya:page"] = page
    if line.kind == "note" and line.words:
        found["schema:text"] = line.words
    return found | {"schema:url": _address(line)} | said


def _source(line: PlaceLine) -> str:
    if line.kind == "note":
        return jsonld.note_address(line.public_id)
    found = jsonld.address(f"{line.kind}s", line.public_id)
    return f"{found}revisions/{line.revision}/" if line.revision is not None else found


def _selector(line: PlaceLine) -> Any:
    locus = line.locus
    if locus is not None and locus.kind == LocusKind.REGION:
        return region_selector(locus.region or {})
    if locus is not None:
        return time_selector(locus.start_time or 0, locus.end_time or 0)
    if line.start is None:
        return None
    quote = {"type": "TextQuoteSelector", "exact": line.words, "prefix": line.before, "suffix": line.after}
    return [{"type": "TextPositionSelector", "start": line.start, "end": line.end}, quote]


def _address(line: PlaceLine) -> str:
    return f"{settings.PUBLIC_URL}{line.url}" if line.url else ""
