"""A published text of 100,000 words with 10,000 notes, from the app server alone against the same bytes from nginx.

The first part of it, which is what a browser asks for, weighs so little that the app server alone sets the pace: it is
held against the app server with nothing behind it. And its spans: how soon they come the first time and every time after, and how much they weigh.
"""

from __future__ import annotations

import os
import shutil
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli

from tests.bench.http import ask
from tests.bench.material import accept_all, add_notes, make_text, people, publish_edition
from tests.bench.outcome import Outcome, at_least, at_most
from tests.bench.site import Site, answers, free_port, need, prepared, running, serving

NOTES, CONNECTIONS, SECONDS, TURNS = 10_000, 16, 4, 3
#: Percent of nginx's rate, and of the app server's own; milliseconds; bytes.
SHARE, OWN_SHARE, BEHIND, WARM, COLD, WEIGHT = 40, 80, 90, 25, 120, 100_000
BROTLI = "Accept-Encoding: br"

_NGINX = """
daemon off; worker_processes auto; pid %(root)s/nginx.pid; error_log %(root)s/nginx.log;
events { worker_connections 256; }
http {
  access_log off; sendfile on; keepalive_requests 1000000;
  client_body_temp_path %(root)s/body; proxy_temp_path %(root)s/proxy; fastcgi_temp_path %(root)s/fastcgi;
  uwsgi_temp_path %(root)s/uwsgi; scgi_temp_path %(root)s/scgi;
  proxy_cache_path %(root)s/cache keys_zone=hashiya:10m use_temp_path=off;
  server {
    listen 127.0.0.1:%(port)s;
    location / { root %(root)s; default_type text/html; add_header Content-Encoding br; }
%(more)s
  }
}
"""
#: What docs/production.md puts in front of the application.
_MICRO_CACHE = """
    location /ar/ {
      proxy_pass http://127.0.0.1:%(behind)s; proxy_set_header Host $http_host;
      proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_cache hashiya; proxy_cache_key $scheme$host$request_uri; proxy_ignore_headers Cache-Control Expires; proxy_set_header X-Micro-Cache yes;
      proxy_cache_bypass $cookie_hashiya_view_as; proxy_no_cache $cookie_hashiya_view_as;
    }
"""


def run() -> list[Outcome]:
    """Publish the text, then ask for its page and its spans."""
    need("wrk", "nginx")
    with prepared() as site:
        who = people()
        text = make_text("reading")
        add_notes(text, NOTES, author=who["scholar"])
        accept_all(text, reviewer=who["reviewer"])
        page = publish_edition(text, editor=who["editor"])
        outcomes = [_spans(site, text.public_id, page)]
        outcomes += [_whole(site, f"{page}?whole=1"), _first_part(site, page)]
        return [outcome for found in outcomes for outcome in found]


def _whole(site: Site, path: str) -> list[Outcome]:
    """Ask the site and nginx by turns for the same bytes; the best of each counts."""
    with serving(site):
        packed = fetched(site.url + path)
        with _nginx(site.root, packed, behind=site.port) as url:
            mine, peer = _by_turns(site.url + path, url)
            through, file = _by_turns(url.removesuffix("/page") + path, url)
    return [
        at_least("published page, whole: percent of nginx's rate", 100 * mine / peer, SHARE, "%",
                 beside=_beside(mine, peer, packed)),
        at_least("the same behind nginx: percent of its rate for a file", 100 * through / file, BEHIND, "%",
                 beside=_beside(through, file, packed)),
    ]  # fmt: skip


def _first_part(site: Site, path: str) -> list[Outcome]:
    """Ask the site and the bare app server by turns for the same bytes, and then nginx, to tell its rate."""
    with serving(site):
        packed = fetched(site.url + path)
        with _constant(site, packed) as bare:
            mine, peer = _by_turns(site.url + path, bare)
    with _nginx(site.root, packed) as url:
        least = _asked(url)
    said = f"{_beside(mine, peer, packed)}; nginx: {least:,.0f}"
    return [
        at_least("published page, first part: percent of the app server's own rate", 100 * mine / peer, OWN_SHARE, "%",
                 beside=said)
    ]  # fmt: skip


def _by_turns(ours: str, its: str) -> tuple[float, float]:
    turns = [(_asked(ours), _asked(its)) for _ in range(TURNS)]
    return max(mine for mine, _ in turns), max(peer for _, peer in turns)


def _asked(url: str) -> float:
    """Return how many times a second the address was answered; raises RuntimeError when it refused."""
    asked = ask(url, connections=CONNECTIONS, seconds=SECONDS, headers=(BROTLI,))
    if asked.errors:
        raise RuntimeError(f"{url} was refused to some.")
    return asked.rate


def _beside(mine: float, peer: float, packed: bytes) -> str:
    return f"{mine:,.0f} beside {peer:,.0f} a second, {len(packed) / 1000:.0f} kB each"


@contextmanager
def _constant(site: Site, packed: bytes) -> Iterator[str]:
    """Serve the bytes from a second app server, set up as the site's."""
    kept = site.root / "first-part"
    kept.write_bytes(packed)
    os.environ["BENCH_BYTES"] = str(kept)
    other = Site(site.root, free_port())
    with serving(other, application="tests.bench.constant:application"):
        yield other.url


def fetched(url: str) -> bytes:
    """Return the compressed bytes of an address."""
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept-Encoding": "br"})) as answer:
        if answer.headers["Content-Encoding"] != "br":
            raise RuntimeError(f"{url} came without compression.")
        body: bytes = answer.read()
        return body


@contextmanager
def _nginx(root: Path, packed: bytes, *, behind: int = 0) -> Iterator[str]:
    """Serve the bytes from a file, and what stands `behind` (a port) as docs/production.md does."""
    folder = root / "nginx"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    root.chmod(0o755)
    (folder / "page").write_bytes(packed)
    port, more = free_port(), _MICRO_CACHE % {"behind": behind} if behind else ""
    (folder / "nginx.conf").write_text(_NGINX % {"root": folder, "port": port, "more": more})
    with running(
        [str(shutil.which("nginx")), "-c", str(folder / "nginx.conf"), "-e", str(folder / "nginx.log")]
    ):
        answers(f"http://127.0.0.1:{port}/page")
        yield f"http://127.0.0.1:{port}/page"


def _spans(site: Site, text: str, page: str) -> list[Outcome]:
    """Ask for the spans of the workbench and of the release in this process: cold, then warm."""
    from django.test import Client
    from django.urls import reverse

    from annotations.views import spans as kept
    from archive.models import User
    from archive.views import shared

    client = Client(headers={"Accept-Encoding": "br", "Host": f"127.0.0.1:{site.port}"})
    client.force_login(User.objects.get(email="scholar@bench.example"))
    outcomes = []
    for name, path in (("workbench", reverse("text_spans", args=[text])), ("release", f"{page}spans.json")):
        cold, warm, weight = [], [], 0
        for _ in range(5):
            kept.forget()
            shared.forget()
            took, body = _timed(client, path)
            cold.append(took)
            warm += [_timed(client, path)[0] for _ in range(5)]
            weight = len(body)
            if brotli.decompress(body).count(b"[") < NOTES:
                raise RuntimeError(f"{path} has too few spans.")
        notes = f"spans of {NOTES:,} notes, {name}"
        outcomes += [
            at_most(f"{notes}, cold", min(cold), COLD, "ms"),
            at_most(f"{notes}, warm", min(warm), WARM, "ms"),
            at_most(f"{notes}, compressed", weight, WEIGHT, "bytes"),
        ]
    return outcomes


def _timed(client: object, path: str) -> tuple[float, bytes]:
    begun = time.perf_counter()
    response = client.get(path)  # type: ignore[attr-defined]
    took = (time.perf_counter() - begun) * 1000
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}.")
    return took, response.content
