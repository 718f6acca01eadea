"""Linked films as archivists watch them: worklists, the checks of one film, "check now"."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from archive.access import permitted, visible_to
from archive.actions.accept_film import accept_film
from archive.actions.watch_videos import plan_check
from archive.errors import HashiyaError
from archive.media import films
from archive.models import Capture, Transcript, Video, VideoCheck
from archive.presenters import desk_words
from archive.presenters.messages import sentence
from archive.text.numbers import whole_number
from archive.views.describing import described_list
from archive.views.desk_tools import DeskRequest, desk_view, found, page_of


@require_GET
@desk_view(Video)
def videos(request: DeskRequest) -> HttpResponse:
    """All videos, or one worklist of them."""
    show = request.GET.get("show", "")
    rows = films.with_file_name(Video.objects.all())
    context = described_list(request, rows) | {
        "board": films.board(permitted(Video, request.viewer, "change")),
        "own": set(permitted(Video, request.viewer, "change").exclude(films.AT_AN_ADDRESS).order_by().values_list("provider", flat=True).distinct()),
        "show": show if show in films.WORKLISTS else "", **_words(),
    }  # fmt: skip
    return render(request, "archive/desk/videos.html", context)


def head_of(video: Video) -> dict[str, Any]:
    """Return what the head of a video's pages says of its newest check."""
    newest = VideoCheck.objects.filter(video=video).select_related("checked_by").order_by("-pk").first()
    pictured = VideoCheck.objects.filter(video=video).exclude(thumbnail=None).exists()
    return {
        "newest": newest, "has_picture": pictured, "capture_count": Capture.objects.filter(video=video).count(),
        "text_count": Transcript.objects.filter(video=video).count(), **_words(),
    }  # fmt: skip


def _words() -> dict[str, Any]:
    return {
        "outcomes": desk_words.FILM_OUTCOMES, "reasons": desk_words.FILM_REASONS,
        "facts": desk_words.FILM_FACTS, "status": desk_words.STATUS, "network": settings.OUTSIDE_NETWORK,
    }  # fmt: skip


@require_GET
@desk_view(Video)
def checks(request: DeskRequest, public_id: str) -> HttpResponse:
    """Every check of one video, the newest first."""
    video = found(Video, request, public_id)
    rows = visible_to(VideoCheck, request.viewer).filter(video=video).select_related("checked_by")
    context = {"item": video, "page_obj": page_of(rows.order_by("-pk"), request), **head_of(video)}
    return render(request, "archive/desk/video_checks.html", context)


@require_POST
@desk_view(Video, "change")
def check(request: DeskRequest, public_id: str) -> HttpResponse:
    """Have one video looked at soon; the worker asks, never this page."""
    video = found(Video, request, public_id)
    try:
        plan_check(video=video, by=request.user)
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    else:
        messages.success(
            request, _("The film will be looked at in a moment. Reload the page to see the answer.")
        )
    return redirect("desk_video_checks", public_id)


@require_POST
@desk_view(Video, "change")
def accept(request: DeskRequest, public_id: str) -> HttpResponse:
    """Say that the changed film is the right one."""
    video = found(Video, request, public_id)
    try:
        accept_film(
            video_id=video.pk, check_id=whole_number(request.POST.get("check", "")) or 0, by=request.user,
        )  # fmt: skip
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    else:
        messages.success(request, _("Later checks compare with the film as it is now."))
    return redirect("desk_video_checks", public_id)
