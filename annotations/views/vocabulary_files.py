"""The vocabulary as a file: taken in with a preview, and handed out."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from annotations.access.uses import branch_of
from annotations.actions.import_terms import import_terms
from annotations.enums import TermKind, TermStatus
from annotations.exchange.csv_terms import COLUMNS
from annotations.exchange.records import MOST
from annotations.exchange.skos_in import MOST_BYTES
from annotations.exports.vocabulary import FORMS, written
from annotations.forms.import_terms import ImportTermsForm
from annotations.models import Term, VocabularyStep
from annotations.views.requests import Request
from annotations.views.term_uses import seen_term
from archive.access import may, require_may, visible_to
from archive.actions.receive_file import receive_file
from archive.errors import HashiyaError, NotVisible
from archive.media.upload import upload_refusal
from archive.presenters.messages import sentence
from archive.views.desk_tools import desk_view


@require_http_methods(["GET", "POST"])
@desk_view(VocabularyStep)
def vocabulary_import(request: Request) -> HttpResponseBase:
    """Send in a file of terms; its rows are shown next, and nothing changes before that."""
    form = ImportTermsForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        stopped = upload_refusal(request, limit=MOST_BYTES)
        if stopped is not None:
            messages.error(request, sentence(stopped.code, stopped.params))
        elif form.is_valid():
            try:
                return redirect(_received(request, form))
            except HashiyaError as error:
                form.add_error("file", sentence(error.code, error.params))
                status = error.status
    context = {
        "form": form, "limit_mb": MOST_BYTES // 1024**2, "most": MOST, "columns": COLUMNS,
        "may_export": may(request.viewer, "add", Term),
    }  # fmt: skip
    return render(request, "annotations/terms_desk/import.html", context, status=status)


def _received(request: Request, form: ImportTermsForm) -> VocabularyStep:
    file, data = form.cleaned_data["file"], form.cleaned_data
    # Who keeps the vocabulary may send in its files, and no others: the step below asks for that.
    require_may(request.viewer, "add", VocabularyStep)
    arrival = receive_file(
        source=file.chunks(), filename=file.name or "", max_bytes=MOST_BYTES, by=request.user, check=False
    )
    return import_terms(
        arrival=arrival, form=data["format"], kind=data["kind"], establish=bool(data.get("establish")), by=request.user
    )  # fmt: skip


@require_GET
@login_required
def vocabulary_export(request: Request, form: str) -> HttpResponseBase:
    """Hand out the vocabulary as the viewer sees it: all, a kind (`kind`), or a branch (`under`)."""
    if not may(request.viewer, "establish", Term):
        require_may(request.viewer, "add", Term)
    if form not in FORMS:
        raise NotVisible("not_visible")
    terms = visible_to(Term, request.viewer).filter(merged_into=None)
    if request.GET.get("kind") in set(TermKind):
        terms = terms.filter(kind=request.GET["kind"])
    if request.GET.get("status") in set(TermStatus):
        terms = terms.filter(status=request.GET["status"])
    if request.GET.get("under"):
        terms = terms.filter(pk__in=branch_of(request.viewer, {seen_term(request, request.GET["under"]).pk}))
    lines: Iterator[str] = written(terms, form, title=_("Vocabulary"))
    answer = StreamingHttpResponse(lines, content_type=f"{FORMS[form]}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="vocabulary.{form}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
