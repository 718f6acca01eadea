"""The administrator's desk: people, groups, the site's own words."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from archive import kinds
from archive.access import require_may, visible_to
from archive.actions.accept_invitation import accept_invitation, invitation_of
from archive.actions.change_account import change_account, state_of
from archive.actions.deactivate_account import deactivate_account, reactivate_account
from archive.actions.invite import invite
from archive.actions.make_group import change_group, group_state, make_group
from archive.actions.make_reset_link import make_reset_link
from archive.actions.remove_second_factor import remove_second_factor
from archive.actions.withdraw_invitation import withdraw_invitation
from archive.enums import RoleCode
from archive.errors import Conflict, Invalid, NotVisible, Stale
from archive.forms.people import AccountForm, GroupForm, InviteForm, JoinForm
from archive.forms.stale import overtaken
from archive.models import Group, Invitation, Role, User
from archive.presenters.messages import sentence
from archive.views.errors import error_page

PUBLISHERS = frozenset({RoleCode.EDITOR, RoleCode.ADMINISTRATOR})


@login_required
def people(request: HttpRequest) -> HttpResponse:
    """List accounts, invitations and groups."""
    require_may(request.user, "add", Invitation)
    query = request.GET.get("q", "").strip()
    accounts = (
        visible_to(User, request.user)
        .prefetch_related("roles", "groups")
        .order_by("-is_active", "display_name")
    )
    if query:
        accounts = accounts.filter(Q(display_name__icontains=query) | Q(email__icontains=query))
    page = Paginator(accounts, 50).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "query": query,
        "invitations": visible_to(Invitation, request.user)
        .filter(accepted_by=None, expires_at__gt=timezone.now())
        .prefetch_related("roles")[:50],
        "groups": visible_to(Group, request.user).annotate(size=Count("members")).select_related("keeper"),
        "roles": Role.objects.all(),
    }
    return render(request, "archive/people/list.html", context)


@login_required
def invite_person(request: HttpRequest) -> HttpResponse:
    """Invite somebody; the link is shown once, to be handed over."""
    require_may(request.user, "add", Invitation)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _invitation, secret = invite(**form.cleaned_data, by=request.user)
        except Invalid as error:
            form.add_error("email", sentence(error.code, error.params))
        else:
            link = settings.PUBLIC_URL + reverse("join", args=[secret])
            return render(
                request,
                "archive/people/link.html",
                {"link": link, "email": form.cleaned_data["email"], "kind": "invite"},
            )
    return render(
        request,
        "archive/people/form.html",
        {"form": form, "title": _("Invite a person"), "submit": _("Make the invitation")},
    )


def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Open an account by an invitation's link; one that opens nothing says the same to everybody."""
    try:
        invitation = invitation_of(secret)
    except NotVisible:
        return error_page(
            request, 404, _("This link opens nothing any more"),
            _("It was used already, or its time is over. If you have an account, sign in; if not, ask for a new link."),
        )  # fmt: skip
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = accept_invitation(secret=secret, language=get_language() or "", **form.cleaned_data)
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        messages.success(request, _("Welcome. Your account is open."))
        return redirect("desk")
    return render(request, "archive/people/join.html", {"form": form, "invitation": invitation})


@login_required
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one account with what it may do and has done; change its name, roles and groups."""
    account = account_of(request, public_id)
    initial = {
        "seen": state_of(account), "display_name": account.display_name, "groups": account.groups.all(),
        "roles": list(account.roles.values_list("code", flat=True)),
    }  # fmt: skip
    form, status = AccountForm(request.POST or None, initial=initial), 200
    told: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            change_account(
                user_id=account.pk, display_name=data["display_name"], roles=data["roles"],
                groups=[group.pk for group in data["groups"]], seen=data["seen"], by=request.user,
            )  # fmt: skip
        except Stale as error:
            told, status = overtaken(form, error, initial, seen=initial["seen"]), error.status
        except Invalid as error:
            form.add_error("roles", sentence(error.code, error.params))
        else:
            messages.success(request, _("Saved."))
            return redirect("person", public_id)
    context = {
        "form": form,
        "account": account,
        "has_mfa": is_mfa_enabled(account),
        "needs_mfa": settings.REQUIRE_MFA
        and bool(PUBLISHERS & set(account.roles.values_list("code", flat=True))),
        "panels": _panels("account", account, request),
        **told,
    }
    return render(request, "archive/people/person.html", context, status=status)


def _panels(page: str, target: Any, request: HttpRequest) -> list[dict[str, Any]]:
    found = []
    for panel in kinds.panels:
        if panel.page == page and (context := panel.context(target, request.viewer)) is not None:
            found.append({"template": panel.template, "context": context})
    return found


def account_of(request: HttpRequest, public_id: str) -> User:
    """Return the account, for an administrator."""
    require_may(request.user, "add", Invitation)
    account: User = get_object_or_404(visible_to(User, request.user), public_id=public_id)
    return account


@login_required
@require_POST
def person_act(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    """Deactivate, reactivate, make a link that sets a new password, remove a lost second factor; uninvite."""
    if act == "uninvite":
        return _uninvite(request, public_id)
    account = account_of(request, public_id)
    if act == "reset":
        link = settings.PUBLIC_URL + make_reset_link(user=account, by=request.user)
        return render(
            request, "archive/people/link.html", {"link": link, "email": account.email, "kind": "reset"}
        )
    try:
        if act == "deactivate":
            deactivate_account(user_id=account.pk, by=request.user)
            messages.success(request, _("The account is closed. What it wrote stays under its name."))
        elif act == "reactivate":
            reactivate_account(user_id=account.pk, by=request.user)
            messages.success(request, _("The account is open again."))
        elif act == "remove-second-factor":
            remove_second_factor(user=account, by=request.user)
            messages.success(request, _("The second factor is removed."))
        else:
            raise Http404
    except Invalid as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect("person", public_id)


def _uninvite(request: HttpRequest, public_id: str) -> HttpResponse:
    invitation = get_object_or_404(visible_to(Invitation, request.user), public_id=public_id)
    try:
        withdraw_invitation(invitation_id=invitation.pk, by=request.user)
        messages.success(request, _("The invitation is withdrawn: its link opens nothing any more."))
    except Conflict as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect("people")


@login_required
def group(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """Make a group, or change one and its members."""
    require_may(request.user, "add", Group)
    found = get_object_or_404(visible_to(Group, request.user), public_id=public_id) if public_id else None
    initial = (
        {
            "seen": group_state(found),
            "name": found.name,
            "description": found.description,
            "members": found.members.all(),
        }
        if found
        else {}
    )
    form, status = GroupForm(request.POST or None, initial=initial), 200
    told: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            target = found or make_group(name=data["name"], description=data["description"], by=request.user)
            change_group(
                group_id=target.pk, name=data["name"], description=data["description"],
                members=[member.pk for member in data["members"]], by=request.user,
                seen=data["seen"] if found else group_state(target),
            )  # fmt: skip
        except Stale as error:
            told, status = overtaken(form, error, initial, seen=group_state(target)), error.status
        except Invalid as error:
            form.add_error("name", sentence(error.code, error.params))
        else:
            messages.success(request, _("Saved."))
            return redirect("people")
    title = str(found) if found else _("New group")
    context = {"form": form, "title": title, "submit": _("Save"), **told}
    return render(request, "archive/people/form.html", context, status=status)
