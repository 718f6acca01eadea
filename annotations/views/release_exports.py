"""The downloads of a sealed release on the editor's desk, public or not."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from annotations.actions.ask_release_export import ask_release_export
from annotations.editions.reading import releases
from annotations.exports.shelf import file_name, groups_of, made
from annotations.models import Edition
from annotations.presenters.release_facts import facts_of
from annotations.presenters.released import issue_of
from annotations.presenters.words import said
from archive.errors import NotVisible
from archive.media.packages import place_of
from archive.views.desk_tools import desk_view, found
from archive.views.files import send_package


@require_safe
@desk_view(Edition)
def release_exports(request: Any, public_id: str) -> HttpResponse:
    """List what a release can be taken away as, with what the public sees of it or will see."""
    row: Any = found(releases(), request, public_id)
    groups = groups_of(issue_of(row))
    context = {
        "release": row, "edition": row.edition, "groups": groups, "title": said(facts_of(row).title),
        "is_waiting": any(line.state == "waiting" for group in groups for line in group.lines),
    }  # fmt: skip
    return render(request, "annotations/editions/exports.html", context)


@require_POST
@desk_view(Edition)
def ask_export(request: Any, public_id: str, form: str) -> HttpResponseBase:
    """Ask for one of them."""
    ask_release_export(release=public_id, form=form, by=request.user)
    return redirect("desk_release_exports", public_id)


@require_safe
@desk_view(Edition)
def export_file(request: Any, public_id: str, form: str) -> HttpResponseBase:
    """The bytes of one that was made."""
    row: Any = found(releases(), request, public_id)
    issue = issue_of(row)
    export = made(issue, form)
    if export is None:
        raise NotVisible("not_visible")
    return send_package(request, export, path=place_of(export), filename=file_name(issue, form))
