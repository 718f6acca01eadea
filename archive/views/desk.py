"""The front page of the desks: what waits for this person."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from archive.access import visible_to
from archive.actions.read_notices import read_notices
from archive.models import Notice, Role
from archive.views.desk_tools import DeskRequest, desk_view
from archive.views.worklists import worklists

#: How many notices the page shows at a time.
_NEWS = 10


@require_GET
@desk_view()
def desk(request: DeskRequest) -> HttpResponse:
    """Sections with what waits in each, this person's notices, and what their roles are for."""
    unread = visible_to(Notice, request.viewer).filter(read_at=None)
    notices = unread[:_NEWS]
    roles = visible_to(Role, request.viewer).filter(code__in=request.viewer.roles)
    context = {
        "notices": notices,
        "older": max(0, unread.count() - _NEWS),
        "roles": roles,
        "title": _("Your desk"),
        "worklists": worklists(request.viewer),
    }
    return render(request, "archive/desk/front.html", context)


@require_POST
@desk_view()
def read_news(request: DeskRequest) -> HttpResponse:
    """Put away the notices that the page showed; older ones take their place."""
    read_notices(seen=request.POST.getlist("seen"), by=request.user)
    return redirect("desk")
