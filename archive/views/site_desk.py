"""The administrator's desk of the site itself: its name, and its own pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from archive.access import require
from archive.actions.change_site import change_page, change_site
from archive.errors import Stale
from archive.forms.people import PageForm, SiteForm
from archive.forms.stale import overtaken
from archive.models import Page, SiteSettings


@login_required
def site_settings(request: HttpRequest) -> HttpResponse:
    """Change the site's name, sentence, contact and logo; list its own pages."""
    row = SiteSettings.objects.get(pk=1)
    require(request.user, "change", row)

    def save(version: int, values: dict[str, Any]) -> None:
        change_site(version=version, values=values, by=request.user)

    context = {"pages": Page.objects.all(), "submit": _("Save")}
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
