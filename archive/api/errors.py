"""Refusals as JSON: a code for machines, a sentence for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from archive.errors import HashiyaError, Invalid, NotAllowed, NotVisible
from archive.presenters.messages import sentence

#: Facts of a refusal that the caller can act on.
TOLD = (
    "current",
    "yours",
    "given",
    "problems",
    "field",
    "image",
    "ids",
    "revision",
    "state",
    "act",
    "retry_after",
)


def handle(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Answer every refusal as `{code, detail, …}`; hidden and missing are the same bytes."""
    if isinstance(exception, Http404 | exceptions.NotFound):
        exception = NotVisible("not_visible")
    if isinstance(exception, RequestDataTooBig):
        exception = Invalid("request_too_large", limit=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    if isinstance(exception, exceptions.ValidationError):
        return Response(_invalid(exception.detail), status=Invalid.status)
    if isinstance(exception, HashiyaError):
        return Response(refusal(exception), status=exception.status)
    if isinstance(exception, PermissionDenied):
        exception = exceptions.PermissionDenied()
    answer = exception_handler(exception, context)
    if answer is None or not isinstance(exception, exceptions.APIException):
        return answer
    answer.data = {"code": _code(exception), "detail": str(exception.detail)}
    if isinstance(exception, exceptions.Throttled) and exception.wait is not None:
        answer.data["retry_after"] = round(exception.wait)
    return answer


def refusal(error: HashiyaError) -> dict[str, Any]:
    """Return a refusal as JSON; a refused field stands under `errors`, as those that serializers refuse."""
    words = sentence(error.code, error.params)
    body: dict[str, Any] = {"code": error.code, "detail": words}
    body |= {name: error.params[name] for name in TOLD if name in error.params}
    if "field" in error.params:
        body["errors"] = {error.params["field"]: [words]}
    return body


def _invalid(detail: Any) -> dict[str, Any]:
    errors = dict(_by_field(detail))
    return {"code": "invalid", "detail": _("Some fields are wrong; each says why."), "errors": errors}


def _by_field(detail: Any, name: str = "") -> Iterator[tuple[str, list[Any]]]:
    """Yield what is wrong, field by field; a field inside another is `creators.1.name`."""
    if isinstance(detail, Mapping):
        parts = [(str(key), value) for key, value in detail.items()]
    elif isinstance(detail, list) and any(isinstance(one, Mapping) for one in detail):
        parts = [(str(place), value) for place, value in enumerate(detail)]
    else:
        yield name, detail if isinstance(detail, list) else [detail]
        return
    for part, value in parts:
        yield from _by_field(value, f"{name}.{part}" if name else part)


def _code(exception: exceptions.APIException) -> str:
    """Return our word for the framework's refusals, so that clients know one vocabulary."""
    if isinstance(exception, exceptions.PermissionDenied) and exception.default_code == "permission_denied":
        return NotAllowed("not_allowed").code
    codes = exception.get_codes()
    return codes if isinstance(codes, str) else exception.default_code
