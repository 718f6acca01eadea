"""Bytes, through one gate: found by a random id, then allowed, and only then looked at for conditions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

from archive.access import ANYBODY, allows, permitted, visible_to
from archive.media import gate, paths
from archive.media.film_bytes import PLAYABLE, WACZ
from archive.models import (
    Capture,
    CleanCopy,
    Derivative,
    FileArrival,
    FreshPdf,
    Image,
    StoredFile,
    Transcript,
    Video,
)
from archive.presenters.webvtt import has_times, webvtt
from archive.text.numbers import whole_number
from archive.views.desk_tools import DeskRequest, found

CHUNK = 256 * 1024


@require_safe
def derivative(request: DeskRequest, public_id: str, name: str) -> HttpResponseBase:
    """A copy of an image that the viewer may see: "large", or "large-3" of its third page."""
    image = found(Image, request, public_id)
    copies = Derivative.objects.select_related("stored_file").filter(image=image, pixels=image.pixels)
    first, _hyphen, page = name.partition("-")
    copy = copies.filter(name=first, page=(whole_number(page) or 0) if page else 1).first()
    if copy is None or copy.address != name:
        raise Http404
    public = allows(ANYBODY, "view", image)
    return send(request, copy.stored_file, filename=f"{public_id}-{name}.webp", public=public)


@require_safe
def fresh_pdf(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """The pages of a PDF that the viewer may see, as a PDF of our own pixels and words."""
    image = found(Image, request, public_id)
    made = FreshPdf.objects.select_related("stored_file").filter(image=image, pixels=image.pixels).first()
    if made is None:
        raise Http404
    public = allows(ANYBODY, "view", image)
    return send(request, made.stored_file, filename=f"{public_id}.pdf", public=public)


@require_safe
def original(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """The bytes of an image as they were received, for those who keep the archive."""
    rows = permitted(Image.objects.select_related("arrival__stored_file"), request.viewer, "original")
    image = rows.filter(public_id=public_id).first()
    if image is None:
        raise Http404
    return send(
        request, image.arrival.stored_file, filename=image.arrival.filename, public=False, inline=False
    )


@require_safe
def video_picture(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Fresh pixels of the picture that a video's provider shows for it, for those who may see the video."""
    video = found(Video, request, public_id)
    check = video.checks.exclude(thumbnail=None).select_related("thumbnail").order_by("-pk").first()
    if check is None or check.thumbnail is None:
        raise Http404
    public = allows(ANYBODY, "view", video)
    answer = send(request, check.thumbnail, filename=f"{public_id}.webp", public=public)
    return _for_elsewhere(answer, public=public)


@require_safe
def capture(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """The bytes of a capture that the viewer may see: a film to be played, anything else to be saved.

    Of a recording its sound alone is given out, to whomever: what the file says of itself is with its original.
    """
    rows = Capture.objects.select_related("arrival__stored_file", "video")
    row = found(rows, request, public_id)
    if row.arrival is None:
        raise Http404
    public, film = allows(ANYBODY, "view", row), row.media_type if row.media_type in PLAYABLE else ""
    if row.video.is_recording:
        copy = CleanCopy.objects.select_related("stored_file").filter(capture=row).first()
        if copy is None:
            raise Http404
        name = f"{public_id}.{PLAYABLE[copy.media_type]}"
        answer = send(request, copy.stored_file, filename=name, public=public, film=copy.media_type)
        return _for_elsewhere(answer, public=public)
    # The sender's name of the file may say more than the public should know.
    ending = PLAYABLE.get(film) or ("wacz" if row.media_type == WACZ else "bin")
    answer = send(
        request, row.arrival.stored_file, filename=f"{public_id}.{ending}", public=public, film=film
    )
    return _for_elsewhere(answer, public=public and bool(film))


def _for_elsewhere(answer: HttpResponseBase, *, public: bool) -> HttpResponseBase:
    """Let players on other sites have what a public manifest names."""
    if public:
        for name, value in gate.ELSEWHERE.items():
            answer[name] = value
    return answer


@require_safe
def captions(request: DeskRequest, public_id: str) -> HttpResponse:
    """The current wording of a text as captions of its film, for those who may see both."""
    tie = found(Transcript.objects.select_related("text__current_revision"), request, public_id)
    revision = tie.text.current_revision
    if revision is None or not has_times(revision.blocks):
        raise Http404
    public = allows(ANYBODY, "view", tie)
    etag = f'"{salted_hmac("archive.captions", f"{revision.pk}:{revision.sha256}").hexdigest()[:32]}"'
    headers = gate.words_headers("text/vtt; charset=utf-8", etag=etag, public=public)
    if public:
        headers |= gate.ELSEWHERE
    if gate.matches(etag, request.headers.get("If-None-Match", "")):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(webvtt(revision.content, revision.blocks), headers=headers)


@require_safe
def arrival(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """The bytes of any file as they were received, for archivists."""
    rows = visible_to(FileArrival.objects.select_related("stored_file"), request.viewer)
    row = rows.filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return send(request, row.stored_file, filename=row.filename, public=False, inline=False)


def send(
    request: DeskRequest,
    stored: StoredFile,
    *,
    filename: str,
    public: bool,
    inline: bool = True,
    film: str = "",
) -> HttpResponseBase:
    """Answer with the bytes, a part of them, or "not modified"."""
    headers = gate.headers(stored, filename=filename, public=public, inline=inline, film=film)
    if gate.matches(headers["ETag"], request.headers.get("If-None-Match", "")):
        kept = ("ETag", "Cache-Control", "Content-Security-Policy")
        return HttpResponse(status=304, headers={name: headers[name] for name in kept})
    internal, path = gate.accelerated(stored), paths.of_sha256(stored.sha256)
    return _answer(request, stored.size, path, headers, internal)


class Package(gate.Sent, Protocol):
    """A row of a file that was made to be given out."""

    @property
    def size(self) -> int | None:
        """Of the finished file, in bytes."""


def send_package(request: DeskRequest, package: Package, *, path: Path, filename: str) -> HttpResponseBase:
    """Answer with a package, or a part of it; who may have it was asked before."""
    headers = gate.headers(package, filename=filename, public=False, inline=False)
    return _answer(request, package.size or 0, path, headers, gate.accelerated_package(path.name))


def _answer(
    request: DeskRequest, size: int, path: Path, headers: dict[str, str], internal: str
) -> HttpResponseBase:
    if internal:
        return HttpResponse(headers=headers | {"X-Accel-Redirect": internal})
    if not path.is_file():
        raise Http404
    wanted = request.headers.get("Range", "")
    if request.headers.get("If-Range", headers["ETag"]) != headers["ETag"]:
        wanted = ""
    part = gate.part(wanted, size)
    if part is None:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    headers["Content-Length"] = str(part.stop - part.start)
    if not part.is_whole:
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{part.size}"
    status = 200 if part.is_whole else 206
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    return StreamingHttpResponse(_read(path, part), status=status, headers=headers)


def _read(path: Path, part: gate.Part) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(part.start)
        left = part.stop - part.start
        while left > 0:
            chunk = file.read(min(CHUNK, left))
            if not chunk:
                return
            left -= len(chunk)
            yield chunk
