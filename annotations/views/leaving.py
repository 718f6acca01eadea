"""Handing a leaving person's notes over."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from annotations.actions.hand_over import hand_over
from archive.access import visible_to
from archive.errors import Invalid
from archive.models import User
from archive.presenters.messages import sentence


@login_required
@require_POST
def hand_over_notes(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give the unfinished notes of a closed account to the chosen colleague."""
    accounts = visible_to(User, request.user)
    giver = get_object_or_404(accounts, public_id=public_id)
    taker = get_object_or_404(accounts, public_id=request.POST.get("taker", ""))
    try:
        count = hand_over(giver=giver, taker=taker, by=request.user)
    except Invalid as error:
        messages.error(request, sentence(error.code, error.params))
    else:
        text = ngettext("%(n)s note was handed over.", "%(n)s notes were handed over.", count)
        messages.success(request, text % {"n": count})
    return redirect("person", public_id)
