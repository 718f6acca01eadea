"""Say no to what was suggested in a text, for everybody who annotates it; and take that back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from annotations.enums import SuggestionKind
from annotations.models import Dismissal
from archive.access import require_may, visible_to
from archive.actions.record_event import record_event
from archive.errors import Invalid, NotVisible
from archive.models import Text, User


@transaction.atomic
def dismiss_suggestion(
    *, text: str, kind: SuggestionKind, words: str, proposals: Sequence[str], by: User
) -> list[Dismissal]:
    """Dismiss these proposals for these (folded) words of a text, in whatever wording it has later.

    Raises NotAllowed, NotVisible, Invalid.
    """
    require_may(by, "add", Dismissal)
    row = visible_to(Text, by).select_for_update(of=("self",), no_key=True).filter(public_id=text).first()
    if row is None:
        raise NotVisible("not_visible")
    if not words or not proposals:
        raise Invalid("nothing_chosen", field="proposals")
    standing = Dismissal.objects.filter(text=row, kind=kind, words=words, takes_back=None, taken_back_by=None)
    known = set(standing.values_list("proposed", flat=True))
    made = [
        Dismissal(text=row, kind=kind, words=words, proposed=one, by=by)
        for one in dict.fromkeys(proposals)
        if one not in known
    ]
    Dismissal.objects.bulk_create(made)
    for one in made:
        record_event("suggestion.dismissed", target=one, by=by, kind=str(kind))
    return made


@transaction.atomic
def take_back_dismissal(*, dismissal: str, by: User) -> Dismissal:
    """Let a dismissed suggestion (public id) be made again; return the row that says so.

    Raises NotAllowed, NotVisible, also for one that was taken back already.
    """
    require_may(by, "add", Dismissal)
    rows = visible_to(Dismissal, by).filter(public_id=dismissal, takes_back=None)
    row = (
        rows.select_for_update(of=("self",), no_key=True)
        .filter(taken_back_by=None)
        .select_related("text")
        .first()
    )
    if row is None:
        raise NotVisible("not_visible")
    back = Dismissal(
        text=row.text, kind=row.kind, words=row.words, proposed=row.proposed, by=by, takes_back=row
    )
    Dismissal.objects.bulk_create([back])
    record_event("suggestion.dismissal_taken_back", target=row, by=by)
    return back
