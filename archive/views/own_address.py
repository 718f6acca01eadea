"""The address with which one signs in: asking for another, and confirming it by the mail's link."""

from __future__ import annotations

from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from archive.actions.change_address import ask_for_address, change_address, confirm_address, wanted_address
from archive.errors import Invalid
from archive.forms.people import AddressForm
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest
from archive.views.people import account_of


@sensitive_post_parameters("password")
@login_required
@rate_limit(action="manage_email")
def own_address(request: DeskRequest) -> HttpResponse:
    """Show the address; send a link to another one."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_address(**form.cleaned_data, by=request.user)
        except Invalid as error:
            form.add_error(error.params["field"], sentence(error.code, error.params))
        else:
            messages.success(
                request, _("A mail is on its way to that address. Open the link in it within a day.")
            )
            return redirect("account_email")
    return render(
        request, "archive/people/own_address.html", {"form": form, "sends_mail": settings.SENDS_MAIL}
    )


@login_required
@rate_limit(action="manage_email")
def confirm(request: DeskRequest, key: str) -> HttpResponse:
    """Make the mail's address the account's, by a button: programs that look through mail open links too."""
    wanted = wanted_address(key, by=request.user)
    if request.method == "POST":
        confirm_address(key=key, by=request.user)
        messages.success(request, _("You sign in with this address from now on."))
        return redirect("account_email")
    return render(request, "archive/people/confirm_address.html", {"wanted": wanted})


@sensitive_post_parameters("password")
@login_required
@rate_limit(action="manage_email")
def person_address(request: DeskRequest, public_id: str) -> HttpResponse:
    """Give an account another address, by an administrator."""
    account = account_of(request, public_id)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change_address(user_id=account.pk, **form.cleaned_data, by=request.user)
        except Invalid as error:
            form.add_error(error.params["field"], sentence(error.code, error.params))
        else:
            messages.success(request, _("Saved."))
            return redirect("person", public_id)
    context = {"form": form, "title": _("Another e-mail address for %(name)s") % {"name": account}}
    return render(request, "archive/people/form.html", context)
