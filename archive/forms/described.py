"""Forms that describe an item of the catalogue in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from archive.access import visible_to
from archive.actions.describe import NAMES, closed_readers
from archive.enums import Access
from archive.forms.fields import DetailsField, IdentifiersField, LinesField, MomentField, ReadersField
from archive.models import Collection, Group
from archive.models.described import DescribedModel
from archive.presenters import desk_words
from archive.presenters.details import TERMS
from archive.presenters.listing import listed
from archive.presenters.messages import sentence
from archive.presenters.rights import RIGHTS
from archive.text.details import with_what_is_known
from archive.text.edtf import is_edtf

_COVERED = _("Its pictures are blurred everywhere until a reader asks for them.")


def _both(
    label_ar: Any, label_en: Any, *, rows: int = 0, most: int | None = None, help_text: Any = ""
) -> tuple[forms.CharField, forms.CharField]:
    def one(label: Any) -> forms.CharField:
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        return forms.CharField(
            label=label, required=False, widget=widget, max_length=most, help_text=help_text
        )

    return one(label_ar), one(label_en)


def _terms() -> str:
    words = _("One a line: term: words. The terms: %(terms)s. A language by its code: ar, fr.")
    return str(words) % {"terms": listed(TERMS.values())}


lazy_details = lazy(_terms, str)


def warnings_field(help_text: str | Promise = _COVERED) -> forms.MultipleChoiceField:
    """Return the field of what previews are covered for; `help_text` says which."""
    return forms.MultipleChoiceField(
        label=_("Warn of"), required=False, choices=desk_words.choices(desk_words.WARNINGS),
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )  # fmt: skip


class DescribeForm(forms.Form):
    """What all items of the catalogue say; `groups` and the selects hold what this viewer may choose."""

    title_ar, title_en = _both(_("Title in Arabic"), _("Title in English"), most=300)
    description_ar, description_en = _both(_("Description in Arabic"), _("Description in English"), rows=5)
    creators = LinesField(
        first="name", second="role", separator="|", label=_("Creators"),
        help_text=_("One a line: name | role, for example “Nadia Kassab | author”."),
    )  # fmt: skip
    date_edtf = forms.CharField(
        label=_("Date (EDTF)"), required=False, max_length=60,
        widget=forms.TextInput(attrs={"dir": "ltr", "placeholder": "2016-07~"}),
        help_text=_("2016, 2016-07-17, 2016-07~ (about), 1184/1950 (from, to)."),
    )  # fmt: skip
    places = LinesField(
        first="name", second="role", separator="|", label=_("Places"),
        help_text=_("One a line: name | what it is, for example “Aleppo | where it was written”."),
    )  # fmt: skip
    details = DetailsField(
        first="term", second="value", separator=":", label=_("Further details"),
        help_text=lazy_details(),
    )  # fmt: skip
    rights_uri = forms.ChoiceField(label=_("Rights"), required=False)
    rights_holder_ar, rights_holder_en = _both(
        _("Rights holder in Arabic"), _("Rights holder in English"), most=200
    )
    provenance_ar, provenance_en = _both(_("Provenance in Arabic"), _("Provenance in English"), rows=3)
    identifiers = IdentifiersField(
        first="scheme", second="value", separator=":", label=_("Identifiers"),
        help_text=_("One a line: scheme: value, for example “isbn: 978-3-16-148410-0”."),
    )  # fmt: skip
    content_warning_ar, content_warning_en = _both(
        _("Content warning in Arabic"),
        _("Content warning in English"),
        most=200,
        help_text=_("In your own words, beside what is ticked. Words alone cover pictures too."),
    )
    access = forms.ChoiceField(
        label=_("Who may see it?"), choices=desk_words.choices(desk_words.ACCESS), initial=Access.DRAFT,
        widget=forms.RadioSelect,
    )  # fmt: skip
    groups = forms.ModelMultipleChoiceField(
        label=_("Groups"), queryset=Group.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("For restricted items: whose members may see it."),
    )  # fmt: skip
    readers = ReadersField(
        label=_("People"),
        help_text=_("For restricted items: the addresses with which they sign in, one a line. They see it only if nothing around it is closed to them."),
    )  # fmt: skip
    embargo_until = MomentField(
        label=_("Embargo until"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "dir": "ltr"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Until then only those who keep the archive see it, whatever is chosen above."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    #: Names of the fields by section, for the page.
    SECTIONS: Iterable[tuple[Any, tuple[str, ...]]] = (
        (_("What it is"), ("title_ar", "title_en", "description_ar", "description_en", "creators",
        "date_edtf", "places", "details")),
        (_("Rights and origin"), (
            "rights_uri", "rights_holder_ar", "rights_holder_en", "provenance_ar", "provenance_en",
            "identifiers",
        )),
        (_("Who may see it"), ("access", "groups", "readers", "embargo_until", "opened")),
        (_("What readers are warned of"), ("warnings", "content_warning_ar", "content_warning_en")),
    )  # fmt: skip
    #: Fields of the kind at hand, shown in the first section.
    OWN: ClassVar[tuple[str, ...]] = ()
    title_required = True

    def __init__(self, *args: Any, viewer: Any, item: DescribedModel | None = None, **kwargs: Any) -> None:
        if item is not None:
            kwargs.setdefault("initial", self.initial_of(item))
        super().__init__(*args, **kwargs)
        self.item = item
        self.fields["groups"].queryset = visible_to(Group, viewer).filter(keeper=None)
        self.fields["readers"].closed = closed_readers(item) if item is not None else []
        self.fields["rights_uri"].choices = self._rights(item)
        self.fields["groups"].widget.choices = self.fields["groups"].choices
        for name in ("collection", "parent"):
            if name in self.fields:
                self.fields[name].queryset = visible_to(Collection, viewer)

    def _rights(self, item: DescribedModel | None) -> list[tuple[str, Any]]:
        known: list[tuple[str, Any]] = [("", _("Not said yet")), *RIGHTS.items()]
        if item is not None and item.rights_uri and item.rights_uri not in RIGHTS:
            known.append((item.rights_uri, item.rights_uri))
        return known

    @classmethod
    def initial_of(cls, item: DescribedModel) -> dict[str, Any]:
        """Return what the form shows of an item."""
        names = set(cls.base_fields) - set(NAMES)
        return {name: getattr(item, name) for name in names if hasattr(item, name)} | {
            name: getattr(item, name).all() for name in NAMES
        }

    def clean_date_edtf(self) -> str:
        """Refuse what is no date."""
        value: str = self.cleaned_data["date_edtf"].strip()
        if value and not is_edtf(value):
            raise ValidationError(
                _("This is not a date in EDTF. Examples: 2016, 2016-07, 2016-07~, 1184/1950.")
            )
        return value

    def clean_creators(self) -> list[dict[str, Any]]:
        """Keep what is known of a creator beside name and role."""
        return self._with_what_is_known("creators")

    def clean_places(self) -> list[dict[str, Any]]:
        """Keep what is known of a place beside name and role."""
        return self._with_what_is_known("places")

    def _with_what_is_known(self, name: str) -> list[dict[str, Any]]:
        return with_what_is_known(self.cleaned_data[name], getattr(self.item, name) if self.item else [])

    def clean(self) -> dict[str, Any]:
        """A title in one language; people or groups when it is restricted to some."""
        values: dict[str, Any] = super().clean() or {}
        if self.title_required and not (values.get("title_ar") or values.get("title_en")):
            self.add_error("title_ar", _("Give a title in one language at least, even a provisional one."))
        named = values.get("groups") or values.get("readers") or "readers" in self.errors
        named = named or self.fields["readers"].closed
        if values.get("access") == Access.RESTRICTED and not named:
            self.add_error("groups", sentence("groups_missing"))
        return values

    def values(self) -> dict[str, Any]:
        """Return the description, as actions take it."""
        return {
            name: value for name, value in self.cleaned_data.items() if name not in ("version", "slug", "key")
        }

    def sections(self) -> list[tuple[Any, list[list[forms.BoundField]]]]:
        """Return the sections with their rows of bound fields: the two languages of a field side by side."""
        found = []
        for index, (title, names) in enumerate(self.SECTIONS):
            chosen = [*names, *(self.OWN if index == 0 else ())]
            found.append((title, self._rows([name for name in chosen if name in self.fields])))
        return found

    def _rows(self, names: list[str]) -> list[list[forms.BoundField]]:
        rows: list[list[forms.BoundField]] = []
        for name in names:
            pair = name.endswith("_en") and name.replace("_en", "_ar") in names
            last = rows[-1] if rows else []
            single = last and not last[0].name.endswith("_ar") and len(last) < 2 and not name.endswith("_ar")
            if pair or single:
                last.append(self[name])
            else:
                rows.append([self[name]])
        return rows
