"""The desk of the vocabulary: find, add, change, establish and merge terms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from annotations.access.terms import named, ranked
from annotations.access.uses import uses_of
from annotations.actions.change_term import change_term, establish_term
from annotations.actions.merge_term import merge_term
from annotations.actions.propose_term import propose_term
from annotations.enums import TermKind, TermStatus, VocabularyAct
from annotations.forms.term import AUTHORITIES, TermForm, initial_of
from annotations.models import Annotation, Term, VocabularyStep
from annotations.presenters.labels import TERM_KINDS, TERM_STATUSES
from annotations.presenters.paging import page_of
from annotations.presenters.term_page import authority_links
from annotations.presenters.term_tree import below, path_of
from annotations.presenters.world import world_of
from annotations.views.requests import Request
from archive.access import may, require_may, visible_to
from archive.errors import HashiyaError, Invalid, NotVisible
from archive.presenters.messages import sentence
from archive.text.numbers import whole_number

PER_PAGE = 40


@login_required
def terms_desk(request: Request) -> HttpResponseBase:
    """List the vocabulary by kind and state, with how often each term is used."""
    if not may(request.viewer, "establish", Term):
        require_may(request.viewer, "add", Term)
    seen = visible_to(Term, request.viewer).filter(merged_into=None)
    chosen = {name: request.GET.get(name, "") for name in ("q", "kind", "status")}
    rows = seen.filter(kind=chosen["kind"]) if chosen["kind"] in set(TermKind) else seen
    rows = rows.filter(status=chosen["status"]) if chosen["status"] in set(TermStatus) else rows
    page = page_of(request, ranked(rows, chosen["q"]), PER_PAGE)
    uses = uses_of(request.viewer, [term.pk for term in page])
    context = {
        "may_add": may(request.viewer, "add", Term), "may_keep": may(request.viewer, "establish", Term),
        "page": page, "chosen": chosen, "kinds": TERM_KINDS, "statuses": TERM_STATUSES,
        "rows": [(term, uses.get(term.pk, 0)) for term in page],
        "counts": dict.fromkeys(map(str, TermKind), 0) | dict(seen.order_by().values_list("kind").annotate(n=Count("pk"))),
        "proposed": seen.filter(status=TermStatus.PROPOSED).count(), "total": seen.count(),
    }  # fmt: skip
    return render(request, "annotations/terms_desk/list.html", context)


@login_required
def term_new(request: Request) -> HttpResponseBase:
    """Add a term; those who keep the vocabulary may establish it at once."""
    require_may(request.viewer, "add", Term)
    form = TermForm(request.POST or None, initial={"kind": request.GET.get("kind", TermKind.CONCEPT)})
    if request.method == "POST" and form.is_valid():
        try:
            term = propose_term(
                term=_values(request, form), establish=request.POST.get("act") == "establish", by=request.user
            )
        except Invalid as error:
            _refuse(form, error)
        else:
            messages.success(request, _("%(term)s is in the vocabulary.") % {"term": term})
            return redirect("term_edit", term.public_id)
    return render(request, "annotations/terms_desk/form.html", _context(request, form))


@login_required
def term_edit(request: Request, public_id: str) -> HttpResponseBase:
    """Change, establish or merge one term."""
    rows = visible_to(Term, request.viewer).select_related("merged_into", "broader")
    term = rows.filter(public_id=public_id).first()
    if term is None:
        raise NotVisible("not_visible")
    act = request.POST.get("act", "save") if request.method == "POST" else ""
    form = TermForm(request.POST if act == "save" else None, initial=initial_of(term))
    status = 200
    if act and (act != "save" or form.is_valid()):
        try:
            return redirect("term_edit", _do(request, term, form, act))
        except HashiyaError as error:
            status = error.status
            _refuse(form, error) if act == "save" else messages.error(
                request, sentence(error.code, error.params)
            )
    current = initial_of(term) if status == 412 else None
    context = _context(request, form) | {
        "term": term,
        "current": current,
        "uses": uses_of(request.viewer, [term.pk]).get(term.pk, 0),
        "linked": authority_links(term),
        "narrower": below(request.viewer, term).count(),
        "path": path_of(request.viewer, term),
        "merge_step": _merge_step(request, term),
    }
    return render(request, "annotations/terms_desk/form.html", context, status=status)


def _merge_step(request: Request, term: Term) -> VocabularyStep | None:
    """Return the step by which a term was merged, for those who may undo it."""
    if term.merged_into_id is None:
        return None
    steps = visible_to(VocabularyStep, request.viewer).filter(term=term, act=VocabularyAct.MERGE)
    return steps.order_by("-pk").first()


def _do(request: Request, term: Term, form: TermForm, act: str) -> str:
    """Do what was posted; return the public id of the term that is shown next."""
    version = whole_number(request.POST.get("version", ""))
    if act not in ("save", "establish", "merge"):
        raise Invalid("choice_unknown")
    if act == "establish":
        establish_term(term=term.public_id, version=version, by=request.user)
        messages.success(request, _("%(term)s is public now.") % {"term": term})
        return term.public_id
    if act == "merge":
        target = named(request.viewer, request.POST.get("into", ""))
        if target is None:
            raise Invalid("merge_target", field="into")
        stays = merge_term(term=term.public_id, version=version, into=target.public_id, by=request.user)
        messages.success(
            request, _("Merged. Notes that name the one lead to the other now; the step can be undone.")
        )
        return stays.public_id
    change_term(term=term.public_id, version=version, values=_values(request, form), by=request.user)
    messages.success(request, _("Saved."))
    return term.public_id


def _values(request: Request, form: TermForm) -> Any:
    """Return what was typed, with the broader term found by its name.

    Raises Invalid.
    """
    words = form.cleaned_data["broader"].strip()
    broader = named(request.viewer, words) if words else None
    if words and broader is None:
        raise Invalid("term_unnamed", field="broader")
    return form.values(broader=broader.public_id if broader else "")


def _refuse(form: TermForm, error: HashiyaError) -> None:
    field = error.params.get("field")
    form.add_error(field if field in form.fields else None, sentence(error.code, error.params))


def _context(request: Request, form: TermForm) -> dict[str, Any]:
    seen = visible_to(Term, request.viewer).filter(merged_into=None)
    return {
        "world": world_of(seen.exclude(latitude=None), form["latitude"].value(), form["longitude"].value()),
        "form": form, "kinds": TERM_KINDS, "statuses": TERM_STATUSES,
        "authorities": [form[f"authority_{code}"] for code, _name, _example in AUTHORITIES],
        "names": seen.order_by("label").values_list("label_ar", "label_en")[:500],
        "may_establish": may(request.viewer, "establish", Term),
        "may_annotate": may(request.viewer, "add", Annotation),
    }  # fmt: skip
