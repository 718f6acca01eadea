"""Lay out as a table what the images of a deposit say of themselves."""

from __future__ import annotations

from collections.abc import Iterator

from archive.access import require, require_may
from archive.actions.plan_table import start_table
from archive.actions.receive_file import receive_file
from archive.errors import Invalid
from archive.importers.tables import FILE, ID
from archive.media import limits
from archive.models import BulkStep, Deposit, Image, User
from archive.presenters import cells

#: Columns of the table, always these, so that they are named once; those called as a field are proposed for it.
SAID = (
    "title_ar", "title_en", "description_ar", "description_en", "creators", "date_edtf", "rights_uri",
    "rights_holder_ar", "rights_holder_en", "keywords", "gps",
)  # fmt: skip
#: The key of `Image.embedded_metadata` under which the decoder leaves it.
DESCRIBED = "described"


def read_embedded(*, deposit: Deposit, by: User) -> BulkStep:
    """Return a table of what the deposit's images say of themselves, to be mapped and shown like any other.

    The table is kept like one that was sent in. Nothing of it goes anywhere before somebody has named its columns.
    Not atomic as a whole: bytes are kept before their row. Raises Invalid("nothing_embedded"), NotAllowed, NotVisible,
    ImportRefused("too_many_rows").
    """
    require(by, "change", deposit)
    require_may(by, "add", BulkStep)
    lines = list(_lines(deposit))
    if len(lines) == 1:
        raise Invalid("nothing_embedded")
    data = ("\ufeff" + "".join(lines)).encode()
    arrival = receive_file(
        source=iter([data]), filename=f"embedded-{deposit.public_id}.csv", max_bytes=limits.TEXT_BYTES, by=by
    )
    return start_table(arrival=arrival, kind="image", deposit=deposit, by=by)


def speaking(deposit: Deposit) -> int:
    """Return how many images of a deposit say something of themselves."""
    return Image.objects.filter(
        pk__in=deposit.items.order_by().values("image"), embedded_metadata__has_key=DESCRIBED
    ).count()


def _lines(deposit: Deposit) -> Iterator[str]:
    yield cells.row([ID, FILE, *SAID])
    rows = Image.objects.filter(
        pk__in=deposit.items.order_by().values("image"), embedded_metadata__has_key=DESCRIBED
    )
    rows = rows.select_related("arrival").order_by("pk")
    for image in rows.iterator(chunk_size=200):
        said = image.embedded_metadata[DESCRIBED]
        yield cells.row([image.public_id, image.arrival.filename, *(said.get(name, "") for name in SAID)])
