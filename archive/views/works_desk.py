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
from archive.access.sections import to_settle
from archive.actions.create_collection import create_collection
from archive.actions.create_work import create_work
from archive.actions.describe_collection import describe_collection
from archive.actions.open_with_work import open_with_work
from archive.actions.rename import rename
from archive.enums import Access, BlockKind
from archive.errors import HashiyaError
from archive.forms.take_outs import TakeOutForm
from archive.forms.works import (
    DescribeCollectionForm,
    DescribeWorkForm,
    NewCollectionForm,
    NewWorkForm,
    RenameForm,
)
from archive.models import Collection, Figure, Text, TextRevision, TextSection, Work
from archive.presenters import desk_words
from archive.presenters.collection_tree import counts_for, tree_for
from archive.presenters.hidden_words import opened_words
from archive.presenters.messages import sentence
from archive.presenters.page_words import small_picture
from archive.presenters.parts import choice_label, numbers
from archive.views.describing import create_page, describe_page, described_list
from archive.views.desk_tools import DeskRequest, desk_view, found, page_of
from archive.views.lists import filtered


@require_GET
@desk_view(Work)
def works(request: DeskRequest) -> HttpResponse:
    """All works."""
    rows = Work.objects.select_related("collection").annotate(text_count=Count("texts"))
    context = described_list(request, rows) | {
        "kinds": desk_words.WORK_KINDS, "show": request.GET.get("show", ""),
    }  # fmt: skip
    return render(request, "archive/desk/works.html", context)


@require_GET
@desk_view(Work)
def work(request: DeskRequest, public_id: str) -> HttpResponse:
    """One work: its texts and their revisions, its gaps, what can be done."""
    row = found(Work.objects.select_related("collection", "cover"), request, public_id)
    revisions = TextRevision.objects.defer("content", "blocks", "marks").select_related("created_by")
    texts = list(
        visible_to(Text, request.viewer)
        .filter(work=row)
        .select_related("current_revision")
        .prefetch_related(
            Prefetch("revisions", revisions.order_by("-number")),
            Prefetch("figures", Figure.objects.select_related("image__arrival").order_by("pk")),
        )
    )
    places = numbers(texts)
    context = {
        "work": row, "texts": [_shown(text, places) for text in texts], "kinds": desk_words.WORK_KINDS,
        "access_words": desk_words.ACCESS_SHORT,
        "rename_form": RenameForm(initial={"slug": row.slug, "version": row.version}),
        "take_out_form": TakeOutForm(), "take_out_url": reverse("take_out_work", args=[public_id]),
        "unsettled": to_settle(visible_to(TextSection, request.viewer)).filter(text__work=row).exists(),
        "take_down_url": reverse("take_down_work", args=[public_id]),
    }  # fmt: skip
    return render(request, "archive/desk/work.html", context)


def _shown(text: Text, places: dict[int, int]) -> dict[str, Any]:
    """Return a text with its revisions, and its figures in reading order with their captions."""
    revision = text.current_revision
    captions = {
        block["attrs"].get("figure"): (index, revision.content[block["start"] : block["end"]])
        for index, block in enumerate(revision.blocks if revision else [])
        if revision and block["kind"] == BlockKind.FIGURE
    }
    figures: list[dict[str, Any]] = [
        {
            "row": figure,
            "number": captions[figure.key][0] + 1,
            "caption": captions[figure.key][1],
            "small": small_picture(figure.image.public_id, figure.page) if figure.image else "",
        }
        for figure in text.figures.all()
        if figure.key in captions
    ]
    figures.sort(key=lambda figure: figure["number"])
    return {
        "row": text, "label": choice_label(text, places.get(text.pk)), "figures": figures,
        "revisions": list(text.revisions.all()),
    }  # fmt: skip


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
        names = values.pop("opened", [])
        saved, opened = open_with_work(
            work_id=row.pk, version=version, values=values, names=names, by=request.user
        )
        if opened:
            messages.success(request, opened_words(opened))
        return saved

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
    """The tree of collections, each before what lies in it; narrowed, a list of those that fit, with their paths."""
    tree = tree_for(request.viewer)
    found = described_list(request, Collection.objects.all())
    order = tree.in_order()
    if found["query"] or found["access"]:
        fitting = set(filtered(Collection.objects.all(), request.GET).values_list("pk", flat=True))
        order = [pk for pk in order if pk in fitting]
    page = page_of(order, request)
    paths = {pk: tree.path(pk) for pk in page}
    rows = visible_to(Collection, request.viewer).in_bulk({pk for path in paths.values() for pk in path})
    direct = counts_for(request.viewer)
    totals = tree.totals(direct)
    shelves = [
        {
            "row": rows[pk], "around": [rows[one] for one in paths[pk][:-1]], "depth": len(paths[pk]) - 1,
            "direct": direct.get(pk, 0), "total": totals.get(pk, 0), "hidden": _hidden_by(rows, paths[pk]),
        }
        for pk in page
    ]  # fmt: skip
    context = found | {
        "page_obj": page,
        "shelves": shelves,
        "is_tree": not (found["query"] or found["access"]),
    }
    return render(request, "archive/desk/collections.html", context)


def _hidden_by(rows: dict[int, Collection], path: list[int]) -> Collection | None:
    """Return the collection around one that the public may not see, while its own access is public."""
    if rows[path[-1]].access != Access.PUBLIC:
        return None
    return next((rows[pk] for pk in path[:-1] if rows[pk].access != Access.PUBLIC), None)


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
