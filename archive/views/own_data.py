"""A person's own data: taken away as a package, or erased; for its owner, and for administrators whom they asked."""

from __future__ import annotations

from typing import Any

from allauth.decorators import rate_limit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models.functions import Now
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from archive.access import visible_to
from archive.actions.ask_erasure import ask_erasure, cancel_erasure
from archive.actions.ask_personal_export import ask_personal_export
from archive.actions.erase_account import pseudonym
from archive.enums import JobState
from archive.errors import Conflict, Invalid
from archive.exports.personal.gather import counted, headings
from archive.forms.personal import ErasureForm
from archive.media.packages import place_of
from archive.models import Erasure, PersonalExport, User
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, found
from archive.views.files import send_package
from archive.views.jobs import job_words
from archive.views.people import account_of

#: Packages that a page lists.
LISTED = 10


@require_GET
@login_required
def own_data(request: DeskRequest) -> HttpResponse:
    """Packages of one's own data, and whether an erasure waits."""
    return render(request, "archive/people/own_data.html", _context(request, request.user))


@require_POST
@login_required
@rate_limit(action="manage_email")
def ask_own_data(request: DeskRequest) -> HttpResponse:
    """Ask for a package of one's own data."""
    ask_personal_export(account_id=request.user.pk, by=request.user)
    return redirect("own_data")


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@login_required
@rate_limit(action="manage_email")
def erase_own(request: DeskRequest) -> HttpResponse:
    """See what an erasure of one's own data would do, and ask for it."""
    return _erase(request, request.user, "archive/people/erase_own.html", "own_data")


@require_POST
@login_required
def keep_own(request: DeskRequest) -> HttpResponse:
    """Call off an erasure of one's own data."""
    return _keep(request, request.user, redirect("own_data"))


@require_http_methods(["GET", "POST"])
@login_required
@rate_limit(action="manage_email")
def person_data(request: DeskRequest, public_id: str) -> HttpResponse:
    """Packages of somebody's data, for the administrator whom they asked."""
    account = account_of(request, public_id)
    if request.method == "POST":
        ask_personal_export(account_id=account.pk, by=request.user)
        return redirect("person_data", public_id)
    return render(request, "archive/people/person_data.html", _context(request, account))


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@login_required
@rate_limit(action="manage_email")
def erase_person(request: DeskRequest, public_id: str) -> HttpResponse:
    """See what an erasure of somebody's data would do, and ask for it in their name."""
    account = account_of(request, public_id)
    return _erase(request, account, "archive/people/erase_person.html", "person_data", public_id)


@require_POST
@login_required
def keep_person(request: DeskRequest, public_id: str) -> HttpResponse:
    """Call off an erasure of somebody's data."""
    return _keep(request, account_of(request, public_id), redirect("person_data", public_id))


@require_safe
@login_required
def personal_file(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """The bytes of a package, while it is kept."""
    kept = PersonalExport.objects.filter(size__isnull=False, expires_at__gt=Now())
    package = found(kept, request, public_id)
    return send_package(request, package, path=place_of(package), filename=f"hashiya-{public_id}.zip")


def _context(request: DeskRequest, account: User) -> dict[str, Any]:
    rows = visible_to(PersonalExport.objects.filter(account=account).select_related("job"), request.viewer)
    kept = set(rows.filter(expires_at__gt=Now()).values_list("pk", flat=True))
    packages = [(row, _state(row, kept)) for row in rows.order_by("-pk")[:LISTED]]
    return {
        "account": account, "packages": packages, "erasure": _waiting(account),
        "wait": next((row for row, state in packages if state["waiting"]), None),
    }  # fmt: skip


def _state(row: PersonalExport, kept: set[int]) -> dict[str, Any]:
    failed = row.job is not None and row.job.state == JobState.FAILED
    return {
        "failed": job_words(row.job) if failed and row.job else "",
        "waiting": row.size is None and not failed and row.expires_at is None,
        "ready": row.size is not None and row.pk in kept,
    }


def _waiting(account: User) -> Erasure | None:
    return Erasure.objects.filter(account=account, cancelled_at=None).first()


def _erase(request: DeskRequest, account: User, template: str, back: str, *names: str) -> HttpResponse:
    form = ErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_erasure(account_id=account.pk, password=form.cleaned_data["password"], by=request.user)
        except Invalid as error:
            form.add_error(error.params.get("field"), sentence(error.code, error.params))
        except Conflict as error:
            messages.error(request, sentence(error.code, error.params))
            return redirect(back, *names)
        else:
            messages.success(
                request, _("The erasure is asked for. Until it is done it can be called off here.")
            )
            return redirect(back, *names)
    context = {
        "account": account, "form": form, "pseudonym": _isolated(pseudonym(account)), "days": settings.ERASURE_GRACE_DAYS,
        "erased": _rows(request, account, erased=True), "stays": _rows(request, account, erased=False),
        "erasure": _waiting(account),
    }  # fmt: skip
    return render(request, template, context, status=422 if form.errors else 200)


def _isolated(words: str) -> str:
    """Return words of two directions so that what stands around them keeps its own."""
    return f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"


def _rows(request: DeskRequest, account: User, *, erased: bool) -> list[tuple[str, int | None]]:
    """Return what there is, with numbers for the owner: they would tell an administrator of private notes."""
    if request.user.pk != account.pk:
        return [(_(title), None) for title in headings(erased=erased)]
    return [(_(title), count) for title, count in counted(account, erased=erased)]


def _keep(request: DeskRequest, account: User, answer: HttpResponse) -> HttpResponse:
    try:
        cancel_erasure(account_id=account.pk, by=request.user)
        messages.success(request, _("The erasure is called off. Nothing was erased."))
    except Conflict as error:
        messages.error(request, sentence(error.code, error.params))
    return answer
