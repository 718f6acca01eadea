"""Suggestions: dates and known names of a text, accepted, changed or dismissed with one key each."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.access.contents import content_of
from annotations.access.others import with_wording
from annotations.access.suggestions import Suggestion, standing_dismissals, suggestions_in
from annotations.access.terms import find_terms, named
from annotations.access.texts import revision_of
from annotations.actions.accept_suggestion import Accepted
from annotations.actions.dismiss_suggestion import take_back_dismissal
from annotations.enums import SuggestionKind
from annotations.forms.suggestions import ChangedForm
from annotations.models import Annotation, Term
from annotations.presenters.labels import CATEGORIES
from annotations.presenters.suggestions import card_of, dismissed_lines
from annotations.views.requests import Request
from annotations.views.suggestion_acts import accept, as_suggested, dismiss, suggested_no_more
from archive.access import require_may, visible_to
from archive.errors import HashiyaError
from archive.models import Text, User
from archive.presenters.messages import sentence
from archive.text.numbers import whole_number

PAGE = 30
#: Dismissals that are listed, the last first.
DISMISSED = 10


@login_required
def suggestions(request: Request) -> HttpResponseBase:
    """List what is suggested in `?text=`, from `?at=` on; act on one of them."""
    require_may(request.viewer, "add", Annotation)
    public_id = request.GET.get("text", "")
    revision_of(request.viewer, public_id)
    text = with_wording(visible_to(Text, request.viewer)).get(public_id=public_id)
    found = suggestions_in(request.viewer, text)
    chosen = _named(found, request.POST.get("suggestion", "")) if request.method == "POST" else None
    form = None
    if request.method == "POST":
        form = _act(request, text, chosen)
        if form is None:
            return redirect(_address(request, chosen))
    return render(request, "annotations/suggestions/page.html", _page(request, text, found, chosen, form))


def _named(found: list[Suggestion], name: str) -> Suggestion | None:
    return next((one for one in found if one.name == name), None)


def _address(request: Request, at: Suggestion | None) -> str:
    """Return the same list, from the suggestion on that was acted upon."""
    kept = {name: request.GET[name] for name in ("text", "kind", "at") if request.GET.get(name)}
    if at is not None:
        kept["at"] = str(at.start)
    return f"{reverse('suggestions')}?{urlencode(kept)}#current"


def _act(request: Request, text: Text, chosen: Suggestion | None) -> ChangedForm | None:
    """Do what was asked; return the form when what is typed in it must be changed."""
    by, asked = request.user, request.POST
    if dismissal := asked.get("take_back", ""):
        _tell(request, partial(_take_back, dismissal, by))
    elif chosen is None:
        messages.info(request, suggested_no_more())
    elif "dismiss" in asked:
        _tell(request, partial(dismiss, text, chosen, by=by))
    elif "change" in asked:
        return _change(request, text, chosen)
    else:
        accepted = as_suggested(chosen, asked.get("accept", ""))
        _tell(request, partial(accept, text, chosen, accepted, key=asked.get("key", ""), by=by))
    return None


def _take_back(dismissal: str, by: User) -> str:
    take_back_dismissal(dismissal=dismissal, by=by)
    return _("It is suggested again.")


def _tell(request: Request, act: Callable[[], str]) -> None:
    try:
        messages.success(request, act())
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))


def _change(request: Request, text: Text, chosen: Suggestion) -> ChangedForm | None:
    form = ChangedForm(request.POST, dates=chosen.date is not None)
    if not form.is_valid():
        return form
    data = form.cleaned_data
    if chosen.date:
        accepted = Accepted(edtf=data["edtf"], body=data["body"])
    else:
        term = named(request.viewer, data["term"])
        if term is None:
            form.add_error("term", sentence("term_unnamed"))
            return form
        accepted = Accepted(term=term.public_id, body=data["body"])
    try:
        said = accept(text, chosen, accepted, key=request.POST.get("key", ""), by=request.user)
    except HashiyaError as error:
        field = error.params.get("field")
        form.add_error(field if field in form.fields else None, sentence(error.code, error.params))
        return form
    messages.success(request, said)
    return None


def _page(
    request: Request, text: Text, found: list[Suggestion], chosen: Suggestion | None, form: ChangedForm | None
) -> dict[str, Any]:
    kind = request.GET.get("kind", "")
    counts = {str(one): sum(row.kind == one for row in found) for one in SuggestionKind}
    listed = [one for one in found if not kind or one.kind == kind]
    at = chosen.start if chosen else whole_number(request.GET.get("at", "")) or 0
    current = next((n for n, one in enumerate(listed) if one.start >= at), len(listed) - 1)
    first = max(current, 0) // PAGE * PAGE
    content = content_of(text.current_revision.pk, text.current_revision.sha256)
    now = listed[current] if listed else None
    if form is None and now and request.GET.get("change"):
        initial = {"edtf": now.date.edtf} if now.date else {"term": str(now.terms[0])}
        form = ChangedForm(dates=now.date is not None, initial=initial)
    return {
        "text": text, "kind": kind, "counts": counts, "total": len(found), "form": form, "categories": CATEGORIES,
        "cards": [card_of(one, content) for one in listed[first : first + PAGE]], "current": now,
        "key": secrets.token_urlsafe(16), "likely": find_terms(request.viewer, now.exact) if form and now and not now.date else [],
        "before": _start(listed, current - 1), "after": _start(listed, current + 1),
        "page_before": _start(listed, first - PAGE), "page_after": _start(listed, first + PAGE),
        "dismissed": _dismissed(request, text),
    }  # fmt: skip


def _start(listed: list[Suggestion], at: int) -> int | None:
    return listed[at].start if 0 <= at < len(listed) else None


def _dismissed(request: Request, text: Text) -> list[Any]:
    rows = list(standing_dismissals(text)[:DISMISSED])
    ids = [row.proposed for row in rows if row.kind == SuggestionKind.NAME]
    terms = {term.public_id: term for term in visible_to(Term, request.viewer).filter(public_id__in=ids)}
    return dismissed_lines(rows, terms)
