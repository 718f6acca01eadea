"""The pages on which the Hypothesis client works, where an administrator switched it on, and the one that lets it in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from annotations.models import Annotation
from annotations.presenters.client_site import (
    CLIENT_ID,
    is_on,
    may_ask,
    page_settings,
    sidebar_settings,
    site_of,
)
from annotations.presenters.text_page import article_of
from annotations.views.requests import Request
from annotations.views.texts import revision_of
from archive.access import may
from archive.access.client_tokens import sign_code, sign_grant
from archive.errors import NotVisible
from archive.text.sections import whole

_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".woff2": "font/woff2"}
_NAME = re.compile(r"[\w-]+(\.[\w-]+)*(/[\w-]+(\.[\w-]+)*){0,3}\Z", re.ASCII)
#: What the sidebar needs beyond our own pages: to stand in a frame of one of them.
_APP_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
#: RFC 7636.
_CHALLENGE = re.compile(r"[\w-]{43}\Z", re.ASCII)


def text_page(request: Request, public_id: str) -> HttpResponseBase:
    """Show a whole text with the client beside it; the page's own text begins with that of the text."""
    if not is_on():
        raise NotVisible("not_visible")
    revision = revision_of(request.viewer, public_id)
    revision.refresh_from_db(fields=["content", "blocks", "marks"])
    section = whole(revision.content, revision.blocks)
    viewer = request.viewer
    grant = sign_grant(request.user) if viewer.is_member and viewer.behind is None else ""
    context = {
        "revision": revision, "text": revision.text, "work": revision.text.work,
        "article": article_of(revision, viewer, section=section, counts={}, count_href="#b{}"),
        "address": f"{settings.PUBLIC_URL}{request.path}", "settings": page_settings(request, grant=grant), "is_member": viewer.is_member,
        "is_writer": may(viewer, "add", Annotation),
    }  # fmt: skip
    response = render(request, "annotations/hypothesis/text.html", context)
    response.headers["Content-Security-Policy"] = settings.CONTENT_SECURITY_POLICY.replace(
        "frame-src ", "frame-src 'self' "
    )
    return response


@require_safe
@xframe_options_sameorigin
def app(request: HttpRequest) -> HttpResponseBase:
    """Show the client's sidebar, in a frame of the page above."""
    if not is_on():
        raise NotVisible("not_visible")
    response = render(request, "annotations/hypothesis/app.html", {"settings": sidebar_settings(request)})
    response.headers["Content-Security-Policy"] = _APP_POLICY
    return response


def assets(request: HttpRequest) -> HttpResponseBase:
    """Answer nothing: the files are below this address."""
    raise Http404


@require_safe
def asset(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a file of the client as it was published, from the folder that the administrator named."""
    kind = _TYPES.get(Path(name).suffix)
    if not is_on() or kind is None or not _NAME.match(name):
        raise Http404
    folder = Path(settings.HYPOTHESIS_CLIENT).resolve()
    path = (folder / name).resolve()
    if not path.is_relative_to(folder) or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=kind)
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@login_required
def authorize(request: Request) -> HttpResponseBase:
    """Ask whether a client may annotate in one's name; hand the code to the window that asked."""
    asked = request.GET
    origin = asked.get("origin", "")
    refusal = _refusal(request, asked.get("client_id", ""), origin, asked.get("response_type", ""))
    answer: dict[str, Any] = {}
    if request.method == "POST" and not refusal:
        answer = {"type": "authorization_canceled", "state": asked.get("state", "")[:200]}
        if "allow" in request.POST:
            code = sign_code(request.user, challenge=_challenge(request))
            answer |= {"type": "authorization_response", "code": code}
    context = {
        "origin": origin, "host": urlsplit(origin).netloc, "refusal": refusal, "answer": answer,
        "is_own": origin == site_of(request),
        "is_writer": may(request.viewer, "add", Annotation),
    }  # fmt: skip
    response: HttpResponse = render(
        request, "annotations/hypothesis/authorize.html", context, status=400 if refusal else 200
    )
    if not context[
        "is_own"
    ]:  # The window that asked is of a browser's extension, and gets its answer from this one.
        response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return response


def _refusal(request: HttpRequest, client: str, origin: str, kind: str) -> str:
    """Return why nobody is asked, "" when all is well."""
    if client != CLIENT_ID or kind != "code":
        return "client"
    method = request.GET.get("code_challenge_method", "")
    if request.GET.get("code_challenge") and (method != "S256" or not _challenge(request)):
        return "client"
    return "" if may_ask(origin, request) else "origin"


def _challenge(request: HttpRequest) -> str:
    given = request.GET.get("code_challenge", "")
    return given if _CHALLENGE.match(given) else ""
