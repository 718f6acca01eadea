"""The images of a deposit by the names that tables give their files."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from archive.actions.plan_step import describable
from archive.models import Deposit, DepositItem, User

#: Stands where a name means several files.
AMBIGUOUS: Final = object()


class FilesOf:
    """Finds images by file names and paths, whatever their letters' case and their composition."""

    def __init__(self, deposit: Deposit, by: User) -> None:
        self.by = by
        self.keys: dict[str, Any] = {}
        rows = DepositItem.objects.filter(deposit=deposit, image__isnull=False).order_by("pk")
        for filename, path, image in rows.values_list("filename", "path", "image"):
            # The whole path, and each end of it down to the bare name: "box 7/verso/3.jpg", "verso/3.jpg", "3.jpg".
            parts = folded(path or filename).split("/")
            for start in range(len(parts)):
                name = "/".join(parts[start:])
                known = self.keys.setdefault(name, image)
                if known != image:
                    self.keys[name] = AMBIGUOUS

    def items(self, cells: list[str]) -> Mapping[str, Any]:
        """Return what each cell names: an image, or `AMBIGUOUS`; cells that name nothing are left out."""
        keys = {cell: self._key(cell) for cell in cells}
        wanted = [key for key in keys.values() if key is not None and key is not AMBIGUOUS]
        rows = describable("image", self.by).in_bulk(wanted)
        return {
            cell: AMBIGUOUS if key is AMBIGUOUS else rows[key]
            for cell, key in keys.items()
            if key is AMBIGUOUS or key in rows
        }

    def _key(self, cell: str) -> Any:
        return self.keys.get(folded(cell))


def folded(name: str) -> str:
    """Return a name as it is compared."""
    parts = (part for part in name.strip().replace("\\", "/").split("/") if part not in ("", ".", ".."))
    return unicodedata.normalize("NFC", "/".join(parts)).casefold()
