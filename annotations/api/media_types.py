"""JSON-LD beside JSON: which of them is asked for, and which came."""

from __future__ import annotations

from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from archive.api.parsers import Json

JSON_LD = "application/ld+json"
PROFILE = "http://www.w3.org/ns/anno.jsonld"


class JsonLd(JSONRenderer):
    """W3C Web Annotation."""

    media_type = JSON_LD
    format = "jsonld"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        """Return the JSON, under the annotation profile."""
        response = (renderer_context or {}).get("response")
        if response is not None and response.status_code < 400:
            response.headers["Content-Type"] = f'{JSON_LD}; profile="{PROFILE}"'
        return super().render(data, JSON_LD, renderer_context)


class JsonLdParser(Json):
    """W3C Web Annotation, coming in."""

    media_type = JSON_LD


def is_jsonld(request: Request) -> bool:
    """Whether the answer is to be JSON-LD."""
    return (
        getattr(request, "accepted_renderer", None) is not None
        and request.accepted_renderer.media_type == JSON_LD
    )


def sent_as_jsonld(request: Request) -> bool:
    """Whether JSON-LD was sent."""
    return (request.content_type or "").partition(";")[0].strip().lower() == JSON_LD
