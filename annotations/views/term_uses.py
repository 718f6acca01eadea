"""Where a term is used, and the split that is chosen there."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.access.terms import named
from annotations.access.uses import branch_of, notes_bearing
from annotations.actions.split_term import split_term
from annotations.enums import TermKind
from annotations.models import Term
from annotations.presenters.labels import CATEGORIES, STATUSES, TERM_KINDS
from annotations.presenters.paging import page_of
from annotations.presenters.term_uses import by_work, csv_lines, in_order, linked_data, uses_in_context
from annotations.values import TermInput
from annotations.views.requests import Request
from archive.access import may, require_may, visible_to
from archive.errors import HashiyaError, Invalid, NotVisible
from archive.presenters.messages import sentence
from archive.text.numbers import whole_number

PER_PAGE = 40
#: Notes of one file; a longer list is to be narrowed.
MOST_EXPORTED = 5_000
_CHUNK = 200


@login_required
def term_uses(request: Request, public_id: str) -> HttpResponseBase:
    """Show every note that bears the term and that the viewer may see, in context; split there."""
    term = seen_term(request, public_id)
    status = 200
    if request.method == "POST":
        try:
            return _split(request, term)
        except HashiyaError as error:
            status = error.status
            messages.error(request, sentence(error.code, error.params))
    notes, narrower = _notes(request, term)
    page = page_of(request, notes, PER_PAGE)
    uses = uses_in_context(request.viewer, page.object_list)
    context = {
        "term": term, "page_obj": page, "groups": by_work(uses), "total": page.paginator.count, "narrower": narrower,
        "has_narrower": visible_to(Term, request.viewer).filter(broader=term, merged_into=None).exists(),
        "kinds": TERM_KINDS, "categories": CATEGORIES, "statuses": STATUSES,
        "may_split": may(request.viewer, "establish", Term) and not narrower and term.merged_into_id is None,
        "chosen": request.POST.getlist("note"), "typed": request.POST,
        "names": _names(request) if may(request.viewer, "establish", Term) else [],
        "most": MOST_EXPORTED,
    }  # fmt: skip
    return render(request, "annotations/terms_desk/uses.html", context, status=status)


@login_required
def term_uses_file(request: Request, public_id: str, form: str) -> HttpResponseBase:
    """Send the same list as a table ("csv") or as linked data ("jsonld")."""
    term = seen_term(request, public_id)
    notes, _narrower = _notes(request, term)
    total = notes.count()
    uses = _all(request, list(notes[:MOST_EXPORTED]))
    name = f"uses-{term.slug}.{form}"
    if form == "csv":
        answer: HttpResponseBase = StreamingHttpResponse(
            csv_lines(uses), content_type="text/csv; charset=utf-8"
        )
    else:
        answer = JsonResponse(linked_data(term, uses, total=total), content_type="application/ld+json")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quoted(name)}"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def seen_term(request: Request, public_id: str) -> Term:
    """Return the term of the vocabulary's desk, for those who write or keep it; raises NotVisible, NotAllowed."""
    if not may(request.viewer, "establish", Term):
        require_may(request.viewer, "add", Term)
    rows = visible_to(Term, request.viewer).select_related("merged_into", "broader")
    term = rows.filter(public_id=public_id).first()
    if term is None:
        raise NotVisible("not_visible")
    return term


def quoted(name: str) -> str:
    """Return a file name as a header holds it (RFC 8187)."""
    return quote(name, safe="")


def _notes(request: Request, term: Term) -> tuple[Any, bool]:
    narrower = request.GET.get("narrower") == "1"
    terms = branch_of(request.viewer, {term.pk}) if narrower else {term.pk}
    return in_order(notes_bearing(request.viewer, terms)), narrower


def _all(request: Request, notes: list[Any]) -> Any:
    for start in range(0, len(notes), _CHUNK):
        yield from uses_in_context(request.viewer, notes[start : start + _CHUNK])


def _names(request: Request) -> Any:
    seen = visible_to(Term, request.viewer).filter(merged_into=None)
    return seen.order_by("label").values_list("label_ar", "label_en")[:500]


def _split(request: Request, term: Term) -> HttpResponseBase:
    """Split as the form says: into the term that is named, or a new one of that name.

    Raises HashiyaError.
    """
    label_ar, label_en = (request.POST.get(f"label_{code}", "").strip() for code in ("ar", "en"))
    into = request.POST.get("into", "").strip()
    other = named(request.viewer, into) if into else None
    if into and other is None:
        raise Invalid("term_unnamed", field="into")
    new = None
    if other is None:
        kind = request.POST.get("kind", term.kind)
        new = TermInput(
            kind=TermKind(kind if kind in set(TermKind) else term.kind), label_ar=label_ar, label_en=label_en,
            broader=term.broader.public_id if term.broader else "",
        )  # fmt: skip
    notes = request.POST.getlist("note")
    step = split_term(
        term=term.public_id, version=whole_number(request.POST.get("version", "")), notes=notes, new=new,
        into=other.public_id if other else "", by=request.user,
    )  # fmt: skip
    done = ngettext(
        "%(n)s note bears the other term now.", "%(n)s notes bear the other term now.", len(notes)
    )
    messages.success(request, done % {"n": len(notes)} + " " + _("This page takes the step back."))
    return redirect(step)
