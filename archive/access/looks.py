"""Looking at the site as somebody else would: never more than one's own eyes see."""

from __future__ import annotations

from archive.access.viewer import Viewer
from archive.enums import RoleCode

#: Who may borrow other eyes.
STAFF = frozenset({RoleCode.ARCHIVIST, RoleCode.REVIEWER, RoleCode.EDITOR, RoleCode.ADMINISTRATOR})
ANONYMOUS, MEMBER, SCHOLAR = "anonymous", "member", "scholar"
#: Looks of those who work here, each a role alone: administrators, who give out all of them, may borrow any; others
#: those that they have themselves, since with another they would see neither what it sees nor what they do.
OF_STAFF = (RoleCode.REVIEWER.value, RoleCode.EDITOR.value, RoleCode.ARCHIVIST.value)
LOOKS = (ANONYMOUS, MEMBER, SCHOLAR, *OF_STAFF)
#: No account has this number.
_NOBODY = 0


def looks_for(real: Viewer) -> tuple[str, ...]:
    """Return through whose eyes somebody may look; through nobody's who does not work here."""
    if not real.has(*STAFF):
        return ()
    mine = (
        OF_STAFF if real.has(RoleCode.ADMINISTRATOR) else tuple(role for role in OF_STAFF if real.has(role))
    )
    return (ANONYMOUS, MEMBER, SCHOLAR, *mine)


def looking_as(look: str, behind: Viewer) -> Viewer:
    """Return the viewer that `behind` looks through; what `behind` may not see stays hidden.

    Raises ValueError for a look that there is not.
    """
    if look not in LOOKS:
        raise ValueError(look)
    if look == ANONYMOUS:
        return Viewer(behind=behind)
    roles = frozenset() if look == MEMBER else frozenset({look})
    return Viewer(_NOBODY, roles, behind=behind)
