"""Who is looking: a small value made once per request, so that access never needs the request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.enums import RoleCode

if TYPE_CHECKING:
    from archive.models import User

#: Those who keep the archive and see all of the catalogue.
KEEPERS = frozenset({RoleCode.ARCHIVIST, RoleCode.EDITOR, RoleCode.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person looking at the site; without `user_id`, anybody at all."""

    user_id: int | None = None
    roles: frozenset[str] = frozenset()
    group_ids: frozenset[int] = frozenset()
    #: Those of them that administrators keep: the others open no restricted item.
    reader_group_ids: frozenset[int] = frozenset()
    #: Who really looks, through these borrowed eyes (`archive.access.looks`).
    behind: Viewer | None = None

    @property
    def is_member(self) -> bool:
        """Whether this is an active account."""
        return self.user_id is not None

    def has(self, *roles: str) -> bool:
        """Whether any of `roles` was given to this person."""
        return bool(self.roles.intersection(roles))


ANYBODY = Viewer()


def viewer_of(user: User | object | None) -> Viewer:
    """Return the viewer of an account; of a deactivated or anonymous one, anybody."""
    from archive.models import User

    if not isinstance(user, User) or not user.is_active:
        return ANYBODY
    cached = user.__dict__.get("_viewer")
    if cached is None:
        cached = user.__dict__["_viewer"] = _read(user)
    return cached


# Every request of a signed-in person asks this, so it is one statement, made by hand.
_ROLES_AND_GROUPS = (
    "SELECT archive_role.code, NULL, NULL FROM archive_role JOIN archive_user_roles "
    "ON archive_user_roles.role_id = archive_role.id WHERE archive_user_roles.user_id = %s "
    "UNION ALL SELECT NULL, archive_group.id, archive_group.keeper_id FROM archive_group JOIN archive_user_groups "
    "ON archive_user_groups.group_id = archive_group.id WHERE archive_user_groups.user_id = %s"
)


def _read(user: User) -> Viewer:
    from archive.models.statements import fetch

    rows = fetch(_ROLES_AND_GROUPS, [user.pk, user.pk])
    roles = frozenset(code for code, _group, _keeper in rows if code is not None)
    user.__dict__["role_codes"] = roles
    groups = {group: keeper for _code, group, keeper in rows if group is not None}
    opening = frozenset(group for group, keeper in groups.items() if keeper is None)
    return Viewer(user.pk, roles, frozenset(groups), opening)
