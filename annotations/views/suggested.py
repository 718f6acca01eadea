"""Where a text's suggestions lie, for the workbench to mark them apart from notes."""

from __future__ import annotations

from django.http import HttpResponseBase, JsonResponse

from annotations.access.others import with_wording
from annotations.access.suggestions import suggestions_in
from annotations.access.texts import revision_of
from annotations.models import Annotation
from annotations.views.json_door import json_door
from annotations.views.requests import Request
from archive.access import as_viewer, require_may, visible_to
from archive.models import Text


def _suggested(request: Request, public_id: str) -> HttpResponseBase:
    """Answer with the current revision's number and `[start, end)` of each suggestion, in code points."""
    viewer = as_viewer(request.viewer)
    number = revision_of(viewer, public_id).number
    require_may(viewer, "add", Annotation)
    text = with_wording(visible_to(Text, viewer)).get(public_id=public_id)
    places = [[one.start, one.end] for one in suggestions_in(viewer, text)]
    return JsonResponse({"revision": number, "places": places})


suggested = json_door(get=_suggested)
