"""Several notes decided alike, of one submission or across the queue: ticked, looked at, and only then recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from annotations.access.deciding_alike import (
    MOST,
    Scope,
    beside,
    chosen,
    offered,
    reasons,
    waiting_no_more,
)
from annotations.access.review_queue import Narrowed
from annotations.actions.decide import MAX_REASON, decide
from annotations.enums import Outcome
from annotations.models import Decision, Submission
from annotations.presenters.labels import CATEGORIES
from annotations.presenters.review import item_views
from annotations.presenters.review_reasons import WHY
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
        """Return what is missing or too much before it can be looked at, by field."""
        lacking = {}
        if not self.notes:
            lacking["note"] = _("Tick at least one note.")
        if len(self.notes) > MOST:
            lacking["note"] = _(
                "At most %(most)s notes are decided on in one step. Take the tick off some."
            ) % {"most": MOST}
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
    return _answer(request, Scope(submission))


@require_http_methods(["GET", "POST"])
@desk_view(Decision)
def review_chosen(request: Request) -> HttpResponseBase:
    """Do the same across the queue: of the submissions that were ticked there, else of all that it was narrowed to."""
    ticked = dict.fromkeys(request.GET.getlist("submission")[:MOST])
    return _answer(request, Scope(narrowed=Narrowed.of(request.GET), ticked=tuple(ticked)))


def _answer(request: Request, scope: Scope) -> HttpResponseBase:
    if request.method != "POST":
        return _choosing(request, scope, None)
    asked = Asked.of(request.POST)
    lacking = asked.lacks()
    step = request.POST.get("step", "look")
    if lacking:
        return _choosing(request, scope, asked, lacking=lacking, status=422)
    if step == "look":
        return _looking(request, scope, asked)
    if step != "record":
        return _choosing(request, scope, asked)
    refused = _record(request, asked)
    if refused:
        told = _told(request, refused, lambda version, why: refused[version])
        return _choosing(request, scope, asked, refused=told, status=409)
    return redirect(following(request, scope.submission) if scope.submission else _queue(scope))


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


def _choosing(
    request: Request, scope: Scope, asked: Asked | None, *, status: int = 200, **told: Any
) -> HttpResponseBase:
    """Show what waits, to be ticked, with what of the same submissions is not for this reviewer to decide on."""
    waiting = offered(request.viewer, scope)
    ticked = asked or Asked({item.version.public_id: "" for item in waiting.items})
    others = beside(request.viewer, scope, waiting.items)
    why = reasons(request.viewer, others)
    context = {
        "items": item_views(waiting.items, request.viewer), "further": waiting.total - len(waiting.items),
        "others": [(view, WHY[why[view.facts.version.public_id]]) for view in item_views(others, request.viewer)], **told,
    }  # fmt: skip
    return _page(request, scope, ticked, context, status)


def _looking(request: Request, scope: Scope, asked: Asked) -> HttpResponseBase:
    """Show what would be recorded, and what of it is not to be decided any more."""
    kept = chosen(request.viewer, asked.notes)
    gone = asked.notes.keys() - {item.version.public_id for item in kept}
    left = _told(request, gone, lambda version, why: WHY[why]) if gone else []
    waiting = offered(request.viewer, scope)
    in_scope = {item.version.public_id for item in waiting.items}
    stay = waiting.total - len(in_scope & asked.notes.keys())
    context = {"is_preview": True, "items": item_views(kept, request.viewer), "left": left, "stay": stay}
    return _page(request, scope, asked, context, 200)


def _told(request: Request, versions: Iterable[str], words: Any) -> list[tuple[Any, Any]]:
    """Return versions that are not decided with why, those first that this reviewer sees; of others only why is told."""
    names = list(versions)
    seen = waiting_no_more(request.viewer, names)
    why: Mapping[str, str] = reasons(request.viewer, seen)
    views: Sequence[Any] = item_views(seen, request.viewer)
    rows = [(view, words(view.facts.version.public_id, why[view.facts.version.public_id])) for view in views]
    return rows + [(None, words(name, "gone")) for name in names if name not in why]


def _page(
    request: Request, scope: Scope, asked: Asked, context: dict[str, Any], status: int
) -> HttpResponseBase:
    shared = {
        "submission": scope.submission, "asked": asked, "categories": CATEGORIES, "outcomes": CHOICES, "most": MOST,
        "back": reverse("review_submission", args=[scope.submission.public_id]) if scope.submission else _queue(scope),
    }  # fmt: skip
    return render(request, "annotations/review/several.html", shared | context, status=status)


def _queue(scope: Scope) -> str:
    """Return the queue as it was narrowed."""
    query = urlencode({name: value for name, value in asdict(scope.narrowed).items() if value})
    return reverse("review_queue") + (f"?{query}" if query else "")
