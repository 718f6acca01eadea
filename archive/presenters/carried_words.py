"""What archivists are told of the notes that follow a corrected text: the same words before it is accepted and after.

Counts of drafts and private notes would tell that they exist, so they are of the notes that every archivist may know;
that others may stand there is said in words, which are the same whether there are any or not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: What the numbers leave out.
OTHERS = gettext_lazy(
    "These numbers are of notes that every archivist may know. Drafts and private notes of others may stand on this text "
    "too: they are carried over in the same way, and their authors are told of those that need a look."
)
FATES = ("kept", "moved", "uncertain", "lost")


def followed(preview: Mapping[str, Any], sha256: str) -> str:
    """Return what becomes of the notes, from the result of a preview; without numbers when it is of another wording."""
    if preview.get("sha256") != sha256:
        going = _("The notes on this text are being carried over.")
        return f"{going} {OTHERS}"
    numbers = {fate: preview.get(fate, 0) for fate in FATES}
    told = _(
        "Of the notes on this text, kept: %(kept)s; moved, or corrected with their words: %(moved)s; uncertain, a person decides: "
        "%(uncertain)s; lost their passage: %(lost)s."
    )
    return f"{told % numbers} {OTHERS}"
