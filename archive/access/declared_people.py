"""Who may do what with accounts, work in the background, and the site itself."""

from __future__ import annotations

from archive.access.registry import VIEW, declare
from archive.access.rules import EVERYONE, MEMBER, Among, Own
from archive.access.visible import ADMINISTRATOR, ARCHIVIST
from archive.models import (
    Erasure,
    Group,
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


def declare_people() -> None:
    """Fill the registry with them."""
    declare(Job, VIEW, Own("created_by") | ADMINISTRATOR, "A job is seen by who caused it.")
    declare(Job, "requeue", ADMINISTRATOR, "Administrators start again background work that was given up.")
    declare(Notice, VIEW, Own("user"), "A notice is seen by the person it is for.")
    declare(Page, VIEW, EVERYONE, "Editorial pages are public.")
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
        ARCHIVIST | Among("pk", lambda viewer: viewer.group_ids),
        "A group is seen by its members, and by archivists, who open items to it.",
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
    declare(Group, "add", ADMINISTRATOR, "Administrators make groups.")
    declare(Group, "change", ADMINISTRATOR, "Administrators change groups.")
    declare(Invitation, VIEW, ADMINISTRATOR, "Administrators see invitations.")
    declare(Invitation, "add", ADMINISTRATOR, "Administrators invite people.")
