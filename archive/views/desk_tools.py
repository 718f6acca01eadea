"""What all desk pages need: who may come in, which row is meant, which version was read."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from archive.access import Viewer, require_may, visible_to
from archive.errors import NotVisible, VersionMissing
from archive.models import User
from archive.views.errors import error_page, typed_words

Row = TypeVar("Row", bound=Model)
View = Callable[..., HttpResponseBase]
PER_PAGE = 30


class DeskRequest(HttpRequest):
    """A request as the middleware hands it on: with an account and a viewer."""

    user: User
    viewer: Viewer


def desk_view(model: type[Model] | None = None, action: str = "add") -> Callable[[View], View]:
    """Let in those who may do `action` to `model` (anyone signed in without one); send others to sign in.

    A form sent after the session ended gives the typed words back.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def wrapper(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.viewer.is_member:
                return _sign_in(request)
            if model is not None:
                require_may(request.viewer, action, model)
            return view(request, *args, **kwargs)

        return wrapper

    return decorate


def _sign_in(request: DeskRequest) -> HttpResponse:
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    return error_page(
        request, 403, _("You are no longer signed in"),
        _("Nothing was saved. Sign in again in another tab, then go back and send the form once more."),
        typed=typed_words(request),
    )  # fmt: skip


def found(rows: type[Row] | QuerySet[Row], request: DeskRequest, public_id: str) -> Row:
    """Return the row with this id if the viewer may see it; raises NotVisible."""
    row = visible_to(rows, request.viewer).filter(public_id=public_id).first()
    if row is None:
        raise NotVisible("not_visible")
    return row


def version_of(request: DeskRequest) -> int:
    """Return the version that the sent form was made from; raises VersionMissing."""
    try:
        return int(request.POST["version"])
    except (KeyError, ValueError) as error:
        raise VersionMissing("version_missing") from error


def page_of(rows: Any, request: DeskRequest, *, per_page: int = PER_PAGE) -> Page[Any]:
    """Return the page of `rows` that the address asks for."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


def wants_json(request: DeskRequest) -> bool:
    """Whether a script asks."""
    return "application/json" in request.headers.get("Accept", "")
