"""What docs/production.md tells nginx is what the gate counts on."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from archive.media import gate
from archive.models import StoredFile

PAGE = (settings.ROOT / "docs/production.md").read_text()
STORED = StoredFile(sha256="ab" * 32, size=3, media_type="image/webp")
#: Those that nginx itself keeps when it follows an X-Accel-Redirect (measured with 1.22).
KEPT = {"Content-Type", "Content-Disposition", "Accept-Ranges", "Cache-Control"}


def _location() -> str:
    return re.search(r"location (/internal\S*/) \{(.*?)\n  \}", PAGE, re.DOTALL).group(0)


def test_nginx_finds_the_bytes_where_the_gate_sends_it(settings):
    settings.SEND_FILES = "nginx"
    media = re.search(r"^MEDIA_ROOT=(\S+)$", PAGE, re.MULTILINE).group(1)

    prefix = re.search(r"location (\S+)", _location()).group(1)
    alias = re.search(r"alias (\S+);", _location()).group(1)

    assert gate.accelerated(STORED).startswith(prefix)
    assert gate.accelerated(STORED).replace(prefix, alias) == f"{media}/originals/ab/{STORED.sha256}"


@pytest.mark.parametrize("public", [True, False])
def test_nginx_hands_every_protection_on(public):
    for name in set(gate.headers(STORED, filename="a", public=public)) - KEPT:
        assert f"add_header {name} $upstream_http_{name.lower().replace('-', '_')};" in _location()


def test_nginx_does_not_tell_when_a_file_came():
    assert "etag off;" in _location()
    assert 'add_header Last-Modified "";' in _location()
