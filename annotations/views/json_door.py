"""The door through which the workbench talks JSON: session, CSRF, refusals as values."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.utils import translation

from archive.errors import HashiyaError, Invalid
from archive.presenters.messages import sentence
from archive.text.json_input import json_object

View = Callable[..., HttpResponseBase]
_KEPT = ("current", "given", "problems", "field", "revision")


def json_door(**methods: View) -> View:
    """Return a view that sends each method ("get", "post"…) to its function and words refusals as JSON."""

    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        handler = methods.get((request.method or "").lower().replace("head", "get"))
        if handler is None:
            allow = ", ".join(sorted(name.upper() for name in methods))
            return JsonResponse({"code": "method_not_allowed"}, status=405, headers={"Allow": allow})
        with translation.override(_page_language(request)):
            try:
                return handler(request, *args, **kwargs)
            except HashiyaError as error:
                return refusal(error)

    return functools.update_wrapper(view, next(iter(methods.values())))


def _page_language(request: HttpRequest) -> str:
    """Return the language of the page that asks; these addresses have none of their own."""
    first = urlsplit(request.headers.get("Referer", "")).path.strip("/").split("/")[0]
    return (
        first if first in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE
    )


def refusal(error: HashiyaError, **more: Any) -> JsonResponse:
    """Return why not: a code for the script, a sentence for the person, the field that it is about."""
    words = sentence(error.code, error.params)
    body: dict[str, Any] = {"code": error.code, "detail": words}
    body |= {key: error.params[key] for key in _KEPT if key in error.params}
    if "field" in error.params:
        body["errors"] = {error.params["field"]: [words]}
    return JsonResponse(body | more, status=error.status)


def body_of(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object that was sent.

    Raises Invalid for anything else, and for text that no database can hold.
    """
    try:
        return json_object(request.body)
    except RequestDataTooBig:
        raise Invalid("request_too_large", limit=settings.DATA_UPLOAD_MAX_MEMORY_SIZE) from None
    except ValueError:
        raise Invalid("json_required") from None


def if_match(request: HttpRequest) -> str:
    """Return the version that the writer names in `If-Match`, without quotes; empty when there is none."""
    return request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')


def whole(request: HttpRequest, name: str, default: int) -> int:
    """Return a number of the address.

    Raises Invalid.
    """
    value = request.GET.get(name, str(default))
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise Invalid("number_required", field=name)
    return int(value)
