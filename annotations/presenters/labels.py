"""The words for the closed vocabularies of annotation, in the interface language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from annotations.enums import (
    AnchorStatus,
    AnnotationStatus,
    Category,
    NameForm,
    NoteOrder,
    Outcome,
    Relation,
    TermKind,
    TermStatus,
    Visibility,
)
from annotations.presenters.words import said
from annotations.values import RelationWords

Words = Mapping[str, str | Promise]

#: The scripts say the same words (`frontend/src/i18n`), which a test compares, as they do those of terms and statuses.
CATEGORIES: Words = {
    Category.NOTE: pgettext_lazy("note", "Remark"), Category.PLACE: _("Place"), Category.PERSON: _("Person"),
    Category.GROUP: _("Group of people"), Category.EVENT: _("Event"), Category.DATE: _("Date"),
    Category.CONCEPT: _("Concept"), Category.DISPUTE: _("Disputed"), Category.LINK: pgettext_lazy("note", "Cross-reference"),
}  # fmt: skip

TERM_KINDS: Words = {
    TermKind.CONCEPT: _("Concept"), TermKind.PERSON: _("Person"), TermKind.PLACE: _("Place"),
    TermKind.GROUP: _("Group of people"), TermKind.EVENT: _("Event"), TermKind.DATE: _("Date"),
}  # fmt: skip

#: How something elsewhere stands to a term.
MATCHES: Words = {
    "exact": _("The same elsewhere"), "close": _("Like it elsewhere"), "broad": _("Broader elsewhere"),
    "narrow": _("Narrower elsewhere"), "related": _("Related elsewhere"),
}  # fmt: skip

NAME_FORMS: Words = {
    NameForm.ALTERNATIVE: pgettext_lazy("name", "Alternative"), NameForm.PREFERRED: pgettext_lazy("name", "Preferred"),
    NameForm.HIDDEN: pgettext_lazy("name", "Hidden (for search only)"),
}  # fmt: skip

TERM_STATUSES: Words = {TermStatus.PROPOSED: _("Proposed"), TermStatus.ESTABLISHED: _("Established")}

STATUSES: Words = {
    AnnotationStatus.DRAFT: _("Draft"), AnnotationStatus.SUBMITTED: _("Waiting for review"),
    AnnotationStatus.RETURNED: pgettext_lazy("note", "Returned"), AnnotationStatus.DECLINED: pgettext_lazy("note", "Declined"),
    AnnotationStatus.ACCEPTED: pgettext_lazy("note", "Accepted"), AnnotationStatus.WITHDRAWN: pgettext_lazy("note", "Withdrawn"),
}  # fmt: skip

OUTCOMES: Words = {
    Outcome.ACCEPT: pgettext_lazy("note", "Accepted"), Outcome.RETURN: pgettext_lazy("note", "Returned"), Outcome.DECLINE: pgettext_lazy("note", "Declined"),
}  # fmt: skip

#: The same of an earlier version than the one that is shown.
PAST_OUTCOMES: Words = {
    Outcome.ACCEPT: _("An earlier version was accepted"), Outcome.RETURN: _("An earlier version was returned"),
    Outcome.DECLINE: _("An earlier version was declined"),
}  # fmt: skip

#: What numbers the notes of an edition.
ORDERS: Words = {
    NoteOrder.PLACE: _("By their places"), NoteOrder.KIND: _("By kind, then by place"),
    NoteOrder.AUTHOR: _("By author, then by place"),
}  # fmt: skip


def order_words(order: str) -> str:
    """Return what readers are told of the numbers of notes; nothing where they follow the text."""
    return "" if order == NoteOrder.PLACE else str(ORDERS[order])


#: The status that each outcome leads to, for its colour.
OUTCOME_STATUSES: Mapping[str, str] = {
    Outcome.ACCEPT: AnnotationStatus.ACCEPTED, Outcome.RETURN: AnnotationStatus.RETURNED,
    Outcome.DECLINE: AnnotationStatus.DECLINED,
}  # fmt: skip

VISIBILITIES: Words = {
    Visibility.PRIVATE: _("Only me"), Visibility.GROUP: _("My group"),
    Visibility.OPEN: _("Everyone, once accepted and published"),
}  # fmt: skip

ANCHOR_STATUSES: Words = {
    AnchorStatus.EXACT: _("In its place"), AnchorStatus.MOVED: _("Moved with its words"),
    AnchorStatus.UNCERTAIN: _("Uncertain place"), AnchorStatus.LOST: _("Lost its passage"),
}  # fmt: skip

#: What references said of the other place before relations were rows; releases of that time keep codes alone.
_RELATIONS: Words = {
    Relation.CITES: _("cites"), Relation.CONTINUES: _("continues"), Relation.PARALLELS: _("parallels"),
    Relation.CONTRADICTS: _("contradicts"), Relation.CORROBORATES: _("corroborates"),
    Relation.DEPICTS: _("depicts"), Relation.SAME_EVENT: _("tells of the same event as"),
    Relation.TRANSLATES: _("translates"),
}  # fmt: skip
#: The same relations read from the place that is pointed at.
_INVERSES: Words = {
    Relation.CITES: _("is cited by"), Relation.CONTINUES: _("is continued by"),
    Relation.PARALLELS: _("parallels"),
    Relation.CONTRADICTS: _("is contradicted by"), Relation.CORROBORATES: _("is corroborated by"),
    Relation.DEPICTS: _("is depicted by"), Relation.SAME_EVENT: _("tells of the same event as"),
    Relation.TRANSLATES: _("is translated by"),
}  # fmt: skip


def relation_label(words: RelationWords, *, backwards: bool = False) -> str:
    """Return how a relation reads in one of its directions, in the interface language."""
    return said(words.read(backwards=backwards)).text


def early_label(code: str, *, backwards: bool = False) -> str:
    """Return the same for a release that was sealed before relations had names of their own."""
    return str((_INVERSES if backwards else _RELATIONS).get(code, code))


def choices(words: Words) -> list[tuple[str, str | Promise]]:
    """Return the pairs that form fields take."""
    return [(str(code), label) for code, label in words.items()]
