"""Public copies of pictures as JPEG, for programs that know nothing newer."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

from archive.errors import Invalid
from archive.media import paths
from archive.media.derivatives import decode

QUALITY = 85
#: The fresh copy that is taken: 1280 pixels at its longest edge.
SIZE = "medium"


def jpeg_of(chunks: Iterable[bytes]) -> bytes | None:
    """Return a picture as JPEG, the same bytes for the same picture; None of what does not decode.

    It is decoded by the limited process, so that what is read here are pixels of our own.
    """
    paths.staging().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=paths.staging()) as folder:
        source = Path(folder) / "source"
        with source.open("wb") as file:
            file.writelines(chunks)
        try:
            copies = {copy.name: copy for copy in decode(source, Path(folder)).copies}
        except Invalid:
            return None
        with Image.open(copies[SIZE].path) as picture:
            out = io.BytesIO()
            picture.convert("RGB").save(out, "JPEG", quality=QUALITY, optimize=True)
        return out.getvalue()
