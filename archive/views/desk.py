"""The front page of the desks: what waits for this person."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from archive.access import visible_to
from archive.models import Notice, Role
from archive.views.desk_tools import DeskRequest, desk_view


@require_GET
@desk_view()
def desk(request: DeskRequest) -> HttpResponse:
    """Sections with what waits in each, this person's notices, and what their roles are for."""
    notices = visible_to(Notice, request.viewer).filter(read_at=None)[:10]
    roles = visible_to(Role, request.viewer).filter(code__in=request.viewer.roles)
    context = {"notices": notices, "roles": roles, "title": _("Your desk")}
    return render(request, "archive/desk/front.html", context)
