"""The editor's desk: plans, and what stops them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.actions.change_edition import change_edition
from annotations.actions.compose_edition import compose_edition
from annotations.editions.addresses import is_fixed, proposed_slug
from annotations.editions.preflight import preflight, stops
from annotations.editions.reading import releases, status_of
from annotations.forms.covers import shown_cover
from annotations.forms.credits import acted
from annotations.forms.editions import (
    EditionForm,
    differing_credits,
    differing_parts,
    initial_of,
)
from annotations.forms.new_edition import NewEditionForm
from annotations.forms.parts import moved
from annotations.models import Edition
from annotations.presenters.change_list import change_lists
from annotations.presenters.comparing import comparison_of
from annotations.presenters.edition_lines import part_lines
from annotations.presenters.findings import finding_groups
from annotations.presenters.labels import CATEGORIES, ORDERS
from annotations.presenters.paging import page_of
from annotations.presenters.release_facts import facts_of
from annotations.presenters.released import issue_of
from annotations.presenters.told_plan import plan_for
from annotations.presenters.words import said
from annotations.views import edition_covers
from annotations.views.edition_notes import listed_notes
from annotations.views.releases import previewed
from archive.access import visible_to
from archive.errors import Conflict, Invalid, Stale
from archive.forms.stale import overtaken
from archive.media import limits
from archive.models import Text, Work
from archive.presenters.messages import sentence
from archive.views.desk_tools import desk_view, found, version_of


def release_rows(edition: Edition | None = None) -> list[dict[str, Any]]:
    """Return releases with where they stand, newest first."""
    rows = releases() if edition is None else releases().filter(edition=edition)
    now = timezone.now()
    return [{"row": row, "status": status_of(row, now), "title": said(facts_of(row).title)} for row in rows]


@desk_view(Edition)
def editions(request: HttpRequest) -> HttpResponse:
    """List every edition with its newest release."""
    rows = visible_to(Edition, request.viewer).select_related("work", "text")
    page = page_of(request, rows, 30)
    now = timezone.now()
    newest: dict[int, Any] = {}
    for release in releases().filter(edition__in=[row.pk for row in page.object_list]):
        newest.setdefault(release.edition_id, release)
    items = [
        {
            "row": row,
            "release": newest.get(row.pk),
            "status": status_of(newest[row.pk], now) if row.pk in newest else "draft",
        }
        for row in page.object_list
    ]
    return render(request, "annotations/editions/list.html", {"page_obj": page, "items": items})


@desk_view(Edition)
def new_edition(request: HttpRequest) -> HttpResponse:
    """Begin an edition."""
    viewer = request.viewer
    form = NewEditionForm(
        request.POST or None, request.FILES or None, who=viewer, initial={"text": request.GET.get("text")}
    )
    if "propose" in request.POST:
        typed = form.typed()
        text = form.fields["text"].queryset.filter(public_id=typed["text"]).first()
        form = NewEditionForm(who=viewer, initial=_proposed(typed, text))
    elif "row" in request.POST:
        form = NewEditionForm(who=viewer, initial=_rows_moved(form.typed(), request.POST["row"]))
    elif "part" in request.POST:
        form = NewEditionForm(who=viewer, initial=moved(form.typed(), request.POST["part"]))
    elif "show_parts" in request.POST or edition_covers.is_asked(request):
        form = NewEditionForm(who=viewer, initial=form.typed())
    elif request.method == "POST" and form.is_valid() and _cover_came(request, form):
        try:
            edition = compose_edition(
                text=form.cleaned_data["text"].public_id, plan=form.plan(),
                key=form.cleaned_data["key"], by=request.user,
            )  # fmt: skip
        except (Invalid, Conflict) as error:
            tell(form, error)
        else:
            messages.success(
                request,
                _("The edition was begun. What stands in the way of its first release is listed below."),
            )
            return redirect("desk_edition", edition.public_id)
    context = {"form": form, "limit_mb": limits.IMAGE_BYTES // 1024**2, "asked": "show_parts" in request.POST}
    return render(request, "annotations/editions/form.html", context)


def _cover_came(request: HttpRequest, form: Any, work: Work | None = None) -> bool:
    """Whether the form can be saved, now that the picture that came with it, if any, is the chosen cover."""
    return edition_covers.received(request, form, work or form.cleaned_data["text"].work)


def _proposed(typed: dict[str, Any], text: Text | None) -> dict[str, Any]:
    """Return what was typed with an address for it; without a text there is nothing to make one of but the titles."""
    title = {language: typed[f"title_{language}"] for language in ("ar", "en")}
    return {**typed, "slug": proposed_slug(text.work if text else Work(), title)}


def _changes_listed(
    request: HttpRequest, typed: dict[str, Any], edition: Edition
) -> tuple[dict[str, Any], str]:
    """Return what was typed, with what changed since the last release written after it; and why nothing was, if so."""
    last = edition.releases.order_by("-number").first()
    if last is None:
        return typed, ""
    planned, _ready = previewed(edition, request.viewer)
    lists = change_lists(comparison_of(issue_of(last), planned))
    if not any(lists.values()):
        return typed, _("Nothing that is read differs from release %(number)s.") % {"number": last.number}
    return typed | {
        f"change_note_{language}": _after(typed[f"change_note_{language}"].strip(), words)
        for language, words in lists.items()
    }, ""


def _after(typed: str, words: str) -> str:
    """Return the words after what was typed, unless they stand there already."""
    return typed if words in typed else f"{typed}\n{words}".strip()


def _rows_moved(typed: dict[str, Any], act: str) -> dict[str, Any]:
    """Return what was typed after a press on a button of the rows of credits."""
    return {**typed, "credits": acted(typed["credits"], act)}


@desk_view(Edition)
def edition(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a plan: what stops it, the notes that it takes in, its releases."""
    row = _edition(request, public_id)
    plan = plan_for(request.viewer, row)
    findings = preflight(plan)
    context = {
        "edition": row, "plan": plan, "parts": part_lines(plan),
        "groups": finding_groups(findings, edition=public_id, plan=plan, who=request.viewer),
        "can_seal": not stops(findings), **listed_notes(request, row, plan),
        "order": ORDERS[plan.order], "cover": shown_cover(row, request.viewer),
        "releases": release_rows(row), "next": (row.releases.count() or 0) + 1, "categories": CATEGORIES,
    }  # fmt: skip
    return render(request, "annotations/editions/edition.html", context)


@desk_view(Edition)
def change(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Change the words and the rule of a plan."""
    row = _edition(request, public_id)
    viewer = request.viewer
    initial, status = initial_of(row), 200
    told: dict[str, Any] = {}
    given = {"who": viewer, "edition": row, "is_fixed": is_fixed(row)}
    form = EditionForm(request.POST or None, request.FILES or None, initial=initial, **given)
    if "propose" in request.POST:
        form = EditionForm(initial=_proposed(form.typed(), row.text), **given)
    elif "row" in request.POST:
        form = EditionForm(initial=_rows_moved(form.typed(), request.POST["row"]), **given)
    elif "part" in request.POST:
        form = EditionForm(initial=moved(form.typed(), request.POST["part"]), **given)
    elif "list_changes" in request.POST:
        listed, told["nothing_listed"] = _changes_listed(request, form.typed(), row)
        form = EditionForm(initial=listed, **given)
    elif edition_covers.is_asked(request):
        form = EditionForm(initial=form.typed(), **given)
    elif request.method == "POST" and form.is_valid() and _cover_came(request, form, row.work):
        try:
            change_edition(
                edition=public_id, version=version_of(request), plan=form.plan(), by=request.user,
            )  # fmt: skip
        except Stale as error:
            told, status = overtaken(form, error, initial, version=row.version), error.status
            told["differing"] += differing_credits(form, initial) + differing_parts(form, initial)
        except (Invalid, Conflict) as error:
            tell(form, error)
        else:
            messages.success(request, _("The plan was saved."))
            return redirect("desk_edition", public_id)
    context = {
        "form": form, "edition": row, "limit_mb": limits.IMAGE_BYTES // 1024**2,
        "has_releases": row.releases.exists(), **told,
    }  # fmt: skip
    return render(request, "annotations/editions/form.html", context, status=status)


def _edition(request: HttpRequest, public_id: str) -> Edition:
    return found(Edition.objects.select_related("work__collection", "text"), request, public_id)


def tell(form: Any, error: Invalid | Conflict) -> None:
    """Put a refusal beside the field that it is about."""
    name = str(error.params.get("field", ""))
    name = {"title": "title_ar", "rule": "tags"}.get(name, name)
    form.add_error(name if name in form.fields else None, sentence(error.code, error.params))
