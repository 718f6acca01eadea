"""Bringing packages in: send one in, see what it would make, bring it in as one step."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.access import require_may, visible_to
from archive.actions.ask_bring_in import ask_bring_in
from archive.actions.confirm_bring_in import confirm_bring_in, is_in
from archive.actions.receive_file import receive_file
from archive.enums import JobState
from archive.errors import HashiyaError
from archive.forms.package_arrivals import PackageForm
from archive.media import limits
from archive.media.upload import upload_refusal
from archive.models import PackageArrival
from archive.presenters import desk_words
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view, found, page_of
from archive.views.jobs import job_words

_ROWS = PackageArrival.objects.select_related("arrival__stored_file", "job", "work", "collection")


@require_http_methods(["GET", "POST"])
@desk_view(PackageArrival)
def package_arrivals(request: DeskRequest) -> HttpResponseBase:
    """One's own packages, the newest first, and a form to send in another."""
    named = request.POST.get("arrival", "")
    form = PackageForm(request.POST or None, request.FILES or None, viewer=request.viewer, named=named)
    status = 200
    if request.method == "POST":
        status = 422
        try:
            stopped = upload_refusal(request, limit=limits.IMAGE_BYTES)
            if stopped is not None:
                raise stopped
            if form.is_valid():
                return redirect(_ask(request, form))
        except HashiyaError as error:
            status = error.status
            form.add_error(None, sentence(error.code, error.params))
    context = {"form": form, "page_obj": page_of(visible_to(_ROWS, request.viewer).order_by("-pk"), request)}
    return render(request, "archive/desk/package_arrivals.html", context, status=status)


def _ask(request: DeskRequest, form: PackageForm) -> PackageArrival:
    data = form.cleaned_data
    arrival, file = data["arrival"], data["file"]
    if arrival is None:
        # Asked before any bytes are kept.
        require_may(request.viewer, "add", PackageArrival)
        arrival = receive_file(
            source=file.chunks(), filename=file.name or "", max_bytes=limits.IMAGE_BYTES, by=request.user
        )
    return ask_bring_in(arrival=arrival, key=data["key"], by=request.user)


@require_GET
@desk_view(PackageArrival)
def package_arrival(request: DeskRequest, public_id: str) -> HttpResponse:
    """What a package would make, how far it is, or what it became."""
    row = found(_ROWS, request, public_id)
    failed = row.job.state == JobState.FAILED
    context = {
        "package": row, "job": row.job, "item": row.work or row.collection, "failed": job_words(row.job) if failed else "",
        "waiting": not failed and not is_in(row) and row.job.state != JobState.DONE,
        "counts": _counts(row.preview), "items": [_item(item) for item in (row.preview or {}).get("items", [])],
        "obstacles": [_item(item) for item in (row.preview or {}).get("obstacles", [])],
    }  # fmt: skip
    return render(request, "archive/desk/package_arrival.html", context)


def _counts(preview: dict[str, Any] | None) -> list[tuple[Any, int, int]]:
    counts = (preview or {}).get("counts", {})
    return [(label, *counts[kind]) for kind, label in desk_words.PACKAGE_KINDS.items() if kind in counts]


def _item(row: dict[str, Any]) -> dict[str, Any]:
    title = row["title"]
    first, second = ("ar", "en") if get_language() == "ar" else ("en", "ar")
    return row | {
        "label": title[first] or title[second] or row["id"], "kind": desk_words.PACKAGE_ITEMS[row["kind"]],
        "why": desk_words.PACKAGE_OBSTACLES.get(row["obstacle"], ""),
    }  # fmt: skip


@require_POST
@desk_view(PackageArrival)
def confirm(request: DeskRequest, public_id: str) -> HttpResponse:
    """Bring in what was shown."""
    row = found(PackageArrival, request, public_id)
    return redirect(confirm_bring_in(package_id=row.pk, by=request.user))
