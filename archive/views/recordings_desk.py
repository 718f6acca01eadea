"""Recordings of sound, and films from files, as archivists take them in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive.access import require_may
from archive.actions.add_capture import MAKE_CLEAN_COPY
from archive.actions.add_film import add_film
from archive.actions.add_recording import add_recording
from archive.actions.receive_file import receive_file
from archive.errors import HashiyaError, Invalid
from archive.forms.recordings import NewFilmForm, NewRecordingForm
from archive.media import limits
from archive.media.upload import upload_refusal
from archive.models import Capture, CleanCopy, Job, Video
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view


@require_http_methods(["GET", "POST"])
@desk_view(Video)
def new_recording(request: DeskRequest) -> HttpResponseBase:
    """Take a recording into the catalogue: its file, and what it is called."""
    return _page(request, NewRecordingForm, add_recording, "archive/desk/new_recording.html")


@require_http_methods(["GET", "POST"])
@desk_view(Video)
def new_film(request: DeskRequest) -> HttpResponseBase:
    """Take a film into the catalogue from its file: a video at no address elsewhere."""
    return _page(request, NewFilmForm, add_film, "archive/desk/new_film.html")


def _page(
    request: DeskRequest, form_class: type[NewRecordingForm], add: Callable[..., Video], template: str
) -> HttpResponseBase:
    named = request.GET.get("arrival", "") or request.POST.get("arrival", "")
    form = form_class(viewer=request.viewer, named=named, initial={"arrival": named})
    status = 200
    if request.method == "POST":
        form = form_class(request.POST, request.FILES, viewer=request.viewer, named=named)
        status = 422
        try:
            stopped = upload_refusal(request, limit=limits.IMAGE_BYTES)
            if stopped is not None:
                raise stopped
            if form.is_valid():
                video = _add(request, form, add)
                messages.success(request, _("It is in the catalogue now."))
                return redirect("desk_video", video.public_id)
        except HashiyaError as error:
            status = error.status
            field = str(error.params.get("field", "file"))
            form.add_error(field if field in form.fields else None, sentence(error.code, error.params))
    context = {"form": form, "limit_mb": limits.IMAGE_BYTES // 1024**2}
    return render(request, template, context, status=status)


def _add(request: DeskRequest, form: NewRecordingForm, add: Callable[..., Video]) -> Video:
    data = form.cleaned_data
    file, arrival = data["file"], data["arrival"]
    if file and arrival:
        raise Invalid("recording_two", field="arrival")
    if not file and not arrival:
        raise Invalid("nothing_sent", field="file")
    if file:
        # Asked before any bytes are kept.
        require_may(request.viewer, "add", Video)
        arrival = receive_file(
            source=file.chunks(), filename=file.name or "", max_bytes=limits.IMAGE_BYTES, by=request.user
        )
    return add(arrival=arrival, values=form.values(), key=data["key"], by=request.user)


def copy_of(video: Video) -> dict[str, Any]:
    """Return how far the copy for readers is of what is kept here: its newest capture, what is played of it, the job that makes it."""
    capture = Capture.objects.filter(video=video).exclude(arrival=None).order_by("-pk").first()
    if capture is None:
        return {}
    job = Job.objects.filter(kind=MAKE_CLEAN_COPY, payload__capture=capture.pk).order_by("-pk").first()
    code = str(job.message.get("code", "")) if job and job.state == "failed" and job.message else ""
    return {
        "capture": capture, "played": CleanCopy.objects.filter(capture=capture).exists(), "copy_job": job,
        "why": sentence(code, job.message.get("params", {})) if job and code else "",
    }  # fmt: skip
