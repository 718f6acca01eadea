"""Error pages in the reader's language; "no such thing" and "not for you" are the same bytes."""

from __future__ import annotations

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from archive.errors import HashiyaError
from archive.media.space import is_full
from archive.presenters.messages import sentence


def error_page(request: HttpRequest, status: int, title: str, text: str, **context: Any) -> HttpResponse:
    """Return a page that says what went wrong and what to do."""
    return render(request, "error.html", {"error_title": title, "error_text": text, **context}, status=status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404: the same whether the thing is missing or hidden; scripts get it as the API says it."""
    if request.path.startswith("/api/"):
        return JsonResponse({"code": "not_visible", "detail": sentence("not_visible")}, status=404)
    # What it was about may have gone while somebody wrote: their words are theirs, whatever it was.
    typed = typed_words(request) if request.method == "POST" and request.content_type in _FORMS else []
    return error_page(
        request, 404, _("There is nothing at this address"),
        _("It may have been moved, or it is not public. Try the search, or go back to the home page."), typed=typed,
    )  # fmt: skip


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403: signed in, but not for this."""
    return error_page(
        request, 403, _("This is not yours to do"),
        _("Your account may see this but not do it. Ask an administrator for the role that may."),
    )  # fmt: skip


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400."""
    return error_page(
        request, 400, _("The request could not be understood"), _("Go back, reload the page and try again.")
    )


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer 429: signing in, recovering or confirming was tried too often."""
    return error_page(
        request, 429, _("Too many attempts"),
        _("This was tried too often in a short time. Wait a few minutes, then try again."),
    )  # fmt: skip


_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
#: What is shorter is typed again in no time.
_WORTH_KEEPING = 20


def typed_words(request: HttpRequest) -> list[tuple[str, str]]:
    """Return (field, words) of what a form that failed brought along, to be given back; no passwords, no tokens."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if len(value) > _WORTH_KEEPING and "password" not in name and "token" not in name
    ]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is stale, giving back what was typed."""
    return error_page(
        request, 403, _("This form was open for too long"),
        _("Nothing was saved. Go back, reload the page and send the form again; your words are below."),
        typed=typed_words(request),
    )  # fmt: skip


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without asking the database anything; 507 when the disk is full, whoever noticed it."""
    if is_full(sys.exc_info()[1]):
        return _storage_full(request)
    return _bare_page(
        500,
        ("حدث خطأ لم نتوقعه", "لم يُفقد شيء مما حُفظ. ارجع وحاول مرة أخرى."),
        ("Something unexpected went wrong", "Nothing that was saved is lost. Go back and try again."),
    )


def _storage_full(request: HttpRequest) -> HttpResponse:
    if request.path.startswith(_MACHINES) or "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"code": "storage_full", "detail": sentence("storage_full")}, status=507)
    words = []
    for language in ("ar", "en"):
        with translation.override(language):
            words.append((_("The disk is full"), sentence("storage_full")))
    return _bare_page(507, *words)


#: Addresses whose readers are scripts.
_MACHINES = ("/api/", "/workbench/")


def _bare_page(status: int, arabic: tuple[str, str], english: tuple[str, str]) -> HttpResponse:
    """Return a page in both languages that needs neither templates nor database."""
    return HttpResponse(
        "<!doctype html><html lang='ar' dir='rtl'><meta charset='utf-8'><title>حاشية</title>"
        f"<h1>{arabic[0]}</h1><p>{arabic[1]}</p>"
        f"<div lang='en' dir='ltr'><h1>{english[0]}</h1><p>{english[1]}</p></div></html>",
        status=status,
    )


class RefusalPages:
    """Turns a refusal that a view did not handle into its page."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        response: HttpResponse = self.get_response(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse a form that holds a zero byte, which no text has and PostgreSQL does not keep; give its words back."""
        if request.method != "POST" or request.content_type not in _FORMS:
            return None
        if not any("\x00" in part for name, values in request.POST.lists() for part in (name, *values)):
            return None
        typed = [(name, words.replace("\x00", "")) for name, words in typed_words(request)]
        return error_page(request, 422, _("That did not work"), sentence("zero_byte"), typed=typed)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer HashiyaError with its status and sentence."""
        if not isinstance(exception, HashiyaError):
            return None
        if exception.status == 404:
            return not_found(request)
        if exception.code == "not_allowed":
            return forbidden(request)
        text = sentence(exception.code, exception.params)
        return error_page(request, exception.status, _("That did not work"), text, typed=typed_words(request))
