"""Sections of a work's texts that are kept from readers: what is kept, a new one, each by itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive.access import visible_to
from archive.actions.change_section import change_section
from archive.actions.keep_section import keep_section
from archive.actions.lift_section import lift_section
from archive.actions.settle_section import settle_section
from archive.errors import HashiyaError, Stale, VersionMissing
from archive.forms.sections import LiftForm, PlaceForm, RunForm, SectionForm
from archive.forms.stale import overtaken
from archive.models import SectionPlace, Text, TextRevision, TextSection, Work
from archive.presenters import desk_words, import_words
from archive.presenters.messages import sentence
from archive.presenters.parts import choice_label, numbers
from archive.presenters.sections import heading_runs, history_of, lines_of, shown_run
from archive.text.numbers import whole_number
from archive.views.desk_tools import DeskRequest, desk_view, found, page_of

#: Blocks to choose from on one page.
BLOCKS = 40


@require_http_methods(["GET"])
@desk_view(TextSection)
def work_sections(request: DeskRequest, public_id: str) -> HttpResponse:
    """What is kept of the texts of a work, and what was given free."""
    work = found(Work, request, public_id)
    texts = _texts(request, work)
    labels = _labels(texts)
    rows = _rows(request).filter(text__work=work).order_by("lifted_at", "-pk")
    page = page_of(rows, request)
    places = _places(page.object_list)
    context = {
        "work": work, "page_obj": page, "accesses": desk_words.SECTION_ACCESS, "fits": desk_words.SECTION_FITS,
        "reasons": desk_words.TAKEDOWN_REASONS,
        "items": [
            {"row": row, "label": labels.get(row.text_id, ""), "place": places.get(row.pk)} for row in page
        ],
        "texts": [(text, labels[text.pk]) for text in texts if text.current_revision_id],
    }  # fmt: skip
    return render(request, "archive/desk/sections.html", context)


def _rows(request: DeskRequest) -> QuerySet[TextSection]:
    rows = TextSection.objects.select_related("text__work", "created_by", "lifted_by")
    return visible_to(rows, request.viewer)


def _texts(request: DeskRequest, work: Work) -> list[Text]:
    return list(visible_to(Text, request.viewer).filter(work=work).order_by("order", "pk"))


def _labels(texts: list[Text]) -> dict[int, str]:
    counted = numbers(texts)
    return {text.pk: choice_label(text, counted.get(text.pk)) for text in texts}


def _places(rows: Any) -> dict[int, SectionPlace]:
    """Return where each of these sections stands in the current wording of its text."""
    current = {row.pk: row.text.current_revision_id for row in rows}
    found_ = SectionPlace.objects.filter(section__in=current, revision__in=set(current.values()) - {None})
    return {place.section_id: place for place in found_.order_by("pk")}


@require_http_methods(["GET", "POST"])
@desk_view(TextSection)
def keep(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Choose blocks of a text's current wording, and say who may still read them."""
    text = found(Text.objects.select_related("work"), request, public_id)
    revision = _wording(text)
    sent = request.POST if request.method == "POST" else request.GET
    chosen = RunForm(sent) if "first" in sent or "last" in sent else None
    is_chosen = chosen is not None and _fits(chosen, revision)
    if chosen is None or not is_chosen:
        return _choose(request, text, revision, chosen)
    form = SectionForm(request.POST if request.method == "POST" else None, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        first, last = chosen.run()
        try:
            row = keep_section(
                text_id=text.pk, revision=_read(request), first=first, last=last, values=form.values(),
                reason=form.cleaned_data["reason"], key=form.cleaned_data["key"], by=request.user,
            )  # fmt: skip
        except Stale as error:
            messages.error(request, sentence(error.code, error.params))
            return redirect("keep_section", public_id)
        except HashiyaError as error:
            _refuse(form, error)
        else:
            messages.success(request, _("The section is kept. Readers see its place, and not its words."))
            return redirect("desk_section", row.public_id)
    context = {
        "text": text, "work": text.work, "revision": revision, "form": form, "run": chosen.cleaned_data,
        "shown": shown_run(revision, *chosen.run()), "kinds": import_words.BLOCK_KINDS,
    }  # fmt: skip
    return render(request, "archive/desk/keep_section.html", context, status=422 if form.errors else 200)


def _wording(text: Text) -> TextRevision:
    revision = TextRevision.objects.filter(pk=text.current_revision_id).first()
    if revision is None:
        raise Stale("no_revision")
    return revision


def _fits(form: RunForm, revision: TextRevision) -> bool:
    if form.is_valid() and form.run()[1] > len(revision.blocks):
        form.add_error("last", sentence("section_blocks", {"blocks": len(revision.blocks)}))
    return form.is_valid()


def _choose(request: DeskRequest, text: Text, revision: TextRevision, form: RunForm | None) -> HttpResponse:
    """Offer the headings with what they hold, and every block by its number."""
    page: Page[Any] = page_of(range(len(revision.blocks)), request, per_page=BLOCKS)
    context = {
        "text": text, "work": text.work, "revision": revision, "form": form or RunForm(), "page_obj": page,
        "headings": heading_runs(revision), "lines": lines_of(revision, page.object_list),
        "kinds": import_words.BLOCK_KINDS, "total": len(revision.blocks),
    }  # fmt: skip
    return render(request, "archive/desk/choose_section.html", context, status=422 if form else 200)


def _read(request: DeskRequest) -> int:
    """Return the number of the wording that the sent form was made from; raises VersionMissing."""
    number = whole_number(request.POST.get("revision", ""))
    if number is None:
        raise VersionMissing("version_missing")
    return number


def _refuse(form: forms.Form, error: HashiyaError) -> None:
    field = str(error.params.get("field", ""))
    form.add_error(field if field in form.fields else None, sentence(error.code, error.params))


@require_http_methods(["GET", "POST"])
@desk_view(TextSection)
def section(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """One section: who reads it, where it stands, what happened to it; change it, place it, give it free."""
    row = found(_rows(request), request, public_id)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    sent = {name: request.POST if name == act else None for name in ("change", "place", "lift")}
    revision = TextRevision.objects.filter(pk=row.text.current_revision_id).first()
    number = revision.number if revision else 0
    form = SectionForm(sent["change"], viewer=request.viewer, section=row)
    place = PlaceForm(sent["place"], initial={"version": row.version, "revision": number}, prefix="place")
    lift = LiftForm(sent["lift"], initial={"version": row.version}, prefix="lift")
    told: dict[str, Any] = {}
    status = 422 if act else 200
    try:
        if act and _do(request, row, act, {"change": form, "place": place, "lift": lift}):
            return redirect("desk_section", public_id)
    except Stale as error:
        row.refresh_from_db()
        status = error.status
        if act == "change":
            told = overtaken(form, error, form.initial_of(row), version=row.version)
        else:
            messages.error(request, sentence(error.code, error.params))
            return redirect("desk_section", public_id)
    stands = _places([row]).get(row.pk)
    run = (stands.first, stands.last) if stands is not None and stands.first is not None else None
    context = {
        "row": row, "work": row.text.work, "form": form, "place_form": place, "lift_form": lift, "stands": stands,
        "shown": shown_run(revision, *run) if revision and run and run[0] != run[1] else None,
        "history": history_of(row), "acts": desk_words.SECTION_ACTS, "accesses": desk_words.SECTION_ACCESS, "fits": desk_words.SECTION_FITS,
        "reasons": desk_words.TAKEDOWN_REASONS, "kinds": import_words.BLOCK_KINDS, "number": number, **told,
    }  # fmt: skip
    return render(request, "archive/desk/section.html", context, status=status)


def _do(request: DeskRequest, row: TextSection, act: str, sent: dict[str, Any]) -> bool:
    """Do what was sent; return whether it was done, the reasons against it being told in the form."""
    form = sent.get(act)
    if form is None or not form.is_valid():
        return False
    data = form.cleaned_data
    common = {"section_id": row.pk, "version": data["version"], "reason": data["reason"], "by": request.user}
    try:
        if act == "change":
            if data["version"] is None:
                raise VersionMissing("version_missing")
            change_section(values=form.values(), **common)
            messages.success(request, _("It is saved. From now on those read it whom it names."))
        elif act == "place":
            first, last = form.run()
            settle_section(revision=data["revision"], first=first, last=last, **common)
            messages.success(request, _("Its place is settled."))
        else:
            lift_section(**common)
            messages.success(request, _("It is free: everyone who reads the text reads it again."))
    except (Stale, VersionMissing):
        raise
    except HashiyaError as error:
        _refuse(form, error)
        return False
    return True
