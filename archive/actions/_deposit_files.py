"""The images, or the recordings and films, of a deposit by the names that tables give their files."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from archive.access import visible_to
from archive.actions.plan_step import describable
from archive.enums import ItemState
from archive.errors import Invalid
from archive.models import Deposit, DepositItem, FileArrival, User

#: Stands where a name means several files.
AMBIGUOUS: Final = object()


class FilesOf:
    """Finds what a deposit made by file names and paths, whatever their letters' case and their composition.

    `kind` is "image", or "video" for recordings and films.
    """

    def __init__(self, deposit: Deposit, by: User, kind: str = "image") -> None:
        self.by, self.kind = by, kind
        self.keys: dict[str, Any] = {}
        self.arrivals: dict[str, Any] = {}
        self.types: dict[int, str] = {}
        rows = DepositItem.objects.filter(deposit=deposit, state=ItemState.KEPT).order_by("pk")
        columns = ("filename", "path", kind, "arrival", "arrival__stored_file__media_type")
        for filename, path, made, arrival, media_type in rows.values_list(*columns):
            self.types[arrival] = media_type
            if made is not None:
                _enter(self.keys, path or filename, made)
            _enter(self.arrivals, path or filename, arrival)

    def items(self, cells: list[str]) -> Mapping[str, Any]:
        """Return what each cell names: an item, or `AMBIGUOUS`; cells that name nothing are left out."""
        keys = {cell: self._key(cell) for cell in cells}
        wanted = [key for key in keys.values() if key is not None and key is not AMBIGUOUS]
        rows = describable(self.kind, self.by).in_bulk(wanted)
        return {
            cell: AMBIGUOUS if key is AMBIGUOUS else rows[key]
            for cell, key in keys.items()
            if key is AMBIGUOUS or key in rows
        }

    def arrival(self, cell: str) -> FileArrival:
        """Return the file that a cell names; raises Invalid("ambiguous_file", "file_not_sent")."""
        rows = visible_to(FileArrival.objects.select_related("stored_file"), self.by)
        found: FileArrival | None = rows.filter(pk=self._sent(cell)).first()
        if found is None:
            raise Invalid("file_not_sent")
        return found

    def media_type(self, cell: str) -> str:
        """Return what the file is that a cell names; raises Invalid("ambiguous_file", "file_not_sent")."""
        return self.types[self._sent(cell)]

    def _sent(self, cell: str) -> int:
        key = self.arrivals.get(folded(cell))
        if key is AMBIGUOUS:
            raise Invalid("ambiguous_file")
        if key is None:
            raise Invalid("file_not_sent")
        return int(key)

    def _key(self, cell: str) -> Any:
        return self.keys.get(folded(cell))


def _enter(keys: dict[str, Any], path: str, key: int) -> None:
    """Enter a file under its whole path, and each end of it down to the bare name: "box/verso/3.jpg", "3.jpg"."""
    parts = folded(path).split("/")
    for start in range(len(parts)):
        name = "/".join(parts[start:])
        if keys.setdefault(name, key) != key:
            keys[name] = AMBIGUOUS


def folded(name: str) -> str:
    """Return a name as it is compared."""
    parts = (part for part in name.strip().replace("\\", "/").split("/") if part not in ("", ".", ".."))
    return unicodedata.normalize("NFC", "/".join(parts)).casefold()
