"""What every answer to the client shares: who asks, in which form it is refused, who may read it in a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO

from django.http import HttpRequest
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from archive.access import Viewer, as_viewer
from archive.api.authentication import BearerAuthentication
from archive.api.base import Door
from archive.text.json_input import json_object

#: The client's sidebar may have another origin than ours. No cookie is looked at here, so nobody is let in by theirs.
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Hypothesis-Client-Version, X-Client-Id",
    "Access-Control-Max-Age": "600",
}


class Wire(JSONParser):
    """A JSON object; halves of letters, which the client cuts where a quote's surroundings end, are left out."""

    def parse(
        self, stream: BinaryIO, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the object.

        Raises ParseError, Invalid for text that no database can hold.
        """
        try:
            return json_object(stream.read(), drop_halves=True)
        except ValueError:
            raise ParseError(_("Send one JSON object in UTF-8.")) from None


class Client(APIView):
    """One address that the client asks."""

    schema = None
    authentication_classes: tuple[Any, ...] = (BearerAuthentication,)
    permission_classes: tuple[Any, ...] = (Door,)
    parser_classes: tuple[Any, ...] = (Wire,)
    renderer_classes = (JSONRenderer,)

    @property
    def viewer(self) -> Viewer:
        """Who asks."""
        return as_viewer(self.request.user)

    @property
    def by(self) -> Any:
        """The account that acts."""
        return self.request.user

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say what may be asked for; the headers hold it."""
        return Response(None, status=204)

    def handle_exception(self, exc: Exception) -> Response:
        """Answer a refusal with a `reason`, the only word of it that the client shows."""
        response = super().handle_exception(exc)
        if isinstance(response.data, dict):
            response.data = {"status": "failure", "reason": reason_of(response.data), **response.data}
        return response

    def finalize_response(self, request: HttpRequest, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Let pages of every origin read the answer."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "")
        for name, value in _CORS.items():
            response.headers[name] = value
        return response


def reason_of(data: Mapping[str, Any]) -> str:
    """Return the sentence of a refusal, with those of its fields."""
    fields = [str(one) for errors in (data.get("errors") or {}).values() for one in errors]
    said = str(data.get("detail", ""))
    return " ".join([said, *(one for one in fields if one != said)])
