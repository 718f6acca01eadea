"""`spans.json`: made once for each state of a text's notes and each kind of viewer, and kept compressed."""

from __future__ import annotations

import hashlib
import hmac
from collections import OrderedDict
from threading import Lock

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from annotations.access.arrivals import arrival_places
from annotations.access.narrowed import narrowed_of
from annotations.access.notes import state_of_notes
from annotations.access.texts import revision_of
from annotations.presenters.spans import spans_json
from annotations.views.json_door import json_door, whole
from archive.access import as_viewer

#: Compressed bytes kept by one process.
BUDGET = 16 * 1024 * 1024

_kept: OrderedDict[tuple[object, ...], bytes] = OrderedDict()
_lock = Lock()


def _spans(request: HttpRequest, public_id: str) -> HttpResponseBase:
    viewer = as_viewer(request.viewer)
    revision = revision_of(viewer, public_id, whole(request, "revision", 0))
    narrowed = narrowed_of(request.GET)
    if narrowed:
        # Names of terms have no clock, and few ask twice for the same.
        some = spans_json(
            viewer,
            text_id=revision.text_id,
            revision_id=revision.pk,
            number=revision.number,
            narrowed=narrowed,
        )
        return _answer(request, brotli.compress(some, quality=5))
    state = state_of_notes(revision.text_id)
    # What points here is said by notes on other texts, whose clocks are others.
    arrivals = arrival_places(viewer, text_id=revision.text_id, revision_id=revision.pk)
    key = (revision.pk, state, viewer, tuple(arrivals))
    packed = _kept.get(key) or _keep(
        key,
        brotli.compress(
            spans_json(
                viewer,
                text_id=revision.text_id,
                revision_id=revision.pk,
                number=revision.number,
                arrivals=arrivals,
            ),
            quality=5,
        ),
    )
    return _answer(request, packed)


def _keep(key: tuple[object, ...], packed: bytes) -> bytes:
    with _lock:
        _kept[key] = packed
        while sum(map(len, _kept.values())) > BUDGET:
            _kept.popitem(last=False)
    return packed


def forget() -> None:
    """Empty the memory (tests use the same numbers for other rows)."""
    with _lock:
        _kept.clear()


def _answer(request: HttpRequest, packed: bytes) -> HttpResponse:
    """Answer with the bytes, or that they are unchanged; the tag is keyed: it tells nothing of them."""
    tag = hmac.new(settings.SECRET_KEY.encode(), packed, hashlib.sha256).hexdigest()[:32]
    etag = f'"{tag}"'
    if etag in request.headers.get("If-None-Match", ""):
        response = HttpResponse(status=304)
    elif "br" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(packed, content_type="application/json", headers={"Content-Encoding": "br"})
    else:
        response = HttpResponse(brotli.decompress(packed), content_type="application/json")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept-Encoding, Cookie"
    return response


spans = json_door(get=_spans)
