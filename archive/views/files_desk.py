"""All files that were received: how their bytes are, when each was last read again, what happened to each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from archive.access import may, visible_to
from archive.actions.check_file import check_file
from archive.actions.repair_file import in_folder, promise_repair, repair_file
from archive.enums import Fixity
from archive.errors import HashiyaError
from archive.media import elsewhere, fixity, replica
from archive.models import AuditEvent, ElsewhereCopy, FileArrival, FixityCheck, StoredFile, User
from archive.presenters import custody, desk_words
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view, found, page_of

#: Lines of one file's log.
LOG = 200
SHOWN = ("not_intact", "unchecked", "overdue")


@require_GET
@desk_view(FileArrival)
def files(request: DeskRequest) -> HttpResponse:
    """Arrivals, the newest first, with the outcome of the last check of their bytes."""
    rows = _with_check(visible_to(FileArrival, request.viewer).select_related("stored_file", "sent_by"))
    query, show = request.GET.get("q", "").strip()[:200], request.GET.get("show", "")
    if query:
        rows = rows.filter(filename__icontains=query)
    if show == "not_intact":
        rows = rows.filter(checked__in=[Fixity.DAMAGED, Fixity.UNREADABLE])
    elif show == "unchecked":
        rows = rows.filter(checked=None)
    elif show == "overdue":
        rows = rows.filter(stored_file__in=fixity.overdue(timezone.now()).values("pk"))
    context = {
        "page_obj": page_of(rows.order_by("-pk"), request), "query": query, "show": show if show in SHOWN else "",
        "fixity": desk_words.FIXITY, "status": desk_words.STATUS, "board": fixity.board(timezone.now()),
        "cycle": fixity.CYCLE.days, "has_replica": replica.root() is not None,
        "elsewhere": elsewhere.board(), "troubles": desk_words.TROUBLES,
    }  # fmt: skip
    return render(request, "archive/desk/files.html", context)


@require_GET
@desk_view(FileArrival)
def file(request: DeskRequest, public_id: str) -> HttpResponse:
    """One file: what it is, what it became, and everything that happened to its bytes."""
    arrival = found(FileArrival.objects.select_related("stored_file", "sent_by"), request, public_id)
    stored = fixity.with_last_check(StoredFile.objects.all()).get(pk=arrival.stored_file_id)
    images = list(arrival.images.all())
    runs = list(arrival.import_runs.all())
    captures = list(visible_to(arrival.captures.select_related("video"), request.viewer))
    lines = custody.log([*_checks(stored), *_acts(arrival, images, runs, captures)])[:LOG]
    names = User.objects.in_bulk({line.actor_id for line in lines if line.actor_id})
    context = {
        "arrival": arrival, "stored": stored, "images": images, "runs": runs, "captures": captures,
        "fixity": desk_words.FIXITY,
        "status": desk_words.STATUS, "lines": [(line, names.get(line.actor_id or 0)) for line in lines],
        "next_due": stored.seen_at + fixity.CYCLE - fixity.SLACK,
        "replicated": replica.root() and replica.of_sha256(stored.sha256).is_file(),
        "has_replica": replica.root() is not None, "elsewhere": elsewhere.place(),
        "kept_elsewhere": ElsewhereCopy.objects.filter(stored_file=stored).first(),
        "copy_states": desk_words.ELSEWHERE,
        "may_repair": may(request.viewer, "repair", FileArrival),
    }  # fmt: skip
    return render(request, "archive/desk/file.html", context)


@require_POST
@desk_view(FileArrival)
def check(request: DeskRequest, public_id: str) -> HttpResponse:
    """Read one file again, now."""
    arrival = found(FileArrival.objects.select_related("stored_file"), request, public_id)
    outcome = check_file(stored_file=arrival.stored_file, by=request.user).outcome
    level = messages.SUCCESS if outcome == Fixity.INTACT else messages.ERROR
    messages.add_message(request, level, str(desk_words.FIXITY[outcome]))
    return redirect("desk_file", public_id)


@require_POST
@desk_view(FileArrival, "repair")
def repair(request: DeskRequest, public_id: str) -> HttpResponse:
    """Put the second copy's bytes in the place of damaged ones."""
    arrival = found(FileArrival.objects.select_related("stored_file"), request, public_id)
    if not in_folder(arrival.stored_file) and elsewhere.place():
        promise_repair(stored_file=arrival.stored_file, by=request.user)
        messages.info(request, _("The copy is being fetched. Look at this page again in a moment."))
        return redirect("desk_file", public_id)
    try:
        repair_file(stored_file=arrival.stored_file, by=request.user)
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    else:
        messages.success(request, _("The file is whole again."))
    return redirect("desk_file", public_id)


def _with_check(rows: QuerySet[FileArrival]) -> QuerySet[FileArrival]:
    checks = FixityCheck.objects.filter(stored_file=OuterRef("stored_file")).order_by("-pk")
    return rows.annotate(
        checked=Subquery(checks.values("outcome")[:1]), checked_at=Subquery(checks.values("checked_at")[:1])
    )


def _checks(stored: StoredFile) -> list[custody.Entry]:
    rows = stored.checks.order_by("-pk")[:LOG]
    return [custody.check_entry(row.outcome, row.checked_at) for row in rows]


def _acts(
    arrival: FileArrival, images: list[Any], runs: list[Any], captures: list[Any]
) -> list[custody.Entry | None]:
    """Return the acts of the record that concern this file and what was made of it."""
    targets = {
        "filearrival": [arrival.public_id], "storedfile": [str(arrival.stored_file_id)],
        "image": [image.public_id for image in images], "importrun": [run.public_id for run in runs],
        "capture": [capture.public_id for capture in captures],
    }  # fmt: skip
    events = [
        event
        for kind, ids in targets.items()
        for event in AuditEvent.objects.filter(target_kind=kind, target_id__in=ids).order_by("-sequence")[
            :LOG
        ]
    ]
    return [custody.event_entry(event.action, event.facts, event.at, event.actor_id) for event in events]
