"""Works in several parts: sending the files in, arranging them, accepting them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from archive.access import visible_to
from archive.actions.accept_parts import ACCEPT_PARTS, ask_accept_parts
from archive.actions.arrange_parts import arrange_parts, coming_to, stamp_of, texts_of
from archive.actions.create_work import create_work
from archive.actions.place_part import clear_part, place_part, replace_part
from archive.actions.receive_file import receive_file
from archive.enums import DraftState, ImportState, JobState, ProblemState, TextRole
from archive.errors import HashiyaError, Invalid, Stale
from archive.forms.parts import ArrangeForm, PartsForm, ReplacementForm
from archive.media import limits
from archive.media.upload import upload_refusal
from archive.models import FileArrival, ImportRun, Job, Text, TextDraft, Work
from archive.presenters import desk_words, import_words
from archive.presenters.messages import sentence
from archive.presenters.parts import choice_label, numbers
from archive.text.part import natural_key
from archive.views.desk_tools import DeskRequest, desk_view, found
from archive.views.imports import failure_of, formats
from archive.views.jobs import job_words


@require_http_methods(["GET", "POST"])
@desk_view(ImportRun)
def parts_upload(request: DeskRequest) -> HttpResponseBase:
    """Send in several files that are one work."""
    if request.method == "GET":
        initial = {name: request.GET[name] for name in ("work", "language") if name in request.GET}
        return _upload_page(request, PartsForm(viewer=request.viewer, initial=initial))
    form = PartsForm(request.POST, request.FILES, viewer=request.viewer)
    stopped = upload_refusal(request, limit=limits.TEXT_BYTES)
    if stopped is not None:
        form.add_error("file", sentence(stopped.code, stopped.params))
        return _upload_page(request, form, status=stopped.status)
    if not form.is_valid():
        return _upload_page(request, form, status=422)
    return _receive_all(request, form)


def _upload_page(request: DeskRequest, form: PartsForm, status: int = 200) -> HttpResponse:
    context = {**formats(), "form": form, "limit_mb": limits.TEXT_BYTES // 1024**2}
    return render(request, "archive/desk/parts_upload.html", context, status=status)


def _receive_all(request: DeskRequest, form: PartsForm) -> HttpResponse:
    """Receive each file by itself: one that is refused leaves the others as they are."""
    values = form.cleaned_data
    work: Work | None = values["work"]
    received = 0
    for number, file in enumerate(sorted(values["file"], key=lambda each: natural_key(each.name or ""))):
        try:
            arrival = _received(request, file)
            work = work or _new_work(request, values)
            place_part(
                arrival=arrival, work=work, language=values["language"],
                role=TextRole(values["role"]), importer_code=values["importer"], encoding=values["encoding"],
                key=f"{values['key']}:{number}" if values["key"] else "", by=request.user,
            )  # fmt: skip
            received += 1
        except HashiyaError as error:
            messages.error(request, f"{file.name}: {sentence(error.code, error.params)}")
            if error.status == 507:
                break
    words = ngettext("%(n)s file was received.", "%(n)s files were received.", received) % {"n": received}
    if received:
        messages.success(request, words)
    return redirect("desk_parts", work.public_id) if work else redirect("parts_upload")


def _new_work(request: DeskRequest, values: dict[str, Any]) -> Work:
    described = {name: values[name] for name in ("title_ar", "title_en", "language")}
    return create_work(values=described | {"kind": "book"}, key=values["key"], by=request.user)


def _received(request: DeskRequest, file: UploadedFile) -> FileArrival:
    if not file.size:
        raise Invalid("empty_file")
    return receive_file(
        source=file.chunks(), filename=file.name or "", max_bytes=limits.TEXT_BYTES, by=request.user
    )


@require_http_methods(["GET", "POST"])
@desk_view(Work)
def parts(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """The parts of a work: their order, what they are called, how far each is."""
    work = found(Work, request, public_id)
    if request.method == "GET":
        return _parts_page(request, work)
    form = ArrangeForm(request.POST, texts=texts_of(work), runs=coming_to(work))
    if not form.is_valid() and form.cleaned_data.get("stamp") == stamp_of(texts_of(work), coming_to(work)):
        return _parts_page(request, work, form=form, status=422)
    try:
        if not form.is_valid():
            raise Stale("parts_changed")
        arrange_parts(
            work_id=work.pk, stamp=form.cleaned_data["stamp"], wanted=form.wanted(), by=request.user
        )
    except Stale as error:
        return _parts_page(request, work, form=form, refused=error, status=error.status)
    messages.success(request, _("Order and titles are saved."))
    return redirect("desk_parts", work.public_id)


def _parts_page(
    request: DeskRequest, work: Work, *, form: ArrangeForm | None = None, refused: Stale | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    texts, runs = _texts(request, work), _runs(request, work)
    drafts = _drafts(runs)
    stamp = stamp_of(texts, runs)
    if form is None:
        form = ArrangeForm(initial={"stamp": stamp}, texts=texts, runs=runs)
    elif refused is not None:
        # The words stay; the next sending is about what stands here now.
        data = form.data.copy()
        data["stamp"] = stamp
        fresh = ArrangeForm(texts=texts, runs=runs)
        for name, field in fresh.fields.items():
            data.setdefault(name, field.initial or "")
        form = ArrangeForm(data, texts=texts, runs=runs)
        form.add_error(None, sentence(refused.code, refused.params))
    places = numbers(texts)
    rows = [
        *({"text": text, "label": choice_label(text, places.get(text.pk)), **form.fields_of(text.public_id)}
          for text in texts),
        *(_coming(run, drafts.get(run.pk)) | form.fields_of(run.public_id) for run in runs),
    ]  # fmt: skip
    context = {
        "work": work, "form": form, "rows": sorted(rows, key=_place), "job": _acceptance(request, work),
        "clean": [row["draft"] for row in rows if row.get("clean")], "replacement": ReplacementForm(),
        "waiting": any(row.get("waiting") for row in rows), **formats(),
    }  # fmt: skip
    return render(request, "archive/desk/parts.html", context, status=status)


def _place(row: dict[str, Any]) -> tuple[int, int]:
    part = row.get("text") or row["run"]
    return (part.order if isinstance(part, Text) else part.part_order), part.pk


def _texts(request: DeskRequest, work: Work) -> list[Text]:
    rows = visible_to(Text, request.viewer).filter(work=work).select_related("current_revision")
    heavy = [f"current_revision__{name}" for name in ("content", "blocks", "marks")]
    return list(rows.defer(*heavy).order_by("order", "pk"))


def _runs(request: DeskRequest, work: Work) -> list[ImportRun]:
    keys = [run.pk for run in coming_to(work)]
    rows = visible_to(ImportRun, request.viewer).filter(pk__in=keys).select_related("arrival", "job")
    return list(rows.order_by("part_order", "pk"))


def _drafts(runs: list[ImportRun]) -> dict[int, TextDraft]:
    """Return the drafts of these files by file, each with how many open problems it has."""
    open_ = Count("problems", filter=Q(problems__state=ProblemState.OPEN))
    rows = TextDraft.objects.filter(run__in=runs, state=DraftState.OPEN).annotate(open_count=open_)
    return {draft.run_id: draft for draft in rows.only("public_id", "title", "sha256", "run") if draft.run_id}


def _coming(run: ImportRun, draft: TextDraft | None) -> dict[str, Any]:
    failed = failure_of(run)
    state = "failed" if failed else run.state
    return {
        "run": run, "failed": failed, "draft": draft, "clean": draft is not None and not draft.open_count,
        "waiting": not failed and run.state in (ImportState.QUEUED, ImportState.PARSING),
        "state": import_words.RUN_STATES[state], "status": desk_words.STATUS[state],
        "label": desk_words.TEXT_ROLES[run.part_role],
    }  # fmt: skip


def _acceptance(request: DeskRequest, work: Work) -> dict[str, Any] | None:
    """Return how far the last acceptance of several parts is, when this person asked for it."""
    rows = visible_to(Job, request.viewer).filter(kind=ACCEPT_PARTS, created_by=request.user)
    job = rows.filter(payload__work=work.pk).order_by("-pk").first()
    if job is None:
        return None
    refused = job.result.get("refused", []) if job.state == JobState.DONE else []
    return {
        "row": job, "words": job_words(job), "under_way": job.state in (JobState.QUEUED, JobState.RUNNING),
        "failed": job.state == JobState.FAILED,
        "refused": [sentence(each["code"], each.get("params")) for each in refused],
    }  # fmt: skip


@require_POST
@desk_view(Work)
def accept(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Accept the parts that the form names, each as it was read."""
    work = found(Work, request, public_id)
    drafts = dict(pair.partition(":")[::2] for pair in request.POST.getlist("draft")[:1000])
    try:
        ask_accept_parts(work=work, drafts=drafts, by=request.user)
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect("desk_parts", work.public_id)


@require_POST
@desk_view(ImportRun)
def replace(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Send another file in the place of one, or lay it aside."""
    run = found(ImportRun.objects.select_related("work"), request, public_id)
    if run.work is None:
        return redirect("import_run", run.public_id)
    try:
        if "aside" in request.POST:
            clear_part(run_id=run.pk, by=request.user)
            messages.success(request, _("The part was laid aside. Its file is kept."))
        else:
            _replaced(request, run)
            messages.success(request, _("The other file was received in its place."))
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect("desk_parts", run.work.public_id)


def _replaced(request: DeskRequest, run: ImportRun) -> None:
    stopped = upload_refusal(request, limit=limits.TEXT_BYTES)
    if stopped is not None:
        raise stopped
    form = ReplacementForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Invalid("nothing_sent")
    replace_part(run_id=run.pk, arrival=_received(request, form.cleaned_data["file"]), by=request.user)
