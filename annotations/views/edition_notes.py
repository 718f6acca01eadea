"""The notes of a plan on the editor's desk: those that it takes in or not, by its rule or by hand."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.actions.change_edition import exclude_notes, pick_notes
from annotations.editions.plan import Plan
from annotations.models import Edition
from annotations.presenters.edition_lines import line_of_plan, line_to_pick, to_pick
from annotations.presenters.left_out import Sought, authors_of, found, left_line, left_out_of
from annotations.presenters.paging import page_of
from archive.views.desk_tools import desk_view, version_of

NOTES_A_PAGE = 50
#: Lists of notes besides those that are taken in.
LISTS = ("out", "left", "elsewhere")
#: What of an address is kept when a choice was made in its list.
_KEPT = ("q", "author", "category", "page")


def listed_notes(request: HttpRequest, row: Edition, plan: Plan) -> dict[str, Any]:
    """Return what the page of a plan shows of its notes: one of four lists, and how long each is."""
    shown = request.GET.get("notes", "")
    shown = shown if shown in LISTS else ""
    elsewhere, left = to_pick(row, plan, request.viewer), left_out_of(plan, request.viewer)
    told: dict[str, Any] = {}
    if shown == "elsewhere":
        page = page_of(request, elsewhere, NOTES_A_PAGE)
        lines = [line_to_pick(note) for note in page.object_list]
    elif shown == "left":
        sought = Sought.of(request.GET)
        page = page_of(request, found(left, sought), NOTES_A_PAGE)
        lines = [left_line(candidate, plan) for candidate in page.object_list]
        told = {"sought": sought, "authors": authors_of(left)}
    else:
        page = page_of(request, [c for c in plan.candidates if c.excluded == (shown == "out")], NOTES_A_PAGE)
        picked = set(row.picked.values_list("public_id", flat=True))
        lines = [line_of_plan(c, plan, is_picked=c.id in picked) for c in page.object_list]
    return told | {
        "page_obj": page, "notes": lines, "shown": shown, "picks": any(line["is_picked"] for line in lines),
        "elsewhere": elsewhere.count(), "left": len(left), "taken": len(plan.taken),
        "left_out": len(plan.candidates) - len(plan.taken), "only_picked": bool(row.rule.get("only_picked")),
    }  # fmt: skip


@require_POST
@desk_view(Edition)
def choose_notes(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Take the ticked notes out of the plan or let them in again; or pick them for it, or no longer."""
    notes, do = request.POST.getlist("note"), request.POST.get("do")
    given: dict[str, Any] = {"edition": public_id, "version": version_of(request), "notes": notes}
    if do in ("pick", "unpick"):
        pick_notes(**given, picked=do == "pick", by=request.user)
        done = (
            _("Taken into the plan: %(count)s.")
            if do == "pick"
            else _("No longer picked for the plan: %(count)s.")
        )
    else:
        exclude_notes(**given, out=do == "out", by=request.user)
        done = (
            _("Taken out of the plan: %(count)s.")
            if do == "out"
            else _("Let into the plan again: %(count)s.")
        )
    messages.success(request, done % {"count": len(notes)})
    response = redirect("desk_edition", public_id)
    response["Location"] += f"{_back(request) if do == 'pick' else ''}#notes"
    return response


def _back(request: HttpRequest) -> str:
    """Return the list from which notes were picked, narrowed and at its page as before: there are often more to pick."""
    shown = request.POST.get("notes", "")
    kept = {name: request.POST[name] for name in _KEPT if request.POST.get(name)}
    return f"?{urlencode({'notes': shown, **kept})}" if shown in LISTS else ""
