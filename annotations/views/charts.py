"""The line of time and the map of a text, of a work with all that it shows, of a picture or a film, at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.access.tagged import Subject, notes_on, terms_on
from annotations.presenters.chart_page import PASSAGES, chart_context
from annotations.presenters.charted import charted_terms
from annotations.presenters.paging import page_of
from annotations.presenters.site_cards import title_of
from annotations.presenters.term_uses import by_work, in_order, uses_in_context
from annotations.presenters.words import Said
from annotations.views.requests import Request
from archive.access import visible_to
from archive.errors import NotAllowed, NotVisible
from archive.models import Image, Text, Video, Work

_MODELS: dict[str, tuple[Any, str]] = {
    "text": (Text, "public_id"), "work": (Work, "slug"), "image": (Image, "public_id"), "video": (Video, "public_id"),
}  # fmt: skip


@login_required
def desk_chart(request: Request, kind: str, ident: str, which: str) -> HttpResponseBase:
    """Show what the notes on a thing speak of, of those that the viewer may see, with the passages of a chosen term."""
    if not request.viewer.is_member:
        raise NotAllowed("not_allowed")
    subject = _subject(request, kind, ident)
    context = chart_context(request, which, charted_terms(terms_on(request.viewer, subject)))
    if context["chosen"]:
        notes = in_order(notes_on(request.viewer, subject, context["chosen"].id))
        page = page_of(request, notes, PASSAGES, name="more")
        context |= {
            "passages": page,
            "groups": by_work(uses_in_context(request.viewer, page.object_list)),
        }
    context |= {
        "head": _("Timeline") if which == "timeline" else _("Map"), "subject": _title(subject),
        "line": reverse(f"{kind}_timeline", args=[ident]), "map": reverse(f"{kind}_map", args=[ident]),
        "back": _back(kind, subject), "around": _around(which, subject),
    }  # fmt: skip
    return render(request, "annotations/charts/desk.html", context)


def _subject(request: Request, kind: str, ident: str) -> Subject:
    """Return what the page is about; raises NotVisible."""
    model, name = _MODELS[kind]
    rows = visible_to(model, request.viewer).filter(**{name: ident})
    found: Subject | None = (rows.select_related("work") if kind == "text" else rows).first()
    if found is None:
        raise NotVisible("not_visible")
    return found


def _title(subject: Subject) -> Said:
    return title_of(subject.work if isinstance(subject, Text) else subject)


def _back(kind: str, subject: Subject) -> str:
    """Return where its notes are written; of a work, its page."""
    if isinstance(subject, Work):
        return subject.get_absolute_url()
    return reverse("workbench" if kind == "text" else f"workbench_{kind}", args=[subject.public_id])


def _around(which: str, subject: Subject) -> str:
    """Return the same of the whole work that a text is of; empty for all else."""
    return reverse(f"work_{which}", args=[subject.work.slug]) if isinstance(subject, Text) else ""
