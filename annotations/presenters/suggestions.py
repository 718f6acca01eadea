"""A suggestion as its page shows it: in its surroundings, with what is proposed and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.access.suggestions import Suggestion
from annotations.enums import SuggestionKind
from annotations.models import Dismissal, Term
from annotations.suggesting.types import Reason
from archive.presenters.edtf_words import edtf_words
from archive.text.context import words_after, words_before

REASONS: Mapping[str, str | Promise] = {
    Reason.AS_WRITTEN: _("As the text says it."),
    Reason.YEAR_BEFORE: _("The text names no year here; it is taken from “%(words)s” before it."),
    Reason.YEAR_AFTER_THAT: _("The year after the one of “%(words)s” before it."),
    Reason.YEAR_UNKNOWN: _("The text names no year here, nor shortly before."),
    Reason.HIJRI_KNOWN: _("Hijri, by the Umm al-Qura calendar."),
    Reason.HIJRI_TABULAR: _(
        "Hijri, reckoned by the tabular calendar: a day or two may be missing or too many."
    ),
    Reason.HIJRI_SUPPOSED: _("The text names no calendar; it is taken for Hijri."),
    Reason.CENTURY_SUPPOSED: _("The text names no century; the twentieth is supposed."),
}

#: Code points shown around the words.
AROUND = 90


@dataclass(frozen=True, slots=True)
class SuggestionCard:
    """One row of the page."""

    suggestion: Suggestion
    before: str
    after: str
    #: What it would be, in words; empty for names.
    date: str
    why: Sequence[str]
    #: For the color.
    category: str


def card_of(one: Suggestion, content: str) -> SuggestionCard:
    """Return the row of a suggestion in this content."""
    start, end = one.start, one.end
    return SuggestionCard(
        one, words_before(content, start, AROUND), words_after(content, end, AROUND), edtf_words(one.date.edtf) if one.date else "",
        _why(one), "date" if one.date else str(one.terms[0].kind),
    )  # fmt: skip


def _why(one: Suggestion) -> list[str]:
    if one.date is None:
        if len(one.terms) > 1:
            return [str(_("The vocabulary has this name more than once: choose who or what is meant."))]
        return [str(_("A name of the vocabulary."))]
    words = {"words": one.date.year_from}
    return [str(REASONS[reason]) % words for reason in one.date.reasons]


@dataclass(frozen=True, slots=True)
class DismissedLine:
    """A dismissal in a list of them: the words, and what they were not."""

    public_id: str
    words: str
    proposed: str


def dismissed_lines(rows: Sequence[Dismissal], terms: Mapping[str, Term]) -> list[DismissedLine]:
    """Return the lines; `terms` are those that the viewer may see, by public id."""
    return [
        DismissedLine(
            row.public_id, row.words,
            edtf_words(row.proposed) if row.kind == SuggestionKind.DATE else str(terms.get(row.proposed, "")),
        )
        for row in rows
    ]  # fmt: skip
