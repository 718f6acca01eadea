"""Seeing the public pages as others see them: reading only, for those who work here."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from archive.access import Viewer
from archive.access.looks import ANONYMOUS, looking_as, looks_for
from archive.errors import NotAllowed
from archive.models import User
from archive.presenters import desk_words
from archive.views.desk_tools import DeskRequest, desk_view
from archive.views.errors import error_page, typed_words

#: Names the look, until the browser is closed. Unsigned: whoever writes it by hand only sees less.
COOKIE = "hashiya_view_as"


@require_http_methods(["GET", "POST"])
@desk_view()
def view_as(request: DeskRequest) -> HttpResponseBase:
    """Choose through whose eyes to look, and begin."""
    mine = looks_for(getattr(request.viewer, "behind", None) or request.viewer)
    if not mine:
        raise NotAllowed("not_allowed", action="view_as")
    look = request.POST.get("look", "")
    if look in mine:
        response = redirect(_back(request))
        response.set_cookie(COOKIE, look, httponly=True, samesite="Lax", secure=request.is_secure())
        return response
    context = {"looks": {code: desk_words.LOOKS[code] for code in mine}, "next": request.GET.get("next", "")}
    return render(
        request, "archive/desk/view_as.html", context, status=422 if request.method == "POST" else 200
    )


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """See with one's own eyes again."""
    response = redirect(_back(request))
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def _back(request: HttpRequest) -> str:
    """Return where the sender wants to go, when that is a page of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else reverse("home")


def put_on(request: HttpRequest, look: str, real: Viewer) -> None:
    """Put the borrowed eyes on a request: the one place where the viewer is swapped."""
    viewer = looking_as(look, real)
    request.viewer = viewer
    if look == ANONYMOUS:
        request.user = AnonymousUser()
        return
    # No row: nothing is theirs, and nothing can be written in their name.
    user = User(pk=viewer.user_id, display_name=str(desk_words.LOOKS[look]))
    user.__dict__ |= {"_viewer": viewer, "role_codes": viewer.roles}
    request.user = user


def refuse_writing(request: HttpRequest) -> HttpResponse:
    """Answer what would change something, with the words that were typed."""
    return error_page(
        request, 403, _("You are looking as somebody else"),
        _("Nothing was saved: until you end it, you can only read. End it with the button above, then send it again."),
        typed=typed_words(request),
    )  # fmt: skip
