"""Picking a place up on a workbench's page without a script: the form of a note, of which only the place counts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from annotations.actions.pick_up import pick_up
from annotations.values import Place
from annotations.views.requests import Request
from archive.errors import HashiyaError
from archive.presenters.messages import sentence


def is_picking(request: Request, form: Any) -> bool:
    """Whether the place is to be picked up; then nothing need be said of it."""
    if request.method != "POST" or request.POST.get("act") != "pickup":
        return False
    form.fields["body"].required = False
    return True


def picked(request: Request, form: Any, place: Place) -> bool:
    """Put the place into the basket; return whether it was done. If not, the form says why."""
    try:
        pick_up(target=place, by=request.user)
    except HashiyaError as error:
        form.add_error(None, sentence(error.code, error.params))
        return False
    messages.success(request, _("Picked up: it is in your basket."))
    return True
