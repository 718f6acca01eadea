"""A page that everybody shares when its thing is public, and that only those who may see it get otherwise."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from archive.access import ANYBODY, visible_to
from archive.access.tombstones import stone_at
from archive.models import SlugRedirect
from archive.views.shared import shared
from archive.views.tombstones import tombstone

View = Callable[..., HttpResponseBase]


def either(
    model: type[Model], key: str = "slug", *, private: Callable[[Any], bool] = lambda row: False
) -> Callable[[View], View]:
    """Give the view the row that the address names, as the viewer may see it.

    A public row makes a shared page, rendered as anybody; any other a private one for this viewer. A renamed
    thing leads to its new address; what was taken down
    leaves its tombstone, which the keepers get too; whatever else may not be seen is not there. What is `private`
    though its row is public is seen by each viewer in their own way, and never kept.
    """

    def decorate(view: View) -> View:
        def page(request: HttpRequest, **names: str) -> HttpResponseBase:
            viewer = request.viewer
            row = visible_to(model, viewer).filter(**{key: names[key]}).first()
            if row is None:
                return _moved(model, names[key], viewer)
            return view(request, row)

        common = shared(page)

        @wraps(view)
        def wrapper(request: HttpRequest, **names: str) -> HttpResponseBase:
            row = visible_to(model, ANYBODY).filter(**{key: names[key]}).first()
            if row is not None:
                return (page if private(row) else common)(request, **names)
            stone = stone_at(model, key, names[key])
            return tombstone(request, stone) if stone else page(request, **names)

        return wrapper

    return decorate


def _moved(model: type[Model], slug: str, viewer: Any) -> HttpResponseBase:
    moves = SlugRedirect.objects.filter(kind=model._meta.model_name, old_slug=slug).order_by("-pk")
    target = visible_to(model, viewer).filter(pk__in=moves.values("target_id")[:1]).first()
    if target is None:
        raise Http404
    return redirect(target.get_absolute_url(), permanent=True)
