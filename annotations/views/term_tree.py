"""The tree of the vocabulary on the desk: branches that open when asked for, and moving them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.access.terms import named
from annotations.access.uses import uses_of
from annotations.actions.change_term import move_term
from annotations.enums import TermKind
from annotations.models import Term
from annotations.presenters.labels import TERM_KINDS
from annotations.presenters.paging import page_of
from annotations.presenters.term_tree import MOST, Addresses, Twig, below, path_of, top_of, twigs
from annotations.views.requests import Request
from annotations.views.term_uses import seen_term
from archive.access import may, permitted, require_may, visible_to
from archive.errors import HashiyaError, Invalid
from archive.presenters.messages import sentence
from archive.text.numbers import whole_number

PER_PAGE = 100
_ADDRESSES = Addresses(
    term=lambda term: reverse("term_edit", args=[term.public_id]),
    tree=lambda term: f"{reverse('term_tree')}?at={term.public_id}",
    branch=lambda term: reverse("term_branch", args=[term.public_id]),
)


@login_required
def term_tree(request: Request) -> HttpResponseBase:
    """Show the tree, of one kind or of all; `?at=` begins at a term."""
    if not may(request.viewer, "establish", Term):
        require_may(request.viewer, "add", Term)
    kind = request.GET.get("kind", "")
    kind = kind if kind in set(TermKind) else ""
    at = seen_term(request, request.GET["at"]) if request.GET.get("at") else None
    rows = below(request.viewer, at) if at else top_of(request.viewer, kind)
    page = page_of(request, rows.order_by("label", "pk"), PER_PAGE)
    counts = visible_to(Term, request.viewer).filter(merged_into=None).order_by().values_list("kind")
    context = {
        "at": at, "path": path_of(request.viewer, at) if at else [], "page_obj": page, "kind": kind,
        "twigs": _twigs(request, page), "kinds": TERM_KINDS, "counts": dict(counts.annotate(n=Count("pk"))),
        "may_move": may(request.viewer, "establish", Term),
    }  # fmt: skip
    return render(request, "annotations/terms_desk/tree.html", context)


@login_required
def term_branch(request: Request, public_id: str) -> HttpResponseBase:
    """Send what is directly below a term, for the tree that opens it."""
    term = seen_term(request, public_id)
    rows = below(request.viewer, term).order_by("label", "pk")
    listed = list(rows[: MOST + 1])
    context = {
        "twigs": _twigs(request, listed[:MOST]), "more": _ADDRESSES.tree(term) if len(listed) > MOST else "",
        "may_move": may(request.viewer, "establish", Term), "kinds": TERM_KINDS,
    }  # fmt: skip
    return render(request, "annotations/terms_desk/_twigs.html", context)


def _twigs(request: Request, rows: Any) -> list[Twig]:
    terms = list(rows)
    return twigs(request.viewer, terms, uses_of(request.viewer, [term.pk for term in terms]), _ADDRESSES)


@login_required
def term_move(request: Request, public_id: str) -> HttpResponseBase:
    """Put a term with its branch below another, or at the top."""
    term = seen_term(request, public_id)
    if not permitted(Term, request.viewer, "change").filter(pk=term.pk).exists():
        require_may(request.viewer, "establish", Term)
    error, status = "", 200
    if request.method == "POST":
        try:
            return _moved(request, term)
        except HashiyaError as refusal:
            error, status = sentence(refusal.code, refusal.params), refusal.status
    seen = visible_to(Term, request.viewer).filter(merged_into=None)
    context = {
        "term": term, "path": path_of(request.viewer, term), "error": error, "typed": request.POST.get("broader", ""),
        "narrower": below(request.viewer, term).count(),
        "names": seen.exclude(pk=term.pk).order_by("label").values_list("label_ar", "label_en")[:500],
    }  # fmt: skip
    return render(request, "annotations/terms_desk/move.html", context, status=status)


def _moved(request: Request, term: Term) -> HttpResponseBase:
    words = request.POST.get("broader", "").strip()
    to_top = request.POST.get("act") == "top"
    above = None if to_top else named(request.viewer, words)
    if above is None and not to_top:
        raise Invalid("term_unnamed", field="broader")
    move_term(
        term=term.public_id, version=whole_number(request.POST.get("version", "")),
        broader=above.public_id if above else "", by=request.user,
    )  # fmt: skip
    messages.success(
        request, _("\u2068%(term)s\u2069 stands here now, with all that is narrower.") % {"term": term}
    )
    return redirect(f"{reverse('term_tree')}?at={above.public_id}" if above else reverse("term_tree"))
