"""Taking down and putting back; the worklist of what is down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from archive.access import Viewer, visible_to
from archive.actions.put_back import put_back
from archive.actions.take_down import take_down
from archive.errors import Conflict, Invalid
from archive.forms.takedowns import PutBackForm, TakeDownForm
from archive.models import Collection, Image, Takedown, Video, Work
from archive.models.described import DescribedModel
from archive.presenters import desk_words
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view, found, page_of

MODELS: dict[str, type[DescribedModel]] = {
    "work": Work,
    "collection": Collection,
    "image": Image,
    "video": Video,
}
_ROWS = Takedown.objects.select_related("created_by", "lifted_by")


@require_GET
@desk_view(Takedown)
def takedowns(request: DeskRequest) -> HttpResponse:
    """What is down now, or what was and came back."""
    past = request.GET.get("show") == "past"
    rows = visible_to(_ROWS, request.viewer).filter(lifted_at__isnull=not past)
    page = page_of(rows.order_by("-pk"), request)
    context = {
        "page_obj": page, "items": _with_items(page.object_list, request), "past": past,
        "reasons": desk_words.TAKEDOWN_REASONS, "kinds": desk_words.ITEM_KINDS,
    }  # fmt: skip
    return render(request, "archive/desk/takedowns.html", context)


def _named(kind: str, viewer: Viewer) -> QuerySet[Any]:
    """Return the items of a kind with what the desk calls them."""
    rows = visible_to(MODELS[kind], viewer)
    return rows.select_related("arrival") if kind == "image" else rows


def _with_items(rows: Iterable[Takedown], request: DeskRequest) -> list[tuple[Takedown, Any, str]]:
    """Return each takedown with its item and the page on which it is put back; one query a kind."""
    wanted: dict[str, list[int]] = {}
    for row in rows:
        wanted.setdefault(row.kind, []).append(row.item_id)
    items = {kind: _named(kind, request.viewer).in_bulk(keys) for kind, keys in wanted.items()}
    pairs = [(row, items[row.kind].get(row.item_id)) for row in rows]
    return [
        (row, item, reverse(f"take_down_{row.kind}", args=[item.public_id]) if item else "")
        for row, item in pairs
    ]


@require_http_methods(["GET", "POST"])
@desk_view(Takedown)
def take_down_page(request: DeskRequest, public_id: str, kind: str) -> HttpResponseBase:
    """Take one item down, or put it back; what happened to it before stands below."""
    model: Any = MODELS[kind]
    item = found(model.objects.select_related("takedown__created_by"), request, public_id)
    form_class: type[forms.Form] = PutBackForm if item.takedown else TakeDownForm
    form, status = form_class(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            error = _do(request, item, form, sent=request.POST.get("act", ""))
            if error is None:
                # What is back is looked at on its own page; what is down, on the page that tells why.
                back = request.POST.get("act", "") == "put_back"
                return redirect(f"desk_{kind}" if back else f"take_down_{kind}", public_id)
            form.add_error(None, sentence(error.code, error.params))
            status = error.status
            item = found(model.objects.select_related("takedown__created_by"), request, public_id)
    history = visible_to(_ROWS, request.viewer).filter(kind=kind, item_id=item.pk).order_by("-pk")
    context = {
        "item": item, "kind": kind, "form": form, "history": history[:100],
        "act": "put_back" if item.takedown else "take_down", "reasons": desk_words.TAKEDOWN_REASONS,
        "back": reverse(f"desk_{kind}", args=[public_id]),
    }  # fmt: skip
    return render(request, "archive/desk/takedown.html", context, status=status)


def _do(request: DeskRequest, item: Any, form: forms.Form, *, sent: str) -> Invalid | Conflict | None:
    """Do what the form was made for; return why not, when somebody else did it meanwhile."""
    try:
        if sent == "put_back":
            put_back(item, note=form.cleaned_data["note"], by=request.user)
            messages.success(request, _("It is back: those see it again whom its access names."))
        elif "reason" in form.cleaned_data:
            take_down(item, **form.cleaned_data, by=request.user)
            messages.success(request, _("It is down. Nobody but those who keep the archive sees it now."))
        else:
            return Conflict("down_already")
    except (Invalid, Conflict) as error:
        return error
    return None
