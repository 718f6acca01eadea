"""Find the others: every other passage in which some words stand, and one note for those that are ticked."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext

from annotations.access.begun import Begin, begin_of, question_of
from annotations.access.contents import content_of
from annotations.access.others import (
    MOST,
    Others,
    find_others,
    named_alike,
    own_spreads,
    sum_of,
    texts_in,
    with_wording,
)
from annotations.access.terms import find_terms, named
from annotations.actions.spread_note import spread_note, undo_spread
from annotations.enums import Category
from annotations.errors import QuoteMismatch
from annotations.forms.others import SaidForm, SoughtForm
from annotations.models import Annotation, Term
from annotations.values import TextPlace
from annotations.views.requests import Request
from annotations.views.told import tell_kept
from archive.access import require_may, visible_to
from archive.errors import HashiyaError, NotVisible
from archive.models import Text
from archive.presenters.messages import sentence
from archive.text.numbers import whole_number


@login_required
def others(request: Request) -> HttpResponseBase:
    """Show where else the words stand; put one note on the chosen passages, or take such a step back."""
    require_may(request.viewer, "add", Annotation)
    begin = begin_of(request.viewer, request.GET)
    if request.POST.get("act") == "undo":
        _undo(request)
        return redirect(request.get_full_path())
    asked = SoughtForm(question_of(request.GET, begin))
    said = SaidForm(request.POST or None, initial=_initial(begin))
    if request.method == "POST" and said.is_valid() and asked.is_valid() and _put(request, asked, said):
        return redirect(request.get_full_path())
    kept = [(name, request.GET[name]) for name in ("text", "note", "term") if request.GET.get(name)]
    context = {
        "asked": asked,
        "said": said,
        "begin": begin,
        "kept": kept,
        "spreads": own_spreads(request.viewer),
    }
    if asked.is_valid():
        context |= _found(request, begin, asked, said)
    return render(request, "annotations/others/page.html", context)


def _initial(begin: Begin) -> dict[str, Any]:
    found = {"language": get_language(), "key": secrets.token_urlsafe(16), "category": Category.NOTE}
    if begin.term is not None:
        found |= {"term": str(begin.term), "category": Category(begin.term.kind)}
    if begin.version is not None:
        version = begin.version
        found |= {"body": version.body, "language": version.language, "category": version.category}
    return found


def _found(request: Request, begin: Begin, asked: SoughtForm, said: SaidForm) -> dict[str, Any]:
    sought = asked.sought()
    texts = texts_in(asked.scope_of(), begin.text, request.viewer)
    found = find_others(request.viewer, sought, texts, skip=whole_number(request.GET.get("from", "")) or 0)
    term = named(request.viewer, str(said["term"].value() or "")) or begin.term
    return {
        "found": found, "term": term, "alike": named_alike(request.viewer, sought.names, but=term),
        "likely": find_terms(request.viewer, sought.names[0]) if sought.names else [],
        "ticked": _ticked(request, found, term), "most": MOST,
    }  # fmt: skip


def _ticked(request: Request, found: Others, term: Term | None) -> set[str]:
    """Return which passages are ticked: those that were, or all about which there is no doubt."""
    if request.method == "POST":
        return set(request.POST.getlist("place"))
    return {one.name for _text, rows in found.by_text for one in rows if not one.is_part and not one.tagged}


def _put(request: Request, asked: SoughtForm, said: SaidForm) -> bool:
    words = said.cleaned_data["term"].strip()
    term = named(request.viewer, words) if words else None
    if words and term is None:
        said.add_error("term", sentence("term_unnamed"))
        return False
    try:
        places = _places(request)
        spread_note(
            places=places, note=said.note((term.public_id,) if term else ()), idempotency_key=said.cleaned_data["key"],
            words=" · ".join(asked.sought().names), by=request.user,
        )  # fmt: skip
    except HashiyaError as error:
        said.add_error(None, sentence(error.code, error.params))
        return False
    done = ngettext(
        "%(n)s draft was written. It is among your notes.", "%(n)s drafts were written. They are among your notes.",
        len(places),
    )  # fmt: skip
    messages.success(request, done % {"n": len(places)})
    return True


def _places(request: Request) -> list[TextPlace]:
    """Return the places that were ticked, each of the wording in which it was shown.

    Raises NotVisible, QuoteMismatch for other words than were shown there.
    """
    ticked = [_parsed(value) for value in request.POST.getlist("place")]
    rows = visible_to(Text, request.viewer).filter(public_id__in={one[0] for one in ticked})
    texts = {text.public_id: text.current_revision for text in with_wording(rows)}
    found = []
    for text, number, start, end, words in ticked:
        revision = texts.get(text)
        if revision is None:
            raise NotVisible("not_visible")
        exact = content_of(revision.pk, revision.sha256)[start:end]
        if number == revision.number and sum_of(exact) != words:
            raise QuoteMismatch("quote_mismatch", field="places", revision=number)
        found.append(TextPlace(text, number, start, end, exact))
    return found


def _parsed(value: str) -> tuple[str, int, int, int, int]:
    text, _dot, numbers = value.partition(".")
    parts = [whole_number(one) for one in numbers.split(".")]
    if len(parts) != 4 or any(one is None for one in parts):
        raise NotVisible("not_visible")
    number, start, end, words = (one or 0 for one in parts)
    return text, number, start, end, words


def _undo(request: Request) -> None:
    try:
        done = undo_spread(spread=request.POST.get("spread", ""), by=request.user)
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
        return
    words = ngettext("%(n)s note was taken back.", "%(n)s notes were taken back.", done.undone)
    messages.success(request, words % {"n": done.undone})
    tell_kept(request, done.kept)
