"""When mails tell a person what concerns them: their own choice."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from archive.actions.mail_news import choose_mail
from archive.errors import Invalid
from archive.forms.people import MailForm
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest


@login_required
def own_mails(request: DeskRequest) -> HttpResponse:
    """Show the choice; change it."""
    form = MailForm(request.POST or None, initial={"mail_choice": request.user.mail_choice})
    if request.method == "POST" and form.is_valid():
        try:
            choose_mail(choice=form.cleaned_data["mail_choice"], by=request.user)
        except Invalid as error:
            form.add_error("mail_choice", sentence(error.code, error.params))
        else:
            messages.success(request, _("Saved."))
            return redirect("own_mails")
    context = {"form": form, "sends_mail": settings.SENDS_MAIL, "address": request.user.email}
    return render(request, "archive/people/own_mails.html", context)
