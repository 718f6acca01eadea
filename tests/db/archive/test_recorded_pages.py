"""Recorded pages (WACZ): what is in them and whether their parts are whole is read by a job and told to the keepers; none is replayed."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest
from django.urls import reverse

from archive.actions.add_capture import add_capture
from archive.actions.add_video import add_video
from archive.actions.read_wacz import ask_reading
from archive.enums import Access
from archive.errors import Invalid
from archive.media.wacz import facts_of
from archive.models import AuditEvent, Capture
from tests.db.archive.deposited import work
from tests.factories_archive import send
from tests.factories_films import MP4

pytestmark = pytest.mark.django_db
WARC = b"WARC/1.1\r\n" * 50
PAGES = b"\n".join(
    json.dumps(line).encode()
    for line in (
        {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"},
        {"url": "https://example.org/watch", "title": "جسر الحديد", "ts": "2016-07-17T12:00:00Z"},
        {"url": "https://example.org/two", "title": "<script>alert(1)</script>"},
        ["no page"], {"title": "nowhere"},
    )
)  # fmt: skip


def hashed(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def wacz(**changed: bytes | None) -> bytes:
    """Return a whole WACZ; `changed` gives other bytes to "warc" or "pages", or replaces a description."""
    parts = {"archive/data.warc.gz": WARC, "pages/pages.jsonl": PAGES}
    told = {
        "profile": "data-package", "wacz_version": "1.1.1", "title": "Bridge", "software": "a crawler 1.2",
        "created": "2026-01-02T03:04:05Z", "mainPageUrl": "https://example.org/watch",
        "resources": [
            {"name": name, "path": name, "hash": hashed(data), "bytes": len(data)} for name, data in parts.items()
        ],
    }  # fmt: skip
    described = changed.get("told") or json.dumps(told).encode()
    digest = json.dumps(
        {"path": "datapackage.json", "hash": hashed(changed.get("sealed") or described)}
    ).encode()
    parts["archive/data.warc.gz"] = changed.get("warc") or WARC
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, data in {**parts, "datapackage.json": described, "datapackage-digest.json": digest}.items():
            package.writestr(name, data)
        if changed.get("more"):
            package.writestr("archive/more.warc", changed["more"] or b"")
    return target.getvalue()


@pytest.fixture
def video(archivist):
    return add_video(
        url="https://www.youtube.com/watch?v=abcdefghijk", values={"access": Access.PUBLIC}, by=archivist
    )


def kept(video, archivist, data) -> Capture:
    capture = add_capture(video=video, arrival=send(data, filename="page.wacz", by=archivist), by=archivist)
    work()
    capture.refresh_from_db()
    return capture


def test_what_is_in_it_is_told_to_those_who_keep_it(client, desk, video, archivist):
    capture = kept(video, archivist, wacz(more=b"x"))
    facts = capture.embedded_metadata
    page = desk.get(f"/en/desk/captures/{capture.public_id}/").content.decode()

    assert (facts["integrity"], facts["checked"], facts["unlisted"], facts["page_count"]) == (
        "intact",
        3,
        1,
        2,
    )
    assert (facts["created"], facts["software"]) == ("2026-01-02T03:04:05Z", "a crawler 1.2")
    assert "Its parts are those that it lists" in page
    assert "جسر الحديد" in page
    assert "https://example.org/watch" in page
    assert "<script>alert" not in page
    assert "is not replayed here" in page
    assert AuditEvent.objects.filter(action="capture.looked_into").count() == 1
    client.logout()
    assert "جسر الحديد" not in client.get(f"/api/captures/{capture.public_id}/").content.decode()


@pytest.mark.parametrize(
    ("data", "integrity", "damaged"),
    [
        (wacz(warc=WARC + b"!"), "damaged", ["archive/data.warc.gz"]),
        (wacz(sealed=b"another"), "damaged", ["datapackage.json"]),
        (
            wacz(told=b'{"resources": [{"path": "archive/gone.warc", "hash": "sha256:00"}]}'),
            "damaged",
            ["archive/gone.warc"],
        ),
        (wacz(told=b"no json"), "unproved", []),
        (wacz(told=b"[" * 100_000), "unproved", []),
    ],
    ids=["a part", "the list", "a part that is gone", "no list", "a deep list"],
)
def test_its_parts_are_compared_with_its_own_list(video, archivist, data, integrity, damaged):
    facts = kept(video, archivist, data).embedded_metadata

    assert facts["integrity"] == integrity
    assert facts.get("damaged", []) == damaged


def test_without_hashes_nothing_is_proved(desk, video, archivist):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/a.warc", "x")
    capture = kept(video, archivist, target.getvalue())

    assert (capture.embedded_metadata["integrity"], capture.embedded_metadata["why"]) == (
        "unproved",
        "no_hashes",
    )
    assert (
        "Whether its parts are whole cannot be told"
        in desk.get(f"/en/desk/captures/{capture.public_id}/").content.decode()
    )


def test_a_bomb_is_not_unpacked(video, archivist):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/a.warc", bytes(64 * 1024**2))

    assert kept(video, archivist, target.getvalue()).embedded_metadata["why"] == "too_large"


def test_it_is_read_again_when_asked_for(desk, video, archivist):
    capture = kept(video, archivist, wacz())
    Capture.objects.update(embedded_metadata={})

    answer = desk.post(reverse("read_wacz", args=[capture.public_id]), follow=True)
    waiting = answer.content.decode()
    work()
    capture.refresh_from_db()

    assert 'class="progress' in waiting
    assert capture.embedded_metadata["integrity"] == "intact"
    film = add_capture(video=video, arrival=send(MP4, filename="a.mp4", by=archivist), by=archivist)
    with pytest.raises(Invalid, match="not_a_wacz"):
        ask_reading(capture=film, by=archivist)


def test_a_list_of_pages_that_unfolds_beyond_measure_is_not_read(tmp_path):
    path = tmp_path / "page.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("pages/pages.jsonl", b'{"url": "https://a.example/"}\n' * 200_000)

    facts = facts_of(path)

    assert (facts["why"], "page_count" in facts) == ("too_large", False)
