"""The ways from a public page to the work on it, for those who may take them; fetched apart, as shared pages are."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from annotations.models import Annotation
from annotations.presenters.annotation import place_url
from annotations.presenters.client_site import is_on
from annotations.views.requests import Request
from archive.access import may, permitted, visible_to
from archive.access.sections import in_part
from archive.enums import RECORDING
from archive.models import Image, Text, Video, Work


@require_safe
def doors(request: Request, public_id: str) -> HttpResponse:
    """Send the links of one text; nothing when there are none, or no such text."""
    text = visible_to(Text, request.viewer).filter(public_id=public_id).first()
    is_part = text is None and in_part(Text.objects.filter(public_id=public_id), request.viewer).exists()
    works = permitted(Work, request.viewer, "change")
    context = {
        "text": text if request.viewer.is_member else None,
        "is_part": is_part and request.viewer.is_member,
        "is_writer": may(request.viewer, "add", Annotation),
        "has_client": is_on(),
        "keeps": text is not None and works.filter(pk=text.work_id).exists(),
    }
    return render(request, "annotations/workbench/doors.html", context)


@require_safe
def image_doors(request: Request, public_id: str) -> HttpResponse:
    """Send the link to the workbench of one image; nothing when there is none for this person."""
    return _media_doors(request, Image, public_id)


@require_safe
def video_doors(request: Request, public_id: str) -> HttpResponse:
    """Send the link to the workbench of one video; nothing when there is none for this person."""
    return _media_doors(request, Video, public_id)


def _media_doors(request: Request, model: type[Image | Video], public_id: str) -> HttpResponse:
    item = visible_to(model, request.viewer).filter(public_id=public_id).first()
    context = {
        "address": place_url(item) if item and request.viewer.is_member else "", "is_image": model is Image,
        "is_sound": isinstance(item, Video) and item.provider == RECORDING,
        "is_writer": may(request.viewer, "add", Annotation),
    }  # fmt: skip
    return render(request, "annotations/workbench/media_doors.html", context)
