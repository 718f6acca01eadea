"""Several notes of a submission decided alike: ticked, looked at, and only then recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from annotations.access.reviewing import items_of
from annotations.actions.decide import MAX_REASON, decide
from annotations.enums import Outcome
from annotations.models import Decision, Submission
from annotations.presenters.labels import CATEGORIES
from annotations.presenters.review import ItemView, item_views
from annotations.views.requests import Request
from annotations.views.review import following
from archive.errors import HashiyaError
from archive.presenters.messages import sentence
from archive.views.desk_tools import desk_view, found

CHOICES = {
    Outcome.ACCEPT: gettext_lazy("Accept"), Outcome.RETURN: gettext_lazy("Return"), Outcome.DECLINE: gettext_lazy("Decline"),
}  # fmt: skip


@dataclass(slots=True)
class Asked:
    """What was chosen: versions with the hash that was on the screen, what to do with them, and why."""

    notes: dict[str, str] = field(default_factory=dict)
    outcome: Outcome = Outcome.ACCEPT
    reason: str = ""

    @classmethod
    def of(cls, sent: QueryDict) -> Asked:
        """Read a form; an outcome that is none counts as the first."""
        pairs = (one.partition(":") for one in sent.getlist("note"))
        outcome = sent.get("outcome", "")
        return cls(
            {version: digest for version, _colon, digest in pairs},
            Outcome(outcome) if outcome in set(Outcome) else Outcome.ACCEPT, sent.get("reason", "").strip(),
        )  # fmt: skip

    def lacks(self) -> dict[str, str]:
        """Return what is missing before it can be looked at, by field."""
        lacking = {}
        if not self.notes:
            lacking["note"] = _("Tick at least one note.")
        if self.outcome != Outcome.ACCEPT and not self.reason:
            lacking["reason"] = sentence("reason_required")
        if len(self.reason) > MAX_REASON:
            lacking["reason"] = sentence("too_long", {"limit_length": MAX_REASON})
        return lacking


@require_http_methods(["GET", "POST"])
@desk_view(Decision)
def review_several(request: Request, public_id: str) -> HttpResponseBase:
    """Let a reviewer tick what waits in a submission, look at what would become of it, and record that."""
    submission = found(Submission.objects.select_related("author"), request, public_id)
    if request.method != "POST":
        return _page(request, submission, None)
    asked = Asked.of(request.POST)
    lacking = asked.lacks()
    step = request.POST.get("step", "look")
    if lacking:
        return _page(request, submission, asked, lacking=lacking, status=422)
    if step != "record":
        return _page(request, submission, asked, is_preview=step == "look")
    refused = _record(request, asked)
    if refused:
        return _page(request, submission, asked, refused=refused, status=409)
    return redirect(following(request, submission))


def _record(request: Request, asked: Asked) -> dict[str, str]:
    """Record the decisions, each by itself; return why those were refused that were, by version."""
    refused = {}
    for version, digest in asked.notes.items():
        try:
            decide(
                version_id=version,
                content_hash=digest,
                outcome=asked.outcome,
                reason=asked.reason,
                by=request.user,
            )
        except HashiyaError as error:
            refused[version] = sentence(error.code, error.params)
    if done := len(asked.notes) - len(refused):
        words = ngettext("%(n)s decision recorded.", "%(n)s decisions recorded.", done)
        messages.success(request, words % {"n": done})
    return refused


def _page(
    request: Request,
    submission: Submission,
    asked: Asked | None,
    *,
    is_preview: bool = False,
    status: int = 200,
    **told: Any,
) -> HttpResponseBase:
    waiting = _waiting(request, submission)
    chosen = asked or Asked({item.facts.version.public_id: "" for item in waiting})
    known = {item.facts.version.public_id for item in waiting}
    context = {
        "gone": len(chosen.notes.keys() - known) if is_preview else 0,
        "submission": submission, "asked": chosen, "is_preview": is_preview, "categories": CATEGORIES,
        "outcomes": CHOICES, "items": [item for item in waiting if not is_preview or _is_among(item, chosen)],
        "stay": sum(not _is_among(item, chosen) for item in waiting), **told,
    }  # fmt: skip
    return render(request, "annotations/review/several.html", context, status=status)


def _waiting(request: Request, submission: Submission) -> Sequence[ItemView]:
    facts, _hidden = items_of(request.viewer, submission)
    return [item for item in item_views(facts, request.viewer) if item.facts.may_decide]


def _is_among(item: ItemView, asked: Asked) -> bool:
    return item.facts.version.public_id in asked.notes
