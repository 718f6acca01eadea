"""Lay out as a table what the files of a deposit say of themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from archive.access import require, require_may
from archive.actions.plan_table import start_table
from archive.actions.receive_file import receive_file
from archive.errors import Invalid
from archive.importers.tables import FILE, ID
from archive.media import limits
from archive.models import BulkStep, Capture, Deposit, Image, User
from archive.presenters import cells

#: Columns of the table, always these, so that they are named once. Those called as a field are proposed for it; what
#: tells a person or a place, and what is only guessed, is called otherwise, so that it goes nowhere by itself.
SAID = {
    "title_ar": "title_ar", "title_en": "title_en", "description_ar": "description_ar",
    "description_en": "description_en", "date_edtf": "date_edtf", "rights_uri": "rights_uri",
    "said_creators": "creators", "said_rights_holder_ar": "rights_holder_ar",
    "said_rights_holder_en": "rights_holder_en", "keywords": "keywords", "gps": "gps", "made_on": "made_on",
    "title_guessed": "title_guessed", "description_guessed": "description_guessed",
    "creators_guessed": "creators_guessed", "rights_holder_guessed": "rights_holder_guessed",
    "keywords_guessed": "keywords_guessed", "guessed_encoding": "guessed_encoding",
}  # fmt: skip
#: The key under which the decoder leaves it.
DESCRIBED = "described"
#: The key of that under which an encoding is named that nobody can be sure of.
ENCODING = "guessed_encoding"


def read_embedded(*, deposit: Deposit, kind: str = "image", by: User) -> BulkStep:
    """Return a table of what the deposit's images ("image"), or its recordings and films ("video"), say of themselves.

    It is mapped and shown like any other, and kept like one that was sent in. Nothing of it goes anywhere before somebody
    has named its columns. Not atomic as a whole: bytes are kept before their row. Raises Invalid("nothing_embedded"),
    NotAllowed, NotVisible, ImportRefused("too_many_rows").
    """
    require(by, "change", deposit)
    require_may(by, "add", BulkStep)
    lines = list(_lines(deposit, kind))
    if len(lines) == 1:
        raise Invalid("nothing_embedded")
    data = ("\ufeff" + "".join(lines)).encode()
    name = f"embedded-{kind}-{deposit.public_id}.csv"
    arrival = receive_file(source=iter([data]), filename=name, max_bytes=limits.TEXT_BYTES, by=by)
    return start_table(arrival=arrival, kind=kind, deposit=deposit, by=by)


def speaking(deposit: Deposit, kind: str = "image") -> tuple[int, int]:
    """Return how many files say something of themselves, and how many of these in an encoding that is only guessed."""
    rows = _rows(deposit, kind)
    return rows.count(), rows.filter(**{f"embedded_metadata__{DESCRIBED}__has_key": ENCODING}).count()


def _rows(deposit: Deposit, kind: str) -> QuerySet[Any]:
    items = deposit.items.order_by()
    rows = (
        Image.objects.filter(pk__in=items.values("image"))
        if kind == "image"
        else Capture.objects.filter(video__in=items.values("video"), arrival__in=items.values("arrival"))
    )
    return rows.filter(embedded_metadata__has_key=DESCRIBED)


def _lines(deposit: Deposit, kind: str) -> Iterator[str]:
    yield cells.row([ID, FILE, *SAID])
    names = ("arrival",) if kind == "image" else ("arrival", "video")
    for row in _rows(deposit, kind).select_related(*names).order_by("pk").iterator(chunk_size=200):
        item, said = (row if kind == "image" else row.video), row.embedded_metadata[DESCRIBED]
        yield cells.row([item.public_id, row.arrival.filename, *(said.get(key, "") for key in SAID.values())])
