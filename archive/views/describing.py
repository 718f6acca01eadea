"""The one way in which the desk describes items of every kind: form, stale page, list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.access import permitted
from archive.errors import Conflict, Invalid, Stale
from archive.forms.bulk import FORMS, field_choices
from archive.forms.described import DescribeForm
from archive.forms.stale import overtaken
from archive.models.described import DescribedModel
from archive.presenters import desk_words
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, page_of
from archive.views.lists import FILTERS, filtered


def described_list(request: DeskRequest, rows: Any) -> dict[str, Any]:
    """Return the context of a list of items that this person may describe: search, filter, pages."""
    items: QuerySet[Any] = filtered(permitted(rows, request.viewer, "change"), request.GET)
    query, access = request.GET.get("q", "").strip()[:200], request.GET.get("access", "")
    kind = str(items.model._meta.model_name)
    return {
        "page_obj": page_of(items.order_by("-pk"), request), "query": query, "access": access,
        "accesses": desk_words.ACCESS_SHORT, "list_url": request.path,
        "bulk_url": f"{kind}_bulk" if kind in FORMS else "", "table_url": f"{kind}_table" if kind in FORMS else "",
        "bulk_fields": field_choices(kind) if kind in FORMS else [],
        "narrowed": [(name, request.GET[name]) for name in FILTERS if request.GET.get(name)],
    }  # fmt: skip


def describe_page(
    request: DeskRequest,
    item: DescribedModel,
    form_class: type[DescribeForm],
    *,
    save: Callable[[int, dict[str, Any]], DescribedModel],
    back: str,
    context: dict[str, Any],
) -> HttpResponseBase:
    """Show an item's description and change it; a stale page shows both versions and keeps the words."""
    history = reverse(f"{item._meta.model_name}_history", args=[item.public_id])
    context = context | {"history_url": history}
    if request.method == "GET":
        return _page(request, form_class(viewer=request.viewer, item=item), context)
    form = form_class(request.POST, viewer=request.viewer, item=item)
    if not form.is_valid():
        return _page(request, form, context, status=422)
    try:
        save(form.cleaned_data["version"] or 0, form.values())
    except Stale as error:
        item.refresh_from_db()
        told = overtaken(form, error, {**form.initial, **form_class.initial_of(item)}, version=item.version)
        return _page(request, form, context | told, status=412)
    except (Invalid, Conflict) as error:
        refuse(form, error)
        return _page(request, form, context, status=error.status)
    messages.success(request, _("The description is saved."))
    return redirect(back)


def refuse(form: DescribeForm, error: Invalid | Conflict) -> None:
    """Put a refusal beside its field, or at the head of the form."""
    field = str(error.params.get("field", ""))
    form.add_error(field if field in form.fields else None, sentence(error.code, error.params))


def _page(
    request: DeskRequest, form: DescribeForm, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(request, "archive/desk/describe.html", context | {"form": form}, status=status)


def create_page(
    request: DeskRequest,
    form_class: type[DescribeForm],
    *,
    make: Callable[[DescribeForm], DescribedModel],
    url_name: str,
    context: dict[str, Any],
) -> HttpResponseBase:
    """Show an empty form and make an item of what is sent."""
    form = form_class(request.POST or None, viewer=request.viewer)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                item = make(form)
            except (Invalid, Conflict) as error:
                refuse(form, error)
                status = error.status
            else:
                messages.success(request, _("It is in the catalogue now."))
                return redirect(reverse(url_name, args=[item.public_id]))
    return _page(request, form, context, status=status)
