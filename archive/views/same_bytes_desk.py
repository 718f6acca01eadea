"""The question that is asked when a picture that is sent in is here already: use that one, or keep a second record."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from archive.access import visible_to
from archive.access.same_bytes import images_of_same_bytes
from archive.actions.keep_second_record import keep_second_record
from archive.actions.settle_same_bytes import settle_same_bytes
from archive.errors import Conflict, Invalid, NotVisible
from archive.models import Deposit, DepositItem, FileArrival, Image
from archive.presenters import desk_words
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view, found

#: Images that are shown; more records of the same bytes than that are rare.
SHOWN = 5


@require_http_methods(["GET", "POST"])
@desk_view(Image)
def image_again(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Show what is here of the same bytes, and make a second record if that is chosen."""
    rows = FileArrival.objects.select_related("stored_file", "sent_by")
    arrival = found(rows, request, public_id)
    own = visible_to(Image, request.viewer).filter(arrival=arrival).first()
    if own is not None:
        return redirect("desk_image", own.public_id)
    items = visible_to(DepositItem.objects.select_related("deposit"), request.viewer)
    item = items.filter(arrival=arrival).first()
    if request.method == "POST":
        image = keep_second_record(arrival=arrival, by=request.user)
        messages.success(request, _("It is a second record now, with a description of its own."))
        return redirect(item.deposit) if item is not None else redirect("desk_image", image.public_id)
    here = list(images_of_same_bytes(request.viewer, arrival)[:SHOWN])
    if not here and item is None:
        raise NotVisible("not_visible")
    context = {
        "arrival": arrival, "here": here, "item": item, "access_words": desk_words.ACCESS_SHORT,
    }  # fmt: skip
    return _page(request, context)


@require_POST
@desk_view(Deposit)
def settle_all(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Choose for all pictures of a deposit that are here already."""
    deposit = found(Deposit, request, public_id)
    choice = request.POST.get("choice", "")
    try:
        done, left = settle_same_bytes(deposit_id=deposit.pk, choice=choice, by=request.user)
    except (Conflict, Invalid) as error:
        messages.error(request, sentence(error.code, error.params))
        return redirect(deposit)
    words = (
        ngettext("%(n)s picture that was here is used.", "%(n)s pictures that were here are used.", done)
        if choice == "use"
        else ngettext("%(n)s second record was made.", "%(n)s second records were made.", done)
    )
    messages.success(request, words % {"n": done})
    if left:
        more = ngettext("%(n)s still waits: press again.", "%(n)s still wait: press again.", left)
        messages.info(request, more % {"n": left})
    return redirect(deposit)


def _page(request: DeskRequest, context: dict[str, object]) -> HttpResponse:
    return render(request, "archive/desk/image_again.html", context)
