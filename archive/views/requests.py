"""Requests by people outside: the public form, and the desk where they are decided."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.access import visible_to
from archive.actions.answer_request import answer_request, erase_request
from archive.actions.send_request import send_request
from archive.enums import RequestKind, RequestOutcome, RequestRelation
from archive.errors import Conflict, Stale
from archive.forms.requests import KINDS, OUTCOMES, RELATIONS, AnswerForm, PublicRequestForm
from archive.forms.stale import overtaken
from archive.models import PublicRequest
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view, found, page_of, version_of
from archive.views.errors import too_many

_ASKED = ("kind", "relation", "about", "words", "email", "name")


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a correction or removal, without an account."""
    form = PublicRequestForm(request.POST or None, initial={"about": request.GET.get("about", "")[:500]})
    if request.method != "POST" or not form.is_valid():
        return render(request, "archive/site/ask.html", {"form": form}, status=422 if form.errors else 200)
    if not ratelimit.consume(request, action="public_request"):
        return too_many(request)
    asked = {name: form.cleaned_data[name] for name in _ASKED}
    asked |= {"kind": RequestKind(asked["kind"]), "relation": RequestRelation(asked["relation"])}
    made = send_request(**asked, language=get_language() or settings.LANGUAGE_CODE)
    return render(request, "archive/site/asked.html", {"number": made.public_id})


@require_GET
@desk_view(PublicRequest, "change")
def desk_requests(request: DeskRequest) -> HttpResponse:
    """The requests, those without an answer alone unless all are asked for."""
    rows = visible_to(PublicRequest, request.viewer).select_related("answered_by").order_by("-pk")
    show = request.GET.get("show", "")
    page = page_of(rows if show == "all" else rows.filter(outcome=""), request)
    return render(
        request, "archive/desk/requests.html", {"page_obj": page, "rows": map(_told, page), "show": show}
    )


@require_http_methods(["GET", "POST"])
@desk_view(PublicRequest, "change")
def desk_request(request: DeskRequest, public_id: str) -> HttpResponse:
    """One request, and what became of it."""
    row = found(PublicRequest.objects.select_related("answered_by"), request, public_id)
    form, status, told = AnswerForm(request.POST or None, row=row), 200, {}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            answer_request(
                request_id=row.pk, outcome=RequestOutcome(data["outcome"]), remark=data["remark"],
                version=data["version"], by=request.user,
            )  # fmt: skip
        except Stale as error:
            current = {"outcome": row.outcome, "remark": row.remark}
            told, status = overtaken(form, error, current, version=row.version), error.status
        else:
            messages.success(request, _("Saved."))
            return redirect("desk_requests")
    context = {**_told(row), "form": form, "link": _link(row.about), **told}
    return render(request, "archive/desk/request.html", context, status=422 if form.errors else status)


@require_POST
@desk_view(PublicRequest, "change")
def erase(request: DeskRequest, public_id: str) -> HttpResponse:
    """Erase what is personal in a request that was answered."""
    row = found(PublicRequest, request, public_id)
    try:
        erase_request(request_id=row.pk, version=version_of(request), by=request.user)
        messages.success(request, _("Name, address and words are erased."))
    except (Conflict, Stale) as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect(row)


def _told(row: PublicRequest) -> dict[str, Any]:
    """Return a request with its codes in words."""
    return {
        "asked": row,
        "kind": KINDS[RequestKind(row.kind)],
        "relation": RELATIONS[RequestRelation(row.relation)],
        "outcome": OUTCOMES[RequestOutcome(row.outcome)] if row.outcome else "",
    }


def _link(about: str) -> str:
    """Return the address on this site that was named, if one was; no other site is linked to."""
    about = about.strip()
    if "\\" in about or any(letter.isspace() or ord(letter) < 32 for letter in about):
        return ""  # Browsers read a backslash as a slash, which may lead elsewhere.
    try:
        parts = urlsplit(about)
    except ValueError:
        return ""
    at_home = f"{parts.scheme}://{parts.netloc}" == settings.PUBLIC_URL or not (parts.scheme or parts.netloc)
    local = parts.path.startswith("/") and not parts.path.startswith("//")
    return parts._replace(scheme="", netloc="").geturl() if at_home and local else ""
