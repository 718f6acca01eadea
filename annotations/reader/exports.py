"""The page of a release's downloads, and of each that must be made first."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from annotations.actions.ask_release_export import ask_release_export
from annotations.exports.shelf import groups_of, line_of
from annotations.presenters.export_lines import ExportLine
from annotations.presenters.issue import Issue
from annotations.presenters.released import issue_of
from annotations.reader.releases import find, gone
from archive.access import ANYBODY
from archive.views.shared import shared


@require_safe
@shared
def downloads(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """List everything that a release can be taken away as."""
    row = find(slug, number)
    if row is None:
        return gone(request, slug, number)
    issue = issue_of(row)
    context = {"issue": issue, "release": row, "groups": groups_of(issue)}
    return render(request, "annotations/reader/downloads.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def download_page(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponseBase:
    """Say how far a file is; ask for it."""
    # Whoever asks is anybody: it is made once for everyone.
    request.user, request.viewer = AnonymousUser(), ANYBODY
    row = find(slug, number)
    if row is None:
        return gone(request, slug, number)
    issue = issue_of(row)
    line = line_of(issue, form)
    if request.method == "POST":
        if line.state in ("absent", "failed", "quick"):
            ask_release_export(release=row.public_id, form=form, by=None)
        return redirect("release_export", slug, number, form)
    if request.GET.get("as") == "state":
        return _told(line)
    return _page(request, row, issue, line)


def _page(request: HttpRequest, row: Any, issue: Issue, line: ExportLine) -> HttpResponse:
    context = {"issue": issue, "release": row, "line": line}
    return render(request, "annotations/reader/download.html", context)


def _told(line: ExportLine) -> JsonResponse:
    """Say how far a file is, to the script of the page that waits for it."""
    is_over = line.state != "waiting"
    message = "" if is_over else _("Writing the file")
    return JsonResponse(
        {"state": line.state, "progress": line.progress, "message": message, "done": is_over, "result": {}}
    )
