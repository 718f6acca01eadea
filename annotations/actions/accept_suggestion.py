"""Make a draft note of what was suggested."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import translation

from annotations.actions.propose_term import propose_term
from annotations.actions.write_annotation import write_annotation
from annotations.enums import Category, TermKind
from annotations.models import Annotation, Term
from annotations.values import Name, NoteInput, TermInput, TextPlace
from archive.access import require_may, visible_to
from archive.actions.record_event import record_event
from archive.errors import Invalid
from archive.models import User
from archive.presenters.edtf_words import edtf_words
from archive.text.edtf import is_edtf


@dataclass(frozen=True, slots=True)
class Accepted:
    """What somebody confirmed: a date, or the term (its public id) that a name means."""

    edtf: str = ""
    term: str = ""
    #: How the text says a date of another calendar, kept as a name of the date; empty for none.
    said: str = ""
    body: str = ""


@transaction.atomic
def accept_suggestion(
    *, place: TextPlace, accepted: Accepted, language: str, idempotency_key: str = "", by: User
) -> Annotation:
    """Write a draft of `by` on the place, tagged with the term; a date that the vocabulary lacks is proposed.

    Raises NotAllowed, NotVisible, Stale (`revision_not_current`), QuoteMismatch, Invalid.
    """
    require_may(by, "add", Annotation)
    term = _date_term(accepted, by) if accepted.edtf else _named_term(accepted, by)
    note = NoteInput(
        body=accepted.body, language=language, category=Category(term.kind), tags=(term.public_id,)
    )
    written = write_annotation(place=place, note=note, idempotency_key=idempotency_key, by=by)
    record_event("suggestion.accepted", target=written.annotation, by=by)
    return written.annotation


def _named_term(accepted: Accepted, by: User) -> Term:
    found = visible_to(Term, by).filter(public_id=accepted.term, merged_into=None).first()
    if found is None:
        raise Invalid("term_unknown", field="term")
    return found


def _date_term(accepted: Accepted, by: User) -> Term:
    edtf = accepted.edtf.strip()
    if not is_edtf(edtf):
        raise Invalid("bad_date", field="edtf")
    terms = visible_to(Term, by).filter(kind=TermKind.DATE, date_edtf=edtf, merged_into=None)
    found = terms.order_by("pk").first()
    if found is not None:
        return found
    labels = {}
    for language in ("ar", "en"):
        with translation.override(language):
            labels[language] = edtf_words(edtf)
    names = (Name("ar", accepted.said),) if accepted.said else ()
    term = TermInput(
        kind=TermKind.DATE, label_ar=labels["ar"], label_en=labels["en"], names=names, date_edtf=edtf
    )
    return propose_term(term=term, by=by)
