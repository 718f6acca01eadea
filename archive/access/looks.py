"""Looking at the site as somebody else would: never more than one's own eyes see."""

from __future__ import annotations

from archive.access.viewer import Viewer
from archive.enums import RoleCode

#: Who may borrow other eyes.
STAFF = frozenset({RoleCode.ARCHIVIST, RoleCode.REVIEWER, RoleCode.EDITOR, RoleCode.ADMINISTRATOR})
ANONYMOUS, MEMBER, SCHOLAR = "anonymous", "member", "scholar"
LOOKS = (ANONYMOUS, MEMBER, SCHOLAR)
#: No account has this number.
_NOBODY = 0


def looking_as(look: str, behind: Viewer) -> Viewer:
    """Return the viewer that `behind` looks through; what `behind` may not see stays hidden.

    Raises ValueError for a look that there is not.
    """
    if look not in LOOKS:
        raise ValueError(look)
    if look == ANONYMOUS:
        return Viewer(behind=behind)
    roles = frozenset({RoleCode.SCHOLAR.value}) if look == SCHOLAR else frozenset()
    return Viewer(_NOBODY, roles, behind=behind)
