"""Images, videos and the gaps of texts as archivists see them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from archive.access import visible_to
from archive.actions.add_image import IMAGE_HERE, add_image
from archive.actions.add_video import add_video
from archive.actions.describe_image import describe_image
from archive.actions.describe_video import describe_video
from archive.actions.make_tiles import MAKE_TILES
from archive.actions.receive_file import receive_file
from archive.enums import JobState
from archive.errors import HashiyaError, Invalid
from archive.forms.media import DescribeImageForm, DescribeVideoForm, NewVideoForm, UploadImagesForm
from archive.media import limits
from archive.media.upload import upload_refusal
from archive.models import Derivative, Image, Job, Text, Video
from archive.presenters import desk_words
from archive.presenters.messages import sentence
from archive.views.describing import create_page, describe_page, described_list
from archive.views.desk_tools import DeskRequest, desk_view, found, wants_json
from archive.views.films_desk import head_of
from archive.views.jobs import job_words
from archive.views.recordings_desk import copy_of


@require_GET
@desk_view(Image)
def images(request: DeskRequest) -> HttpResponse:
    """All images, with those that do not decode."""
    rows = Image.objects.select_related("arrival").annotate(figure_count=Count("figures"))
    context = described_list(request, rows) | {
        "state": request.GET.get("state", ""), "states": desk_words.IMAGE_STATES, "status": desk_words.STATUS,
    }  # fmt: skip
    return render(request, "archive/desk/images.html", context)


def receive_image(
    request: DeskRequest, file: UploadedFile, *, key: str, values: dict[str, Any] | None = None
) -> Image:
    """Receive one picture and take it into the catalogue; raises Conflict("image_here") when it is here already."""
    if not file.size:
        raise Invalid("empty_file")
    arrival = receive_file(
        source=file.chunks(), filename=file.name or "", max_bytes=limits.IMAGE_BYTES, by=request.user
    )  # fmt: skip
    return add_image(arrival=arrival, values=values, key=key, unless_here=True, by=request.user)


@require_http_methods(["GET", "POST"])
@desk_view(Image)
def upload_images(request: DeskRequest) -> HttpResponseBase:
    """Send in pictures: a form for browsers, JSON with one file at a time for scripts."""
    if request.method == "GET":
        return _upload_page(request, UploadImagesForm())
    form = UploadImagesForm(request.POST, request.FILES)
    stopped = upload_refusal(request, limit=limits.IMAGE_BYTES)
    if stopped is not None:
        return _refused(request, form, stopped)
    if not form.is_valid():
        return _refused(request, form, Invalid("nothing_sent"))
    if wants_json(request):
        return _receive_for_script(request, form)
    made: list[Image] = []
    here: list[dict[str, str]] = []
    for number, file in enumerate(form.cleaned_data["file"]):
        try:
            made.append(receive_image(request, file, key=_key(form, number)))
        except HashiyaError as error:
            if error.code == IMAGE_HERE:
                here.append({"name": file.name, **same_words(request, error)})
            else:
                messages.error(request, f"{file.name}: {sentence(error.code, error.params)}")
    if len(here) == 1 and not made:
        return redirect(here[0]["url"])
    if here:
        return _upload_page(request, UploadImagesForm(), status=409, here=here, made=made)
    if not made:
        return _upload_page(request, UploadImagesForm(), status=422)
    words = ngettext("%(n)s picture was received.", "%(n)s pictures were received.", len(made)) % {
        "n": len(made)
    }
    messages.success(request, words)
    return redirect("desk_image", made[0].public_id) if len(made) == 1 else redirect("desk_images")


def _key(form: UploadImagesForm, number: int) -> str:
    key = form.cleaned_data["key"]
    return f"{key}:{number}" if key else ""


def same_words(request: DeskRequest, error: HashiyaError) -> dict[str, str]:
    """Return what is said of a picture that is here already, and the address at which one chooses what to do."""
    image = visible_to(Image, request.viewer).get(public_id=error.params["image"])
    words = _("You have this already: %(title)s") % {"title": image}
    return {"words": words, "url": reverse("image_again", args=[error.params["arrival"]])}


def _upload_page(
    request: DeskRequest, form: UploadImagesForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = more | {
        "form": form,
        "limit": limits.IMAGE_BYTES,
        "limit_mb": limits.IMAGE_BYTES // 1024**2,
        "limit_mp": limits.IMAGE_PIXELS // 1_000_000,
        "limit_pages": limits.IMAGE_PAGES,
    }
    return render(request, "archive/desk/upload_images.html", context, status=status)


def _refused(request: DeskRequest, form: UploadImagesForm, error: HashiyaError) -> HttpResponse:
    words = sentence(error.code, error.params)
    if wants_json(request):
        return JsonResponse({"code": error.code, "sentence": words}, status=error.status)
    messages.error(request, words)
    return _upload_page(request, UploadImagesForm(), status=error.status)


def _receive_for_script(request: DeskRequest, form: UploadImagesForm) -> HttpResponse:
    try:
        image = receive_image(request, form.cleaned_data["file"][0], key=_key(form, 0))
    except HashiyaError as error:
        if error.code == IMAGE_HERE:
            told = same_words(request, error)
            return JsonResponse(
                {"code": error.code, "sentence": told["words"], "choose": told["url"]}, status=error.status
            )
        return _refused(request, form, error)
    stored = image.arrival.stored_file
    return JsonResponse(
        {
            "id": image.public_id, "url": reverse("desk_image", args=[image.public_id]),
            "job": reverse("job", args=[image.job.public_id]) if image.job else "",
            "filename": image.arrival.filename, "size": stored.size, "sha256": stored.sha256,
        },
        status=201,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@desk_view(Image)
def image(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Describe an image; see its copies, its original and what the file says of itself."""
    row = found(Image.objects.select_related("arrival__stored_file", "job", "created_by"), request, public_id)
    back = reverse("desk_image", args=[public_id])
    context = {
        "item": row, "heading": _("Describe the image"), "back": reverse("desk_images"),
        "list_url": reverse("desk_images"), "list_label": _("Images"),
        "preview_template": "archive/desk/parts/image_head.html",
        "take_down_url": reverse("take_down_image", args=[public_id]),
        "copy_words": desk_words.COPIES,
        "copies": Derivative.objects.current().filter(image=row, page=1).order_by("width"),
        "figures": row.figures.select_related("text__work"),
        "texts": visible_to(Text, request.viewer).filter(image=row).select_related("work"), "states": desk_words.IMAGE_STATES,
        "status": desk_words.STATUS, **_pages_of(row), "why": sentence(row.error_code,
        {"limit_mp": limits.IMAGE_PIXELS // 1_000_000, "limit": limits.IMAGE_PAGES}) if row.error_code else "",
    }  # fmt: skip

    def save(version: int, values: dict[str, Any]) -> Image:
        return describe_image(image_id=row.pk, version=version, values=values, by=request.user)

    return describe_page(request, row, DescribeImageForm, save=save, back=back, context=context)


def _pages_of(row: Image) -> dict[str, Any]:
    """Return how far the pages of a file of several are, and the PDF that readers may have of them."""
    if row.pages < 2 and not row.is_pdf:
        return {}
    job = Job.objects.filter(kind=MAKE_TILES, payload__image=row.pk).order_by("-pk").first()
    failed = job is not None and job.state == JobState.FAILED
    return {
        "pages_made": row.tiles.filter(pixels=row.pixels).count(),
        "pages_job": job if job is not None and job.state in (JobState.QUEUED, JobState.RUNNING) else None,
        "pages_why": job_words(job) if job is not None and failed else "",
        "fresh_pdf": row.fresh_pdfs.filter(pixels=row.pixels).exists(),
    }


@require_http_methods(["GET", "POST"])
@desk_view(Video)
def video(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Describe a video, or a recording."""
    row = found(Video, request, public_id)
    head = "own_head" if row.is_kept_here else "video_head"
    context = {
        "item": row, "heading": _("Describe the recording") if row.is_recording else _("Describe the video"), "back": reverse("desk_videos"),
        "list_url": reverse("desk_videos"), "list_label": _("Videos"),
        "preview_template": f"archive/desk/parts/{head}.html", **head_of(row),
        **(copy_of(row) if row.is_kept_here else {}),
        "take_down_url": reverse("take_down_video", args=[public_id]),
    }  # fmt: skip

    def save(version: int, values: dict[str, Any]) -> Video:
        return describe_video(video_id=row.pk, version=version, values=values, by=request.user)

    return describe_page(
        request,
        row,
        DescribeVideoForm,
        save=save,
        back=reverse("desk_video", args=[public_id]),
        context=context,
    )


@require_http_methods(["GET", "POST"])
@desk_view(Video)
def new_video(request: DeskRequest) -> HttpResponseBase:
    """Take a video into the catalogue by its address."""
    context = {"heading": _("New video"), "back": reverse("desk_videos"), "list_url": reverse("desk_videos"),
               "list_label": _("Videos")}  # fmt: skip

    def make(form: Any) -> Video:
        return add_video(url=form.cleaned_data["url"], values=form.values(), by=request.user)

    return create_page(request, NewVideoForm, make=make, url_name="desk_video", context=context)
