"""What a creator or a credited person did, in the words of the page's language."""

from __future__ import annotations

from functools import lru_cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

#: Roles that catalogues name. What is none of them is shown as it was written.
ROLES = {
    "author": _("author"), "annotator": _("annotator"), "editor": _("editor"), "reviewer": _("reviewer"),
    "archivist": _("archivist"), "translator": _("translator"), "photographer": _("photographer"),
    "illustrator": _("illustrator"), "publisher": _("publisher"), "director": _("director"),
    "producer": _("producer"), "screenwriter": _("screenwriter"), "cinematographer": _("cinematographer"),
    "narrator": _("narrator"), "performer": _("performer"), "composer": _("composer"), "poet": _("poet"),
    "speaker": _("speaker"), "interviewer": _("interviewer"), "interviewee": _("interviewee"),
    "transcriber": _("transcriber"), "copyist": _("copyist"), "calligrapher": _("calligrapher"),
    "cartographer": _("cartographer"), "artist": _("artist"), "compiler": _("compiler"),
    "commentator": _("commentator"), "contributor": _("contributor"), "sender": _("sender"),
    "addressee": _("addressee"), "collector": _("collector"), "donor": _("donor"),
}  # fmt: skip


def role_words(role: str) -> str:
    """Return a role in the current language, whichever language it was written in."""
    code = role_code(role)
    return str(ROLES[code]) if code else role.strip()


def role_code(role: str) -> str:
    """Return the code of a role, whichever language it was written in; empty for one that is none of them."""
    return _codes().get(role.strip().casefold(), "")


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Return the roles by every word that means them."""
    found = {code: code for code in ROLES}
    for language in ("en", "ar"):
        with override(language):
            found |= {str(words).casefold(): code for code, words in ROLES.items()}
    return found
