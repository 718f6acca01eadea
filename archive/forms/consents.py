"""The form of a consent."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.presenters import desk_words


class ConsentForm(forms.Form):
    """Who agreed to what, and until when."""

    person = forms.CharField(
        label=_("Who agreed?"), max_length=200, help_text=_("A name, or a code whose key is kept elsewhere.")
    )
    purposes = forms.MultipleChoiceField(
        label=_("To what?"),
        choices=desk_words.choices(desk_words.CONSENTS),
        widget=forms.CheckboxSelectMultiple,
    )
    given_on = forms.DateField(
        label=_("On which day?"),
        widget=forms.DateInput(attrs={"type": "date", "dir": "ltr"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=_("Until when?"), required=False, help_text=_("The last day; empty: without end."),
        widget=forms.DateInput(attrs={"type": "date", "dir": "ltr"}, format="%Y-%m-%d"),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Conditions"), required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 3})
    )
