"""The site's own pages, the account corner, and what robots and browsers ask for."""

from __future__ import annotations

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from archive.access import ANYBODY, visible_to
from archive.models import Notice, Page
from archive.presenters.markup import plain_excerpt, render_markdown
from archive.views.context import desk_navigation
from archive.views.shared import shared


@shared
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an editorial page in the interface's language."""
    row = visible_to(Page, ANYBODY).filter(slug=slug).first()
    if row is None:
        raise Http404
    context = {
        "page": row,
        "body": render_markdown(row.body),
        "excerpt": plain_excerpt(row.body),
        "slug": slug,
    }
    return render(request, "archive/site/page.html", context)


@shared
def guides(request: HttpRequest) -> HttpResponse:
    """List the guides that are shown, each by its title and first words."""
    rows = visible_to(Page, ANYBODY).exclude(slug__in=Page.BUILT_IN)
    found = [(row, plain_excerpt(row.body)) for row in rows if row.title]
    return render(request, "archive/site/guides.html", {"guides": found})


@require_safe
def account_corner(request: HttpRequest) -> HttpResponse:
    """Send the corner of the header that is this person's own; pages that all share fetch it apart."""
    viewer = request.viewer
    context = {
        "signed_in": viewer.is_member,
        "desks": desk_navigation(request),
        "unread": visible_to(Notice, viewer).filter(read_at=None).count() if viewer.is_member else 0,
    }
    return render(request, "archive/site/account_corner.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Let search engines read what is public, and keep them out of desks and machines' doors."""
    lines = [
        "User-agent: *",
        *(f"Disallow: /{language}/{door}/" for language, _name in settings.LANGUAGES for door in _CLOSED),
        "Disallow: /api/",
        # Of maps and lines of time the whole is enough: their windows lead on to others without end.
        "Disallow: /*/map/?",
        "Disallow: /*/timeline/?",
        "",
        f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


_CLOSED = ("desk", "workbench", "account", "back-office", "search", "ask", "report", "embed")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead browsers that ask for the old name to the mark."""
    return redirect(staticfiles_storage.url("hashiya/favicon.svg"), permanent=False)
