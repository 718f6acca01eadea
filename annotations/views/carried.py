"""Notes whose place a person must look at after a text was revised: put back, retired with a reason, or asked about."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from annotations.access.texts import revision_of
from annotations.actions.reattach import reattach
from annotations.actions.say_reply import say_reply
from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.models import Annotation
from annotations.presenters.carried import describe_doubtful, doubtful_notes
from annotations.presenters.finding import occurrences
from annotations.values import TextPlace
from annotations.views.requests import Request
from archive.errors import HashiyaError
from archive.models import TextRevision
from archive.presenters.messages import sentence
from archive.text.numbers import whole_number

PER_PAGE = 20
#: Notes among which the next one is looked for.
MOST_WALKED = 1_000
#: Letters of the reason for which a note is retired.
LONGEST_REASON = 2_000


@login_required
def carried(request: Request, public_id: str) -> HttpResponseBase:
    """List them with old words and possible places; put one back on the place that was chosen or quoted, or retire it."""
    revision = revision_of(request.viewer, public_id)
    revision.refresh_from_db(fields=["content"])
    notes = doubtful_notes(request.viewer, revision)
    if request.method == "POST":
        address = _next(request, notes)
        if _ACTS.get(request.POST.get("act", ""), _put_back)(request, revision):
            return redirect(address)
    page = Paginator(notes, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "text": revision.text, "work": revision.text.work, "revision": revision, "page": page,
        "items": describe_doubtful(page.object_list, revision),
        "refused": request.POST.get("note", ""), "typed": request.POST.get("words", ""),
        "reason": request.POST.get("reason", ""), "act": request.POST.get("act", ""), "longest": LONGEST_REASON,
    }  # fmt: skip
    return render(
        request, "annotations/carried/page.html", context, status=422 if request.method == "POST" else 200
    )


def _next(request: Request, notes: QuerySet[Annotation]) -> str:
    """Return the address of the list at the note after the one that is posted, so that keys go on from there."""
    listed = list(notes.values_list("public_id", flat=True)[:MOST_WALKED])
    at = listed.index(request.POST["note"]) if request.POST.get("note") in listed else len(listed)
    page = request.GET.get("page", "")
    after = listed[at + 1] if at + 1 < len(listed) else ""
    return request.path + (f"?page={page}" if page.isdigit() else "") + (f"#note-{after}" if after else "")


def _retire(request: Request, revision: TextRevision) -> bool:
    """Take the note back for the reason that was posted; nothing of it is lost, its author still finds it."""
    reason = request.POST.get("reason", "").strip()
    if not reason:
        messages.error(request, _("Say why the note is retired."))
        return False
    try:
        withdraw_annotation(
            annotation=request.POST.get("note", ""), version_id=request.POST.get("version", ""),
            reason=reason[:LONGEST_REASON], by=request.user,
        )  # fmt: skip
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
        return False
    messages.success(request, _("The note is retired. You still find it among your notes."))
    return True


def _ask(request: Request, revision: TextRevision) -> bool:
    """Ask the note's author to retire it, in the talk about it: who else may put it back does not take it away.

    Of one wording of the text somebody asks once; sent again, it is the reply of the first time.
    """
    reason = request.POST.get("reason", "").strip()
    note = request.POST.get("note", "")
    if not reason:
        messages.error(request, _("Say why the note should be retired."))
        return False
    try:
        say_reply(
            annotation=note, body=reason[:LONGEST_REASON], idempotency_key=f"retire {note} {revision.number}",
            by=request.user,
        )  # fmt: skip
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
        return False
    messages.success(request, _("Its author is asked, in the talk about the note."))
    return True


def _put_back(request: Request, revision: TextRevision) -> bool:
    """Re-attach to the posted place; say what is wrong with it, the note staying as it is and the words as typed."""
    if request.POST.get("span") and request.POST.get("revision") != str(revision.number):
        # Its numbers count another wording: the same ones here would be a wrong place that looks chosen.
        messages.error(request, _("The text was corrected meanwhile. Look where the note belongs now."))
        return False
    place = _place(request, revision)
    if place is None:
        messages.error(
            request, _("These words do not stand in the text just once. Quote a few more of them.")
        )
        return False
    try:
        reattach(
            annotation=request.POST.get("note", ""), place=place, seen=whole_number(request.POST.get("attempt", "")) or 0,
            by=request.user,
        )  # fmt: skip
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
        return False
    messages.success(request, _("The note is back on its passage."))
    return True


_ACTS = {"retire": _retire, "ask": _ask}


def _place(request: Request, revision: TextRevision) -> TextPlace | None:
    text, span = revision.text.public_id, request.POST.get("span", "")
    start, _dash, end = span.partition("-")
    first, last = whole_number(start), whole_number(end)
    if first is not None and last is not None and first < last <= len(revision.content):
        return TextPlace(text, revision.number, first, last, revision.content[first:last])
    words = request.POST.get("words", "").strip()
    found = occurrences(revision.content, words) if words else []
    if len(found) != 1:
        return None
    return TextPlace(text, revision.number, found[0].start, found[0].end, found[0].exact)
