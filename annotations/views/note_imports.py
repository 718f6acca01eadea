"""Notes of other systems: a file is sent in, looked at note by note, brought in as one step, and taken back as one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from annotations.access.contents import content_of
from annotations.access.readings import current_of
from annotations.access.texts import revision_of
from annotations.actions.apply_notes import WAITING_REASONS, apply_notes, undo_notes
from annotations.actions.import_notes import (
    NOTES_AT_ONCE,
    choose_places,
    forget_import,
    import_notes,
    look_again,
    state_before,
)
from annotations.enums import ArrivalOutcome
from annotations.exchange.notes.formats import FORMATS
from annotations.exchange.notes.records import MOST, MOST_BYTES
from annotations.forms.note_import import NoteImportForm
from annotations.models import NoteImport, NoteImportRow
from annotations.presenters.finding import occurrences
from annotations.presenters.note_imports import OUTCOMES, left_out_words, shown_rows
from annotations.presenters.paging import page_of
from annotations.views.requests import Request
from archive.access import visible_to
from archive.actions.run_job import run_job
from archive.enums import JobState, StepState
from archive.errors import HashiyaError, ImportRefused
from archive.media.upload import upload_refusal
from archive.models import Text
from archive.presenters.messages import sentence
from archive.presenters.step_words import LOOKS, STATES
from archive.text.numbers import whole_number
from archive.views.desk_tools import desk_view, found
from archive.views.jobs import job_words

PER_PAGE = 30
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})\Z")


@require_http_methods(["GET", "POST"])
@desk_view(NoteImport)
def note_import_new(request: Request, public_id: str = "") -> HttpResponseBase:
    """Send in a file of notes on a text, or, from one's notes, on what each names; they are shown next."""
    text = revision_of(request.viewer, public_id).text if public_id else None
    form = NoteImportForm(
        request.POST or None,
        request.FILES or None,
        initial={"unknown_tags": "words", "others": "out", "visibility": "open"},
    )
    status = 200
    if request.method == "POST":
        status = 422
        stopped = upload_refusal(request, limit=MOST_BYTES)
        if stopped is not None:
            messages.error(request, sentence(stopped.code, stopped.params))
        elif form.is_valid():
            try:
                return redirect(_received(request, form, public_id))
            except HashiyaError as error:
                form.add_error("file", sentence(error.code, error.params))
                status = error.status
    earlier = visible_to(NoteImport, request.viewer).select_related("text__work").defer("data", "base")
    if text:
        earlier = earlier.filter(text=text)
    context = {
        "form": form, "text": text, "work": text.work if text else None, "limit_mb": MOST_BYTES // 1024**2, "most": MOST,
        "formats": FORMATS.values(), "earlier": earlier.annotate(size=Count("rows"))[:10], "states": STATES, "looks": LOOKS,
    }  # fmt: skip
    return render(request, "annotations/note_imports/new.html", context, status=status)


def _received(request: Request, form: NoteImportForm, text: str) -> NoteImport:
    given = form.cleaned_data
    base = given.get("base")
    for file in (given["file"], base):
        if file and file.size > MOST_BYTES:
            raise ImportRefused("too_large", limit_mb=MOST_BYTES // 1024**2)
    return import_notes(
        data=given["file"].read(), filename=given["file"].name or "", text=text, form=given["format"],
        unknown_tags=given["unknown_tags"], others=given["others"], visibility=given["visibility"],
        base=base.read() if base else b"", by=request.user,
    )  # fmt: skip


@require_GET
@desk_view(NoteImport)
def note_import(request: Request, public_id: str) -> HttpResponseBase:
    """What a file holds, note by note, and what becomes of each."""
    rows = NoteImport.objects.select_related("created_by", "text__work", "job").defer("data", "base")
    step = found(rows, request, public_id)
    return render(request, "annotations/note_imports/step.html", _context(request, step))


def _context(request: Request, step: NoteImport) -> dict[str, Any]:
    counts = dict(step.rows.order_by().values_list("outcome").annotate(n=Count("pk")))
    show = request.GET.get("show", "")
    listed = step.rows.filter(outcome=show) if show in counts else step.rows.all()
    page = page_of(request, listed.order_by("place", "pk"), PER_PAGE)
    failed = step.job is not None and step.job.state == JobState.FAILED and step.state in _RUNNING
    shown = shown_rows(step, page, request.viewer)
    lost = (
        step.rows.filter(outcome=ArrivalOutcome.OUT, problem__code__in=WAITING_REASONS)
        .exclude(text="")
        .count()
    )
    stopped, state = step.asked.get("stopped"), state_before(step) or step.state
    return {
        "step": step, "page_obj": page, "rows": shown, "show": show, "counts": counts, "text": step.text,
        "tabs": [(code, OUTCOMES[code], counts[code]) for code in OUTCOMES if code in counts],
        "format": FORMATS[step.asked["found_format"]].name if step.asked.get("found_format") in FORMATS else "",
        "states": STATES, "looks": LOOKS, "is_open": state == StepState.PREVIEWED,
        "can_undo": state == StepState.APPLIED, "ready": counts.get(ArrivalOutcome.READY, 0),
        "unsure": counts.get(ArrivalOutcome.ASK, 0) + lost, "made": counts.get(ArrivalOutcome.MADE, 0) + counts.get(ArrivalOutcome.WAITS, 0),
        "kept": counts.get(ArrivalOutcome.KEPT, 0), "waits": counts.get(ArrivalOutcome.WAITS, 0),
        "left_out": left_out_words(step), "sources": step.asked.get("told_sources", []),
        "stopped": sentence(stopped["code"], stopped["params"]) if stopped else "",
        "failed": job_words(step.job) if failed and step.job else "", "running": step.state in _RUNNING and not failed,
        "progress_words": job_words(step.job) if step.job else "", "may_choose": any(row.may_choose for row in shown),
    }  # fmt: skip


_RUNNING = (StepState.PLANNING, StepState.APPLYING, StepState.UNDOING)


@require_POST
@desk_view(NoteImport)
def note_import_apply(request: Request, public_id: str) -> HttpResponseBase:
    """Bring in the notes whose places are known; with `waiting` the others too, to be placed by hand."""
    waiting = request.POST.get("waiting") == "1"
    return _act(request, public_id, lambda step: apply_notes(step=step, waiting=waiting, by=request.user))


@require_POST
@desk_view(NoteImport)
def note_import_undo(request: Request, public_id: str) -> HttpResponseBase:
    """Take the notes of a file back where nobody touched them since."""
    return _act(request, public_id, lambda step: undo_notes(step=step, by=request.user))


def _act(request: Request, public_id: str, action: Callable[[str], NoteImport]) -> HttpResponseBase:
    step = found(NoteImport.objects.defer("data", "base"), request, public_id)
    try:
        done = action(step.public_id)
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
        return redirect(step)
    if done.state in (StepState.APPLYING, StepState.UNDOING) and done.rows.count() <= NOTES_AT_ONCE:
        run_job(done.job_id)
    done.refresh_from_db(fields=["state", "asked"])
    if done.state == StepState.APPLIED:
        messages.success(
            request,
            _("The notes are brought in as drafts of yours. They can be taken back from this page as one."),
        )
    elif done.state == StepState.UNDONE:
        messages.success(request, _("The notes are taken back, except where you have touched them since."))
    elif done.state == StepState.PREVIEWED:
        messages.error(request, _("Nothing was brought in. The page says what stood in the way."))
    return redirect(step)


@require_POST
@desk_view(NoteImport)
def note_import_choose(request: Request, public_id: str) -> HttpResponseBase:
    """Keep the places that were chosen, quoted, or left out."""
    step = found(NoteImport.objects.defer("data", "base"), request, public_id)
    back = request.POST.get("next", "")
    try:
        choices, unfound = _choices(request, step)
        if choices:
            count = choose_places(step=step.public_id, choices=choices, by=request.user)
            messages.success(
                request, ngettext("%(n)s choice is kept.", "%(n)s choices are kept.", count) % {"n": count}
            )
        if unfound:
            messages.error(
                request,
                _("These words do not stand in the text just once: %(words)s. Quote a few more of them.")
                % {"words": "، ".join(unfound)[:300]},
            )
        if not choices and not unfound:
            messages.error(request, _("Nothing was chosen."))
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect(f"{step.get_absolute_url()}?{back}" if re.fullmatch(r"[\w=&-]{1,60}", back) else step)


def _choices(request: Request, step: NoteImport) -> tuple[dict[int, tuple[int, int] | None], list[str]]:
    """Return what was chosen by the notes' places in the file, and the quoted words that do not stand just once."""
    chosen: dict[int, tuple[int, int] | None] = {}
    unfound: list[str] = []
    for name in list(request.POST)[:1000]:
        kind, _dash, place = name.partition("-")
        number = whole_number(place)
        if number is None or kind not in ("place", "words"):
            continue
        value = request.POST[name].strip()
        span = _SPAN.match(value) if kind == "place" else None
        if span:
            chosen.setdefault(number, (int(span[1]), int(span[2])))
        elif kind == "place" and value == "out":
            chosen[number] = None
        elif kind == "words" and value:
            places = _found_words(request, step, number, value)
            if places is None:
                unfound.append(value[:80])
            else:
                chosen[number] = places
    return chosen, unfound


def _found_words(request: Request, step: NoteImport, place: int, words: str) -> tuple[int, int] | None:
    row = NoteImportRow.objects.filter(step=step, place=place).first()
    current = current_of(row.text, request.viewer) if row and row.text else None
    if current is None:
        return None
    places = occurrences(content_of(current.revision_id, current.sha256), words[:2000])
    return (places[0].start, places[0].end) if len(places) == 1 else None


@require_POST
@desk_view(NoteImport)
def note_import_again(request: Request, public_id: str) -> HttpResponseBase:
    """Work out anew what becomes of the notes: which addresses are this text, what becomes of the others."""
    step = found(NoteImport.objects.defer("data", "base"), request, public_id)
    told = [source for source, _count, _use in step.asked.get("told_sources", [])]
    sources = {source: request.POST.get(f"source-{number}", "") for number, source in enumerate(told)}
    try:
        look_again(
            step=step.public_id, sources={source: use for source, use in sources.items() if use},
            others=request.POST.get("others", ""), by=request.user,
        )  # fmt: skip
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect(step)


@require_POST
@desk_view(NoteImport)
def note_import_forget(request: Request, public_id: str) -> HttpResponseBase:
    """Let go of a file that was only looked at."""
    step = found(NoteImport.objects.select_related("text").defer("data", "base"), request, public_id)
    text: Text | None = step.text
    try:
        forget_import(step=step.public_id, by=request.user)
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
        return redirect(step)
    messages.success(request, _("The file is forgotten. Nothing of it was brought in."))
    return redirect("text_note_import", text.public_id) if text else redirect("note_import_new")
