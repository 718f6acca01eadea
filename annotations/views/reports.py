"""Reports by readers: the public form, the page of its answer, and the reviewers' queue of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from annotations.actions.answer_report import answer_report
from annotations.actions.send_report import Reported, send_report
from annotations.editions.parts import own_place
from annotations.enums import ReportOutcome, ReportReason
from annotations.forms.report import OUTCOMES, REASONS, AnswerReportForm, ReportForm
from annotations.models import Decision, Report
from annotations.presenters.pointed import Pointed, at_address
from archive.access import visible_to
from archive.errors import HashiyaError, Stale
from archive.forms.stale import overtaken
from archive.models import Text
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view, found, page_of
from archive.views.errors import too_many


@never_cache
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Report something public, without an account; what is hidden and what is not there are told alike."""
    asked = request.POST.get("about", "") if request.method == "POST" else request.GET.get("about", "")
    pointed = _meant(asked[:500])
    form = ReportForm(request.POST or None, initial={"about": asked[:500]}, is_known=pointed is not None)
    if request.method == "POST" and form.is_valid():
        if pointed is None:
            form.add_error(
                "about", _("There is nothing public at this address. Copy it from the page that you mean.")
            )
        elif not ratelimit.consume(request, action="public_report"):
            return too_many(request)
        else:
            return redirect("report_answer", _send(request, form.cleaned_data, pointed).public_id)
    context = {"form": form, "pointed": pointed}
    return render(request, "annotations/report/form.html", context, status=422 if form.errors else 200)


def _meant(address: str) -> Pointed | None:
    """Return what is reported; addresses without the site's own part are of this site."""
    return at_address(f"{settings.PUBLIC_URL}{address}" if address.startswith("/") else address)[0]


def _send(request: HttpRequest, data: dict[str, Any], pointed: Pointed) -> Report:
    issue, row = pointed.issue, pointed.row
    place = pointed.note.place if pointed.note else None
    reported = Reported(
        address=pointed.permalink.removeprefix(settings.PUBLIC_URL), label=pointed.label.text,
        note=pointed.note.id if pointed.note else "",
        text_id=None if place and issue else _text_of(pointed),
        work_id=row.pk if pointed.page == "work" else row.edition.work_id if issue else None,
        image_id=row.pk if pointed.page == "image" else None, video_id=row.pk if pointed.page == "video" else None,
    )  # fmt: skip
    return send_report(
        reported=reported, reason=ReportReason(data["reason"]), words=data["words"],
        language=get_language() or settings.LANGUAGE_CODE,
        # The page is fetched anew after Back, with a new key for a form: what stays the same is the browser's own secret.
        sender=request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")[:200],
    )  # fmt: skip


def _text_of(pointed: Pointed) -> int | None:
    """Return the key of the text that something public is of: in a release, that in which the note or the passage is."""
    if pointed.issue is None:
        return pointed.revision.text_id if pointed.revision else None
    start = pointed.note.start if pointed.note else pointed.span[0] if pointed.span else 0
    ident, _revision, _span = own_place(pointed.issue.snapshot, start, start)
    return Text.objects.filter(public_id=ident).values_list("pk", flat=True).first()


@never_cache
@require_GET
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tell whoever has the number of a report what became of it; nothing of what it was about."""
    row = Report.objects.filter(public_id=public_id).first()
    if row is None:
        raise Http404
    outcome = OUTCOMES[ReportOutcome(row.outcome)] if row.outcome else ""
    return render(request, "annotations/report/answer.html", {"row": row, "outcome": outcome})


def count_open(viewer: Any) -> int:
    """Return how many reports wait for this reviewer."""
    return visible_to(Report, viewer).filter(outcome="").count()


@require_GET
@desk_view(Decision, "add")
def reports(request: DeskRequest) -> HttpResponse:
    """The reports that wait, or those that were answered, by reason."""
    show = "closed" if request.GET.get("show") == "closed" else "open"
    rows = visible_to(Report, request.viewer).select_related("answered_by")
    counts = {"open": rows.filter(outcome="").count(), "closed": rows.exclude(outcome="").count()}
    rows = (
        rows.filter(outcome="").order_by("pk") if show == "open" else rows.exclude(outcome="").order_by("-pk")
    )
    reason = request.GET.get("reason", "")
    page = page_of(rows.filter(reason=reason) if reason in set(ReportReason) else rows, request)
    context = {
        "page_obj": page, "rows": map(_told, page), "show": show, "counts": counts, "reason": reason,
        "reasons": [(code.value, words) for code, words in REASONS.items()],
    }  # fmt: skip
    return render(request, "annotations/report/queue.html", context)


@require_http_methods(["GET", "POST"])
@desk_view(Decision, "add")
def desk_report(request: DeskRequest, public_id: str) -> HttpResponse:
    """One report, and its answer."""
    row = found(Report.objects.select_related("answered_by"), request, public_id)
    form, status, told = AnswerReportForm(request.POST or None, row=row), 200, {}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            answer_report(
                report_id=row.pk, outcome=ReportOutcome(data["outcome"]), answer=data["answer"],
                version=data["version"], by=request.user,
            )  # fmt: skip
        except Stale as error:
            current = {"outcome": row.outcome, "answer": row.answer}
            told, status = overtaken(form, error, current, version=row.version), error.status
        except HashiyaError as error:
            form.add_error("answer", sentence(error.code, error.params))
        else:
            messages.success(request, _("Saved."))
            return redirect("reports")
    context = {**_told(row), "form": form, **told}
    return render(request, "annotations/report/desk.html", context, status=422 if form.errors else status)


def _told(row: Report) -> dict[str, Any]:
    """Return a report with its codes in words, and where what it is about stands."""
    return {
        "row": row, "reason": REASONS[ReportReason(row.reason)],
        "outcome": OUTCOMES[ReportOutcome(row.outcome)] if row.outcome else "",
        "link": urlsplit(row.address)._replace(scheme="", netloc="").geturl(),
    }  # fmt: skip
