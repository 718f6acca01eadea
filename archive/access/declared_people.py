"""Who may do what with accounts, work in the background, and the site itself."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from archive.access.registry import VIEW, declare
from archive.access.rules import EVERYONE, MEMBER, Among, Field, Has, IsNull, Own, Through
from archive.access.viewer import Viewer
from archive.access.visible import ADMINISTRATOR, ARCHIVIST
from archive.enums import RoleCode
from archive.models import (
    Erasure,
    Group,
    GroupInvitation,
    Invitation,
    Job,
    Notice,
    Page,
    PersonalExport,
    PublicRequest,
    Role,
    SiteSettings,
    User,
)

SCHOLARS = Has(RoleCode.SCHOLAR, RoleCode.REVIEWER, RoleCode.EDITOR, RoleCode.ADMINISTRATOR)


def invitations_to(viewer: Viewer) -> QuerySet[Any]:
    """Return the keys of the invitations to the address with which the viewer signs in."""
    address = User.objects.filter(pk=viewer.user_id or 0).values("email")
    return GroupInvitation.objects.filter(email__in=address).values("pk")


def declare_people() -> None:
    """Fill the registry with them."""
    declare(Job, VIEW, Own("created_by") | ADMINISTRATOR, "A job is seen by who caused it.")
    declare(Job, "requeue", ADMINISTRATOR, "Administrators start again background work that was given up.")
    declare(Notice, VIEW, Own("user"), "A notice is seen by the person it is for.")
    declare(
        Page, VIEW, Field("is_shown", True) | ADMINISTRATOR,
        "Editorial pages are public; those that are not shown are seen by administrators.",
    )  # fmt: skip
    declare(Page, "add", ADMINISTRATOR, "Administrators add guides to the site's own pages.")
    declare(Page, "change", ADMINISTRATOR, "Administrators edit the site's own pages.")
    declare(PublicRequest, VIEW, ARCHIVIST, "Archivists see what people outside ask of the archive.")
    declare(
        PublicRequest,
        "change",
        ARCHIVIST,
        "Archivists decide on requests and erase what is personal in them.",
    )
    declare(SiteSettings, VIEW, EVERYONE, "The site's name is public.")
    declare(SiteSettings, "change", ADMINISTRATOR, "Administrators set the site's name and logo.")
    declare(Role, VIEW, MEMBER, "Roles and their sentences are known to members.")
    declare(User, VIEW, ADMINISTRATOR | Own("pk"), "An account is seen by its owner and by administrators.")
    declare(User, "change", ADMINISTRATOR, "Administrators give roles and deactivate accounts.")
    declare(
        Group,
        VIEW,
        ADMINISTRATOR | (ARCHIVIST & IsNull("keeper")) | Among("pk", lambda viewer: viewer.group_ids),
        "A group is seen by its members and by administrators; one that these keep by archivists, who open items to it.",
    )
    declare(
        GroupInvitation,
        VIEW,
        Through("group", Own("keeper")) | Among("pk", invitations_to),
        "An invitation to a group is seen by who keeps it, and by whoever signs in with the invited address.",
    )
    declare(
        PersonalExport,
        VIEW,
        Own("account") | (Own("created_by") & ADMINISTRATOR),
        "A package of a person's data is seen by that person, and by the administrator who had it made.",
    )
    declare(
        Erasure,
        VIEW,
        Own("account") | ADMINISTRATOR,
        "That an account is to be erased is seen by its owner and by administrators.",
    )
    declare(Group, "add", ADMINISTRATOR, "Administrators make groups that open restricted items.")
    declare(Group, "change", ADMINISTRATOR, "Administrators change groups.")
    declare(Group, "begin", SCHOLARS, "Those who write notes make groups of their own.")
    declare(Group, "keep", Own("keeper"), "Who keeps a group names it, invites, removes and hands it over.")
    declare(
        Group, "leave", Among("pk", lambda viewer: viewer.group_ids) & IsNull("keeper", is_null=False),
        "Members leave a group that one of them keeps.",
    )  # fmt: skip
    declare(Invitation, VIEW, ADMINISTRATOR, "Administrators see invitations.")
    declare(Invitation, "add", ADMINISTRATOR, "Administrators invite people.")
