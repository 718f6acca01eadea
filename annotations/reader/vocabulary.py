"""The lasting names of terms: one address for people and machines alike."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from annotations.exports.vocabulary import FORMS, written
from annotations.models import Term
from archive.access import ANYBODY, visible_to
from archive.errors import NotVisible
from archive.views.shared import shared


@shared
def concept(request: HttpRequest, public_id: str, form: str = "") -> HttpResponseBase:
    """Lead to the term's page, or with an ending (`.ttl`, `.jsonld`) say it as SKOS; a merged one leads to the other."""
    rows = visible_to(Term, ANYBODY)
    row = rows.select_related("merged_into").filter(public_id=public_id).first()
    if row is None or (row.merged_into_id and not rows.filter(pk=row.merged_into_id).exists()):
        raise NotVisible("not_visible")
    if row.merged_into:
        return redirect(_address(row.merged_into, form), permanent=True)
    if not form:
        answer: HttpResponseBase = redirect(row.get_absolute_url())
        answer.status_code = 303
        return answer
    page = written(rows.filter(pk=row.pk), form, title=str(row))
    return HttpResponse("".join(page), content_type=f"{FORMS[form]}; charset=utf-8")


def _address(term: Term, form: str) -> str:
    return (
        reverse("concept_data", args=[term.public_id, form])
        if form
        else reverse("concept", args=[term.public_id])
    )
