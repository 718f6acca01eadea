"""The papers of a deposit: its agreement, and its receipt as PDF."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models.functions import Now
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from archive.access import visible_to
from archive.actions.ask_receipt import ask_receipt
from archive.actions.receive_file import receive_file
from archive.actions.record_agreement import record_agreement
from archive.actions.withdraw_agreement import withdraw_agreement
from archive.enums import JobState
from archive.errors import HashiyaError
from archive.forms.deposits import AgreementForm, WithdrawAgreementForm
from archive.media import limits
from archive.media.packages import place_of
from archive.media.upload import upload_refusal
from archive.models import Deposit, DepositAgreement, PrintedReceipt
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view, found, page_of
from archive.views.files import send_package
from archive.views.jobs import job_words

_RECEIPTS = PrintedReceipt.objects.select_related("deposit", "job")


@require_http_methods(["GET", "POST"])
@desk_view(DepositAgreement)
def agreement(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Under which terms a deposit was given; what was recorded before stays below."""
    row = found(Deposit, request, public_id)
    if "withdraw" in request.POST:
        return _withdraw(request, row)
    form = AgreementForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        stopped = upload_refusal(request, limit=limits.TEXT_BYTES)
        if stopped is not None:
            messages.error(request, sentence(stopped.code, stopped.params))
        elif form.is_valid():
            try:
                _recorded(request, row, form.cleaned_data)
            except HashiyaError as error:
                field = str(error.params.get("field", ""))
                form.add_error(field if field in form.fields else None, sentence(error.code, error.params))
                status = error.status
            else:
                messages.success(request, _("The agreement is kept with the deposit."))
                return redirect("deposit_agreement", public_id)
    rows = visible_to(row.agreements.select_related(*_SHOWN), request.viewer)
    counts = rows.filter(withdrawal=None).order_by("-pk").values_list("pk", flat=True).first()
    context = {
        "deposit": row, "form": form, "page_obj": page_of(rows.order_by("-pk"), request), "counts": counts,
        "withdraw_form": WithdrawAgreementForm(),
    }  # fmt: skip
    return render(request, "archive/desk/deposit_agreement.html", context, status=status)


def _withdraw(request: DeskRequest, row: Deposit) -> HttpResponse:
    """Withdraw an agreement of the deposit; what is wrong is told above the page, with what was typed kept there."""
    agreement = found(row.agreements.all(), request, request.POST["withdraw"])
    try:
        withdraw_agreement(agreement=agreement, reason=request.POST.get("reason", ""), by=request.user)
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    else:
        messages.success(request, _("The agreement is withdrawn. It stays below, with the reason."))
    return redirect("deposit_agreement", row.public_id)


_SHOWN = ("arrival", "created_by", "withdrawal__created_by")


def _recorded(request: DeskRequest, row: Deposit, data: dict[str, Any]) -> DepositAgreement:
    file, arrival = data.pop("file"), None
    if file:
        arrival = receive_file(
            source=file.chunks(), filename=file.name or "", max_bytes=limits.TEXT_BYTES, by=request.user
        )
    return record_agreement(deposit=row, arrival=arrival, **data, by=request.user)


@require_POST
@desk_view(PrintedReceipt)
def print_(request: DeskRequest, public_id: str) -> HttpResponse:
    """Ask for the receipt as PDF, in the language of the page."""
    row = found(Deposit, request, public_id)
    return redirect(ask_receipt(deposit=row, language=(get_language() or "en")[:2], by=request.user))


@require_GET
@desk_view(PrintedReceipt)
def printed(request: DeskRequest, public_id: str) -> HttpResponse:
    """How far a printed receipt is, and where it is fetched."""
    row = found(_RECEIPTS, request, public_id)
    failed = row.job.state == JobState.FAILED
    context = {
        "receipt": row, "deposit": row.deposit, "job": row.job, "failed": job_words(row.job) if failed else "",
        "waiting": row.size is None and not failed,
        "gone": row.size is not None and not _kept().filter(pk=row.pk).exists(),
    }  # fmt: skip
    return render(request, "archive/desk/printed_receipt.html", context)


@require_safe
def printed_file(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """The bytes, for the one who asked."""
    row = found(_kept(), request, public_id)
    filename = f"receipt-{row.deposit.public_id}-{row.language}.pdf"
    return send_package(request, row, path=place_of(row), filename=filename)


def _kept() -> Any:
    return _RECEIPTS.filter(size__isnull=False, expires_at__gt=Now())
