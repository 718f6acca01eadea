"""Authority files on the desk: loaded from tables, looked into, and asked for what a term is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from annotations.access.matching import Asked, in_file
from annotations.actions.link_authority import link_authority
from annotations.actions.load_authority import drop_authority, load_authority
from annotations.authorities import SCHEMES
from annotations.exchange.csv_authority import MOST_BYTES, MOST_ROWS
from annotations.forms.authority import AuthorityForm
from annotations.models import AuthorityFile, Term
from annotations.presenters.labels import TERM_KINDS
from annotations.presenters.paging import page_of
from annotations.presenters.reconciling import Service
from annotations.views.requests import Request
from annotations.views.term_uses import seen_term
from archive.access import require, require_may, visible_to
from archive.actions.receive_file import receive_file
from archive.enums import JobState
from archive.errors import HashiyaError, Invalid
from archive.media.upload import upload_refusal
from archive.presenters.messages import sentence
from archive.text.numbers import whole_number
from archive.views.desk_tools import desk_view, found
from archive.views.jobs import job_words

PER_PAGE = 30
#: Candidates of each file, and files that are asked for one term.
CANDIDATES, FILES = 6, 6


@require_http_methods(["GET", "POST"])
@desk_view(AuthorityFile)
def authority_files(request: Request) -> HttpResponseBase:
    """List the authority files, and load another."""
    form = AuthorityForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        made = _received(request, form)
        if made is not None:
            return redirect(made)
    rows = visible_to(AuthorityFile, request.viewer).select_related("job").order_by("name", "pk")
    context = {
        "form": form, "page_obj": page_of(request, rows, PER_PAGE), "schemes": {code: scheme.name for code, scheme in SCHEMES.items()}, "most": MOST_ROWS,
        "limit_mb": MOST_BYTES // 1024**2, "own": Service().base,
    }  # fmt: skip
    return render(request, "annotations/terms_desk/authorities.html", context, status=status)


def _received(request: Request, form: AuthorityForm, file: str = "") -> AuthorityFile | None:
    stopped = upload_refusal(request, limit=MOST_BYTES)
    if stopped is not None:
        messages.error(request, sentence(stopped.code, stopped.params))
        return None
    if not form.is_valid():
        return None
    data = form.cleaned_data
    require_may(request.viewer, "add", AuthorityFile)
    try:
        arrival = receive_file(
            source=data["file"].chunks(), filename=data["file"].name or "", max_bytes=MOST_BYTES, by=request.user, check=False
        )  # fmt: skip
        return load_authority(
            arrival=arrival, name=data["name"], scheme=data["scheme"], address=data["address"],
            is_open=data["is_open"], file=file, by=request.user,
        )  # fmt: skip
    except HashiyaError as error:
        field = error.params.get("field")
        form.add_error(field if field in form.fields else "file", sentence(error.code, error.params))
        return None


@require_http_methods(["GET", "POST"])
@desk_view(AuthorityFile)
def authority_file(request: Request, public_id: str) -> HttpResponseBase:
    """Show one file: how far it is loaded, what was left out, and what it says of a name."""
    file = found(AuthorityFile.objects.select_related("job", "created_by"), request, public_id)
    initial = {name: getattr(file, name) for name in ("name", "scheme", "address", "is_open")}
    form = AuthorityForm(initial=initial)
    status = 200
    if request.method == "POST" and request.POST.get("act") == "drop":
        drop_authority(file=file.public_id, by=request.user)
        messages.success(request, _("The authority file is out. Links of terms to its entries stay."))
        return redirect("authority_files")
    if request.method == "POST":
        form, status = AuthorityForm(request.POST, request.FILES), 422
        if _received(request, form, file.public_id) is not None:
            return redirect(file)
    query = request.GET.get("q", "").replace("\x00", "")[:200]
    job = file.job
    failed = job is not None and job.state == JobState.FAILED
    context = {
        "file": file, "form": form, "kinds": TERM_KINDS, "query": query, "scheme": SCHEMES.get(file.scheme), "service": Service(file).base,
        "found": _with_addresses(file, Asked(query, limit=20)) if query else [],
        "left_out": [(one["line"], sentence(one["code"], {})) for one in file.left_out],
        "running": job is not None and job.state in (JobState.QUEUED, JobState.RUNNING),
        "failed": job_words(job) if failed and job else "", "progress_words": job_words(job) if job else "",
    }  # fmt: skip
    return render(request, "annotations/terms_desk/authority.html", context, status=status)


def _with_addresses(file: AuthorityFile, asked: Asked) -> list[Any]:
    service = Service(file)
    return [(one, service.address_of(one.id)) for one in in_file(file, asked)]


@require_http_methods(["GET", "POST"])
@desk_view(AuthorityFile)
def term_reconcile(request: Request, public_id: str) -> HttpResponseBase:
    """Show what the authority files may call a term; take one over as a link."""
    term = seen_term(request, public_id)
    require(request.viewer, "change", term)
    status = 200
    if request.method == "POST":
        try:
            linked = _linked(request, term)
            messages.success(
                request,
                _("\u2068%(term)s\u2069 is linked to %(identifier)s.") % {"term": term, "identifier": linked},
            )
            return redirect("term_edit", term.public_id)
        except HashiyaError as error:
            status = error.status
            messages.error(request, sentence(error.code, error.params))
    files = visible_to(AuthorityFile, request.viewer).filter(count__gt=0).order_by("name", "pk")
    names = list(dict.fromkeys(filter(None, (term.label_ar, term.label_en))))
    query = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    asked = [query] if query else names
    context = {
        "term": term, "kinds": TERM_KINDS, "query": query, "names": names, "files": files.count(), "most_files": FILES,
        "groups": [(file, _candidates(file, asked, term)) for file in files[:FILES]],
    }  # fmt: skip
    return render(request, "annotations/terms_desk/reconcile.html", context, status=status)


def _candidates(file: AuthorityFile, names: list[str], term: Term) -> list[Any]:
    """Return the likeliest entries for any of the names, each once with its best score."""
    service, best = Service(file), {}
    for name in names:
        asked = Asked(
            name, type=term.kind, limit=CANDIDATES, latitude=term.latitude, longitude=term.longitude
        )
        for one in in_file(file, asked):
            if one.id not in best or one.score > best[one.id].score:
                best[one.id] = one
    rows = sorted(best.values(), key=lambda one: (-one.score, one.id))[:CANDIDATES]
    here = str(term.authority.get(file.scheme, "")) if file.scheme else ""
    return [(one, service.address_of(one.id), one.id == here) for one in rows]


def _linked(request: Request, term: Term) -> str:
    file, _colon, identifier = request.POST.get("entry", "").partition(":")
    if not identifier:
        raise Invalid("choice_unknown", field="entry")
    link_authority(
        term=term.public_id, version=whole_number(request.POST.get("version", "")), file=file, identifier=identifier,
        coordinates=bool(request.POST.get("coordinates")), by=request.user,
    )  # fmt: skip
    return identifier
