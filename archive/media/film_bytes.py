"""What a captured file is, by looking at its bytes: a film, and of which kind, or a recorded page."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from archive.media import sniff

#: What browsers play, and the ending of its name.
PLAYABLE: Mapping[str, str] = {
    "video/mp4": "mp4", "video/webm": "webm", "video/ogg": "ogv",
    "audio/mp4": "m4a", "audio/mpeg": "mp3", "audio/ogg": "oga", "audio/flac": "flac", "audio/wav": "wav",
    "audio/aac": "aac",
}  # fmt: skip
WACZ = "application/wacz"
#: What is taken as a recording: sound alone, of a kind that browsers play.
SOUND = frozenset(kind for kind in PLAYABLE if kind.startswith("audio/"))
#: What is taken as a film of the archive's own; which of these browsers play is found out by reading them.
FILMS = frozenset({
    "video/mp4", "video/webm", "video/ogg", "video/quicktime", "video/x-matroska", "video/x-msvideo", "video/x-flv",
    "video/mpeg", "video/x-ms-wmv", "video/mp2t",
})  # fmt: skip
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (8, b"AVI ", "video/x-msvideo"),
    (0, b"FLV\x01", "video/x-flv"),
    (0, b"\x00\x00\x01\xba", "video/mpeg"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-wmv"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xfa", "audio/mpeg"),
    (0, b"\xff\xf2", "audio/mpeg"),
    (0, b"fLaC", "audio/flac"),
    (8, b"WAVE", "audio/wav"),
    (0, b"\xff\xf1", "audio/aac"),
    (0, b"\xff\xf9", "audio/aac"),
    (4, b"moov", "video/quicktime"),
    (4, b"mdat", "video/quicktime"),
    (4, b"wide", "video/quicktime"),
)
_BRANDS = {b"qt  ": "video/quicktime", b"M4A ": "audio/mp4", b"M4B ": "audio/mp4"}
#: A transport stream repeats this byte at the head of each packet.
_PACKET, _SYNC = 188, 0x47


def film_type(head: bytes) -> str:
    """Return the media type of a film or a sound recording by its first bytes; "" for anything else."""
    if head[4:8] == b"ftyp":
        kind = _BRANDS.get(head[8:12], sniff.media_type(head))
        return kind if kind.startswith(("video/", "audio/")) else ""
    if head[:4] == b"\x1aE\xdf\xa3":
        return "video/webm" if b"webm" in head[:80] else "video/x-matroska"
    if head[:4] == b"OggS":
        sound = any(mark in head[:200] for mark in (b"\x01vorbis", b"OpusHead", b"\x7fFLAC", b"Speex   "))
        return "audio/ogg" if sound and b"\x80theora" not in head[:400] else "video/ogg"
    if len(head) > _PACKET and head[0] == head[_PACKET] == _SYNC:
        return "video/mp2t"
    return next((name for at, mark, name in _SIGNATURES if head[at : at + len(mark)] == mark), "")


def is_wacz(place: Path | IO[bytes]) -> bool:
    """Whether the bytes are a whole WACZ: a ZIP with its description and at least one recorded archive.

    Only the list of members is read, never a member.
    """
    try:
        with zipfile.ZipFile(place) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError):
        return False
    recorded = any(name.startswith("archive/") and ".warc" in name for name in names)
    return recorded and "datapackage.json" in names
