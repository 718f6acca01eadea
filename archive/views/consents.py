"""Who agreed to what, on a page of each work; the worklist of consents that hold no more."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.access import visible_to
from archive.access.consents import ended_consents
from archive.actions.record_consent import record_consent, settle_consent, withdraw_consent
from archive.errors import Conflict, Invalid
from archive.forms.consents import ConsentForm
from archive.models import Consent, Work
from archive.presenters import desk_words
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view, found, page_of


@require_GET
@desk_view(Consent)
def consents(request: DeskRequest) -> HttpResponse:
    """Consents that were withdrawn or have run out, until somebody has acted on them."""
    rows = ended_consents(request.viewer).select_related("work")
    context = {"page_obj": page_of(rows.order_by("-pk"), request), "purposes": desk_words.CONSENTS}
    return render(request, "archive/desk/consents.html", context)


@require_http_methods(["GET", "POST"])
@desk_view(Consent)
def work_consents(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """What those who speak in a work agreed to; add one."""
    work = found(Work, request, public_id)
    form, status = ConsentForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                record_consent(work=work, **form.cleaned_data, by=request.user)
            except Invalid as error:
                form.add_error(str(error.params.get("field")) or None, sentence(error.code, error.params))
            else:
                messages.success(request, _("The consent is recorded."))
                return redirect("work_consents", public_id)
    rows = visible_to(Consent, request.viewer).filter(work=work).select_related("created_by", "settled_by")
    context = {
        "work": work, "form": form, "page_obj": page_of(rows.order_by("-pk"), request), "purposes": desk_words.CONSENTS,
        "ended": set(ended_consents(request.viewer).filter(work=work).values_list("pk", flat=True)),
        "take_down_url": reverse("take_down_work", args=[public_id]),
    }  # fmt: skip
    return render(request, "archive/desk/work_consents.html", context, status=status)


@require_POST
@desk_view(Consent)
def consent_act(request: DeskRequest, public_id: str, act: str) -> HttpResponse:
    """Withdraw a consent, or say that what its end asked for is done."""
    consent = found(Consent.objects.select_related("work"), request, public_id)
    note = request.POST.get("note", "")[:10_000]
    try:
        if act == "withdraw":
            withdraw_consent(consent=consent, note=note, by=request.user)
            messages.success(
                request, _("It is withdrawn, and waits on the worklist until somebody has acted on it.")
            )
        else:
            settle_consent(consent=consent, note=note, by=request.user)
            messages.success(request, _("It is off the worklist."))
    except Conflict as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect("work_consents", consent.work.public_id)
