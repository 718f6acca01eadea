"""What is done with a whole plan: sealed, or put away; each answers on the page that is true now."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.actions.put_away_edition import put_away_edition
from annotations.actions.seal import seal
from annotations.errors import PreflightFailed
from annotations.models import Edition
from archive.errors import Conflict, Stale
from archive.presenters.messages import sentence
from archive.views.desk_tools import desk_view, found, version_of


@require_POST
@desk_view(Edition)
def seal_release(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Seal what the plan gives now."""
    row = found(Edition.objects.all(), request, public_id)
    try:
        release = seal(edition=public_id, version=version_of(request), by=request.user)
    except PreflightFailed as error:
        messages.error(request, sentence(error.code, error.params))
        return redirect("desk_edition", public_id)
    except Stale:
        return _overtaken(request, row)
    messages.success(
        request,
        _("Release %(number)s is sealed and will not change. Read it once more, then publish it.")
        % {"number": release.number},
    )
    return redirect("desk_release", release.public_id)


def _overtaken(request: HttpRequest, row: Edition) -> HttpResponseBase:
    """Lead back to the plan, and say what happened to it since the page was read: it was sealed, or changed."""
    last = row.releases.defer("snapshot").order_by("-number").first()
    meant = request.POST.get("number", "")
    if last is None or (meant.isascii() and meant.isdigit() and len(meant) < 9 and int(meant) > last.number):
        words = _(
            "Nothing was sealed: the plan was changed meanwhile. Look at it as it stands now, then seal it."
        )
        messages.error(request, words)
        return redirect("desk_edition", row.public_id)
    words = _("Nothing was sealed now: release %(number)s was sealed meanwhile.") % {"number": last.number}
    address, label = (
        reverse("desk_release", args=[last.public_id]),
        _("To release %(number)s") % {"number": last.number},
    )
    messages.error(request, format_html('{} <a href="{}">{}</a>', words, address, label))
    return redirect("desk_edition", row.public_id)


@require_POST
@desk_view(Edition)
def put_away(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Delete a plan of which nothing was sealed."""
    row = found(Edition.objects.all(), request, public_id)
    try:
        put_away_edition(edition=public_id, version=version_of(request), by=request.user)
    except Stale:
        words = _("The plan was not put away: it was changed meanwhile. Look at it as it stands now.")
        messages.error(request, words)
        return redirect("desk_edition", public_id)
    except Conflict as error:
        messages.error(request, sentence(error.code, error.params))
        return redirect("desk_edition", public_id)
    messages.success(request, _("The plan “%(title)s” was put away.") % {"title": f"\u2068{row}\u2069"})
    return redirect("desk_editions")
