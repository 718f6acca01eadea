"""Runs the remuxer in a process of its own, limited as the decoder of pictures is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.errors import Invalid
from archive.media.derivatives import run_limited

SECONDS = 600
#: Telling what a file says takes no longer.
SECONDS_TO_TELL = 60
_PROGRAM = Path(__file__).with_name("remuxer") / "__main__.py"
LARGEST = 4 * 1024**3


@dataclass(frozen=True, slots=True)
class Sound:
    """The sound alone, waiting in a folder."""

    path: Path
    media_type: str
    duration: float


def clean(source: Path, folder: Path, *, media_type: str) -> Sound:
    """Leave the sound of a recording in `folder`, as it is, in a container that says nothing.

    Raises Invalid: `recording_broken`, `recording_kind`, `recording_too_dear`.
    """
    target = folder / "sound"
    request = {"source": str(source), "target": str(target), "media_type": media_type}
    answer = run_limited(_PROGRAM, request, folder, largest=LARGEST, seconds=SECONDS)
    if answer is None or (not target.is_file() and "error" not in answer):
        raise Invalid("recording_too_dear")
    if "error" in answer:
        code = str(answer["error"])
        raise Invalid(code if code.startswith("recording_") else "recording_broken")
    return Sound(target, answer["media_type"], answer["duration"])


def tell(source: Path, folder: Path, *, media_type: str) -> dict[str, Any]:
    """Return what a recording or a film says of itself: its `format`, its `tags`, and the fields that are `described`.

    A file that cannot be read says nothing.
    """
    request = {"source": str(source), "media_type": media_type}
    answer = run_limited(_PROGRAM, request, folder, largest=0, seconds=SECONDS_TO_TELL)
    return answer if answer and "error" not in answer else {}
