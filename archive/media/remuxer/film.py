"""The pictures and the sound of a film in a fresh container; nothing else of the file comes along.

Left behind: tags, chapters, attachments, covers, subtitles, tracks of data (places, sensors), a second sound, and what stands
in messages beside the pictures (SEI), where cameras write places and encoders their settings.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import av
from av.bitstream import BitStreamFilterContext
from av.stream import Disposition

from archive.media.remuxer.frames import whole_frames


class Box(NamedTuple):
    """A container that browsers play, and what may be in it."""

    media_type: str
    container: str
    options: dict[str, str]
    pictures: frozenset[str]
    sounds: frozenset[str]


_MP4 = Box(
    "video/mp4", "mp4", {"fflags": "+bitexact", "movflags": "+faststart"},
    frozenset({"h264", "hevc", "av1", "vp9"}), frozenset({"aac", "mp3", "opus", "flac", "alac"}),
)  # fmt: skip
_WEBM = Box(
    "video/webm", "webm", {"fflags": "+bitexact"},
    frozenset({"vp8", "vp9", "av1"}), frozenset({"opus", "vorbis"}),
)  # fmt: skip
#: Takes the messages beside the pictures out, where a kind of pictures has any.
_FILTERS = {
    "h264": "filter_units=remove_types=6", "hevc": "filter_units=remove_types=39|40",
    "av1": "filter_units=remove_types=5|8|15",
}  # fmt: skip


def copied(source: Any, target: str) -> dict[str, Any]:
    """Write what of `source` is film into `target`; return its kind and length, or `{"error": code}`."""
    pictures = next((each for each in source.streams.video if not _is_cover(each)), None)
    if pictures is None:
        return {"error": "recording_broken"}
    sound = next(iter(source.streams.audio), None)
    names = [each.codec_context.codec.canonical_name if each else "" for each in (pictures, sound)]
    box = next((box for box in (_WEBM, _MP4) if _fits(box, *names)), None)
    if box is None:
        return {"error": "film_kind"}
    end = _write(source, [each for each in (pictures, sound) if each], box, target)
    return {"media_type": box.media_type, "duration": round(end, 3)} if end else {"error": "recording_broken"}


def _is_cover(stream: Any) -> bool:
    """Whether it is a single picture that stands for the whole."""
    return bool(stream.disposition & Disposition.attached_pic)


def _fits(box: Box, pictures: str, sound: str) -> bool:
    return pictures in box.pictures and (not sound or sound in box.sounds)


def _write(source: Any, streams: list[Any], box: Box, target: str) -> float:
    """Copy the packets of these streams; return where the last one ends, in seconds."""
    end = 0.0
    with av.open(target, "w", format=box.container, options=box.options) as fresh:
        ways = {stream.index: _way(fresh, stream) for stream in streams}
        for packet in source.demux(streams):
            written, codec, filtered = ways[packet.stream_index]
            if packet.dts is None and not packet.size:
                continue
            for kept in filtered.filter(packet) if filtered else [whole_frames(packet, codec)]:
                if kept is None:
                    continue
                if kept.pts is not None:
                    end = max(end, float((kept.pts + (kept.duration or 0)) * kept.time_base))
                kept.stream = written
                fresh.mux(kept)
        for written, _codec, filtered in ways.values():
            for kept in filtered.filter(None) if filtered else ():
                kept.stream = written
                fresh.mux(kept)
    return end


def _way(fresh: Any, stream: Any) -> tuple[Any, str, Any]:
    codec = stream.codec_context.codec.canonical_name
    written = fresh.add_stream_from_template(stream)
    written.metadata.clear()
    named = _FILTERS.get(codec)
    return written, codec, BitStreamFilterContext(named, stream, written) if named else None
