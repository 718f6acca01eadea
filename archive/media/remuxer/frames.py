"""What of a packet is sound: readers of streams hand on whatever lies between and behind the frames."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import av

#: Kilobits a second of Layer III by the four bits that name them, for MPEG 1 and for MPEG 2 and 2.5.
_KILOBITS = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
#: Samples a second by version (2.5, none, 2, 1) and the two bits that name them.
_RATES = {0: (11025, 12000, 8000), 2: (22050, 24000, 16000), 3: (44100, 48000, 32000)}


def whole_frames(packet: Any, codec: str) -> Any:
    """Return the packet with its frame alone; None when there is none in it."""
    measure = _MEASURES.get(codec)
    if measure is None:
        return packet
    data = bytes(packet)
    length = measure(data)
    if not length or length > len(data):
        return None
    if length == len(data):
        return packet
    kept = av.Packet(data[:length])
    kept.pts, kept.dts, kept.time_base, kept.duration = (
        packet.pts, packet.dts, packet.time_base, packet.duration,
    )  # fmt: skip
    return kept


def mp3_length(head: bytes) -> int:
    """Return how long the frame is whose header this is, in bytes; 0 for what is none."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, bits, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version not in _RATES or bits in (0, 15) or rate == 3:
        return 0
    kilobits = _KILOBITS[0 if version == 3 else 1][bits]
    return (144 if version == 3 else 72) * kilobits * 1000 // _RATES[version][rate] + (head[2] >> 1 & 1)


def _checks() -> tuple[int, ...]:
    """Return the table of FLAC's check sum (polynomial 0x8005)."""
    table = []
    for byte in range(256):
        value = byte << 8
        for _bit in range(8):
            value = (value << 1 ^ (0x8005 if value & 0x8000 else 0)) & 0xFFFF
        table.append(value)
    return tuple(table)


_CHECKS = _checks()


def flac_length(data: bytes) -> int:
    """Return where the frame ends: at the last place at which its own check sum comes out."""
    check, length = 0, 0
    for place, byte in enumerate(data, 1):
        check = (check << 8 & 0xFFFF) ^ _CHECKS[check >> 8 ^ byte]
        if not check:
            length = place
    return length


_MEASURES: dict[str, Callable[[bytes], int]] = {"mp3": mp3_length, "flac": flac_length}
