"""Short ways to texts, works and images in a test."""

from __future__ import annotations

import io
import struct
import zlib

from archive.actions.accept_draft import accept_draft
from archive.actions.parse_import import parse_import
from archive.actions.receive_file import receive_file
from archive.actions.start_import import start_import
from archive.models import FileArrival, ImportRun, TextDraft, TextRevision, User

LIMIT = 20_000_000

TEXT = """# في وصف القنطرة

بُني الجسر من حجرٍ أبيض.

## الطريق إليه

يمشي القادم من السوق حتى يبلغ الماء، ثم يعبر إلى الضفة الثانية.
"""


def send(data: bytes | str, *, filename: str = "text.md", by: User) -> FileArrival:
    """Return the arrival of these bytes."""
    raw = data.encode() if isinstance(data, str) else data
    return receive_file(source=io.BytesIO(raw), filename=filename, max_bytes=LIMIT, by=by)


def make_run(
    data: bytes | str = TEXT, *, filename: str = "text.md", language: str = "ar", by: User
) -> ImportRun:
    """Return an import that waits to be read."""
    return start_import(arrival=send(data, filename=filename, by=by), language=language, by=by)


def make_draft(data: bytes | str = TEXT, *, language: str = "ar", by: User) -> TextDraft:
    """Return the draft of an import."""
    return parse_import(run_id=make_run(data, language=language, by=by).pk)


def make_revision(
    data: bytes | str = TEXT, *, access: str = "draft", language: str = "ar", by: User
) -> TextRevision:
    """Return the first revision of a new work."""
    draft = make_draft(data, language=language, by=by)
    values = {"title_ar": draft.title, "language": language, "access": access}
    return accept_draft(draft_id=draft.pk, sha256=draft.sha256, values=values, by=by)


def png(width: int, height: int, *, extra: bytes = b"") -> bytes:
    """Return a gray PNG whose rows are zeros: few bytes whatever its size; `extra` goes before the pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = bytes(width + 1)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def chunk(name: bytes, data: bytes) -> bytes:
    """Return one PNG chunk."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
