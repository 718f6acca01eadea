"""A translation beside its original at the desk: declaring it, and correcting which blocks belong together."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from archive.actions.align_texts import ALIGN_TEXTS, newest
from archive.actions.correct_alignment import ROW_ACTS, correct_alignment
from archive.actions.declare_translation import declare_translation
from archive.enums import JobState
from archive.errors import HashiyaError, Invalid, NotVisible, Stale
from archive.forms.pairs import TranslationForm
from archive.models import Alignment, Job, Text, TextRevision
from archive.presenters import desk_words
from archive.presenters.messages import sentence
from archive.presenters.pairs import numbered
from archive.text.numbers import whole_number
from archive.views.desk_tools import DeskRequest, desk_view, found

#: Rows on one page.
ROWS = 20


@require_http_methods(["GET", "POST"])
@desk_view(Alignment)
def translation(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Say of which text this one is the translation."""
    text = found(Text.objects.select_related("work", "translation_of"), request, public_id)
    initial = {
        "version": text.version, "translator": text.translator,
        "original": text.translation_of.public_id if text.translation_of else "",
    }  # fmt: skip
    form = TranslationForm(request.POST or None, initial=initial, viewer=request.viewer, text=text)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                declared = declare_translation(
                    text_id=text.pk, version=form.cleaned_data["version"], original=form.cleaned_data["original"],
                    translator=form.cleaned_data["translator"], by=request.user,
                )  # fmt: skip
            except (Invalid, Stale) as error:
                status = error.status
                form.add_error(None, sentence(error.code, error.params))
                if isinstance(error, Stale):
                    data = request.POST.copy()
                    data["version"] = str(text.version)
                    form.data = data
            else:
                return _after(request, declared)
    context = {"form": form, "text": text, "work": text.work}
    return render(request, "archive/desk/translation.html", context, status=status)


def _after(request: DeskRequest, text: Text) -> HttpResponse:
    if text.translation_of_id is None:
        messages.success(request, _("The text stands by itself now."))
        return redirect("desk_work", text.work.public_id)
    messages.success(request, _("The two texts are being paired. Look at the pairs, then approve them."))
    return redirect("desk_pairs", text.public_id)


@require_http_methods(["GET", "POST"])
@desk_view(Alignment)
def pairs(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Show the pairs of a translation with its original; change them row by row, approve them."""
    text = found(Text.objects.select_related("work", "translation_of"), request, public_id)
    if text.translation_of_id is None:
        raise NotVisible("not_visible")
    if request.method == "GET":
        return _page(request, text)
    act, _colon, rest = request.POST.get("do", "").partition(":")
    values = _values(act, rest)
    try:
        correct_alignment(
            text_id=text.pk, read=request.POST.get("read", ""), act=act, values=values, by=request.user
        )
    except Stale as error:
        messages.warning(request, sentence(error.code, error.params))
        return _page(request, text, status=error.status)
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect(_back(request, text, values))


def _values(act: str, rest: str) -> dict[str, Any]:
    """Return the numbers of a button: "12:left:-1" of a shift, "12:1:0" of a split, "12" of the others."""
    parts = rest.split(":")
    row = whole_number(parts[0])
    if act not in ROW_ACTS or row is None:
        return {}
    values: dict[str, Any] = {"row": row}
    if act == "shift" and len(parts) == 3:
        values |= {"side": parts[1], "step": {"-1": -1, "1": 1}.get(parts[2], 0)}
    if act == "split" and len(parts) == 3:
        values |= {"left": whole_number(parts[1]) or 0, "right": whole_number(parts[2]) or 0}
    return values


def _back(request: DeskRequest, text: Text, values: dict[str, Any]) -> str:
    """Return where the person goes on: at the same row, on the page that has it now."""
    address = reverse("desk_pairs", args=[text.public_id])
    if "row" not in values:
        return address
    return f"{address}?row={values['row']}#row-{values['row'] + 1}"


def _page(request: DeskRequest, text: Text, status: int = 200) -> HttpResponse:
    alignment = newest(text)
    context: dict[str, Any] = {"text": text, "work": text.work, "alignment": alignment}
    if alignment is None:
        jobs = Job.objects.filter(kind=ALIGN_TEXTS, dedupe_key=str(text.pk)).order_by("-pk")
        job = jobs.first()
        context |= {"job": job, "failed": job is not None and job.state == JobState.FAILED}
        return render(request, "archive/desk/pairs.html", context, status=status)
    rows = numbered(alignment.pairs)
    named = whole_number(request.GET.get("row", ""))
    at = min(named or 0, len(rows) - 1)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page") or at // ROWS + 1)
    doubtful = [row["index"] for row in rows if row["row"].to_check]
    last = page.end_index() - 1
    context |= {
        "page_obj": page, "rows": [_shown(row, alignment) for row in page.object_list], "at": None if named is None else at,
        "last": len(rows) - 1, "left": alignment.original, "right": alignment.translation,
        "doubtful": len(doubtful), "next_doubtful": next((n for n in doubtful if n > last), doubtful[0] if doubtful else None),
        "origin": desk_words.ALIGNMENT_ORIGINS[alignment.origin], "is_current": _is_current(text, alignment),
        "can_undo": (alignment.restores or alignment).before_id is not None,
    }  # fmt: skip
    return render(request, "archive/desk/pairs.html", context, status=status)


def _is_current(text: Text, alignment: Alignment) -> bool:
    original = text.translation_of
    return original is not None and (alignment.original_id, alignment.translation_id) == (
        original.current_revision_id, text.current_revision_id,
    )  # fmt: skip


def _shown(row: dict[str, Any], alignment: Alignment) -> dict[str, Any]:
    """Return a row with the words of its blocks, and what can be done to each."""
    return row | {
        "sides": [
            _side(row, "left", alignment.original), _side(row, "right", alignment.translation),
        ]
    }  # fmt: skip


def _side(row: dict[str, Any], side: str, revision: TextRevision) -> dict[str, Any]:
    first, last = row[side]
    other = row["right" if side == "left" else "left"]
    others = other[1] - other[0]
    pieces = []
    for place, block in enumerate(revision.blocks[first:last]):
        halves = (place, min(place, others)) if side == "left" else (min(place, others), place)
        pieces.append(
            {
                "words": revision.content[block["start"] : block["end"]], "kind": block["kind"],
                "number": first + place + 1, "is_first": place == 0, "is_last": first + place == last - 1,
                "split": f"{halves[0]}:{halves[1]}" if place else "",
            }
        )  # fmt: skip
    return {"side": side, "pieces": pieces, "language": revision.language, "direction": revision.direction}
