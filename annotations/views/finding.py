"""The composer's doors to what else a note can point at: found by words, inside of a thing, or pasted from outside."""

from __future__ import annotations

from django.http import HttpResponseBase, JsonResponse
from django.utils.translation import get_language

from annotations.citing import item_of
from annotations.models import Annotation, Term
from annotations.presenters.cited import cited
from annotations.presenters.places_found import (
    KIND_NAMES,
    inside_film,
    inside_picture,
    inside_term,
    places_found,
)
from annotations.views.json_door import body_of, json_door, whole
from annotations.views.requests import Request
from archive.access import require_may, visible_to
from archive.errors import Invalid, NotVisible
from archive.models import Image, Video
from archive.search.engine import search

#: Results in one answer: as many as fit a panel.
PAGE = 12
#: Notes on a picture or a film, or under a term, that are listed.
INSIDE = 40
_MODELS = {"term": Term, "image": Image, "video": Video}


def _find(request: Request) -> HttpResponseBase:
    require_may(request.viewer, "add", Annotation)
    if inside := request.GET.get("in", ""):
        return JsonResponse({"results": _inside(request, inside), "page": 1, "pages": 1, "total": 0})
    query = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    kind = request.GET.get("kind", "")
    found = search(
        query, request.viewer, kind=kind if kind in KIND_NAMES else "", per_page=PAGE,
        page=min(whole(request, "page", 1), 100), language=get_language() or "",
    )  # fmt: skip
    return JsonResponse(
        {
            "results": places_found(request.viewer, found.hits),
            "page": found.page,
            "pages": found.pages,
            "total": found.total,
        }
        | ({"newest": found.ranked} if found.is_partial else {})
    )


def _inside(request: Request, named: str) -> list[dict[str, object]]:
    """Return what is inside of a term, a picture or a film; raises NotVisible."""
    kind, _colon, public_id = named.partition(":")
    model = _MODELS.get(kind)
    if model is None:
        raise Invalid("choice_unknown", field="in")
    item = visible_to(model, request.viewer).filter(public_id=public_id).first()
    match item:
        case Term():
            return inside_term(request.viewer, item, limit=INSIDE)
        case Image():
            return inside_picture(request.viewer, item, limit=INSIDE)
        case Video():
            return inside_film(request.viewer, item, limit=INSIDE)
    raise NotVisible("not_visible")


def _read_citation(request: Request) -> HttpResponseBase:
    """Return what was pasted as CSL data, and as it will be read; nothing is fetched and nothing kept."""
    require_may(request.viewer, "add", Annotation)
    pasted = body_of(request).get("pasted")
    if not isinstance(pasted, str):
        raise Invalid("required", field="pasted")
    csl = item_of(pasted)
    return JsonResponse({"csl": csl, "label": cited({"csl": csl})})


find = json_door(get=_find)
citation = json_door(post=_read_citation)
