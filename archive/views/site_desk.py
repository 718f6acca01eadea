"""The administrator's desk of the site itself: its name, and its own pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from archive.access import require
from archive.access.description_changes import changes_of
from archive.actions.change_site import add_page, change_page, change_site, words_of
from archive.actions.requeue_jobs import given_up, requeue_jobs
from archive.errors import Conflict, Invalid, Stale
from archive.forms.people import GuideForm, NewGuideForm, PageForm, SiteForm
from archive.forms.stale import overtaken
from archive.media import elsewhere, fill, work_board
from archive.models import Job, Page, SiteSettings
from archive.presenters import desk_words
from archive.presenters.description_history import Names, differences
from archive.presenters.languages import direction_of
from archive.presenters.markup import render_markdown
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view

#: Changes of a page that are listed.
HISTORY = 50
_PAGE = "archive/people/page.html"


@login_required
def site_settings(request: HttpRequest) -> HttpResponse:
    """Change the site's name, sentence, contact and logo; list its own pages."""
    row = SiteSettings.objects.get(pk=1)
    require(request.user, "change", row)

    def save(version: int, values: dict[str, Any]) -> None:
        change_site(version=version, values=values, by=request.user)

    context = {"pages": Page.objects.all(), "built_in": Page.BUILT_IN, "lost": _lost(), "submit": _("Save")}
    return _site_form(request, SiteForm, row, save, "archive/people/site.html", context)


@desk_view()
def site_page(request: DeskRequest, slug: str) -> HttpResponse:
    """Edit one of the site's own pages in both languages: look at it first, and at what it said before."""
    row = get_object_or_404(Page, slug=slug)
    require(request.user, "change", row)

    def save(version: int, values: dict[str, Any]) -> None:
        change_page(slug=slug, version=version, values=values, by=request.user)

    changes = changes_of(row, request.user)
    form_class = PageForm if slug in Page.BUILT_IN else GuideForm
    context: dict[str, Any] = {"item": row, "changes": changes[:HISTORY]}
    if request.method == "POST" and "preview" in request.POST:
        form = form_class(request.POST, initial={"version": row.version})
        shown = _previews(form.cleaned_data) if form.is_valid() else []
        return render(
            request, _PAGE, {**context, "form": form, "previews": shown}, status=200 if shown else 422
        )
    before = (
        changes.filter(public_id=request.GET.get("before", "")).first() if request.method == "GET" else None
    )
    if before is not None:
        # Not saved: whoever looks at it saves it, which is a change like any other.
        now = {"order": row.order, "is_shown": row.is_shown}
        form = form_class(initial={**now, **before.was, "version": row.version})
        rows = differences(before.was, words_of(row), Names())
        return render(request, _PAGE, {**context, "form": form, "before": before, "rows": rows})
    return _site_form(request, form_class, row, save, _PAGE, context)


@desk_view(Page)
def new_page(request: DeskRequest) -> HttpResponse:
    """Add a guide, looked at first where that is asked for."""
    form = NewGuideForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, _PAGE, {"form": form}, status=422 if form.is_bound else 200)
    if "preview" in request.POST:
        return render(request, _PAGE, {"form": form, "previews": _previews(form.cleaned_data)})
    values = dict(form.cleaned_data)
    try:
        row = add_page(slug=values.pop("slug"), values=values, by=request.user)
    except (Conflict, Invalid) as error:
        form.add_error("slug", sentence(error.code, error.params))
        return render(request, _PAGE, {"form": form}, status=error.status)
    messages.success(request, _("The guide is there."))
    return redirect("site_page", row.slug)


def _previews(words: dict[str, Any]) -> list[dict[str, Any]]:
    """Return both languages of a page as readers would have them."""
    return [
        {
            "language": code, "direction": direction_of(code), "title": words[f"title_{code}"],
            "body": render_markdown(words[f"body_{code}"]),
        }
        for code, _name in settings.LANGUAGES
    ]  # fmt: skip


@require_GET
@desk_view(Job, "requeue")
def site_health(request: DeskRequest) -> HttpResponse:
    """How much room there is, and how the work in the background goes."""
    now = timezone.now()
    context = {
        "space": fill.board(now), "work": work_board.board(now), "elsewhere": elsewhere.board(),
        "sends_mail": settings.SENDS_MAIL, "lost": _lost(), "troubles": desk_words.TROUBLES,
    }  # fmt: skip
    return render(request, "archive/people/health.html", context)


@require_POST
@desk_view(Job, "requeue")
def requeue(request: DeskRequest) -> HttpResponse:
    """Start again all background work that was given up."""
    count = requeue_jobs(by=request.user)
    messages.success(
        request,
        ngettext("%(count)s piece of work starts again.", "%(count)s pieces of work start again.", count)
        % {"count": count},
    )
    return redirect("site_settings")


def _lost() -> list[tuple[str, int]]:
    """Return the kinds of work that was given up, and how many of each."""
    return list(given_up().order_by("kind").values_list("kind").annotate(Count("pk")))


def _site_form(
    request: HttpRequest, form_class: type[Any], row: Any, save: Callable[[int, dict[str, Any]], None],
    template: str, context: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    """Show a form over a row of the site and save it; one that was overtaken shows both versions."""
    names = form_class.Meta.fields
    current = {name: getattr(row, name) for name in names}
    form = form_class(request.POST or None, instance=row, initial={"version": row.version})
    if request.method != "POST":
        return render(request, template, {"form": form, **context})
    if not form.is_valid():
        return render(request, template, {"form": form, **context}, status=422)
    try:
        save(form.cleaned_data["version"], {name: form.cleaned_data[name] for name in names})
    except Stale as error:
        told = overtaken(form, error, current, version=form.initial["version"])
        return render(request, template, {"form": form, **context, **told}, status=error.status)
    messages.success(request, _("Saved."))
    return redirect("site_settings")
