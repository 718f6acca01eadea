"""A person's groups: those that they keep or are of, and those that they are invited to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from archive.access import allows, may, visible_to
from archive.actions.begin_group import begin_group
from archive.actions.invite_to_group import (
    answer_group_invitation,
    invite_to_group,
    withdraw_group_invitation,
)
from archive.actions.keep_group import hand_over_group, leave_group, name_group, remove_member
from archive.actions.make_group import group_state
from archive.errors import HashiyaError, Invalid, NotVisible
from archive.models import Group, GroupInvitation
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest


@login_required
def own_groups(request: DeskRequest) -> HttpResponse:
    """List them; begin one, answer an invitation."""
    status, error = 200, None
    if request.method == "POST":
        try:
            return (
                redirect("own_group", _begin_or_answer(request).public_id)
                if "name" in request.POST
                else _answered(request)
            )
        except HashiyaError as refused:
            status, error = refused.status, refused
    mine = visible_to(Group, request.viewer).filter(pk__in=request.viewer.group_ids)
    invited = visible_to(GroupInvitation, request.viewer).filter(email=request.user.email.casefold())
    context = {
        "groups": mine.annotate(size=Count("members")).select_related("keeper"),
        "invitations": invited.select_related("group", "invited_by"), "typed": request.POST,
        "may_begin": may(request.viewer, "begin", Group), "error": sentence(error.code, error.params) if error else "",
    }  # fmt: skip
    return render(request, "archive/people/own_groups.html", context, status=status)


def _begin_or_answer(request: DeskRequest) -> Group:
    return begin_group(
        name=request.POST.get("name", ""), description=request.POST.get("description", ""), by=request.user
    )


def _answered(request: DeskRequest) -> HttpResponse:
    accepts = request.POST.get("act") == "join"
    group = answer_group_invitation(
        invitation=request.POST.get("invitation", ""), accept=accepts, by=request.user
    )
    if accepts:
        messages.success(request, _("You are a member of this group now."))
        return redirect("own_group", group.public_id)
    messages.success(request, _("The invitation is gone."))
    return redirect("own_groups")


@login_required
def own_group(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show one group to its members; let who keeps it invite, remove, name it and hand it over."""
    group = _group(request, public_id)
    status, refused = 200, ""
    if request.method == "POST":
        try:
            _do(request, group)
        except HashiyaError as error:
            status, refused = error.status, sentence(error.code, error.params)
        else:
            is_of_it = allows(request.user, "leave", group) and request.POST.get("act") != "leave"
            return redirect("own_group", public_id) if is_of_it else redirect("own_groups")
        group = _group(request, public_id)
    keeps = allows(request.user, "keep", group)
    invitations = visible_to(GroupInvitation, request.viewer).filter(group=group) if keeps else []
    context: dict[str, Any] = {
        "group": group, "members": group.members.order_by("display_name", "pk"), "keeps": keeps,
        "may_leave": allows(request.user, "leave", group) and not keeps, "invitations": invitations,
        "seen": group_state(group), "refused": refused, "typed": request.POST if refused else {},
    }  # fmt: skip
    return render(request, "archive/people/own_group.html", context, status=status)


def _group(request: DeskRequest, public_id: str) -> Group:
    rows = visible_to(Group, request.viewer).filter(pk__in=request.viewer.group_ids)
    found = rows.select_related("keeper").filter(public_id=public_id).first()
    if found is None:
        raise NotVisible("not_visible")
    return found


def _do(request: DeskRequest, group: Group) -> None:
    sent, by, name = request.POST, request.user, group.public_id
    match sent.get("act", ""):
        case "invite":
            invite_to_group(group=name, email=sent.get("email", ""), by=by)
            messages.success(
                request,
                _(
                    "If somebody here has this address, they are told now; else they find the invitation once they have an account."
                ),
            )
        case "uninvite":
            withdraw_group_invitation(invitation=sent.get("invitation", ""), by=by)
        case "remove":
            remove_member(group=name, member=sent.get("member", ""), by=by)
        case "hand_over":
            hand_over_group(group=name, member=sent.get("member", ""), by=by)
        case "name":
            name_group(
                group=name, name=sent.get("name", ""), description=sent.get("description", ""),
                seen=sent.get("seen", ""), by=by,
            )  # fmt: skip
        case "leave":
            leave_group(group=name, by=by)
        case _:
            raise Invalid("choice_unknown", field="act")
