"""Many files sent in as one: the list, the page where they are dropped, the receipt."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from archive.access import visible_to
from archive.access.same_bytes import first_of_same_bytes
from archive.actions.add_image import IMAGE_HERE
from archive.actions.keep_second_record import IMAGE_USED
from archive.actions.leave_out_rest import leave_out_rest
from archive.actions.open_deposit import open_deposit
from archive.actions.read_embedded import speaking
from archive.enums import Compared, Differing, ItemState
from archive.errors import Conflict
from archive.forms.deposits import DepositForm
from archive.media import limits
from archive.models import Deposit, DepositItem
from archive.presenters import receipt, step_words
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view, found, page_of, wants_json

PER_PAGE = 100
#: Tables and steps that are named on the page.
TABLES = 20
_TONES = {
    "sending": "waiting",
    "arrived": "running",
    "kept": "done",
    "differs": "failed",
    "refused": "failed",
}
_COMPARED = {
    Compared.SAME: "intact", Compared.DIFFERS: "damaged", Compared.UNTOLD: "waiting", Compared.WAITING: "",
}  # fmt: skip


@require_GET
@desk_view(Deposit)
def deposits(request: DeskRequest) -> HttpResponse:
    """All deposits, the newest first, with how far each is."""
    rows = _counted(visible_to(Deposit, request.viewer)).select_related("created_by").order_by("-pk")
    return render(request, "archive/desk/deposits.html", {"page_obj": page_of(rows, request)})


@require_http_methods(["GET", "POST"])
@desk_view(Deposit)
def new(request: DeskRequest) -> HttpResponse:
    """Begin a deposit."""
    like = visible_to(Deposit, request.viewer).filter(public_id=request.GET.get("like", "")[:16]).first()
    form = DepositForm(request.POST or None, viewer=request.viewer, like=like)
    if request.method == "POST" and form.is_valid():
        made = open_deposit(**form.cleaned_data, by=request.user)
        return redirect(made)
    return render(
        request, "archive/desk/deposit_new.html", {"form": form}, status=422 if form.errors else 200
    )


@require_GET
@desk_view(Deposit)
def deposit(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Drop files here; each row says what became of it. For scripts: the rows that they ask for."""
    rows = Deposit.objects.select_related("created_by", "collection", "undone_by")
    row = found(_counted(rows), request, public_id)
    if wants_json(request):
        return JsonResponse(_for_script(request, row))
    items = _items(row)
    if request.GET.get("show") == "waiting":
        items = items.exclude(state__in=(ItemState.KEPT, ItemState.REFUSED))
    elif request.GET.get("show") == "refused":
        items = items.filter(state=ItemState.REFUSED)
    elif request.GET.get("show") == "differs":
        items = items.filter(error__code__in=list(Differing))
    elif request.GET.get("show") == "untold":
        items = items.filter(state=ItemState.KEPT, told_sha256="")
    elif request.GET.get("show") == "unread":
        items = items.filter(state=ItemState.KEPT).exclude(error={})
    page = page_of(items, request, per_page=PER_PAGE)
    asked = [item for item in page if item.error.get("code") == IMAGE_HERE]
    same = [item for item in page if item.error.get("code") in (IMAGE_HERE, IMAGE_USED)]
    here = first_of_same_bytes(request.viewer, [item.arrival for item in same if item.arrival])
    context = {
        "deposit": row, "page_obj": page, "show": request.GET.get("show", ""),
        "items": [
            (item, receipt.outcome(item), _TONES[item.state], item in asked, here.get(item.arrival_id or 0),
             receipt.comparison(item), _COMPARED[item.compared])
            for item in page
        ],
        "asked": row.items.filter(error__code=IMAGE_HERE).count(),
        "limit_gb": limits.DEPOSIT_BYTES // 1024**3,
        "agreement": visible_to(row.agreements.filter(withdrawal=None), request.viewer).order_by("-pk").first(),
        **_descriptions(request, row),
    }  # fmt: skip
    return render(request, "archive/desk/deposit.html", context)


@require_POST
@desk_view(Deposit)
def leave_out(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Stop waiting for the files that are not all here."""
    row = found(Deposit, request, public_id)
    try:
        many = leave_out_rest(deposit_id=row.pk, by=request.user)
    except Conflict as error:
        messages.error(request, sentence(error.code, error.params))
        return redirect(row)
    words = ngettext("%(n)s file is left out.", "%(n)s files are left out.", many)
    messages.success(request, words % {"n": many})
    return redirect(row)


@require_GET
@desk_view(Deposit)
def receipt_csv(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Send the receipt as a table."""
    row = found(Deposit, request, public_id)
    response = StreamingHttpResponse(
        receipt.as_csv(_items(row).iterator(chunk_size=500)), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = f'attachment; filename="receipt-{row.public_id}.csv"'
    return response


def _descriptions(request: DeskRequest, row: Any) -> dict[str, Any]:
    """Return what can describe what the files became: tables among them, and what they say of themselves; and what did."""
    if row.undone_at is not None or not (row.images or row.videos):
        return {}
    tables = row.items.filter(state=ItemState.KEPT).filter(
        Q(filename__iendswith=".csv") | Q(filename__iendswith=".tsv")
    )
    steps = visible_to(row.steps.select_related("created_by"), request.viewer)
    return {
        "tables": tables.order_by("pk")[:TABLES],
        "said": [said for kind in ("image", "video") if (said := _said(row, kind))],
        "steps": steps.order_by("-pk")[:TABLES],
        "states": step_words.STATES, "looks": step_words.LOOKS,
    }  # fmt: skip


def _said(row: Deposit, kind: str) -> dict[str, Any]:
    """Return how many files say something of themselves; nothing when none does."""
    many, guessed = speaking(row, kind)
    return {"kind": kind, "files": many, "guessed": guessed} if many else {}


def _items(row: Deposit) -> QuerySet[DepositItem]:
    return row.items.select_related("arrival__stored_file", "image", "video", "run").order_by("pk")


def _counted(rows: QuerySet[Deposit]) -> QuerySet[Deposit]:
    kept, refused = Q(items__state=ItemState.KEPT), Q(items__state=ItemState.REFUSED)
    return rows.annotate(
        files=Count("items"), kept=Count("items", filter=kept),
        # What was not taken, or left out, adds nothing: no byte of it may have come.
        size=Sum("items__size", filter=~refused),
        sending=Count("items", filter=Q(items__state=ItemState.SENDING)),
        differing=Count("items", filter=Q(items__state=ItemState.DIFFERS)),
        same=Count("items", filter=kept & ~Q(items__told_sha256="")),
        differed=Count("items", filter=Q(items__error__code__in=list(Differing))),
        untold=Count("items", filter=kept & Q(items__told_sha256="")),
        refused=Count("items", filter=refused),
        images=Count("items__image"), videos=Count("items__video"),
        unread=Count("items", filter=kept & ~Q(items__error={}) & ~Q(items__error={"code": IMAGE_USED})),
    )  # fmt: skip


def _for_script(request: DeskRequest, row: Any) -> dict[str, Any]:
    """Return the counts, and the state of at most `PER_PAGE` items that are named."""
    named = request.GET.get("items", "").split(",")[:PER_PAGE]
    return {
        "files": row.files, "kept": row.kept,
        "items": {
            item.public_id: {
                "state": item.state, "words": receipt.outcome(item),
                "sha256": item.found_sha256, "told": item.told_sha256, "compared": item.compared,
                "url": _address(item),
            }
            for item in _items(row).filter(public_id__in=named)
        },
    }  # fmt: skip


def _address(item: DepositItem) -> str:
    if item.image:
        return reverse("desk_image", args=[item.image.public_id])
    if item.video:
        return reverse("desk_video", args=[item.video.public_id])
    if item.run:
        return reverse("import_run", args=[item.run.public_id])
    if item.arrival and item.error.get("code") == IMAGE_HERE:
        return reverse("image_again", args=[item.arrival.public_id])
    return reverse("desk_file", args=[item.arrival.public_id]) if item.arrival else ""
