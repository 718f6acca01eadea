"""The administrator's desk of the site itself: its name, and its own pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from archive.access import require
from archive.actions.change_site import change_page, change_site
from archive.actions.requeue_jobs import given_up, requeue_jobs
from archive.errors import Stale
from archive.forms.people import PageForm, SiteForm
from archive.forms.stale import overtaken
from archive.models import Job, Page, SiteSettings
from archive.views.desk_tools import DeskRequest, desk_view


@login_required
def site_settings(request: HttpRequest) -> HttpResponse:
    """Change the site's name, sentence, contact and logo; list its own pages."""
    row = SiteSettings.objects.get(pk=1)
    require(request.user, "change", row)

    def save(version: int, values: dict[str, Any]) -> None:
        change_site(version=version, values=values, by=request.user)

    context = {"pages": Page.objects.all(), "lost": _lost(), "submit": _("Save")}
    return _site_form(request, SiteForm, row, save, "archive/people/site.html", context)


@login_required
def site_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Edit one of the site's own pages in both languages."""
    row = get_object_or_404(Page, slug=slug)
    require(request.user, "change", row)

    def save(version: int, values: dict[str, Any]) -> None:
        change_page(slug=slug, version=version, values=values, by=request.user)

    context = {"title": str(row), "submit": _("Save")}
    return _site_form(request, PageForm, row, save, "archive/people/form.html", context)


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
