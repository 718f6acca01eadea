"""What became of the notes of a file, as a table with each note's own words, so that none is lost."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_GET

from annotations.enums import ArrivalOutcome
from annotations.models import NoteImport, NoteImportRow
from annotations.presenters.note_imports import OUTCOMES, problem_words
from archive.presenters.cells import row as line
from archive.views.desk_tools import desk_view, found

COLUMNS = (
    "place", "outcome", "reason", "id", "on", "start", "end", "words", "before", "after", "part", "body", "language", "tags", "author", "note",
)  # fmt: skip
#: What is not placed, unless all is asked for.
NOT_PLACED = (ArrivalOutcome.OUT, ArrivalOutcome.ASK, ArrivalOutcome.WAITS)


@require_GET
@desk_view(NoteImport)
def note_import_report(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Send the notes that could not be placed, or with `all=1` every one; start and end are those of the file."""
    step = found(NoteImport.objects.defer("data", "base"), request, public_id)
    rows = step.rows.select_related("annotation").order_by("place", "pk")
    if request.GET.get("all") != "1":
        rows = rows.filter(outcome__in=NOT_PLACED)
    answer = StreamingHttpResponse(
        _lines(rows.iterator(chunk_size=200)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="notes-not-placed.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _lines(rows: Iterator[NoteImportRow]) -> Iterator[bytes]:
    """Yield UTF-8 with a byte order mark, which spreadsheets need to read Arabic."""
    yield b"\xef\xbb\xbf" + line(COLUMNS).encode()
    for row in rows:
        told = row.told
        tags = "; ".join(tag["name"] or tag["address"] for tag in told.get("tags", []))
        yield line((
            row.place, OUTCOMES[row.outcome], problem_words(row), told.get("key", ""), told.get("source", ""), told.get("start"),
            told.get("end"), told.get("exact", ""), told.get("prefix", ""), told.get("suffix", ""),
            told.get("fragment") or told.get("svg", ""), told.get("body", ""), told.get("language", ""), tags,
            told.get("author", ""), row.annotation.public_id if row.annotation else "",
        )).encode()  # fmt: skip
