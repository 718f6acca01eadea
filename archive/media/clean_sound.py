"""Runs the remuxer of sound and film in a process of its own, limited as the decoder of pictures is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.errors import Invalid, StorageFull
from archive.media.derivatives import run_limited
from archive.media.limits import DEPOSIT_BYTES

SECONDS = 600
#: Films are large, and their heads are written last and put first.
SECONDS_OF_FILMS = 3600
#: Telling what a file says takes no longer.
SECONDS_TO_TELL = 60
_PROGRAM = Path(__file__).with_name("remuxer") / "__main__.py"
LARGEST = 4 * 1024**3


@dataclass(frozen=True, slots=True)
class Clean:
    """The sound alone, or the film, waiting in a folder."""

    path: Path
    media_type: str
    duration: float


def clean(source: Path, folder: Path, *, media_type: str) -> Clean:
    """Leave the sound of a recording, or a film, in `folder`, as it is, in a container that says nothing.

    Raises Invalid: `recording_broken`, `recording_kind`, `film_kind`, `recording_too_dear`.
    """
    is_film = media_type.startswith("video/")
    seconds = SECONDS_OF_FILMS if is_film else SECONDS
    target = folder / "sound"
    request = {"source": str(source), "target": str(target), "media_type": media_type}
    answer = run_limited(
        _PROGRAM, request, folder, largest=DEPOSIT_BYTES if is_film else LARGEST, seconds=seconds
    )
    if answer is None or (not target.is_file() and "error" not in answer):
        raise Invalid("recording_too_dear")
    if "error" in answer:
        code = str(answer["error"])
        if code == "storage_full":
            raise StorageFull(code)
        raise Invalid(code if code.startswith(("recording_", "film_")) else "recording_broken")
    return Clean(target, answer["media_type"], answer["duration"])


def tell(source: Path, folder: Path, *, media_type: str) -> dict[str, Any]:
    """Return what a recording or a film says of itself: its `format`, its `tags`, and the fields that are `described`.

    A file that cannot be read says nothing.
    """
    request = {"source": str(source), "media_type": media_type}
    answer = run_limited(_PROGRAM, request, folder, largest=0, seconds=SECONDS_TO_TELL)
    return answer if answer and "error" not in answer else {}
