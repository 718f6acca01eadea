"""The cover in the form of an edition: pictures to choose from, and a file that is sent in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.models import Edition
from annotations.presenters.site_cards import Card, cards_of
from archive.access import may, visible_to
from archive.models import Figure, Image, Work
from archive.presenters import desk_words
from archive.presenters.messages import sentence
from archive.search.engine import search

#: Pictures that are offered at once: of the work, or found by words.
MOST = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """A picture that can be chosen."""

    value: str
    label: str
    #: How it is shown; None of one that the editor may not see.
    card: Card | None
    #: Who sees it, where that is not everybody.
    access: str
    is_chosen: bool


class CoverField(forms.ChoiceField):
    """One of the pictures that the editor sees, or none."""

    def __init__(self) -> None:
        super().__init__(label=gettext_lazy("Cover"), required=False)

    def validate(self, value: str) -> None:
        """Refuse what is no picture, in words that say so."""
        if value and not self.valid_value(value):
            raise forms.ValidationError(sentence("cover_no_picture"))


class Covers:
    """The pictures that a form offers: the one that is chosen, and those that were looked for, else those of the work."""

    def __init__(self, who: Any, work: Work | None, *, chosen: str, kept: str, words: str) -> None:
        self.chosen, self.words = chosen, words
        self.can_send = may(who, "add", Image)
        seen = visible_to(Image, who)
        first = list(seen.filter(public_id__in={chosen, kept} - {""}).order_by("pk"))
        #: The one that the plan has, though this editor may not see it: saving the form does not lose it.
        self.unseen = kept if kept and kept not in {row.public_id for row in first} else ""
        found = _found(seen, who, words) if words else _of_work(seen, work)
        #: How many were found by the words.
        self.found = len(found) if words else None
        rows = {row.pk: row for row in (*first, *found)}.values()
        self.offers = [*self._hidden(), *self._offers(list(rows), who)]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The same as a field has them."""
        return [("", _("No cover")), *((offer.value, offer.label) for offer in self.offers)]

    def _hidden(self) -> list[Offer]:
        if not self.unseen:
            return []
        label = _("A picture that you may not see")
        return [Offer(self.unseen, label, None, "", self.chosen == self.unseen)]

    def _offers(self, rows: Sequence[Image], who: Any) -> list[Offer]:
        return [
            Offer(
                row.public_id, card.title.text, card, str(desk_words.ACCESS_SHORT[row.access]) if row.access != "public" else "",
                row.public_id == self.chosen,
            )
            for row, card in zip(rows, cards_of(rows, who), strict=True)
        ]  # fmt: skip


def shown_cover(edition: Edition, who: Any) -> Card | None:
    """Return the cover of a plan as its page shows it; None where there is none, or none that `who` may see."""
    row = visible_to(Image, who).filter(pk=edition.cover_id).first() if edition.cover_id else None
    return cards_of([row], who)[0] if row else None


def _of_work(seen: QuerySet[Image], work: Work | None) -> list[Image]:
    if work is None:
        return []
    shown = Figure.objects.filter(text__work=work, image__isnull=False).order_by().values("image")
    return list(seen.filter(Q(pk__in=shown) | Q(pk=work.cover_id)).order_by("pk")[:MOST])


def _found(seen: QuerySet[Image], who: Any, words: str) -> list[Image]:
    """Return the pictures that words find, in descriptions as the site's search does, and in titles as they stand."""
    keys = {hit.object_id for hit in search(words, who, kind="image", per_page=MOST).hits}
    named = Q(title_ar__icontains=words) | Q(title_en__icontains=words) | Q(public_id=words)
    return list(seen.filter(Q(pk__in=keys) | named).order_by("-pk")[:MOST])
