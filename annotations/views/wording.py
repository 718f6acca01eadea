"""The wording that a reviewer suggested for a note: shown against the note's own words, and taken with one press."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.access.decided import may_take
from annotations.access.notes import acts_of, with_acts
from annotations.actions.take_wording import take_wording
from annotations.models import Annotation, Decision
from annotations.presenters.labels import CATEGORIES, OUTCOME_STATUSES, OUTCOMES, STATUSES
from annotations.views.note_head import head_of
from annotations.views.requests import Request
from archive.access import visible_to
from archive.errors import Invalid, InvalidTransition, NotVisible, Stale, VersionMissing
from archive.presenters.messages import sentence


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: Request, public_id: str) -> HttpResponseBase:
    """Show the wording that was suggested last, or the one that was posted and could not be taken; take it."""
    status, error = 200, ""
    if request.method == "POST":
        try:
            take_wording(
                annotation=public_id, decision=request.POST.get("decision", ""),
                version_id=request.POST.get("version", ""), by=request.user,
            )  # fmt: skip
        except (Stale, VersionMissing, InvalidTransition, Invalid) as refused:
            code = "suggestion_overtaken" if isinstance(refused, Stale) else refused.code
            status, error = refused.status, sentence(code, refused.params)
        else:
            words = _("The note has the suggested wording now. It is a draft: hand it in when you are ready.")
            messages.success(request, words)
            return redirect(_after(request, public_id))
    note = _note(request, public_id)
    decision = _suggesting(request, note)
    context: dict[str, Any] = {
        "decision": decision, "error": error,
        "is_overtaken": decision.version_id != note.newest_version_id,
        "takes": public_id if may_take(decision, version=note.newest_version_id, acts=acts_of(note)) else "",
        "categories": CATEGORIES, "statuses": STATUSES, "outcomes": OUTCOMES, "outcome_statuses": OUTCOME_STATUSES,
    }  # fmt: skip
    return render(request, "annotations/talk/wording.html", context | head_of(request, note), status=status)


def _note(request: Request, public_id: str) -> Annotation:
    rows = with_acts(visible_to(Annotation, request.viewer), request.viewer)
    note = (
        rows.select_related("author", "group", "text", "image", "video").filter(public_id=public_id).first()
    )
    if note is None:
        raise NotVisible("not_visible")
    return note


def _suggesting(request: Request, note: Annotation) -> Decision:
    """Return the decision that is named, or the last one with a wording; nobody else learns that there is one."""
    rows = visible_to(Decision, request.viewer).filter(version__annotation=note).exclude(suggestion="")
    if named := request.POST.get("decision") or request.GET.get("decision"):
        rows = rows.filter(public_id=named)
    found = rows.select_related("version", "reviewer").order_by("pk").last()
    if found is None:
        raise NotVisible("not_visible")
    return found


def _after(request: Request, note: str) -> str:
    """Return where to go on: the page that the button stood on, when it is one of this site that is no answer to it."""
    back = request.POST.get("back", "")
    known = back.startswith("/") and url_has_allowed_host_and_scheme(back, {request.get_host()})
    if known and back != request.path:
        return back if "#" in back else f"{back}#note-{note}"
    return f"{reverse('my_notes')}?note={note}"
