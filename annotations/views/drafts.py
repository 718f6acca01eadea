"""What people type before it is a note; and the small helps of the composer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseBase, JsonResponse

from annotations.access.drafts import kept_words_out
from annotations.access.terms import find_terms
from annotations.actions.discard_draft import discard_draft
from annotations.actions.propose_term import propose_term
from annotations.actions.save_draft import save_draft
from annotations.actions.submit import submit
from annotations.models import Annotation, NoteDraft
from annotations.presenters.incoming import term_input
from annotations.presenters.submission import submission_json
from annotations.presenters.term import term_json
from annotations.values import MAX_BODY
from annotations.views.json_door import body_of, json_door
from annotations.views.requests import Request
from archive.access import require_may, visible_to
from archive.errors import Invalid, NotVisible
from archive.presenters.markup import render_markdown


def _draft_json(draft: NoteDraft, told: Callable[[Any], Any]) -> dict[str, object]:
    return {
        "key": draft.key, "text": draft.text.public_id if draft.text else "", "data": told(draft.data),
        "updated": draft.updated_at.isoformat(),
    }  # fmt: skip


def _list_drafts(request: Request) -> HttpResponseBase:
    rows = visible_to(NoteDraft, request.viewer).select_related("text")
    text = request.GET.get("text", "")
    if text:
        rows = rows.filter(text__public_id=text)
    drafts = list(rows[:200])
    told = kept_words_out(request.viewer, [draft.data for draft in drafts])
    return JsonResponse({"drafts": [_draft_json(draft, told) for draft in drafts]})


def _read_draft(request: Request, key: str) -> HttpResponseBase:
    draft = visible_to(NoteDraft, request.viewer).select_related("text").filter(key=key).first()
    if draft is None:
        raise NotVisible("not_visible")
    return JsonResponse(_draft_json(draft, kept_words_out(request.viewer)))


def _save_draft(request: Request, key: str) -> HttpResponseBase:
    """Keep the body as it is sent; the text is named by its place."""
    data = body_of(request)
    locus = data.get("locus")
    text = locus.get("text") if isinstance(locus, dict) else data.get("text")
    draft = save_draft(key=key, data=data, text=text if isinstance(text, str) else "", by=request.user)
    return JsonResponse(_draft_json(draft, kept_words_out(request.viewer)))


def _discard_draft(request: Request, key: str) -> HttpResponseBase:
    discard_draft(key=key, by=request.user)
    return HttpResponse(status=204)


def _find_terms(request: Request) -> HttpResponseBase:
    found = find_terms(request.viewer, request.GET.get("q", "")[:200], kind=request.GET.get("kind", ""))
    return JsonResponse({"terms": [term_json(term) for term in found]})


def _propose_term(request: Request) -> HttpResponseBase:
    term = propose_term(term=term_input(body_of(request)), by=request.user)
    return JsonResponse(term_json(term), status=201)


def _preview(request: Request) -> HttpResponseBase:
    require_may(request.viewer, "add", Annotation)
    body = body_of(request).get("body", "")
    if not isinstance(body, str):
        raise Invalid("required", field="body")
    if len(body) > MAX_BODY:
        raise Invalid("too_long", field="body", limit_length=MAX_BODY)
    return JsonResponse({"html": render_markdown(body)})


def _submit(request: Request) -> HttpResponseBase:
    data = body_of(request)
    versions = data.get("annotations")
    if not isinstance(versions, list) or not all(isinstance(one, str) for one in versions):
        raise Invalid("list_required", field="annotations")
    made = submit(
        version_ids=versions, message=str(data.get("message") or ""),
        idempotency_key=str(data.get("idempotency_key") or ""), by=request.user,
    )  # fmt: skip
    return JsonResponse(submission_json(made), status=201)


drafts = json_door(get=_list_drafts)
draft = json_door(get=_read_draft, put=_save_draft, delete=_discard_draft)
terms = json_door(get=_find_terms, post=_propose_term)
preview = json_door(post=_preview)
submissions = json_door(post=_submit)
