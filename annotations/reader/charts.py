"""The line of time and the map of what is published, and of one release; for anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from annotations.presenters.chart_page import PASSAGES, chart_context
from annotations.presenters.charted import charted_in_archive, charted_in_issue
from annotations.presenters.paging import page_of
from annotations.presenters.released import issue_of
from annotations.presenters.term_page import passages_in_archive, passages_in_issue
from annotations.presenters.words import said
from annotations.reader.releases import find, gone
from archive.views.shared import shared


@shared
def archive_chart(request: HttpRequest, which: str) -> HttpResponseBase:
    """Show what the newest public releases speak of, with the passages of the term that the address chooses."""
    context = chart_context(request, which, charted_in_archive())
    if context["chosen"]:
        found = passages_in_archive(context["chosen"].id)
        context["passages"] = page_of(request, found, PASSAGES, name="more")
    context |= {"head": _("Timeline") if which == "timeline" else _("Map")}
    return render(request, "annotations/charts/archive.html", context)


@shared
def release_chart(request: HttpRequest, slug: str, number: int, which: str) -> HttpResponseBase:
    """Show what one release speaks of, from its snapshot alone."""
    row = find(slug, number)
    if row is None:
        return gone(request, slug, number)
    issue = issue_of(row)
    context = chart_context(request, which, charted_in_issue(issue))
    if context["chosen"]:
        found = passages_in_issue(issue, context["chosen"].id)
        context["passages"] = page_of(request, found, PASSAGES, name="more")
    snapshot = issue.snapshot
    context |= {
        "head": _("Timeline") if which == "timeline" else _("Map"), "issue": issue, "release": row,
        "subject": said(snapshot.title), "warned": issue.warned_of("work", snapshot.work.id),
        "warning": said(snapshot.work.content_warning),
    }  # fmt: skip
    return render(request, "annotations/charts/release.html", context)
