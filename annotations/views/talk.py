"""The talk about a note: read, answered, settled and reported on one page, or in its place on another."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.access.talk import names_in, offered, talk_of
from annotations.actions.report_reply import answer_reports, report_reply
from annotations.actions.revise_reply import revise_reply
from annotations.actions.say_reply import say_reply
from annotations.actions.settle_talk import settle_talk
from annotations.actions.withdraw_reply import withdraw_reply
from annotations.enums import TalkState
from annotations.models import Annotation, ReplyVersion
from annotations.presenters.labels import CATEGORIES, OUTCOME_STATUSES, OUTCOMES, STATUSES
from annotations.presenters.talk import Typed, talk_view
from annotations.views.json_door import json_door
from annotations.views.note_head import head_of
from annotations.views.requests import Request
from archive.access import require, visible_to
from archive.errors import HashiyaError, Invalid, NotVisible, Stale
from archive.presenters.markup import with_names
from archive.presenters.messages import sentence

#: The fields that hold what a person typed, by act.
_WORDS = {"reply": "body", "revise": "body", "report": "reason"}
_LOST = ("not_visible",)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: Request, public_id: str) -> HttpResponseBase:
    """Show the talk about a note; do what was posted. `part` asks for the talk without the page around it."""
    typed, status = Typed(), 200
    if request.method == "POST":
        try:
            said = _do(request, public_id)
        except HashiyaError as error:
            note = _note(request, public_id)
            typed, status = _typed(request, error), error.status
        else:
            if not _is_part(request):
                return redirect(_after(request, said))
    note = _note(request, public_id)
    view = talk_view(talk_of(request.viewer, note), typed=typed)
    words = {
        "categories": CATEGORIES,
        "statuses": STATUSES,
        "outcomes": OUTCOMES,
        "outcome_statuses": OUTCOME_STATUSES,
    }
    context: dict[str, Any] = {"view": view, "back": request.POST.get("back", ""), **words}
    if _is_part(request):
        return render(request, "annotations/talk/_thread.html", context, status=status)
    return render(request, "annotations/talk/page.html", context | head_of(request, note), status=status)


def _is_part(request: Request) -> bool:
    return "part" in (request.POST if request.method == "POST" else request.GET)


def _note(request: Request, public_id: str) -> Annotation:
    rows = visible_to(Annotation, request.viewer).select_related("author", "group", "text", "image", "video")
    note = rows.filter(public_id=public_id).first()
    if note is None:
        raise NotVisible("not_visible")
    return note


def _do(request: Request, note: str) -> str:
    """Do what was posted; return the id of the reply that it is about, empty for the whole talk."""
    sent, by = request.POST, request.user
    reply, version = sent.get("reply", ""), sent.get("version", "")
    match sent.get("act", ""):
        case "reply":
            made = say_reply(
                annotation=note, body=sent.get("body", ""), answers=sent.get("answers", ""),
                idempotency_key=sent.get("key", ""), by=by,
            )  # fmt: skip
            return made.public_id
        case "revise":
            revise_reply(reply=reply, version_id=version, body=sent.get("body", ""), by=by)
        case "withdraw":
            withdraw_reply(reply=reply, version_id=version, by=by)
        case "report":
            report_reply(reply=reply, reason=sent.get("reason", ""), by=by)
            messages.success(request, _("Your report is with those who judge it. Thank you."))
        case "keep" | "remove" as answer:
            answer_reports(reply=reply, remove=answer == "remove", by=by)
        case "settled" | "open" as state:
            settle_talk(annotation=note, state=TalkState(state), by=by)
        case _:
            raise Invalid("choice_unknown", field="act")
    return reply


def _after(request: Request, reply: str) -> str:
    """Return where to go on: the page that the form stood on, when it is one of this site."""
    back = request.POST.get("back", "")
    known = back.startswith("/") and url_has_allowed_host_and_scheme(back, {request.get_host()})
    at = f"#reply-{reply}" if reply else "#talk"
    return (back if known else request.path) + at


def _typed(request: Request, error: HashiyaError) -> Typed:
    act = request.POST.get("act", "")
    words = request.POST.get(_WORDS.get(act, "body"), "")
    now = ""
    if isinstance(error, Stale) and error.params.get("current"):
        rows = visible_to(ReplyVersion, request.viewer)
        version = rows.filter(public_id=error.params["current"]).first()
        now = with_names(version.body, names_in(version)) if version else ""
    return Typed(act, request.POST.get("reply", ""), words, sentence(error.code, error.params), now)


def _people(request: Request, public_id: str) -> HttpResponse:
    """Tell whose names have these words, of those who may read the talk."""
    note = _note(request, public_id)
    require(request.user, "reply", note)
    words = request.GET.get("q", "").strip()[:60]
    found = offered(note, words=words, by=request.user) if words else []
    return JsonResponse({"people": [{"id": one.public_id, "label": one.display_name} for one in found]})


people = json_door(get=_people)
