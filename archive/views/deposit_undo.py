"""Undoing a deposit: what goes, what stands in the way, and then the one step."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive.access import visible_to
from archive.access.standing import standing_on
from archive.actions.undo_deposit import undo_deposit
from archive.enums import FILM, RECORDING, ItemState
from archive.errors import Conflict
from archive.models import Deposit
from archive.presenters import desk_words
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view, found


@require_http_methods(["GET", "POST"])
@desk_view(Deposit)
def undo(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show what undoing would do, or do it."""
    row = found(Deposit.objects.select_related("created_by", "undone_by"), request, public_id)
    status = 200
    if request.method == "POST":
        seen = request.POST.get("files", "")
        try:
            undo_deposit(deposit_id=row.pk, files=int(seen) if seen.isdecimal() else None, by=request.user)
        except Conflict as error:
            messages.error(request, sentence(error.code, error.params))
            if error.code == "deposit_undone":
                return redirect(row)
            status = error.status
        else:
            messages.success(request, _("The deposit is undone. This page stays as the record of it."))
            return redirect(row)
    elif row.undone_at is not None:
        return redirect(row)
    return render(request, "archive/desk/deposit_undo.html", _context(request, row), status=status)


def _context(request: DeskRequest, row: Any) -> dict[str, Any]:
    items = row.items.order_by()
    counts = items.aggregate(
        files=Count("pk"), images=Count("image"), recordings=Count("video", filter=Q(video__provider=RECORDING)),
        films=Count("video", filter=Q(video__provider=FILM)), texts=Count("run"),
        size=Sum("arrival__stored_file__size"),
        sending=Count("pk", filter=~Q(state__in=(ItemState.KEPT, ItemState.REFUSED))),
    )  # fmt: skip
    steps = visible_to(row.steps.all(), request.viewer).exclude(applied_at=None).count()
    obstacles = [(desk_words.OBSTACLES[each.code], each) for each in standing_on(row)]
    return {"deposit": row, "counts": counts, "steps": steps, "obstacles": obstacles}
