"""When mails tell a person what concerns them: their own choice, and the link of a mail that ends them."""

from __future__ import annotations

from allauth.core import ratelimit
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from archive.access import news
from archive.actions.change_address import ask_to_confirm
from archive.actions.mail_news import choose_mail, stop_mails
from archive.enums import MailChoice
from archive.errors import Invalid
from archive.forms.people import MailForm
from archive.models import User
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest
from archive.views.errors import too_many


@login_required
def own_mails(request: DeskRequest) -> HttpResponse:
    """Show the choice with what each of them means; change it."""
    user = request.user
    form = MailForm(
        request.POST or None, initial={"mail_choice": user.mail_choice, "language": user.language}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            choose_mail(choice=data["mail_choice"], language=data["language"], by=user)
        except Invalid as error:
            form.add_error(error.params["field"], sentence(error.code, error.params))
        else:
            messages.success(request, _("Saved."))
            return redirect("own_mails")
    context = {
        "form": form, "address": user.email, "next_mail": news.next_mail(user.mail_choice, timezone.now()),
        "is_confirmed": User.objects.filter(news.has_confirmed_address(), pk=user.pk).exists(),
    }  # fmt: skip
    return render(request, "archive/people/own_mails.html", context)


@require_POST
@login_required
@rate_limit(action="manage_email")
def confirm_own(request: DeskRequest) -> HttpResponse:
    """Send a link to one's own address that shows whose it is."""
    ask_to_confirm(by=request.user)
    messages.success(request, _("A mail is on its way to that address. Open the link in it within a day."))
    return redirect("own_mails")


# The key in the address is what lets somebody in: a mail program sends no cookie along, and no token of ours.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, key: str) -> HttpResponse:
    """Send no more news by mail, without signing in; asked by a page, since programs that look through mail open links too."""
    if not ratelimit.consume(request, action="stop_mails"):
        return too_many(request)
    user = stop_mails(key=key) if request.method == "POST" else news.stopped_by(key)
    context = {"is_stopped": user.mail_choice == MailChoice.NEVER}
    return render(request, "archive/people/stop_mails.html", context)
