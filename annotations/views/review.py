"""The reviewer's desk: what was handed in, oldest first, and the page on which it is decided."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.access.deciding_alike import MOST
from annotations.access.review_figures import figures
from annotations.access.review_queue import Narrowed, assignments_of, decided, facets, queue
from annotations.access.reviewing import counts_of, items_of, waiting_items, works_of
from annotations.actions.decide import decide
from annotations.enums import AnnotationStatus, Outcome
from annotations.models import AnnotationVersion, Decision, Submission
from annotations.presenters.labels import CATEGORIES, OUTCOME_STATUSES, OUTCOMES, STATUSES
from annotations.presenters.paging import page_of
from annotations.presenters.review import ItemView, item_views
from annotations.presenters.review_facets import facet_views
from annotations.presenters.wording import compared
from annotations.values import is_same_wording
from annotations.views.assigning import assignment_form
from annotations.views.requests import Request
from archive.access import require_may, visible_to
from archive.errors import HashiyaError, NotVisible
from archive.presenters.messages import sentence
from archive.views.desk_tools import desk_view

PER_PAGE = 20
#: In place of an outcome: nothing is recorded, the difference of the suggested wording is shown.
COMPARE = "compare"


@login_required
def review_queue(request: Request) -> HttpResponseBase:
    """List the submissions that wait, or those that were decided, by work, author and kind of note."""
    require_may(request.viewer, "add", Decision)
    narrowed, is_decided = Narrowed.of(request.GET), request.GET.get("state") == "decided"
    rows = (decided if is_decided else queue)(request.viewer, narrowed)
    page = page_of(request, rows, PER_PAGE)
    assigned = assignments_of(page.object_list, request.viewer)
    counts, works = counts_of(request.viewer, page.object_list), works_of(page.object_list, request.viewer)
    context = {
        "address_query": request.GET.urlencode(), "page": page, "is_decided": is_decided, "today": timezone.localdate(),
        "is_narrowed": narrowed != Narrowed(), "narrowed": narrowed, "asked": [pair for pair in asdict(narrowed).items() if pair[1]], "most": MOST,
        "total": waiting_items(request.viewer).count(),
        "facets": facet_views(
            facets(request.viewer, narrowed, is_decided=is_decided), narrowed, is_decided=is_decided
        ),
        "rows": [
            {
                "submission": row, "counts": counts.get(row.pk, {}), "works": works.get(row.pk, []),
                "assigned": assigned.get(row.pk),
            }
            for row in page
        ],
    }  # fmt: skip
    return render(request, "annotations/review/queue.html", context)


@login_required
def review_figures(request: Request) -> HttpResponseBase:
    """Tell how long notes wait, and how far reviewers agree."""
    require_may(request.viewer, "add", Decision)
    return render(request, "annotations/review/figures.html", {"figures": figures(request.viewer)})


@desk_view()
def review_submission(request: Request, public_id: str) -> HttpResponseBase:
    """Show one submission, each note in its passage; record one decision."""
    submission = (
        visible_to(Submission, request.viewer).select_related("author").filter(public_id=public_id).first()
    )
    if submission is None:
        raise NotVisible("not_visible")
    status, refused = 200, {}
    if request.method == "POST" and "part" in request.POST:
        return _difference(request)
    if request.method == "POST" and "all" in request.POST:
        # Of a page of before: whatever is decided alike is looked at first.
        return redirect("review_several", public_id)
    if request.method == "POST":
        status, refused = _record(request)
        if not refused:
            return redirect(following(request, submission))
    facts, hidden = items_of(request.viewer, submission)
    items = item_views(facts, request.viewer)
    for item in items:
        if sent := refused.pop(item.facts.version.public_id, None):
            item.error, item.reason, item.wrong = sent.error, sent.reason, sent.field
            item.wording = item.wording if sent.wording is None else sent.wording
            item.wording_parts = compared(item.facts.version.body, item.wording)
    context = {
        "submission": submission, "items": items, "hidden": hidden, "refused": list(refused.values()),
        "waiting": sum(item.facts.may_decide for item in items), "first": _first(items),
        "alike": [item.facts.version for item in items if item.facts.may_decide][:MOST],
        "categories": CATEGORIES, "statuses": STATUSES, "outcomes": OUTCOMES,
        "outcome_statuses": OUTCOME_STATUSES,
        "is_own": submission.author_id == request.user.pk,
        "assigning": assignment_form(request.viewer, submission),
        # Where nothing is left to decide nobody is asked to.
        "is_open": any(item.facts.may_decide or item.facts.status == AnnotationStatus.SUBMITTED for item in items),
    }  # fmt: skip
    return render(request, "annotations/review/submission.html", context, status=status)


def _difference(request: Request) -> HttpResponseBase:
    """Show what the wording that is being typed would change, without the page around it."""
    rows = visible_to(AnnotationVersion, request.viewer).filter(public_id=request.POST.get("version", ""))
    body = rows.values_list("body", flat=True).first()
    if body is None:
        raise NotVisible("not_visible")
    parts = compared(body, request.POST.get("suggestion", ""))
    return render(request, "annotations/talk/_difference.html", {"parts": parts})


def _first(items: list[ItemView]) -> ItemView | None:
    """Return the note to which the keys belong."""
    return next((item for item in items if item.facts.may_decide), None)


@dataclass(frozen=True, slots=True)
class Sent:
    """What was posted of one version and is shown again, with why it was not recorded."""

    error: str = ""
    reason: str = ""
    #: None where the form has none, or has the note's own words.
    wording: str | None = None
    #: The field that is at fault.
    field: str = ""


Refused = dict[str, Sent]


def _record(request: Request) -> tuple[int, Refused]:
    """Record what was posted; return the status of the answer and, by version, what is shown again."""
    outcome = request.POST.get("outcome", "")
    version, digest = request.POST.get("version", ""), request.POST.get("content_hash", "")
    sent = Sent("", request.POST.get("reason", ""), _wording(request, version, outcome))
    if outcome == COMPARE:
        return 200, {version: sent}
    if outcome not in set(Outcome):
        return 422, {"": replace(sent, error=sentence("choice_unknown"))}
    try:
        decide(
            version_id=version,
            content_hash=digest,
            outcome=Outcome(outcome),
            reason=sent.reason,
            suggestion=sent.wording,
            by=request.user,
        )
    except HashiyaError as error:
        words, field = sentence(error.code, error.params), str(error.params.get("field", ""))
        return error.status, {version: replace(sent, error=words, field=field)}
    messages.success(request, ngettext("%(n)s decision recorded.", "%(n)s decisions recorded.", 1) % {"n": 1})
    return 200, {}


def _wording(request: Request, version: str, outcome: str) -> str | None:
    """Return the wording that was typed; None while it is the note's own, with which its field begins.

    An emptied field suggests nothing either, unless the note is returned: then the reviewer is asked what was meant.
    """
    given = request.POST.get("suggestion")
    if given is None or (outcome in (Outcome.ACCEPT, Outcome.DECLINE) and not given.strip()):
        return None
    rows = visible_to(AnnotationVersion, request.viewer).filter(public_id=version)
    own = rows.values_list("body", flat=True).first()
    return None if own is not None and is_same_wording(given, own) else given


def following(request: Request, submission: Submission) -> str:
    """Return where to go on: this submission while something in it waits, else the queue."""
    waiting = waiting_items(request.viewer)
    if waiting.filter(submission=submission).exists():
        return f"{reverse('review_submission', args=[submission.public_id])}#next"
    if waiting.exists():
        messages.info(request, _("Everything in that submission is decided. Here is what waits next."))
    return reverse("review_queue")


def count_waiting(viewer: Any) -> int:
    """Return how many notes wait for this reviewer."""
    return waiting_items(viewer).count()
