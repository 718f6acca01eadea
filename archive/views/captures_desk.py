"""Captures of a film as archivists keep them: what there is, a new one, what is said of each."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from archive.access import require, visible_to
from archive.actions.add_capture import READ_WACZ, add_capture
from archive.actions.capture_video import CAPTURE_VIDEO, ask_capture
from archive.actions.describe_capture import describe_capture
from archive.actions.read_wacz import ask_reading
from archive.actions.receive_file import receive_file
from archive.enums import CaptureKind, JobState
from archive.errors import HashiyaError, Invalid, Stale
from archive.forms.captures import DescribeCaptureForm, NewCaptureForm
from archive.forms.stale import overtaken
from archive.media import limits
from archive.media.film_bytes import PLAYABLE
from archive.media.upload import upload_refusal
from archive.models import Capture, Job, Video
from archive.presenters import desk_words
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view, found, page_of, version_of
from archive.views.jobs import job_words


@require_http_methods(["GET", "POST"])
@desk_view(Capture)
def captures(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Every capture of one film, the newest first, and a form for another."""
    video = found(Video, request, public_id)
    named = request.GET.get("arrival", "") or request.POST.get("arrival", "")
    form = NewCaptureForm(
        viewer=request.viewer, named=named, initial={"captured_by": str(request.user), "arrival": named}
    )
    status = 200
    if request.method == "POST":
        form = NewCaptureForm(request.POST, request.FILES, viewer=request.viewer, named=named)
        status = 422
        try:
            stopped = upload_refusal(request, limit=limits.IMAGE_BYTES)
            if stopped is not None:
                raise stopped
            if form.is_valid():
                _add(request, video, form)
                messages.success(request, _("The capture is kept."))
                return redirect("desk_captures", public_id)
        except HashiyaError as error:
            status = error.status
            _refuse(form, error)
    rows = visible_to(Capture, request.viewer).filter(video=video)
    rows = rows.select_related("arrival__stored_file", "created_by").prefetch_related("groups")
    context = {
        "item": video, "form": form, "page_obj": page_of(rows.order_by("-pk"), request), **_words(),
        "limit_mb": limits.IMAGE_BYTES // 1024**2, "playable": PLAYABLE, **_asked(video),
    }  # fmt: skip
    return render(request, "archive/desk/captures.html", context, status=status)


@require_POST
@desk_view(Capture)
def capture_now(request: DeskRequest, public_id: str) -> HttpResponse:
    """Ask for a capture from the provider."""
    video = found(Video, request, public_id)
    try:
        ask_capture(video=video, by=request.user)
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect("desk_captures", public_id)


def _asked(video: Video) -> dict[str, Any]:
    """Return whether films are captured here, and the newest promise to capture this one."""
    job = Job.objects.filter(kind=CAPTURE_VIDEO, dedupe_key=str(video.pk)).order_by("-pk").first()
    return {
        "may_capture": bool(settings.OUTSIDE_NETWORK and settings.YT_DLP), "job": job,
        "capturing": job is not None and job.state in (JobState.QUEUED, JobState.RUNNING),
        "failed": job_words(job) if job is not None and job.state == JobState.FAILED else "",
    }  # fmt: skip


def _words() -> dict[str, Any]:
    return {
        "kinds": desk_words.CAPTURE_KINDS, "accesses": desk_words.CAPTURE_ACCESS_SHORT,
    }  # fmt: skip


def _add(request: DeskRequest, video: Video, form: NewCaptureForm) -> Capture:
    data = form.cleaned_data
    file, arrival = data["file"], data["arrival"]
    if bool(file) + bool(arrival) + bool(data["url"]) > 1:
        raise Invalid("capture_two", field="url")
    if file:
        # Asked before any bytes are kept.
        require(request.viewer, "change", video)
        arrival = receive_file(
            source=file.chunks(), filename=file.name or "", max_bytes=limits.IMAGE_BYTES, by=request.user
        )
    return add_capture(
        video=video, arrival=arrival, url=data["url"], values=form.values(), key=data["key"], by=request.user
    )


def _refuse(form: DescribeCaptureForm, error: HashiyaError) -> None:
    field = str(error.params.get("field", ""))
    form.add_error(field if field in form.fields else None, sentence(error.code, error.params))


@require_http_methods(["GET", "POST"])
@desk_view(Capture)
def capture(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """One capture: what it is, and what is said of it."""
    rows = Capture.objects.select_related("video", "arrival__stored_file", "created_by")
    row = found(rows, request, public_id)
    context = {"item": row, "film": row.video, **_words(), "playable": PLAYABLE, **_recorded(row)}
    if request.method == "GET":
        return _page(request, DescribeCaptureForm(viewer=request.viewer, capture=row), context)
    form = DescribeCaptureForm(request.POST, viewer=request.viewer, capture=row)
    version = version_of(request)
    if not form.is_valid():
        return _page(request, form, context, status=422)
    try:
        describe_capture(capture_id=row.pk, version=version, values=form.values(), by=request.user)
    except Stale as error:
        row.refresh_from_db()
        told = overtaken(form, error, form.initial_of(row), version=row.version)
        return _page(request, form, context | told, status=412)
    except Invalid as error:
        _refuse(form, error)
        return _page(request, form, context, status=error.status)
    messages.success(request, _("The description is saved."))
    return redirect(reverse("desk_captures", args=[row.video.public_id]))


@require_POST
@desk_view(Capture, "change")
def read(request: DeskRequest, public_id: str) -> HttpResponse:
    """Have a recorded page looked into once more."""
    row = found(Capture, request, public_id)
    try:
        ask_reading(capture=row, by=request.user)
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect("desk_capture", public_id)


def _recorded(row: Capture) -> dict[str, Any]:
    """Return what a recorded page holds, as far as it was looked into, and the work that does."""
    if row.kind != CaptureKind.WACZ:
        return {}
    job = Job.objects.filter(kind=READ_WACZ, dedupe_key=str(row.pk)).order_by("-pk").first()
    waits = job is not None and job.state in (JobState.QUEUED, JobState.RUNNING)
    return {
        "recorded": row.embedded_metadata, "reading": job if waits else None, "is_wacz": True,
        "looked_at": job.finished_at if job is not None else None,
        "why": job_words(job) if job is not None and job.state == JobState.FAILED else "",
    }  # fmt: skip


def _page(
    request: DeskRequest, form: DescribeCaptureForm, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(request, "archive/desk/capture.html", context | {"form": form}, status=status)
