"""What happens to every request before and after its view."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_request

from archive import access
from archive.access import viewer_of
from archive.access.looks import LOOKS, looks_for
from archive.views.view_as import COOKIE, put_on, refuse_writing

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RequestGuard:
    """Refuses what no view could answer (NUL in the address) and sets the headers that every answer has."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer 404 for addresses with NUL; add the content policy, and `no-store` unless the view said otherwise."""
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponse("Not found.", status=404, content_type="text/plain; charset=utf-8")
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Cache-Control", "private, no-store")
        if not getattr(response, "xframe_options_exempt", False):
            # Pages from the byte cache never come to Django's own part for this.
            response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response


class SharedPages:
    """Serves shared public pages from bytes made once (`archive.views.shared`), before any session is read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from the byte cache when the page is there and of this epoch."""
        from archive.views import shared

        if COOKIE in request.COOKIES:  # Who looks as somebody else must be told so on every page.
            return self.get_response(request)
        return shared.cached(request) or self.get_response(request)


class Viewer:
    """Puts the viewer on the request: who is looking, with which roles and groups."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Set `request.viewer`; lazily, so that a page that never asks costs no query."""
        from django.utils.functional import SimpleLazyObject

        request.viewer = SimpleLazyObject(lambda: viewer_of(request.user))
        look = request.COOKIES.get(COOKIE, "")
        if look in LOOKS and look in looks_for(real := viewer_of(request.user)):
            return self._through(request, look, real)
        return self.get_response(request)

    def _through(self, request: HttpRequest, look: str, real: access.Viewer) -> HttpResponseBase:
        """Answer as `look` would be answered, to reading only; ending it and signing out go on as oneself."""
        request.view_as = look
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request) if _ends(request) else refuse_writing(request)
        put_on(request, look, real)
        response = self.get_response(request)
        response.headers["Cache-Control"] = "private, no-store"
        return response


def _ends(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).url_name in ("view_as_end", "account_logout")
    except Resolver404:
        return False


def preferred_language(request: HttpRequest) -> str:
    """Return the language of the cookie or the browser, Arabic when neither says."""
    return get_language_from_request(request)
