"""Taking a work or a collection out: ask for a package, see how far it is, fetch it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models.functions import Now
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from archive.access import allows
from archive.actions.ask_take_out import ask_take_out
from archive.enums import JobState
from archive.errors import NotVisible
from archive.exports.holding import is_down
from archive.forms.take_outs import TakeOutForm
from archive.media.packages import place_of
from archive.models import Collection, TakeOut, Work
from archive.presenters import desk_words
from archive.views.desk_tools import DeskRequest, desk_view, found
from archive.views.files import send_package
from archive.views.jobs import job_words

_ROWS = TakeOut.objects.select_related("work", "collection", "job")


@require_POST
@desk_view(TakeOut)
def take_out_work(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Ask for a package of a work."""
    return _ask(request, found(Work, request, public_id), "desk_work")


@require_POST
@desk_view(TakeOut)
def take_out_collection(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Ask for a package of a collection."""
    return _ask(request, found(Collection, request, public_id), "desk_collection")


def _ask(request: DeskRequest, item: Any, back: str) -> HttpResponse:
    form = TakeOutForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the formats in the list."))
        return redirect(back, item.public_id)
    data = form.cleaned_data
    return redirect(ask_take_out(item=item, layout=data["format"], key=data["key"], by=request.user))


@require_GET
@desk_view(TakeOut)
def take_out(request: DeskRequest, public_id: str) -> HttpResponse:
    """How far a package is, and where it is fetched."""
    row = found(_ROWS, request, public_id)
    failed = row.job.state == JobState.FAILED
    context = {
        "package": row, "item": row.work or row.collection, "job": row.job, "formats": desk_words.PACKAGES,
        "failed": job_words(row.job) if failed else "", "waiting": row.size is None and not failed,
        "gone": row.size is not None and not _kept().filter(pk=row.pk).exists(),
    }  # fmt: skip
    return render(request, "archive/desk/take_out.html", context)


@require_safe
def take_out_file(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """The bytes, for the one who asked, who must still be allowed to take out what is in them."""
    row = found(_kept(), request, public_id)
    item = row.work or row.collection
    if is_down(item) or not allows(request.viewer, "take_out", item):
        raise NotVisible("not_visible")
    filename = f"{item.slug}-{row.format}.{row.ending}"
    return send_package(request, row, path=place_of(row), filename=filename)


def _kept() -> Any:
    return _ROWS.filter(size__isnull=False, expires_at__gt=Now())
