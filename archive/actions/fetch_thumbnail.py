"""Fetch the picture that a provider shows for a film, and keep fresh pixels of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from archive.actions.receive_file import store_bytes
from archive.errors import Invalid
from archive.media import paths
from archive.media.derivatives import LARGEST_COPY, decode
from archive.models import StoredFile
from archive.outside import Answer, OutsideError, Question

LARGEST = 4 * 1024 * 1024
#: The copy that is kept (archive.media.derivatives).
SIZE = "small"


def fetch_thumbnail(*, url: str, ask: Callable[[Question], Answer]) -> StoredFile | None:
    """Return the stored copy; None when there is no picture, which is no reason to doubt the film."""
    try:
        answer = ask(Question(url, accept="image/jpeg, image/png, image/webp", max_bytes=LARGEST))
    except OutsideError:
        return None
    if answer.status != 200 or not answer.body:
        return None
    paths.staging().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=paths.staging()) as folder:
        source = Path(folder) / "picture"
        source.write_bytes(answer.body)
        try:
            copies = {copy.name: copy for copy in decode(source, Path(folder)).copies}
        except Invalid:
            return None
        with copies[SIZE].path.open("rb") as file:
            chunks = iter(lambda: file.read(1024 * 1024), b"")
            sha256, size, _head = store_bytes(chunks, max_bytes=LARGEST_COPY)
    stored, _made = StoredFile.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "media_type": "image/webp"}
    )
    return stored
