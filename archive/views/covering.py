"""Covering parts of an image at the desk: rectangles drawn or typed, looked at, and applied with a reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from archive.access import permitted, visible_to
from archive.actions.redact import redact
from archive.errors import Conflict, HashiyaError, Invalid, Stale
from archive.forms.covering import AreaFormSet, CoverForm, areas_of
from archive.media import iiif, tiles
from archive.media.areas import MOST, Area, checked
from archive.media.covering import covered_areas, page_sizes
from archive.models import AuditDetail, AuditEvent, Derivative, Image, ImageTiles, Text, User
from archive.presenters.messages import sentence
from archive.text.numbers import whole_number
from archive.views.desk_tools import DeskRequest, desk_view, found
from archive.views.files import send

#: The longest side of the picture on which is drawn, in pixels.
LONGEST = 1800
#: Earlier acts that the page tells.
HISTORY = 50


@require_http_methods(["GET", "POST"])
@desk_view(Image, "redact")
def cover(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Show what is covered, try other rectangles, and apply them."""
    image = found(Image.objects.select_related("arrival", "job"), request, public_id)
    if request.method == "GET":
        areas = covered_areas(image)
        return _page(request, image, CoverForm(initial=CoverForm.initial_of(image)), _rows(areas), areas)
    form, rows = CoverForm(request.POST), AreaFormSet(request.POST, prefix="areas")
    act = request.POST.get("act", "")
    areas = _typed(image, form, rows) if rows.is_valid() else None
    if act == "uncover":
        areas = []
    if act not in ("apply", "uncover") or areas is None:
        look = act if areas is not None else ""
        form.errors.pop("reason", None)
        return _page(
            request, image, form, rows, areas or [], act=look, status=200 if areas is not None else 422
        )
    return _apply(request, image, form, rows, areas)


def _typed(image: Image, form: CoverForm, rows: Any) -> list[Area] | None:
    """Return the rectangles that were sent, checked; None when one of them is wrong, which the form then tells."""
    try:
        return checked(areas_of(rows), page_sizes(image))
    except Invalid as error:
        form.add_error(None, sentence(error.code, error.params))
        return None


def _apply(
    request: DeskRequest, image: Image, form: CoverForm, rows: Any, areas: list[Area]
) -> HttpResponseBase:
    if not form.is_valid():
        return _page(request, image, form, rows, areas, act="preview", status=422)
    data = form.cleaned_data
    try:
        redact(
            image_id=image.pk, version=data["version"] or 0, areas=areas, reason=data["reason"],
            because={"ar": data["because_ar"], "en": data["because_en"]}, by=request.user,
        )  # fmt: skip
    except Stale as error:
        image.refresh_from_db()
        sent = request.POST.copy()
        sent["version"] = str(image.version)
        form.data = sent
        form.add_error(None, sentence(error.code, error.params))
        return _page(request, image, form, rows, areas, overtaken=covered_areas(image), status=412)
    except (Invalid, Conflict) as error:
        return _refused(request, image, form, rows, areas, error)
    words = (
        _("The parts are being covered. Until that is done nobody sees the picture.")
        if areas
        else _("Nothing is covered any more; the copies are being made again.")
    )
    messages.success(request, words)
    return redirect("desk_image", image.public_id)


def _refused(
    request: DeskRequest, image: Image, form: CoverForm, rows: Any, areas: list[Area], error: HashiyaError
) -> HttpResponse:
    form.add_error(None, sentence(error.code, error.params))
    return _page(request, image, form, rows, areas, status=error.status)


def _rows(areas: list[Area]) -> Any:
    return AreaFormSet(prefix="areas", initial=areas)


def _page(
    request: DeskRequest, image: Image, form: CoverForm, rows: Any, areas: list[Area], *,
    act: str = "", overtaken: list[Area] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    sizes = page_sizes(image)
    number = _shown(request, sizes)
    width, height = sizes.get(number, (0, 0))
    alike = Image.objects.filter(
        arrival__stored_file=image.arrival.stored_file_id, covered=False, undone=False
    )
    context = {
        "item": image, "form": form, "rows": rows, "number": number, "width": width, "height": height,
        "pages": sorted(sizes), "is_preview": act == "preview", "most": MOST, "overtaken": overtaken,
        "drawn": [area for area in areas if area["page"] == number], "count": len(areas),
        "history": _history(image), "alike": alike.exclude(pk=image.pk)[:10],
        "texts": visible_to(Text, request.viewer).filter(image=image).select_related("work")[:10],
    }  # fmt: skip
    return render(request, "archive/desk/cover_image.html", context, status=status)


def _shown(request: DeskRequest, sizes: dict[int, Any]) -> int:
    """Return the page that is to be drawn on."""
    named = request.POST.get("shown", "") or request.GET.get("page", "")
    number = whole_number(named) or 1
    return number if number in sizes else 1


def _history(image: Image) -> list[dict[str, Any]]:
    """Return who covered or uncovered what, when and why, the newest first."""
    acts = ("image.covered", "image.uncovered")
    events = AuditEvent.objects.filter(target_kind="image", target_id=image.public_id, action__in=acts)
    rows = list(events.order_by("-sequence")[:HISTORY])
    reasons = AuditDetail.objects.filter(sequence__in=[row.sequence for row in rows])
    words = dict(reasons.values_list("sequence", "words"))
    people = User.objects.in_bulk({row.actor_id for row in rows if row.actor_id})
    return [
        {
            "at": row.at, "who": people.get(row.actor_id or 0), "reason": words.get(row.sequence, ""),
            "count": len(row.facts.get("areas", ())),
        }
        for row in rows
    ]  # fmt: skip


@require_safe
def uncovered_picture(request: DeskRequest, public_id: str, page: int) -> HttpResponseBase:
    """A page as it is without anything covered, for those who decide what is."""
    image = permitted(Image, request.viewer, "redact").filter(public_id=public_id).first()
    if image is None:
        raise Http404
    first = {"image": image, "pixels": 0}
    row = ImageTiles.objects.filter(**first, page=page).select_related("stored_file").first()
    if row is None:
        copies = Derivative.objects.filter(**first, page=1, name="large").select_related("stored_file")
        copy = copies.first() if page == 1 else None
        if copy is None:
            raise Http404
        return send(request, copy.stored_file, filename=f"{public_id}.webp", public=False)
    full = (row.width, row.height)
    wanted = iiif.wanted("full", f"!{LONGEST},{LONGEST}", "0", "default", "jpg", full=full)
    data = tiles.render(row.stored_file.sha256, wanted, full)
    return HttpResponse(data, content_type="image/jpeg", headers={"Cache-Control": "private, no-store"})
