"""A sealed release on the editor's desk: read before it is public, published, withdrawn; and the preview of a plan."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from annotations.actions.cancel_schedule import cancel_schedule
from annotations.actions.publish import needs_second_factor, publish
from annotations.actions.withdraw_release import withdraw_release
from annotations.editions.build import build_snapshot
from annotations.editions.preflight import preflight, stops
from annotations.editions.reading import releases, scheduled_for, shown_in_preview, status_of
from annotations.enums import PastKind, ReleaseEventKind, ReleaseStatus
from annotations.errors import PreflightFailed
from annotations.forms.releases import PublishForm, RescheduleForm, WithdrawForm
from annotations.models import Edition, Release
from annotations.presenters.chart_page import issue_chart_context
from annotations.presenters.issue import Issue
from annotations.presenters.note_cards import Cards
from annotations.presenters.release_context import asked_of, release_context
from annotations.presenters.release_events import told_events, zone_name
from annotations.presenters.release_facts import facts_of
from annotations.presenters.released import issue_of, permalink
from annotations.presenters.snapshot import Book
from annotations.presenters.told_plan import plan_for
from annotations.presenters.words import said
from archive.access import Viewer
from archive.errors import HashiyaError, Invalid, InvalidTransition, NotAllowed, NotVisible, Stale
from archive.presenters.messages import sentence
from archive.views.desk_tools import desk_view, found

#: Notes sent at once.
MOST = 500


@desk_view(Edition)
def release(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show where a sealed release stands, and what can be done with it."""
    return _page(request, _release(request, public_id))


def _page(
    request: HttpRequest,
    row: Any,
    *,
    publishing: PublishForm | None = None,
    withdrawing: WithdrawForm | None = None,
) -> HttpResponse:
    facts, scheduled = facts_of(row), scheduled_for(row)
    fresh = RescheduleForm(initial={"at": scheduled}) if scheduled else PublishForm()
    context = {
        "release": row, "edition": row.edition, "status": status_of(row, timezone.now()),
        "title": said(facts.title), "facts": facts, "events": told_events(row), "past": _past(row), "zone": zone_name(),
        "scheduled": scheduled, "publish_form": publishing or fresh, "withdraw_form": withdrawing or WithdrawForm(),
        "needs_factor": needs_second_factor(request.user), "lasting": permalink(row.edition.slug, row.number),
    }  # fmt: skip
    return render(request, "annotations/editions/release.html", context)


def _past(row: Any) -> dict[str, Any]:
    """Return what a package told of a release, by its kind; empty of those that were sealed here."""
    return {event.kind: event for event in row.past.all()}


def _release(request: HttpRequest, public_id: str) -> Any:
    row: Any = found(releases(), request, public_id)
    return row


@require_POST
@desk_view(Edition)
def publish_release(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Publish a sealed release, now or at a moment; or one that is scheduled, now or on another day."""
    row, was = _release(request, public_id), _moment(request.POST.get("was", ""))
    is_now = "now" in request.POST
    form = (RescheduleForm if was and not is_now else PublishForm)({} if is_now else request.POST)
    if form.is_valid():
        try:
            event = publish(release=public_id, at=form.cleaned_data["at"], was=was, by=request.user)
        except (Invalid, PreflightFailed) as error:
            _tell(form, error)
        except (InvalidTransition, Stale) as error:
            return _moved(request, public_id, error)
        except NotAllowed as error:
            if error.code != "second_factor_missing":
                raise
            _tell(form, error)
        else:
            if row.events.filter(kind=ReleaseEventKind.WITHDRAWN).exists():
                words = _("Release %(number)s has its tombstone here.")
            elif event.effective_at <= timezone.now():
                words = _("Release %(number)s is public.")
            else:
                words = _("Release %(number)s will be public at the chosen moment.")
            messages.success(request, words % {"number": row.number})
            return redirect("desk_release", public_id)
    return _page(request, row, publishing=form)


@require_POST
@desk_view(Edition)
def cancel_release(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Call off the publication of a scheduled release: it is sealed again."""
    row, was = _release(request, public_id), _moment(request.POST.get("was", ""))
    try:
        cancel_schedule(release=public_id, was=was, by=request.user)
    except (InvalidTransition, Stale) as error:
        return _moved(request, public_id, error)
    words = _("The schedule of release %(number)s is cancelled. It is sealed, and nobody reads it.")
    messages.success(request, words % {"number": row.number})
    return redirect("desk_release", public_id)


@require_POST
@desk_view(Edition)
def withdraw(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Withdraw a release, with the reason that everyone may read."""
    row = _release(request, public_id)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            withdraw_release(release=public_id, reason=form.cleaned_data["reason"], by=request.user)
        except Invalid as error:
            _tell(form, error)
        except InvalidTransition as error:
            return _moved(request, public_id, error)
        else:
            messages.success(request, _("Release %(number)s is withdrawn.") % {"number": row.number})
            return redirect("desk_release", public_id)
    return _page(request, row, withdrawing=form)


#: Why a step was not taken, by where the release stands now: somebody else took another meanwhile.
_MOVED = {
    ReleaseStatus.SEALED: gettext_lazy("Nothing was done: the schedule of release %(number)s was cancelled meanwhile."),
    ReleaseStatus.SCHEDULED: gettext_lazy("Nothing was done: release %(number)s was scheduled meanwhile. Look at the day below."),
    ReleaseStatus.PUBLISHED: gettext_lazy("Nothing was done: release %(number)s became public meanwhile."),
    ReleaseStatus.WITHDRAWN: gettext_lazy("Nothing was done: release %(number)s was withdrawn meanwhile."),
}  # fmt: skip


def _moved(request: HttpRequest, public_id: str, error: HashiyaError) -> HttpResponseBase:
    """Tell at the top of its page what became of a release while somebody read an older page of it."""
    row = _release(request, public_id)
    status = status_of(row, timezone.now())
    is_odd = status == ReleaseStatus.SEALED and PastKind.WITHDRAWN in _past(row)
    words = sentence(error.code, error.params) if is_odd else _MOVED[status] % {"number": row.number}
    messages.error(request, words)
    return redirect("desk_release", public_id)


def _moment(given: str) -> datetime | None:
    """Return the moment that a page of before names; what is none is a moment at which nothing was planned."""
    try:
        found = parse_datetime(given)
    except ValueError:
        return None
    return found if found is None or timezone.is_aware(found) else None


def _tell(form: Any, error: HashiyaError) -> None:
    name = str(error.params.get("field", ""))
    form.add_error(name if name in form.fields else None, sentence(error.code, error.params))


@desk_view(Edition)
def read(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a sealed release exactly as the public reads it, or will."""
    row = _release(request, public_id)
    issue = issue_of(row, base=reverse("desk_release_read", args=[public_id]), picture=copy_address)
    context = release_context(issue, asked_of(request.GET), citation=None, data_base=issue.base)
    return render(request, "annotations/editions/read.html", {**context, "release": row})


@desk_view(Edition)
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a plan as the public would read it if it were sealed now."""
    row = _edition(request, public_id)
    issue, ready = previewed(row, request.viewer)
    context = release_context(issue, asked_of(request.GET), citation=None, data_base=issue.base)
    return render(request, "annotations/editions/preview.html", {**context, "edition": row, "ready": ready})


@desk_view(Edition)
def preview_chart(request: HttpRequest, public_id: str, which: str) -> HttpResponse:
    """Show the line of time or the map that a plan would have."""
    issue, _ready = previewed(_edition(request, public_id), request.viewer)
    return render(request, "annotations/charts/release.html", issue_chart_context(request, which, issue))


@desk_view(Edition)
def read_chart(request: HttpRequest, public_id: str, which: str) -> HttpResponse:
    """Show the line of time or the map of a sealed release."""
    base = reverse("desk_release_read", args=[public_id])
    issue = issue_of(_release(request, public_id), base=base, picture=copy_address)
    return render(request, "annotations/charts/release.html", issue_chart_context(request, which, issue))


def _edition(request: HttpRequest, public_id: str) -> Edition:
    return found(Edition.objects.select_related("work__collection", "text"), request, public_id)


def previewed(edition: Edition, viewer: Viewer) -> tuple[Issue, bool]:
    """Return the plan as an issue, showing only what the public may see, and whether it could be sealed."""
    plan = plan_for(viewer, edition)
    if plan.text is None:
        raise NotVisible("not_visible")
    last = edition.releases.order_by("-number").first()
    number = last.number + 1 if last else 1
    snapshot = build_snapshot(plan, number=number, previous=last.manifest_hash if last else "")
    issue = Issue(
        book=Book(snapshot), base=reverse("desk_edition_preview", args=[edition.public_id]),
        permalink=permalink(edition.slug, number),
        shown=shown_in_preview(frozenset((member.kind, member.id) for member in plan.members if member.public)),
        picture=copy_address, is_preview=True,
    )  # fmt: skip
    return issue, not stops(preflight(plan))


def copy_address(name: str) -> str:
    """Return where the editor gets a public copy that is named as in a snapshot."""
    image, _dash, rest = name.partition("-")
    return reverse("derivative", args=[image, rest.partition(".")[0]])


@desk_view(Edition)
def preview_data(request: HttpRequest, public_id: str, what: str) -> HttpResponse:
    """Send spans or notes of a preview to the page's script."""
    issue, _ready = previewed(_edition(request, public_id), request.viewer)
    return _data(request, issue, what)


@desk_view(Edition)
def read_data(request: HttpRequest, public_id: str, what: str) -> HttpResponse:
    """Send spans or notes of a sealed release to the page's script."""
    row: Release = _release(request, public_id)
    base = reverse("desk_release_read", args=[public_id])
    return _data(request, issue_of(row, base=base, picture=copy_address), what)


def _data(request: HttpRequest, issue: Issue, what: str) -> HttpResponse:
    start, end = issue.book.bounds(request.GET)
    if what == "spans":
        return HttpResponse(
            issue.book.spans_json(start, end, hidden=issue.hidden), content_type="application/json"
        )
    cards = Cards(issue)
    entries = [entry for entry in issue.book.between(0, end) if entry.end > start or entry.start >= start]
    return JsonResponse({"annotations": [cards.json(entry) for entry in entries[-MOST:]]})
