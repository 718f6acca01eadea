"""The vocabulary: the list of terms, and one term with every released passage where it occurs."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from annotations.enums import TermKind
from annotations.models import Term, TermName
from annotations.presenters.labels import TERM_KINDS
from annotations.presenters.paging import page_of
from annotations.presenters.term_cards import released_counts, term_cards
from annotations.presenters.term_page import term_context
from annotations.presenters.term_tree import below, path_of
from archive.access import ANYBODY, visible_to
from archive.models import SlugRedirect
from archive.text.folding import fold_key
from archive.views.shared import shared

A_PAGE = 60
PASSAGES = 40


@shared
def terms(request: HttpRequest) -> HttpResponse:
    """List the established terms, by kind and by the beginning of any of their names."""
    rows = visible_to(Term, ANYBODY).filter(merged_into=None)
    kind = request.GET.get("kind", "")
    query = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    if query:
        names = TermName.objects.filter(folded__contains=fold_key(query))
        rows = rows.filter(pk__in=names.values("term"))
    counts = {k.value: rows.filter(kind=k).count() for k in TermKind}
    chosen = rows.filter(kind=kind) if kind in counts else rows
    page = page_of(request, chosen.order_by("kind", "date_start", "label_ar", "pk"), A_PAGE)
    context = {
        "page_obj": page, "terms": term_cards(page.object_list, counts=released_counts()), "kind": kind,
        "kinds": [(code, TERM_KINDS[code], count) for code, count in counts.items() if count], "query": query,
        "total": sum(counts.values()),
    }  # fmt: skip
    return render(request, "annotations/public/terms.html", context)


@shared
def term(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a term; a merged one leads to the term that it became."""
    rows = visible_to(Term, ANYBODY)
    row = rows.select_related("merged_into").filter(slug=slug).first()
    if row is None:
        moved = (
            SlugRedirect.objects.filter(kind="term", old_slug=slug).order_by("-pk").values("target_id")[:1]
        )
        row = rows.select_related("merged_into").filter(pk__in=moved).first()
        if row is None:
            raise Http404
        return redirect(row.get_absolute_url(), permanent=True)
    if row.merged_into_id:
        if not rows.filter(pk=row.merged_into_id).exists():
            raise Http404
        return redirect(row.merged_into.get_absolute_url(), permanent=True)
    narrower = request.GET.get("narrower") == "1"
    context = term_context(row, with_narrower=narrower)
    page = page_of(request, context.pop("passages"), PASSAGES)
    listed = page_of(
        request, below(ANYBODY, row).order_by("label_ar", "label_en", "pk"), A_PAGE, name="branch"
    )
    context |= {"page_obj": page, "narrower": narrower, "path": term_cards(path_of(ANYBODY, row), counts={})}
    context |= {"branch": listed, "branch_cards": term_cards(listed.object_list, counts=released_counts())}
    return render(request, "annotations/public/term.html", context)
