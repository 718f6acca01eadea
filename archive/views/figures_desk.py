"""Gaps of texts: the list of what is missing, and filling one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from archive.access import visible_to
from archive.access.same_bytes import images_of_same_bytes
from archive.actions.add_image import IMAGE_HERE
from archive.actions.describe import NAMES
from archive.actions.describe_image import describe_image
from archive.actions.fill_figure import fill_figure, shown_in
from archive.actions.keep_second_record import keep_second_record
from archive.enums import Access
from archive.errors import HashiyaError, NotVisible
from archive.forms.media import FillFigureForm
from archive.media import limits
from archive.media.upload import upload_refusal
from archive.models import Figure, FileArrival, Image, TextRevision, Work
from archive.presenters import desk_words
from archive.presenters.messages import sentence
from archive.presenters.page_words import small_picture
from archive.text.numbers import whole_number
from archive.views.desk_tools import DeskRequest, desk_view, found, page_of
from archive.views.media_desk import receive_image

#: Pages that are shown to choose from; others are named by number.
PAGES_SHOWN = 24


@require_GET
@desk_view(Image)
def figures(request: DeskRequest) -> HttpResponse:
    """All gaps of all texts."""
    rows = visible_to(Figure, request.viewer).filter(image=None).select_related("text__work")
    page = page_of(rows.order_by("text_id", "pk"), request)
    # One copy of each text, however many of its figures are on the page.
    revisions = TextRevision.objects.in_bulk(
        {row.text.current_revision_id for row in page.object_list} - {None}
    )
    entries = [
        {"row": row, **_place(row, revisions.get(row.text.current_revision_id))} for row in page.object_list
    ]
    return render(request, "archive/desk/figures.html", {"page_obj": page, "figures": entries})


def _place(figure: Figure, revision: TextRevision | None) -> dict[str, Any]:
    """Return the caption of a figure and the number of its block; nothing when the text no longer has it."""
    for index, block in enumerate(revision.blocks if revision else []):
        if revision and block["attrs"].get("figure") == figure.key:
            return {"caption": revision.content[block["start"] : block["end"]], "number": index + 1}
    return {"caption": "", "number": 0}


@require_http_methods(["GET", "POST"])
@desk_view(Image)
def fill(request: DeskRequest, public_id: str, key: str) -> HttpResponseBase:
    """Put a picture into one gap: a new file, or one of the catalogue."""
    rows = Figure.objects.select_related("text__work", "text__current_revision", "image")
    figure = visible_to(rows, request.viewer).filter(text__public_id=public_id, key=key).first()
    if figure is None:
        raise NotVisible("not_visible")
    back = f"{reverse('desk_work', args=[figure.text.work.public_id])}#figure-{figure.pk}"
    status, here = 200, []
    initial = {"seen": shown_in(figure), **_wanted(request, figure)}
    form = FillFigureForm(initial=initial, viewer=request.viewer, work=figure.text.work)
    if request.method == "POST":
        form = FillFigureForm(request.POST, request.FILES, viewer=request.viewer, work=figure.text.work)
        status = 422
        try:
            stopped = upload_refusal(request, limit=limits.IMAGE_BYTES)
            if stopped is not None:
                raise stopped
            if form.is_valid():
                _fill(request, figure, form, _place(figure, figure.text.current_revision)["caption"])
                return redirect(back)
        except HashiyaError as error:
            status = error.status
            if error.code == IMAGE_HERE:
                here, form = _asked(request, form, error.params["arrival"])
            else:
                form.add_error(None, sentence(error.code, error.params))
    context = {
        "figure": figure, "form": form, **_pages_of(figure, initial),
        "small": small_picture(figure.image.public_id, figure.page) if figure.image else "",
        "back": back, "work": figure.text.work, "limit": limits.IMAGE_BYTES,
        "limit_mb": limits.IMAGE_BYTES // 1024**2, "here": here, "access_words": desk_words.ACCESS_SHORT,
        "limit_mp": limits.IMAGE_PIXELS // 1_000_000, **_place(figure, figure.text.current_revision),
    }  # fmt: skip
    return render(request, "archive/desk/fill_figure.html", context, status=status)


def _asked(request: DeskRequest, form: FillFigureForm, arrival_id: str) -> tuple[list[Image], FillFigureForm]:
    """Return the images of the same bytes, and the form with what was typed and the file that came."""
    data = request.POST.copy()
    data["arrival"] = arrival_id
    again = FillFigureForm(data, viewer=request.viewer, work=form.work)
    arrival = found(FileArrival, request, arrival_id)
    return list(images_of_same_bytes(request.viewer, arrival)[:1]), again


def _wanted(request: DeskRequest, figure: Figure) -> dict[str, Any]:
    """Return the image and page to begin with: those that the figure has, or those that the address names."""
    image = request.GET.get("image", "") or (figure.image.public_id if figure.image else "")
    is_same = bool(figure.image) and image == figure.image.public_id
    page = whole_number(request.GET.get("page", "")) or (figure.page if is_same else 1)
    return {"image": image, "page": page}


def _pages_of(figure: Figure, wanted: dict[str, Any]) -> dict[str, Any]:
    """Return small pictures of the figure's image's pages around the wanted one, to choose from."""
    image = figure.image
    if image is None or image.pages < 2 or image.public_id != wanted["image"]:
        return {}
    first = max(1, min(wanted["page"] - PAGES_SHOWN // 2, image.pages - PAGES_SHOWN + 1))
    rows = image.tiles.filter(pixels=image.pixels, page__gte=first, page__lt=first + PAGES_SHOWN)
    shown = [{"number": row.page, "small": small_picture(image.public_id, row.page)} for row in rows]
    return {"pages": shown, "wanted": wanted["page"]}


def _fill(request: DeskRequest, figure: Figure, form: FillFigureForm, caption: str) -> None:
    data, work = form.cleaned_data, figure.text.work
    image, page = data["image"], data["page"] or 1
    access = _access_of(work) if data["as_work"] else {}
    language = figure.text.language if figure.text.language in ("ar", "en") else "ar"
    values = {f"title_{language}": caption[:300], "collection": work.collection, **access}
    arrival = found(FileArrival, request, data["arrival"]) if data["arrival"] and data["again"] else None
    if arrival is not None:
        image = images_of_same_bytes(request.viewer, arrival).first()
        if image is None or data["again"] == "second":
            image = keep_second_record(arrival=arrival, values=values, by=request.user)
        # What was ticked for a new picture opens no other that somebody closed on purpose.
        access = access if image.access == Access.DRAFT else {}
    elif data["file"]:
        image = receive_image(request, data["file"], key=data["key"], values=values)
        access = {}
    if image and access:
        image = describe_image(image_id=image.pk, version=image.version, values=access, by=request.user)
    fill_figure(figure_id=figure.pk, image=image, page=page, seen=data["seen"], by=request.user)
    _tell(request, image, work)


def _access_of(work: Work) -> dict[str, Any]:
    return {"access": work.access, "embargo_until": work.embargo_until} | {
        name: list(getattr(work, name).all()) for name in NAMES
    }


def _tell(request: DeskRequest, image: Image | None, work: Work) -> None:
    if image is None:
        messages.success(request, _("It is a gap again."))
    elif image.access == Access.DRAFT and work.access != Access.DRAFT:
        messages.warning(
            request,
            _(
                "The picture is in its place, but it is a draft: readers still see the gap. Describe it to open it."
            ),
        )
    else:
        messages.success(request, _("The picture is in its place."))
