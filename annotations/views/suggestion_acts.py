"""What is done to a suggestion, from its page and from the text: accepted as a draft, or dismissed."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations.access.suggestions import Suggestion
from annotations.actions.accept_suggestion import Accepted, accept_suggestion
from annotations.actions.dismiss_suggestion import dismiss_suggestion
from annotations.suggesting.types import Calendar, Reason
from annotations.values import TextPlace
from archive.models import Text, User


def as_suggested(chosen: Suggestion, asked: str) -> Accepted:
    """Return what is accepted: the date, or the term that was `asked` for; the only one, when there is one."""
    if chosen.date:
        return Accepted(edtf=chosen.date.edtf, said=_said(chosen))
    offered = chosen.proposals
    return Accepted(term=asked if asked in offered else offered[0] if len(offered) == 1 else "")


def accept(text: Text, chosen: Suggestion, accepted: Accepted, *, key: str, by: User) -> str:
    """Make a draft of it, once for each `key`, and return what is said of that.

    Raises what `accept_suggestion` raises.
    """
    place = TextPlace(text.public_id, chosen.revision, chosen.start, chosen.end, chosen.exact)
    accept_suggestion(
        place=place, accepted=accepted, language=get_language() or "ar", by=by,
        idempotency_key=f"{key[:40]}.{chosen.name}" if key else "",
    )  # fmt: skip
    return _("It is among your notes, as a draft.")


def dismiss(text: Text, chosen: Suggestion, *, by: User) -> str:
    """Dismiss it for this text, and return what is said of that.

    Raises what `dismiss_suggestion` raises.
    """
    dismiss_suggestion(
        text=text.public_id, kind=chosen.kind, words=chosen.words, proposals=chosen.proposals, by=by
    )
    return _("Dismissed. It is not suggested in this text again.")


def suggested_no_more() -> str:
    """Return what is said of a suggestion that is none now."""
    return _("This is suggested no more: somebody acted on it, or the text was corrected.")


def _said(chosen: Suggestion) -> str:
    """Return how the text says a Hijri date that has its own year."""
    date = chosen.date
    is_whole = (
        date
        and date.calendar == Calendar.HIJRI
        and not date.year_from
        and Reason.HIJRI_SUPPOSED not in date.reasons
    )
    return " ".join(chosen.exact.split())[:200] if is_whole else ""
