"""What descriptions said before: the list of their changes, two states beside each other, restoring one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from archive.access import require
from archive.access.description_changes import changes_of
from archive.actions.restore_description import restore_description
from archive.errors import HashiyaError, NotVisible, Stale
from archive.models import DescriptionChange
from archive.presenters import description_history as words
from archive.presenters.described_values import KINDS, stored
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view, found, page_of, version_of

#: What an address calls the state that stands now.
NOW = "now"


class State(NamedTuple):
    """One state in which a description stood, and the change that made it (None: as it was entered)."""

    #: The change that ended it, or `NOW`.
    name: str
    version: int
    made_by: DescriptionChange | None
    fields: Sequence[Any]


def _item(request: DeskRequest, kind: str, public_id: str) -> Any:
    row = found(KINDS[kind], request, public_id)
    require(request.viewer, "change", row)
    return row


def _about(item: Any, kind: str) -> dict[str, Any]:
    pages = {
        "work": "desk_work",
        "collection": "desk_collection",
        "image": "desk_image",
        "video": "desk_video",
    }
    lists = {
        "work": ("desk_works", _("Works")), "collection": ("desk_collections", _("Collections")),
        "image": ("desk_images", _("Images")), "video": ("desk_videos", _("Videos")),
    }  # fmt: skip
    list_name, label = lists[kind]
    return {
        "item": item, "list_url": reverse(list_name), "list_label": label,
        "item_url": reverse(pages[kind], args=[item.public_id]),
        "history_url": reverse(f"{kind}_history", args=[item.public_id]),
        "compare_url": reverse(f"{kind}_compare", args=[item.public_id]),
    }  # fmt: skip


@require_GET
@desk_view(DescriptionChange, "view")
def history(request: DeskRequest, kind: str, public_id: str) -> HttpResponse:
    """Every change of one description, the newest first."""
    item = _item(request, kind, public_id)
    page = page_of(changes_of(item, request.viewer), request)
    context = _about(item, kind) | {
        "page_obj": page,
        "states": _states(item, page, request),
        "now": NOW,
        "ways": words.WAYS,
    }
    return render(request, "archive/desk/history.html", context)


def _states(item: Any, page: Any, request: DeskRequest) -> list[State]:
    """Return the states that this page of changes began and ended; each change begins the state after it."""
    rows = list(page.object_list)
    after = (
        changes_of(item, request.viewer).filter(pk__gt=rows[0].pk).order_by("pk").first() if rows else None
    )
    states, ended = [], after
    for row in rows:
        name, version = (ended.public_id, ended.version) if ended else (NOW, item.version)
        states.append(State(name, version, row, words.fields_in_words(row.became)))
        ended = row
    if not page.has_next():
        name, version = (ended.public_id, ended.version) if ended else (NOW, item.version)
        states.append(State(name, version, None, []))
    return states


@require_GET
@desk_view(DescriptionChange, "view")
def compare(request: DeskRequest, kind: str, public_id: str) -> HttpResponse:
    """Two states of a description, field by field."""
    item = _item(request, kind, public_id)
    return _compare_page(request, item, kind, request.GET.get("from", ""), request.GET.get("to", NOW))


def _compare_page(
    request: DeskRequest, item: Any, kind: str, first: str, second: str, *, told: str = "", status: int = 200
) -> HttpResponse:
    before, after = _state(request, item, first), _state(request, item, second)
    names = words.names_for(request.viewer, [before.said, after.said])
    context = _about(item, kind) | {
        "before": before, "after": after, "rows": words.differences(before.said, after.said, names),
        "first": first, "second": second, "told": told,
        # Only what stands now can be changed: into what the other of the two said.
        "restorable": second == NOW and first != NOW,
        "restore_url": reverse(f"{kind}_restore", args=[item.public_id]),
    }  # fmt: skip
    return render(request, "archive/desk/compare.html", context, status=status)


class Said(NamedTuple):
    """What a description said at one time, and until when."""

    said: dict[str, Any]
    version: int
    until: Any


def _state(request: DeskRequest, item: Any, name: str) -> Said:
    if name == NOW:
        return Said(stored(item), item.version, None)
    row = changes_of(item, request.viewer).filter(public_id=name).first()
    if row is None:
        raise NotVisible("not_visible")
    return Said(row.was, row.version, row.created_at)


@require_POST
@desk_view(DescriptionChange, "view")
def restore(request: DeskRequest, kind: str, public_id: str) -> HttpResponseBase:
    """Restore chosen fields of a former state; who was overtaken compares with what stands there now."""
    item = _item(request, kind, public_id)
    change, fields = request.POST.get("change", ""), request.POST.getlist("field")
    try:
        if fields:
            restore_description(
                item, change=change, fields=fields, version=version_of(request), by=request.user
            )
    except Stale as error:
        item.refresh_from_db()
        told = sentence(error.code, error.params)
        return _compare_page(request, item, kind, change, NOW, told=told, status=412)
    except NotVisible:
        raise
    except HashiyaError as error:
        told = sentence(error.code, error.params)
        return _compare_page(request, item, kind, change, NOW, told=told, status=error.status)
    if not fields:
        messages.warning(request, _("Nothing was ticked, so nothing was restored."))
        return redirect(f"{reverse(f'{kind}_compare', args=[public_id])}?from={change}&to={NOW}")
    messages.success(
        request, _("The description says again what it said then. What it said until now is in the history.")
    )
    return redirect(f"{kind}_history", public_id)
