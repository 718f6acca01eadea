"""What the OpenAPI document says of many endpoints alike: headers, refusals, lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.permissions import SAFE_METHODS

from archive.api.shapes import RefusalShape

IF_MATCH = OpenApiParameter(
    "If-Match", {"type": "string", "pattern": '^(W/)?"[^"*]+"$'}, OpenApiParameter.HEADER, required=True,
    description="The ETag of what was read. Without it 428; when there is something newer 412, with both.",
)  # fmt: skip
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key", OpenApiTypes.STR, OpenApiParameter.HEADER,
    description="At most 80 characters. Sent again under the same key, it gives what the first sending made.",
)  # fmt: skip

_MEANINGS = {
    400: "No JSON object.",
    401: "Say who you are.",
    403: "You may see this, but not do it.",
    404: "There is nothing here, or nothing that you may see.",
    409: "It contradicts what is there.",
    412: "Somebody changed it since; both versions are in the answer.",
    422: "Some fields are wrong; each says why.",
    428: "The request does not say which version it read.",
    429: "Too many requests; `retry_after` says how many seconds to wait.",
}


def refusals(*statuses: int) -> dict[int, OpenApiResponse]:
    """Return the refusals with these statuses."""
    return {status: OpenApiResponse(RefusalShape, _MEANINGS[status]) for status in statuses}


READING = refusals(404, 429)
#: Lists refuse what no row can be: a state that does not exist, a number that is none.
LISTING = refusals(404, 422, 429)
MAKING = refusals(400, 401, 403, 404, 409, 422, 429)
DOING = refusals(400, 401, 403, 404, 409, 422, 429)
CHANGING = refusals(400, 401, 403, 404, 409, 412, 422, 428, 429)


def text_parameter(name: str, description: str, *, enum: Sequence[str] = (), many: bool = False) -> Any:
    """Return a parameter of the query."""
    return OpenApiParameter(
        name, str, OpenApiParameter.QUERY, description=description, enum=list(enum) or None, many=many
    )


def path_parameter(name: str, description: str) -> Any:
    """Return a part of the address."""
    return OpenApiParameter(name, str, OpenApiParameter.PATH, description=description)


def number_parameter(name: str, description: str) -> Any:
    """Return a whole number of the query."""
    return OpenApiParameter(name, int, OpenApiParameter.QUERY, description=description)


class Schema(AutoSchema):
    """Says that reading is for all: without a token, one reads what the public may see."""

    def get_auth(self) -> list[dict[str, Any]]:
        """Return the ways to say who asks; for what only reads, also none."""
        ways = list(super().get_auth())
        open_to_all = any(getattr(one, "reading_is_open", False) for one in self.view.get_permissions())
        if open_to_all and self.method in SAFE_METHODS and {} not in ways:
            ways.append({})
        return ways
