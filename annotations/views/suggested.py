"""Where a text's suggestions lie, for the workbench to mark them apart from notes; and one of them, for whoever presses it."""

from __future__ import annotations

from django.http import HttpResponseBase, JsonResponse
from django.template.loader import render_to_string

from annotations.access.contents import content_of
from annotations.access.others import with_wording
from annotations.access.suggestions import Suggestion, suggestions_in
from annotations.access.texts import revision_of
from annotations.models import Annotation
from annotations.presenters.labels import CATEGORIES
from annotations.presenters.suggestions import card_of
from annotations.views.json_door import body_of, json_door, whole
from annotations.views.requests import Request
from annotations.views.suggestion_acts import accept, as_suggested, dismiss, suggested_no_more
from archive.access import as_viewer, require_may, visible_to
from archive.errors import Invalid
from archive.models import Text


def _suggested(request: Request, public_id: str) -> HttpResponseBase:
    """Answer with the current revision's number and `[start, end)` of each suggestion, in code points.

    With `?at=` also with the cards of those that hold this place, as HTML.
    """
    text, found = _found(request, public_id)
    places = [[one.start, one.end] for one in found]
    number = found[0].revision if found else revision_of(as_viewer(request.viewer), public_id).number
    said = {"revision": number, "places": places}
    if "at" in request.GET:
        at = whole(request, "at", 0)
        content = content_of(text.current_revision.pk, text.current_revision.sha256)
        cards = [card_of(one, content) for one in found if one.start <= at < one.end]
        context = {"cards": cards, "text": text, "categories": CATEGORIES}
        said["cards"] = render_to_string("annotations/suggestions/_pressed.html", context, request)
    return JsonResponse(said)


def _act(request: Request, public_id: str) -> HttpResponseBase:
    """Accept or dismiss `suggestion`, and answer with what was done in words."""
    text, found = _found(request, public_id)
    body = body_of(request)
    chosen = next((one for one in found if one.name == body.get("suggestion")), None)
    if chosen is None:
        return JsonResponse({"code": "gone", "detail": suggested_no_more()}, status=409)
    act = body.get("act")
    if act not in ("accept", "dismiss"):
        raise Invalid("choice_unknown", field="act")
    if act == "dismiss":
        return JsonResponse({"said": dismiss(text, chosen, by=request.user)})
    accepted = as_suggested(chosen, str(body.get("term", "")))
    return JsonResponse(
        {"said": accept(text, chosen, accepted, key=str(body.get("key", "")), by=request.user)}
    )


def _found(request: Request, public_id: str) -> tuple[Text, list[Suggestion]]:
    viewer = as_viewer(request.viewer)
    revision_of(viewer, public_id)
    require_may(viewer, "add", Annotation)
    text = with_wording(visible_to(Text, viewer)).get(public_id=public_id)
    return text, suggestions_in(viewer, text)


suggested = json_door(get=_suggested, post=_act)
