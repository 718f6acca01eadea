"""Texts on their way in: what waits, sending files, watching them being read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.access import visible_to
from archive.actions.read_again import read_again
from archive.actions.receive_file import receive_file
from archive.actions.start_import import start_import
from archive.enums import ImportState, JobState
from archive.errors import HashiyaError, ImportRefused, Invalid
from archive.forms.imports import ReadAgainForm, UploadForm
from archive.importers.registry import importers
from archive.media import limits
from archive.media.upload import upload_refusal
from archive.models import ImportRun, TextDraft
from archive.presenters import desk_words, import_words
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view, found, page_of, wants_json

#: Refusals after which another encoding may help.
ENCODING_ERRORS = frozenset({"unknown_encoding", "truncated", "not_text"})


@require_GET
@desk_view(ImportRun)
def texts(request: DeskRequest) -> HttpResponse:
    """Imports and corrections, the newest first."""
    runs = visible_to(ImportRun, request.viewer).select_related("arrival", "draft", "work", "job")
    state = request.GET.get("state", "")
    if state in set(ImportState):
        runs = runs.filter(state=state)
    corrections = (
        visible_to(TextDraft, request.viewer)
        .filter(run=None, state="open")
        .select_related("text__work", "base", "created_by")
        .defer("content", "blocks", "marks", "repairs")[:50]
    )
    context = {
        "page_obj": page_of(runs.defer("draft__content", "draft__blocks", "draft__marks", "draft__repairs"),
        request),
        "corrections": corrections, "state": state, "states": import_words.RUN_STATES,
        "status": desk_words.STATUS,
    }  # fmt: skip
    return render(request, "archive/desk/texts.html", context)


@require_http_methods(["GET", "POST"])
@desk_view(ImportRun)
def upload(request: DeskRequest) -> HttpResponseBase:
    """Send in texts: a form for browsers, JSON with one file at a time for scripts."""
    if request.method == "GET":
        initial = {name: request.GET[name] for name in ("work", "language", "video") if name in request.GET}
        return _upload_page(request, UploadForm(viewer=request.viewer, initial=initial))
    form = UploadForm(request.POST, request.FILES, viewer=request.viewer)
    stopped = upload_refusal(request, limit=limits.TEXT_BYTES)
    if stopped is not None:
        return _refused(request, form, stopped)
    if not form.is_valid():
        if wants_json(request):
            return JsonResponse({"errors": form.errors, "sentence": _first_error(form)}, status=422)
        return _upload_page(request, form, status=422)
    if wants_json(request):
        return _receive_for_script(request, form)
    return _receive_all(request, form)


def _first_error(form: UploadForm) -> str:
    return next(str(error) for errors in form.errors.values() for error in errors)


def _upload_page(request: DeskRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    context = {
        **formats(),
        "form": form,
        "limit": limits.TEXT_BYTES,
        "limit_mb": limits.TEXT_BYTES // 1024**2,
    }
    return render(request, "archive/desk/upload.html", context, status=status)


def formats() -> dict[str, str]:
    """Return the formats that are taken, in words and as the file input wants them."""
    specs = importers()
    return {
        "formats": _(", ").join(
            str(import_words.IMPORTERS.get(spec.code, spec.label_msgid)) for spec in specs
        ),
        "accept": ",".join(kind for spec in specs for kind in (*spec.extensions, *spec.media_types)),
    }


def _refused(request: DeskRequest, form: UploadForm, error: HashiyaError) -> HttpResponse:
    words = sentence(error.code, error.params)
    if wants_json(request):
        return JsonResponse({"code": error.code, "sentence": words}, status=error.status)
    form.add_error("file", words)
    return _upload_page(request, form, status=error.status)


def _start(request: DeskRequest, form: UploadForm, file: UploadedFile, number: int = 0) -> ImportRun:
    """Receive one file and promise its reading."""
    if not file.size:
        raise Invalid("empty_file")
    arrival = receive_file(
        source=file.chunks(), filename=file.name or "", max_bytes=limits.TEXT_BYTES, by=request.user
    )  # fmt: skip
    values = form.cleaned_data
    key = f"{values['key']}:{number}" if values["key"] else ""
    return start_import(
        arrival=arrival, language=values["language"], importer_code=values["importer"], work=values["work"],
        encoding=values["encoding"], video=values["video"], transcript_kind=values["transcript_kind"], key=key,
        by=request.user,
    )  # fmt: skip


def _receive_for_script(request: DeskRequest, form: UploadForm) -> HttpResponse:
    files = form.cleaned_data["file"]
    try:
        run = _start(request, form, files[0])
    except HashiyaError as error:
        return _refused(request, form, error)
    stored = run.arrival.stored_file
    return JsonResponse(
        {
            "id": run.public_id, "url": reverse("import_run", args=[run.public_id]),
            "job": reverse("job", args=[run.job.public_id]) if run.job else "",
            "filename": run.arrival.filename, "size": stored.size, "sha256": stored.sha256,
        },
        status=201,
    )  # fmt: skip


def _receive_all(request: DeskRequest, form: UploadForm) -> HttpResponse:
    runs: list[ImportRun] = []
    for number, file in enumerate(form.cleaned_data["file"]):
        try:
            runs.append(_start(request, form, file, number))
        except HashiyaError as error:
            form.add_error("file", f"{file.name}: {sentence(error.code, error.params)}")
            if error.status == 507:
                break
    if form.errors and not runs:
        return _upload_page(request, form, status=422)
    for words in form.errors.get("file", []):
        messages.error(request, str(words))
    if len(runs) == 1 and not form.errors:
        return redirect("import_run", runs[0].public_id)
    received = ngettext("%(n)s file was received.", "%(n)s files were received.", len(runs)) % {
        "n": len(runs)
    }
    messages.success(request, received)
    return redirect("desk_texts")


@require_GET
@desk_view(ImportRun)
def run(request: DeskRequest, public_id: str) -> HttpResponse:
    """How far a file is; its report as soon as there is one."""
    run = found(ImportRun.objects.select_related("arrival__stored_file", "job"), request, public_id)
    draft = TextDraft.objects.filter(run=run).only("public_id").first()
    if draft is not None:
        return redirect("draft", draft.public_id)
    context: dict[str, Any] = {"run": run, "job": run.job, "failed": failure_of(run)}
    context["waiting"] = not context["failed"]
    context["again"] = ReadAgainForm() if run.error.get("code") in ENCODING_ERRORS else None
    return render(request, "archive/desk/run.html", context)


@require_POST
@desk_view(ImportRun)
def again(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Read the file once more, in the encoding that was chosen."""
    run = found(ImportRun, request, public_id)
    form = ReadAgainForm(request.POST)
    try:
        if not form.is_valid():
            raise ImportRefused("unknown_encoding")
        run = read_again(run_id=run.pk, encoding=form.cleaned_data["encoding"], by=request.user)
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect("import_run", run.public_id)


def failure_of(run: ImportRun) -> str:
    """Return the sentence that says why a file was not read, "" while that is not known."""
    if run.state == ImportState.FAILED:
        return sentence(run.error.get("code", "job_broken"), run.error.get("params"))
    if run.job is not None and run.job.state == JobState.FAILED:
        return sentence(run.job.message.get("code", "job_broken"), run.job.message.get("params"))
    return _("This import was laid aside.") if run.state == ImportState.ABANDONED else ""
