"""Films made here: a few pictures that change, with a tone, encoded."""

from __future__ import annotations

import io
from collections.abc import Mapping

import av

from tests.factories_sound import _frames

#: By kind: container, encoders of pictures and sound, format of samples.
FILMS = {
    "mp4": ("mp4", "libx264", "aac", "fltp"), "mov": ("mov", "libx264", "aac", "fltp"),
    "webm": ("webm", "libvpx", "libopus", "s16"), "mkv": ("matroska", "libx264", "aac", "fltp"),
}  # fmt: skip
WIDE, HIGH, RATE = 64, 48, 10


def film(
    kind: str, *, seconds: float = 1.0, words: Mapping[str, str] | None = None, pictures: str = ""
) -> bytes:
    """Return a film; `words` are its tags, `pictures` another encoder of its pictures."""
    container, codec, sound_codec, samples = FILMS[kind]
    target = io.BytesIO()
    with av.open(target, "w", format=container) as out:
        out.metadata.update(words or {})
        moving = out.add_stream(pictures or codec, rate=RATE)
        moving.width, moving.height = WIDE, HIGH
        moving.pix_fmt = "yuv422p10le" if pictures == "prores_ks" else "yuv420p"
        sound = out.add_stream(sound_codec, rate=48_000, layout="mono", format=samples)
        for number in range(int(seconds * RATE)):
            frame = av.VideoFrame(WIDE, HIGH, "rgb24")
            frame.planes[0].update(bytes([number * 20 % 256]) * frame.planes[0].buffer_size)
            frame.pts = number
            out.mux(moving.encode(frame.reformat(format=moving.pix_fmt)))
        out.mux(moving.encode(None))
        for heard in _frames(seconds, samples):
            out.mux(sound.encode(heard))
        out.mux(sound.encode(None))
    return target.getvalue()
