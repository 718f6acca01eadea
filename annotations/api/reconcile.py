"""Reconciliation services, as OpenRefine asks them: read only, for anybody, throttled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.clickjacking import xframe_options_exempt
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from annotations.models import AuthorityFile
from annotations.presenters.reconciling import MOST_IDS, MOST_QUERIES, PROPERTIES, Service
from archive.access import ANYBODY, visible_to
from archive.api.schema import READING, text_parameter
from archive.api.throttles import Anonymous
from archive.errors import Invalid, NotVisible
from archive.text.json_input import json_object

#: Letters of what is sent.
MOST_SENT = 200_000


#: What a page may call its function: a name, or one within an object. Nothing else can come to stand in the answer.
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]{0,60}(\.[A-Za-z_$][\w$]{0,60}){0,4}", re.ASCII)


class Jsonp(JSONRenderer):
    """The answer as a call of a function of the page that asks, as programs before CORS read it (`?callback=`).

    Only what anybody may read comes from here, and no cookie is looked at, so that a script tells no more than the page.
    """

    media_type = "application/javascript"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        """Return the call; the comment before it keeps anybody from choosing how the bytes begin."""
        name = (renderer_context or {})["request"].query_params["callback"]
        return f"/**/{name}(".encode() + super().render(data, "application/json", renderer_context) + b");"


class Often(Anonymous):
    """Queries come in batches, so that one minute holds fewer of them."""

    scope = "reconcile"
    rate = "240/min"


class _Door(APIView):
    """What all parts of a service share: nobody signs in, any page may read the answers."""

    authentication_classes: Any = ()
    permission_classes: Any = ()
    parser_classes: Any = (FormParser, MultiPartParser)
    throttle_classes: Any = (Often,)

    def service(self, public_id: str) -> Service:
        """Return the service of an open authority file, or of the vocabulary.

        Raises NotVisible.
        """
        if not public_id:
            return Service()
        file = visible_to(AuthorityFile, ANYBODY).filter(public_id=public_id).first()
        if file is None:
            raise NotVisible("not_visible")
        return Service(file)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Answer with a script to who names a function for it."""
        name = request.query_params.get("callback", "")
        if request.method == "GET" and _CALLBACK.fullmatch(name):
            return Jsonp(), Jsonp.media_type
        return super().perform_content_negotiation(request, force)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse a callback that is no name."""
        super().initial(request, *args, **kwargs)
        if not _CALLBACK.fullmatch(request.query_params.get("callback", "f")):
            raise Invalid("choice_unknown", field="callback")

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Let pages of other sites read what is public anyway; no cookie is looked at."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return answer


_QUERIES = [
    text_parameter("queries", "Queries as JSON, by key: `{\"q0\": {\"query\": \"حلب\", \"type\": \"place\", \"limit\": 5}}`."),
    text_parameter("extend", "An extension as JSON: `{\"ids\": [\"Q1\"], \"properties\": [{\"id\": \"latitude\"}]}`."),
]  # fmt: skip


class Reconcile(_Door):
    """The service itself."""

    @extend_schema(
        summary="A reconciliation service: its manifest, candidates, or more of entries", tags=["reconcile"],
        parameters=_QUERIES, responses={200: OpenApiTypes.OBJECT} | READING,
    )  # fmt: skip
    def get(self, request: Request, public_id: str = "") -> Response:
        """Without a parameter, say what the service is (Reconciliation Service API 0.2)."""
        return self._answer(self.service(public_id), request.query_params)

    @extend_schema(
        summary="Ask a reconciliation service for candidates, or for more of entries", tags=["reconcile"],
        request={"application/x-www-form-urlencoded": {"type": "object", "properties": {"queries": {"type": "string"}, "extend": {"type": "string"}}}},
        responses={200: OpenApiTypes.OBJECT} | READING,
    )  # fmt: skip
    def post(self, request: Request, public_id: str = "") -> Response:
        """The same with the parameters in a form, as OpenRefine sends them; nothing is written."""
        return self._answer(self.service(public_id), request.data)

    def _answer(self, service: Service, given: Any) -> Response:
        if given.get("queries"):
            queries = _json(given["queries"], "queries")
            if len(queries) > MOST_QUERIES:
                raise Invalid("too_many", field="queries", limit_count=MOST_QUERIES)
            return Response(service.answers(queries))
        if given.get("extend"):
            return Response(service.extended(*_extension(_json(given["extend"], "extend"))))
        return Response(service.manifest())


def _json(words: Any, field: str) -> dict[str, Any]:
    if not isinstance(words, str) or len(words) > MOST_SENT:
        raise Invalid("too_long", field=field, limit_length=MOST_SENT)
    try:
        return json_object(words.encode())
    except ValueError as error:
        raise Invalid("json_required", field=field) from error


def _extension(given: dict[str, Any]) -> tuple[list[str], list[str]]:
    ids, properties = given.get("ids"), given.get("properties")
    if not isinstance(ids, list) or not isinstance(properties, list):
        raise Invalid("list_required", field="extend")
    if len(ids) > MOST_IDS:
        raise Invalid("too_many", field="ids", limit_count=MOST_IDS)
    names = [str(one.get("id")) for one in properties if isinstance(one, dict)]
    if any(name not in PROPERTIES for name in names):
        raise Invalid("choice_unknown", field="properties")
    return [str(one)[:80] for one in ids], list(dict.fromkeys(names))


class Suggest(_Door):
    """Entries, types or properties by the beginning of their names."""

    @extend_schema(
        summary="What a beginning could mean", tags=["reconcile"], parameters=[text_parameter("prefix", "The beginning of a name.")],
        responses={200: OpenApiTypes.OBJECT} | READING,
    )  # fmt: skip
    def get(self, request: Request, what: str, public_id: str = "") -> Response:
        """Suggest entities, types or properties."""
        service = self.service(public_id)
        prefix = request.query_params.get("prefix", "").replace("\x00", "")[:200]
        if what == "entity":
            return Response({"result": service.suggestions(prefix)})
        beginning = prefix.strip().lower()
        found = [
            {"id": code, "name": name}
            for code, name in service.named(what).items()
            if beginning in f"{code} {name}".lower()
        ]
        return Response({"result": found})


class Flyout(_Door):
    """A few words on what is suggested, which tools show beside the list of suggestions."""

    @extend_schema(
        summary="A few words on a suggestion, as HTML", tags=["reconcile"], parameters=[text_parameter("id", "Its identifier.")],
        responses={200: OpenApiTypes.OBJECT} | READING,
    )  # fmt: skip
    def get(self, request: Request, what: str, public_id: str = "") -> Response:
        """Describe an entity, a type or a property."""
        service, one = self.service(public_id), request.query_params.get("id", "")[:80]
        entry = service.entries([one]).get(one) if what == "entity" else _only_named(service.named(what), one)
        if entry is None:
            raise NotVisible("not_visible")
        # The tool puts these words into its own page, as they are.
        words = render_to_string("annotations/public/reconcile_flyout.html", {"entry": entry, "id": one})
        return Response({"id": one, "html": words})


def _only_named(names: Mapping[str, str], code: str) -> dict[str, str] | None:
    return {"name": names[code]} if code in names else None


class Properties(_Door):
    """Which properties entries have."""

    @extend_schema(
        summary="Properties that an extension can ask for", tags=["reconcile"], responses={200: OpenApiTypes.OBJECT} | READING,
        parameters=[text_parameter("type", "A type; all have the same."), text_parameter("limit", "At most so many.")],
    )  # fmt: skip
    def get(self, request: Request, public_id: str = "") -> Response:
        """List the properties."""
        self.service(public_id)
        limit = request.query_params.get("limit", "")
        most = int(limit) if limit.isascii() and limit.isdigit() and len(limit) < 4 else len(PROPERTIES)
        rows = [{"id": code, "name": name} for code, name in PROPERTIES.items()][:most]
        return Response({"type": request.query_params.get("type", ""), "properties": rows})


class Preview(_Door):
    """A little page on one entry, which OpenRefine shows beside the name."""

    @extend_schema(
        summary="A small page on an entry", tags=["reconcile"], parameters=[text_parameter("id", "Its identifier.")],
        responses={(200, "text/html"): OpenApiTypes.STR} | READING,
    )  # fmt: skip
    def get(self, request: Request, public_id: str = "") -> HttpResponse:
        """Show name, type, description and where it is."""
        service, one = self.service(public_id), request.query_params.get("id", "")[:80]
        entry = service.entries([one]).get(one)
        if entry is None:
            raise NotVisible("not_visible")
        page = render_to_string("annotations/public/reconcile_preview.html", {"entry": entry, "id": one})
        answer = HttpResponse(page)
        # It is made to stand in the pages of other tools; nothing in it acts.
        answer.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors *"
        return answer


def _named(view: Any, **operations: str) -> Any:
    """Return the view of one authority file, under names of its own in the schema."""
    named = {method: extend_schema(operation_id=name) for method, name in operations.items()}
    return extend_schema_view(**named)(type(f"{view.__name__}OfFile", (view,), {}))


ReconcileFile = _named(Reconcile, get="reconcile_file_retrieve", post="reconcile_file_create")
FlyoutFile = _named(Flyout, get="reconcile_file_flyout_retrieve")
SuggestFile = _named(Suggest, get="reconcile_file_suggest_retrieve")
PropertiesFile = _named(Properties, get="reconcile_file_properties_retrieve")
preview = xframe_options_exempt(Preview.as_view())
preview_file = xframe_options_exempt(_named(Preview, get="reconcile_file_preview_retrieve").as_view())
