"""How the captures and the texts of films in a package's catalogue become rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from archive.actions._packages import Line, Loading, group_of, id_of, words_of
from archive.actions.add_capture import Opener, add_capture
from archive.actions.tie_text import tie_text
from archive.errors import Conflict
from archive.media import paths
from archive.models import Capture, Transcript


def _capture(loading: Loading, line: Line) -> None:
    """Keep a capture; one whose bytes or address are here already stays as it is."""
    if Capture.objects.filter(public_id=id_of(line)).exists():
        return
    said = {name: words_of(line[name]) for name in ("captured_by", "tool", "note", "access")}
    moment = None if line["captured"] is None else datetime.fromisoformat(line["captured"])
    if moment is not None and moment.tzinfo is None:
        raise ValueError("no time zone")
    groups = [group_of(loading, str(name)) for name in line["groups"]]
    arrival = loading.files[line["file"]] if line["file"] else None
    values = {**said, "captured_at": moment, "groups": groups}
    try:
        add_capture(
            video=loading.videos[line["video"]], arrival=arrival, url=words_of(line["url"]), values=values,
            public_id=line["id"], opened=_opener(loading, line["file"]), by=loading.by,
        )  # fmt: skip
    except Conflict as error:
        if error.code != "capture_known":
            raise


def _opener(loading: Loading, file: Any) -> Opener | None:
    """Return what opens the bytes of a file in the bag, as long as a package is only tried and they lie nowhere else."""
    if not file or paths.of_sha256(loading.files[file].stored_file.sha256).is_file():
        return None
    return lambda: loading.bag.open(loading.places[file])


def _transcript(loading: Loading, line: Line) -> None:
    if not Transcript.objects.filter(public_id=id_of(line)).exists():
        tie_text(
            video=loading.videos[line["video"]], text=loading.texts[line["text"]], kind=words_of(line["kind"]),
            public_id=line["id"], by=loading.by,
        )  # fmt: skip


LOADERS: dict[str, Callable[[Loading, Line], None]] = {"capture": _capture, "transcript": _transcript}
