"""Why a note that was handed in is not for a reviewer to decide on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from annotations.presenters.labels import Words

#: By what `annotations.access.deciding_alike.reasons` says; "gone" of what the reviewer does not see any more.
WHY: Words = {
    "own": _("You wrote it: somebody else decides on it."),
    "wrote": _("You wrote a version of it: somebody else decides on it."),
    "decided_already": _("You have decided on it."),
    "overtaken": _("Its author has changed it since."),
    "accepted": _("Another reviewer accepted it. You can do so too on the page of its submission."),
    "returned": _("Another reviewer returned it."),
    "declined": _("Another reviewer declined it."),
    "not_waiting": _("It does not wait for a decision."),
    "gone": _("It was taken back, or is no longer to be seen here."),
}  # fmt: skip
