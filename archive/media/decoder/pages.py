"""The pages of a file: a TIFF may hold many; of anything that moves only one picture counts."""

from __future__ import annotations

from PIL import Image

#: What the TIFF tag "NewSubfileType" calls a smaller copy of another page (1) and a mask of one (4).
_SUBFILE, _NO_PAGE = 254, 1 | 4


class TooMany(Exception):
    """More pages than are taken."""


def frames(image: Image.Image, most: int) -> list[int]:
    """Return the numbers, from 0, of the frames that are pages: at least one, the one that the file calls its picture.

    Raises TooMany.
    """
    if image.format != "TIFF":
        return [image.tell()]
    found: list[int] = []
    for frame in range(most * 4):
        try:
            image.seek(frame)
        except EOFError:
            return found or [0]
        tags = getattr(image, "tag_v2", {})
        if not int(tags.get(_SUBFILE, 0)) & _NO_PAGE:
            found.append(frame)
        if len(found) > most:
            break
    raise TooMany
