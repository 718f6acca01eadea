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
from archive.presenters.rights import RIGHTS
from archive.search.engine import search

#: Pictures that are offered at once: of the work, or found by words.
MOST = 12
#: With what the names of the fields begin that say something of a picture which is sent in.
OFFERED = "offered_"
_ROWS = forms.Textarea(attrs={"rows": 3})


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
        self.can_send = may(who, "offer", Image)
        #: Whether the picture is described in the catalogue afterwards, and not here.
        self.can_describe = may(who, "add", Image)
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


class CoverForm(forms.Form):
    """The part of the form of an edition that is about its cover."""

    cover = CoverField()
    cover_words = forms.CharField(
        label=gettext_lazy("Look for a picture"), required=False, max_length=200,
        help_text=gettext_lazy("By its title or what is said of it. Without words, those that the work shows are offered."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    cover_file = forms.FileField(
        label=gettext_lazy("Or send a picture in"), required=False, allow_empty_file=True
    )
    offered_title_ar = forms.CharField(
        label=gettext_lazy("Title of the picture in Arabic"), required=False, max_length=300
    )
    offered_title_en = forms.CharField(
        label=gettext_lazy("Title of the picture in English"), required=False, max_length=300
    )
    offered_alternative_ar = forms.CharField(
        label=gettext_lazy("What it shows, in Arabic"), required=False, max_length=2000, widget=_ROWS,
        help_text=gettext_lazy("For those who do not see it."),
    )  # fmt: skip
    offered_alternative_en = forms.CharField(
        label=gettext_lazy("What it shows, in English"), required=False, max_length=2000, widget=_ROWS
    )
    offered_rights_uri = forms.ChoiceField(
        label=gettext_lazy("Rights in the picture"),
        required=False,
        choices=[("", gettext_lazy("Choose")), *RIGHTS.items()],
    )
    offered_rights_holder_ar = forms.CharField(
        label=gettext_lazy("Rights holder in Arabic"), required=False, max_length=200
    )
    offered_rights_holder_en = forms.CharField(
        label=gettext_lazy("Rights holder in English"), required=False, max_length=200
    )

    def offer_covers(self, who: Any, work: Work | None) -> None:
        """Offer `who` pictures of the work, or those that are looked for, and ask for what goes with a file."""
        self._who, self._work = who, work
        self._show_covers()
        if not self.covers.can_send:
            self.fields.pop("cover_file", None)
        if not self.covers.can_send or self.covers.can_describe:
            for name in self._offered_names:
                del self.fields[name]

    def _show_covers(self) -> None:
        """Offer the pictures that were looked for, else those of the work; one that is chosen is never lost."""
        kept = str(self.initial.get("kept_cover") or "")
        chosen, words = (str(self[name].value() or "").strip() for name in ("cover", "cover_words"))
        self.covers = Covers(self._who, self._work, chosen=chosen, kept=kept, words=words)
        self.fields["cover"].choices = self.covers.choices

    def choose_cover(self, image: str) -> None:
        """Make an image (public id) the cover that is chosen, as if it had been sent so."""
        data = self.data.copy()
        data[self.add_prefix("cover")] = image
        for name in self._offered_names:
            data.pop(self.add_prefix(name), None)
        self.data, self.cleaned_data["cover"] = data, image
        self._show_covers()

    @property
    def _offered_names(self) -> list[str]:
        return [name for name in self.fields if name.startswith(OFFERED)]

    @property
    def offered(self) -> dict[str, str]:
        """What is said of the picture that is sent in, by the names of its columns."""
        return {name.removeprefix(OFFERED): self.cleaned_data[name] for name in self._offered_names}

    @property
    def is_offering(self) -> bool:
        """Whether something stands in the fields that say it, or is wrong with them."""
        return any(self[name].value() or self[name].errors for name in self._offered_names)

    def clean(self) -> dict[str, Any]:
        """What is said of a picture needs the picture."""
        values: dict[str, Any] = super().clean() or {}
        if not values.get("cover_file") and any(values.get(name) for name in self._offered_names):
            self.add_error(
                "cover_file", _("Choose the file of the picture that you describe, or empty its words.")
            )
        return values

    def is_valid(self) -> bool:
        """Whether all can be kept; of a form that cannot, the file is asked for once more."""
        valid = super().is_valid()
        if not valid and self.files.get("cover_file") and "cover_file" in self.fields:
            # A browser does not fill a file in again.
            self.add_error(
                "cover_file", _("Something else must be mended first. Then choose this file once more.")
            )
        return valid


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
