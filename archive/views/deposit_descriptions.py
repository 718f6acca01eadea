"""Descriptions of what a deposit made: of a table sent along, or of what the files say of themselves."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from archive.access import require, visible_to
from archive.actions.plan_table import plan_table, remembered, start_table
from archive.actions.read_embedded import read_embedded
from archive.enums import ItemState
from archive.errors import HashiyaError, NotVisible
from archive.models import BulkStep, Deposit, DepositItem
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view, found


@require_POST
@desk_view(BulkStep)
def embedded(request: DeskRequest, public_id: str) -> HttpResponse:
    """Lay out what the files say of themselves; columns that were named before are named already."""
    deposit = found(Deposit, request, public_id)
    kind = _kind(request)
    return _begun(request, deposit, lambda: read_embedded(deposit=deposit, kind=kind, by=request.user))


def _kind(request: DeskRequest) -> str:
    """Return what is described: "image", or "video" for recordings and films."""
    return "video" if request.POST.get("kind") == "video" else "image"


@require_POST
@desk_view(BulkStep)
def table(request: DeskRequest, public_id: str, item_id: str) -> HttpResponse:
    """Take a table that was sent along as descriptions of the other files."""
    deposit = found(Deposit, request, public_id)
    rows = visible_to(DepositItem.objects.select_related("arrival__stored_file"), request.viewer)
    item = rows.filter(deposit=deposit, public_id=item_id, state=ItemState.KEPT).first()
    if item is None:
        raise NotVisible("not_visible")

    def begin() -> BulkStep:
        require(request.user, "change", deposit)
        return start_table(arrival=item.arrival, kind=_kind(request), deposit=deposit, by=request.user)

    return _begun(request, deposit, begin)


def _begun(request: DeskRequest, deposit: Deposit, begin: Callable[[], BulkStep]) -> HttpResponse:
    try:
        step = begin()
        columns = remembered(step)
        if columns:
            plan_table(step_id=step.pk, columns=columns, by=request.user)
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
        return redirect(deposit)
    return redirect(step)
