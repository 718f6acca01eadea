"""Works and collections as archivists see them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.access import visible_to
from archive.actions.create_collection import create_collection
from archive.actions.create_work import create_work
from archive.actions.describe_collection import describe_collection
from archive.actions.describe_work import describe_work
from archive.actions.rename import rename
from archive.enums import BlockKind
from archive.errors import HashiyaError
from archive.forms.take_outs import TakeOutForm
from archive.forms.works import (
    DescribeCollectionForm,
    DescribeWorkForm,
    NewCollectionForm,
    NewWorkForm,
    RenameForm,
)
from archive.models import Collection, Figure, Text, TextRevision, Work
from archive.presenters import desk_words
from archive.presenters.messages import sentence
from archive.views.describing import create_page, describe_page, described_list
from archive.views.desk_tools import DeskRequest, desk_view, found


@require_GET
@desk_view(Work)
def works(request: DeskRequest) -> HttpResponse:
    """All works."""
    rows = Work.objects.select_related("collection").annotate(text_count=Count("texts"))
    context = described_list(request, rows) | {"kinds": desk_words.WORK_KINDS}
    return render(request, "archive/desk/works.html", context)


@require_GET
@desk_view(Work)
def work(request: DeskRequest, public_id: str) -> HttpResponse:
    """One work: its texts and their revisions, its gaps, what can be done."""
    row = found(Work.objects.select_related("collection", "cover"), request, public_id)
    revisions = TextRevision.objects.defer("content", "blocks", "marks").select_related("created_by")
    texts = (
        visible_to(Text, request.viewer)
        .filter(work=row)
        .select_related("current_revision")
        .prefetch_related(
            Prefetch("revisions", revisions.order_by("-number")),
            Prefetch("figures", Figure.objects.select_related("image").order_by("pk")),
        )
    )
    context = {
        "work": row, "texts": [_shown(text) for text in texts], "kinds": desk_words.WORK_KINDS,
        "access_words": desk_words.ACCESS_SHORT, "roles": desk_words.TEXT_ROLES,
        "rename_form": RenameForm(initial={"slug": row.slug, "version": row.version}),
        "take_out_form": TakeOutForm(), "take_out_url": reverse("take_out_work", args=[public_id]),
        "take_down_url": reverse("take_down_work", args=[public_id]),
    }  # fmt: skip
    return render(request, "archive/desk/work.html", context)


def _shown(text: Text) -> dict[str, Any]:
    """Return a text with its revisions, and its figures in reading order with their captions."""
    revision = text.current_revision
    captions = {
        block["attrs"].get("figure"): (index, revision.content[block["start"] : block["end"]])
        for index, block in enumerate(revision.blocks if revision else [])
        if revision and block["kind"] == BlockKind.FIGURE
    }
    figures: list[dict[str, Any]] = [
        {"row": figure, "number": captions[figure.key][0] + 1, "caption": captions[figure.key][1]}
        for figure in text.figures.all()
        if figure.key in captions
    ]
    figures.sort(key=lambda figure: figure["number"])
    return {"row": text, "revisions": list(text.revisions.all()), "figures": figures}


@require_http_methods(["GET", "POST"])
@desk_view(Work)
def describe_work_page(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Describe a work in both languages."""
    row = found(Work, request, public_id)
    back = reverse("desk_work", args=[public_id])
    context = {
        "item": row, "heading": _("Describe the work"), "back": back, "list_url": reverse("desk_works"),
        "list_label": _("Works"),
    }  # fmt: skip

    def save(version: int, values: dict[str, Any]) -> Work:
        return describe_work(work_id=row.pk, version=version, values=values, by=request.user)

    return describe_page(request, row, DescribeWorkForm, save=save, back=back, context=context)


@require_http_methods(["GET", "POST"])
@desk_view(Work)
def new_work(request: DeskRequest) -> HttpResponseBase:
    """Make a catalogue entry before there is a text."""
    context = {"heading": _("New work"), "back": reverse("desk_works"), "list_url": reverse("desk_works"),
               "list_label": _("Works")}  # fmt: skip

    def make(form: Any) -> Work:
        data = form.cleaned_data
        return create_work(values=form.values(), slug=data["slug"], key=data["key"], by=request.user)

    return create_page(request, NewWorkForm, make=make, url_name="desk_work", context=context)


@require_POST
@desk_view(Work)
def rename_work(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Give a work another address."""
    return _rename(request, found(Work, request, public_id), "desk_work")


@require_POST
@desk_view(Collection)
def rename_collection(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Give a collection another address."""
    return _rename(request, found(Collection, request, public_id), "desk_collection")


def _rename(request: DeskRequest, item: Any, url_name: str) -> HttpResponse:
    form = RenameForm(request.POST)
    try:
        if form.is_valid():
            data = form.cleaned_data
            rename(item, slug=data["slug"], version=data["version"], by=request.user)
            messages.success(request, _("The address is changed; the old one leads here."))
        else:
            messages.error(request, sentence("bad_slug"))
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect(url_name, item.public_id)


@require_GET
@desk_view(Collection)
def collections(request: DeskRequest) -> HttpResponse:
    """The tree of collections."""
    rows = Collection.objects.annotate(work_count=Count("works", distinct=True))
    context = described_list(request, rows.select_related("parent"))
    return render(request, "archive/desk/collections.html", context)


@require_http_methods(["GET", "POST"])
@desk_view(Collection)
def describe_collection_page(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Describe a collection."""
    row = found(Collection, request, public_id)
    back = reverse("desk_collection", args=[public_id])
    context = {
        "item": row, "heading": _("Describe the collection"), "back": reverse("desk_collections"),
        "list_url": reverse("desk_collections"), "list_label": _("Collections"),
        "rename_form": RenameForm(initial={"slug": row.slug, "version": row.version}),
        "rename_url": reverse("rename_collection", args=[public_id]),
        "take_out_form": TakeOutForm(), "take_out_url": reverse("take_out_collection", args=[public_id]),
        "take_down_url": reverse("take_down_collection", args=[public_id]),
    }  # fmt: skip

    def save(version: int, values: dict[str, Any]) -> Collection:
        return describe_collection(collection_id=row.pk, version=version, values=values, by=request.user)

    return describe_page(request, row, DescribeCollectionForm, save=save, back=back, context=context)


@require_http_methods(["GET", "POST"])
@desk_view(Collection)
def new_collection(request: DeskRequest) -> HttpResponseBase:
    """Put up a collection."""
    context = {"heading": _("New collection"), "back": reverse("desk_collections"),
               "list_url": reverse("desk_collections"), "list_label": _("Collections")}  # fmt: skip

    def make(form: Any) -> Collection:
        data = form.cleaned_data
        return create_collection(values=form.values(), slug=data["slug"], key=data["key"], by=request.user)

    return create_page(request, NewCollectionForm, make=make, url_name="desk_collection", context=context)
