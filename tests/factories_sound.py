"""Recordings made here: a tone, encoded, and all the places in which words can hide."""

from __future__ import annotations

import io
import math
import struct
from array import array
from collections.abc import Iterable, Mapping

import av

RATE = 48_000
#: By kind: container, encoder, format of its samples.
KINDS = {
    "mp3": ("mp3", "libmp3lame", "s16p"), "m4a": ("ipod", "aac", "fltp"), "oga": ("ogg", "libopus", "s16"),
    "flac": ("flac", "flac", "s16"), "wav": ("wav", "pcm_s16le", "s16"), "aac": ("adts", "aac", "fltp"),
}  # fmt: skip


def tone(kind: str, *, seconds: float = 1.0, words: Mapping[str, str] | None = None) -> bytes:
    """Return a recording of a tone; `words` are its tags."""
    container, codec, sample_format = KINDS[kind]
    target = io.BytesIO()
    with av.open(target, "w", format=container) as out:
        out.metadata.update(words or {})
        stream = out.add_stream(codec, rate=RATE, layout="mono", format=sample_format)
        for frame in _frames(seconds, sample_format):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return target.getvalue()


def _frames(seconds: float, sample_format: str) -> Iterable[av.AudioFrame]:
    letter = "f" if sample_format.startswith("flt") else "h"
    loud = 0.3 if letter == "f" else 9000
    step = 960
    for start in range(0, int(seconds * RATE), step):
        values = array(
            letter,
            (
                (loud * math.sin(math.tau * 440 * (start + n) / RATE))
                if letter == "f"
                else int(loud * math.sin(math.tau * 440 * (start + n) / RATE))
                for n in range(step)
            ),
        )
        frame = av.AudioFrame(format=sample_format, layout="mono", samples=step)
        frame.planes[0].update(values.tobytes())
        frame.sample_rate, frame.pts = RATE, start
        yield frame


def planted(kind: str, marks: list[str]) -> bytes:
    """Return a recording that says each of the twelve marks somewhere."""
    tags = dict(
        zip(("title", "artist", "album", "comment", "genre", "copyright"), marks[:6], strict=True)
    ) | {"location": marks[5]}
    sound, rest = tone(kind, words=tags), [mark.encode() for mark in marks[6:]]
    return {
        "mp3": _id3, "aac": _id3, "m4a": _boxes, "flac": _blocks, "wav": _chunks, "oga": _pages,
    }[kind](sound, [mark.encode() for mark in marks[:6]], rest)  # fmt: skip


def _id3(sound: bytes, first: list[bytes], rest: list[bytes]) -> bytes:
    if sound[:3] == b"ID3":
        size = sum((byte & 0x7F) << 7 * (3 - n) for n, byte in enumerate(sound[6:10]))
        sound = sound[10 + size :]
    picture = b"\x00image/png\x00\x03" + rest[0] + b"\x00\x89PNG" + rest[1]
    frames = b"".join(
        name + struct.pack(">IH", len(data), 0) + data
        for name, data in [
            (b"TIT2", b"\x03" + first[0]), (b"TPE1", b"\x03" + first[1]), (b"TALB", b"\x03" + first[2]),
            (b"COMM", b"\x03eng\x00" + first[3]), (b"TXXX", b"\x03GPS\x00" + first[4]), (b"WCOP", first[5]),
            (b"APIC", picture), (b"GEOB", b"\x00text/plain\x00a\x00b\x00" + rest[2]), (b"PRIV", b"me\x00" + rest[3]),
        ]
    )  # fmt: skip
    size = bytes(len(frames) >> 7 * (3 - n) & 0x7F for n in range(4))
    ape = struct.pack("<II", len(rest[4]), 0) + b"Comment\x00" + rest[4]
    footer = b"APETAGEX" + struct.pack("<IIII", 2000, len(ape) + 32, 1, 0) + bytes(8)
    last = b"TAG" + rest[5].ljust(30, b"\x00") + bytes(94) + b"\x0c"
    return b"ID3\x03\x00\x00" + size + frames + sound + ape + footer + last


def _boxes(sound: bytes, _first: list[bytes], rest: list[bytes]) -> bytes:
    def box(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data) + 8) + name + data

    more = [
        box(b"free", rest[0]), box(b"skip", rest[1]), box(b"uuid", bytes(range(16)) + rest[2]),
        box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(rest[3]), 0) + rest[3])),
        box(b"meta", bytes(4) + rest[4]),
    ]  # fmt: skip
    return sound + b"".join(more) + rest[5]


def _blocks(sound: bytes, _first: list[bytes], rest: list[bytes]) -> bytes:
    head, body = sound[: 4 + 38], sound[4 + 38 :]

    def block(kind: int, data: bytes) -> bytes:
        return bytes([kind]) + struct.pack(">I", len(data))[1:] + data

    picture = struct.pack(">II", 3, 9) + b"image/png" + struct.pack(">I", len(rest[0])) + rest[0]
    picture += struct.pack(">IIIII", 1, 1, 24, 0, len(rest[1])) + rest[1]
    head = head[:4] + bytes([0]) + head[5:]
    return (
        head + block(6, picture) + block(2, b"test" + rest[2]) + block(1, rest[3]) + body + rest[4] + rest[5]
    )


def _chunks(sound: bytes, _first: list[bytes], rest: list[bytes]) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        data += b"\x00" * (len(data) % 2)
        return name + struct.pack("<I", len(data)) + data

    more = b"".join([
        chunk(b"bext", rest[0].ljust(602, b"\x00")), chunk(b"iXML", rest[1]), chunk(b"id3 ", rest[2]), chunk(b"cue ", rest[3]),
        chunk(b"axml", rest[4]),
    ])  # fmt: skip
    whole = sound[8:12] + more + sound[12:]
    return b"RIFF" + struct.pack("<I", len(whole)) + whole + rest[5]


def _pages(sound: bytes, first: list[bytes], rest: list[bytes]) -> bytes:
    words = {f"OTHER{n}": mark.decode() for n, mark in enumerate(rest[:5])}
    words |= dict(
        zip(
            ("title", "artist", "album", "comment", "genre", "location"),
            map(bytes.decode, first),
            strict=True,
        )
    )
    return tone("oga", words=words) + rest[5]
