"""Resumable uploads: the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload) with `creation`."""

from __future__ import annotations

import base64
import binascii
import functools
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from archive.access import visible_to
from archive.actions.announce_file import Coming, announce_file, announce_files
from archive.actions.append_bytes import append_bytes
from archive.actions.tell_hash import tell_hash
from archive.errors import HashiyaError, Invalid, NotVisible
from archive.media import limits
from archive.models import Deposit, DepositItem
from archive.presenters.messages import sentence
from archive.text.json_input import json_object
from archive.views.desk_tools import DeskRequest, found

VERSION = "1.0.0"
PIECE = 1024 * 1024
#: Files of one list.
MOST_LISTED = 500
View = Callable[..., HttpResponseBase]


def _in_words(view: View) -> View:
    """Say refusals in words, and nothing to those who see nothing."""

    @functools.wraps(view)
    def wrapper(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            if not request.viewer.is_member:
                raise NotVisible("not_visible")
            response = view(request, *args, **kwargs)
        except HashiyaError as error:
            words = {"code": error.code, "sentence": sentence(error.code, error.params)}
            response = JsonResponse(words, status=error.status)
        response.headers["Cache-Control"] = "no-store"
        return response

    return wrapper


def _tus(view: View) -> View:
    """Speak the protocol: its version both ways."""

    def spoken(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
            return HttpResponse(status=412, headers={"Tus-Version": VERSION})
        return view(request, *args, **kwargs)

    in_words = _in_words(spoken)

    @functools.wraps(view)
    def wrapper(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = in_words(request, *args, **kwargs)
        response.headers["Tus-Resumable"] = VERSION
        return response

    return wrapper


@require_http_methods(["OPTIONS", "POST"])
@_tus
def uploads(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Announce a file of this deposit; the same file again gets the same address."""
    deposit = found(Deposit, request, public_id)
    if request.method == "OPTIONS":
        headers = {
            "Tus-Version": VERSION, "Tus-Extension": "creation", "Tus-Max-Size": str(limits.DEPOSIT_BYTES)
        }  # fmt: skip
        return HttpResponse(status=204, headers=headers)
    told = _metadata(request.headers.get("Upload-Metadata", ""))
    item = announce_file(
        deposit=deposit, filename=told.get("filename", ""), size=_number(request, "Upload-Length"),
        key=told.get("key", ""), path=told.get("path", ""), sha256=told.get("sha256"),
        hash_follows="hashing" in told, by=request.user,
    )  # fmt: skip
    place = reverse("upload", args=[deposit.public_id, item.public_id])
    return HttpResponse(status=201, headers={"Location": place, "Upload-Offset": str(item.offset)})


@require_http_methods(["POST"])
@_in_words
def listed(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Take the list of what is about to be sent, so that the receipt also names what never comes.

    It goes beyond the protocol; `{"files": [{"name": …, "size": …, "key": …, "path": …}]}`.
    """
    deposit = found(Deposit, request, public_id)
    try:
        rows = json_object(request.body)["files"]
        if len(rows) > MOST_LISTED:
            raise ValueError("too long")
        coming = [_coming(**row) for row in rows]
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid("list_unreadable") from error
    return JsonResponse({"new": announce_files(deposit=deposit, coming=coming, by=request.user)})


def _coming(*, name: str, size: int, key: str, path: str = "") -> Coming:
    """Return one line of the list; raises ValueError for what is none."""
    words = all(isinstance(each, str) for each in (name, key, path))
    if not words or type(size) is not int or not 0 <= size < 10**18:
        raise ValueError(key)
    return Coming(name, size, key, path)


@require_http_methods(["HEAD", "PATCH"])
@_tus
def upload(request: DeskRequest, public_id: str, item_id: str) -> HttpResponseBase:
    """Say how much of a file is here, or take the next piece of it."""
    item = _item(request, public_id, item_id)
    if request.method == "HEAD":
        return HttpResponse(headers={"Upload-Offset": str(item.offset), "Upload-Length": str(item.size)})
    if request.content_type != "application/offset+octet-stream":
        return HttpResponse(status=415)
    offset = _number(request, "Upload-Offset")
    item = append_bytes(item=item, offset=offset, pieces=_pieces(request), by=request.user)
    return HttpResponse(status=204, headers={"Upload-Offset": str(item.offset)})


@require_http_methods(["PUT"])
@_in_words
def tell(request: DeskRequest, public_id: str, item_id: str) -> HttpResponseBase:
    """Take the SHA-256 that the sender worked out at its own end; it goes beyond the protocol.

    `{"sha256": "…"}`, in hexadecimal digits; null: none will come.
    """
    item = _item(request, public_id, item_id)
    try:
        sha256 = json_object(request.body)["sha256"]
    except (KeyError, ValueError) as error:
        raise Invalid("hash_malformed") from error
    if sha256 is not None and not isinstance(sha256, str):
        raise Invalid("hash_malformed")
    item = tell_hash(item=item, sha256=sha256, by=request.user)
    return JsonResponse({"state": item.state, "compared": item.compared})


def _item(request: DeskRequest, public_id: str, item_id: str) -> DepositItem:
    rows = visible_to(DepositItem.objects.select_related("deposit"), request.viewer)
    item = rows.filter(deposit__public_id=public_id, public_id=item_id).first()
    if item is None:
        raise NotVisible("not_visible")
    return item


def _pieces(request: DeskRequest) -> Iterator[bytes]:
    """Yield the body as it comes; one that breaks off ends."""
    while True:
        try:
            piece = request.read(PIECE)
        except OSError:
            return
        if not piece:
            return
        yield piece


def _number(request: DeskRequest, header: str) -> int:
    raw = request.headers.get(header, "")
    if not raw.isascii() or not raw.isdigit() or len(raw) > 18:
        raise Invalid("header_missing", header=header)
    return int(raw)


def _metadata(header: str) -> dict[str, str]:
    """Return the pairs of `Upload-Metadata`: a name and, in base64, its UTF-8 value.

    Raises Invalid("header_missing").
    """
    told = {}
    for pair in header.split(",") if header.strip() else []:
        name, _, value = pair.strip().partition(" ")
        try:
            told[name] = base64.b64decode(value, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError) as error:
            raise Invalid("header_missing", header="Upload-Metadata") from error
        if "\x00" in told[name]:
            raise Invalid("header_missing", header="Upload-Metadata")
    return told
