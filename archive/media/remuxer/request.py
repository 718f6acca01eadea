"""What is asked of the remuxer, from the open file to the answer."""

from __future__ import annotations

import errno
from typing import Any, NamedTuple

import av
from av.error import FFmpegError

from archive.media.remuxer import film
from archive.media.remuxer.frames import whole_frames
from archive.media.remuxer.said import tell


class Box(NamedTuple):
    """A container for sound of some kinds, and how it is written without a word about who wrote what."""

    media_type: str
    container: str
    options: dict[str, str]


_QUIET = {"fflags": "+bitexact"}
_MP3 = Box("audio/mpeg", "mp3", {**_QUIET, "id3v2_version": "0", "write_id3v1": "0"})
_MP4 = Box("audio/mp4", "ipod", {**_QUIET, "movflags": "+faststart"})
_OGG, _FLAC, _WAV = (
    Box("audio/ogg", "ogg", _QUIET), Box("audio/flac", "flac", _QUIET), Box("audio/wav", "wav", _QUIET),
)  # fmt: skip
#: By kind of sound; what several containers hold goes into the one that it came in.
_BOXES = {"mp3": _MP3, "aac": _MP4, "alac": _MP4, "opus": _OGG, "vorbis": _OGG, "flac": _FLAC}
#: Demuxers that may look at a file, one after the other: none that reads lists of other files, or asks the network.
#: Tags stand before raw AAC as they stand before MP3.
_READERS = {
    "audio/mpeg": ("mp3", "aac"), "audio/mp4": ("mov",), "audio/ogg": ("ogg",), "audio/flac": ("flac",),
    "audio/wav": ("wav",), "audio/aac": ("aac",),
    "video/mp4": ("mov",), "video/quicktime": ("mov",), "video/webm": ("matroska",), "video/x-matroska": ("matroska",),
    "video/ogg": ("ogg",), "video/x-msvideo": ("avi",), "video/x-flv": ("flv",), "video/mpeg": ("mpeg",),
    "video/x-ms-wmv": ("asf",), "video/mp2t": ("mpegts",),
}  # fmt: skip
_BROKEN = (FFmpegError, ValueError, KeyError, IndexError, TypeError, OverflowError, RuntimeError)


def main(request: dict[str, Any]) -> dict[str, Any]:
    """Write the sound, or the film, of `source` into `target`; return what it is, or `{"error": code}`.

    Without a `target`, return what the file says of itself.
    """
    if not request.get("target"):
        return tell(request["source"], _READERS.get(request["media_type"], ()))
    answer: dict[str, Any] = {"error": "recording_broken"}
    for reader in _READERS.get(request["media_type"], ()):
        try:
            with av.open(request["source"], format=reader) as source:
                is_film = request["media_type"].startswith("video/")
                answer = (film.copied if is_film else _copied)(source, request["target"])
        except MemoryError:
            return {"error": "recording_too_dear"}
        except _BROKEN as error:
            # A disk that is full says nothing of the file: it is tried again.
            is_full = getattr(error, "errno", None) == errno.ENOSPC
            answer = {"error": "storage_full" if is_full else "recording_broken"}
        if "error" not in answer:
            break
    return answer


def _copied(source: Any, target: str) -> dict[str, Any]:
    stream = next((each for each in source.streams if each.type == "audio"), None)
    if stream is None:
        return {"error": "recording_broken"}
    codec = stream.codec_context.codec.canonical_name
    box = _WAV if codec.startswith("pcm_") else _BOXES.get(codec)
    if box is None:
        return {"error": "recording_kind"}
    if codec == "flac" and source.format.name == "ogg":
        box = _OGG
    end = 0.0
    with av.open(target, "w", format=box.container, options=box.options) as fresh:
        written = fresh.add_stream_from_template(stream)
        written.metadata.clear()
        for packet in source.demux(stream):
            if packet.dts is None and not packet.size:
                continue
            packet = whole_frames(packet, codec)
            if packet is None:
                continue
            if packet.pts is not None:
                end = max(end, float((packet.pts + (packet.duration or 0)) * packet.time_base))
            packet.stream = written
            fresh.mux(packet)
    if not end:
        return {"error": "recording_broken"}
    return {"media_type": box.media_type, "duration": round(end, 3)}
