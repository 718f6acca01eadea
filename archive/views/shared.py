"""Pages that everyone sees alike: rendered as anonymous, kept as compressed bytes, dead when the epoch moves.

A view decorated with `shared` runs as anybody whatever cookie came, so that nothing personal can enter a
shared cache. The bytes are keyed on the publication epoch, which every change of what the public may see
raises in its own transaction; a process reads it at most once a second.
"""

from __future__ import annotations

import functools
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

import brotli
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import parse_http_date_safe

from archive import kinds
from archive.access import ANYBODY
from archive.models import SiteSettings

#: Bytes kept by one process.
BUDGET = 64 * 1024 * 1024
#: For how many seconds a process may go on with an epoch that it has read.
EPOCH_SECONDS = 1.0

#: Sent on by a proxy that keeps shared pages for a second itself (docs/production.md). What it gets must not be a second
#: old already, so the epoch is read for it each time; it asks once a second at most.
MICRO_CACHE = "HTTP_X_MICRO_CACHE"

#: The stored epoch, and how many planned moments (ends of embargoes, publications) are over.
Epoch = tuple[int, ...]

#: Headers of a view that are kept with its page. A content policy of its own is that of a card which other sites
#: may frame (`annotations.reader.embed`).
KEPT = (
    "Link",
    "Last-Modified",
    "Content-Disposition",
    "X-Robots-Tag",
    "Access-Control-Allow-Origin",
    "Content-Security-Policy",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it goes out."""

    body: bytes
    content_type: str
    encoding: str
    etag: str
    #: Those of `KEPT` that the view set.
    more: tuple[tuple[str, str], ...]
    #: Whether the view said that other sites may show it in a frame.
    may_be_framed: bool = False


_pages: OrderedDict[tuple[Epoch, str, str], Kept] = OrderedDict()
_size = 0
#: Answers to be sent just as they were, headers and all: tiles, which signed-in people get alike.
_answers: OrderedDict[tuple[Epoch, str], tuple[bytes, dict[str, str]]] = OrderedDict()
#: Most of them; a tile has some 50 kB.
ANSWERS = 512
_lock = Lock()
#: Never read yet: the clock counts from when the machine began, so that zero may be a moment ago.
_NEVER: tuple[float, Epoch] = (float("-inf"), ())
_epoch = _NEVER


def current_epoch(request: HttpRequest | None = None) -> Epoch:
    """Return the publication epoch, read from the database at most once a second unless `request` must have it fresh.

    Time alone changes it too: when an embargo ends or a planned publication begins.
    """
    global _epoch
    now = time.monotonic()
    if now - _epoch[0] > EPOCH_SECONDS or (request is not None and MICRO_CACHE in request.META):
        value = SiteSettings.objects.filter(pk=1).values_list("epoch", flat=True).first() or 0
        _epoch = (now, (value, *(moments() for moments in kinds.planned_moments)))
    return _epoch[1]


def epoch_of_this_second() -> Epoch | None:
    """Return the epoch if it need not be read again yet, else None."""
    read_at, epoch = _epoch
    return epoch if time.monotonic() - read_at <= EPOCH_SECONDS else None


def forget() -> None:
    """Empty the cache (tests start from nothing)."""
    global _size, _epoch
    _pages.clear()
    _answers.clear()
    _size, _epoch = 0, _NEVER


def _encoding(request: HttpRequest) -> str:
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return "br" if "br" in accepted else ""


def cached(request: HttpRequest) -> HttpResponseBase | None:
    """Return the kept page of this address, if any; asked before session and language are looked at."""
    if request.method not in ("GET", "HEAD") or not (_pages or _answers):
        return None
    epoch = current_epoch(request)
    as_it_was = _answers.get((epoch, request.get_full_path()))
    if as_it_was is not None:
        return _again(request, *as_it_was)
    found = _pages.get((epoch, request.get_full_path(), _encoding(request)))
    if found is None:
        return None
    response = _answer(request, found)
    response.shared_epoch = epoch
    return response


def keep_as_is(request: HttpRequest, response: HttpResponse, epoch: Epoch) -> None:
    """Keep an answer that everybody gets alike; `epoch` was read before anybody asked who may have it."""
    if response.status_code != 200 or request.method != "GET" or len(response.content) > BUDGET // ANSWERS:
        return
    with _lock:
        _answers[epoch, request.get_full_path()] = (response.content, dict(response.items()))
        while len(_answers) > ANSWERS:
            _answers.popitem(last=False)


def _again(request: HttpRequest, body: bytes, headers: dict[str, str]) -> HttpResponse:
    if request.META.get("HTTP_IF_NONE_MATCH") == headers["ETag"]:
        body, status = b"", 304
    else:
        status = 200
    return HttpResponse(body, status=status, headers=headers)


def _answer(request: HttpRequest, page: Kept) -> HttpResponse:
    if _has_it(request, page):
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(page.body, content_type=page.content_type)
        if page.encoding:
            response.headers["Content-Encoding"] = page.encoding
    for name, value in page.more:
        response.headers[name] = value
    response.xframe_options_exempt = page.may_be_framed
    response.headers["ETag"] = page.etag
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    response.headers["Vary"] = "Accept-Encoding"
    if MICRO_CACHE in request.META:
        response.headers["X-Accel-Expires"] = "1"  # In seconds; nginx takes it off.
    return response


def _has_it(request: HttpRequest, page: Kept) -> bool:
    """Whether who asks has these bytes: by the ETag where they name one, else by the time."""
    named = request.META.get("HTTP_IF_NONE_MATCH")
    if named is not None:
        return bool(named == page.etag)
    since = parse_http_date_safe(request.META.get("HTTP_IF_MODIFIED_SINCE", ""))
    changed = parse_http_date_safe(dict(page.more).get("Last-Modified", ""))
    return since is not None and changed is not None and changed <= since


def shared(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Mark a view as a public surface: it runs as anybody, and its page may be shared."""

    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.user = AnonymousUser()
        request.viewer = ANYBODY
        # What waits to be told to one person stays in their session for the next page of their own.
        request.__dict__.pop("_messages", None)
        if getattr(request, "view_as", ""):
            return view(request, *args, **kwargs)
        epoch = current_epoch(request)
        response = view(request, *args, **kwargs)
        if response.status_code != 200 or response.streaming or request.method not in ("GET", "HEAD"):
            return response
        if "Content-Encoding" in response.headers:
            return response  # One shared view asked another, which has kept the page and compressed it.
        if hasattr(response, "render"):
            response = response.render()
        assert isinstance(response, HttpResponse)
        return _keep(request, response, epoch)

    wrapper.is_shared = True
    return wrapper


def _keep(request: HttpRequest, response: HttpResponse, epoch: Epoch) -> HttpResponse:
    global _size
    encoding = _encoding(request)
    body = brotli.compress(response.content, quality=5) if encoding else response.content
    more = tuple((name, response.headers[name]) for name in KEPT if name in response.headers)
    page = Kept(
        body, response.headers["Content-Type"], encoding, f'"{hashlib.sha256(body).hexdigest()[:32]}"', more,
        may_be_framed=getattr(response, "xframe_options_exempt", False),
    )  # fmt: skip
    if len(body) <= BUDGET // 8:
        key = (epoch, request.get_full_path(), encoding)
        with _lock:
            before = _pages.pop(key, None)  # Another thread may have made it meanwhile.
            _pages[key] = page
            _size += len(body) - (len(before.body) if before else 0)
            while _size > BUDGET:
                _, dropped = _pages.popitem(last=False)
                _size -= len(dropped.body)
    return _answer(request, page)
