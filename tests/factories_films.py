"""Short ways to films, captures of them and texts of them in a test; the films are as short as bytes allow."""

from __future__ import annotations

import io
import zipfile

from archive.actions.accept_draft import accept_draft
from archive.actions.parse_import import parse_import
from archive.actions.start_import import start_import
from archive.enums import Access
from archive.models import TextRevision, User, Video
from tests.factories_archive import send

MP4 = b"\0\0\0\x18ftypisom\0\0\2\0isommp42" + b"\0\0\0\x08free" + bytes(3000)
WEBM = b"\x1aE\xdf\xa3\x9fB\x86\x81\1B\xf7\x81\1B\xf2\x81\4B\xf3\x81\x08B\x82\x84webm" + bytes(500)
MATROSKA = WEBM.replace(b"\x84webm", b"\x88matroska")
COPY = "https://web.archive.org/web/20160717120000/https://www.youtube.com/watch?v=abcdefghijk"
VTT = """WEBVTT

00:01.000 --> 00:04.500
<v نادية>كان النهر <قريبًا> & عذبًا

01:00:05.000 --> 01:00:08.250
ثم مشينا إليه
"""


def make_video(*, external_id: str = "abcdefghijk", by: User, **fields: object) -> Video:
    """Return a public video at YouTube, unless told otherwise."""
    values = {
        "provider": "youtube",
        "access": Access.PUBLIC,
        "title_ar": "قنطرة",
        "title_en": "Bridge",
        **fields,
    }
    url = f"https://www.youtube.com/watch?v={external_id}"
    return Video.objects.create(external_id=external_id, url=url, created_by=by, **values)


def wacz(*names: str) -> bytes:
    """Return a ZIP with members of these names."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name in names:
            package.writestr(name, b"x")
    return target.getvalue()


def make_captions(
    *, video: Video | None, access: str = "public", kind: str = "", words: str = VTT, by: User
) -> TextRevision:
    """Return the first revision of captions that were sent in for a film."""
    run = start_import(
        arrival=send(words, filename="walk.vtt", by=by),
        language="ar",
        video=video,
        transcript_kind=kind,
        by=by,
    )
    draft = parse_import(run_id=run.pk)
    values = {"title_ar": "كلام القنطرة", "language": "ar", "access": access}
    return accept_draft(draft_id=draft.pk, sha256=draft.sha256, values=values, by=by)
