"""What is accepted instead of what was suggested."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.values import MAX_BODY


class ChangedForm(forms.Form):
    """A date or a term, and words of one's own."""

    edtf = forms.CharField(
        label=_("Date (EDTF)"), max_length=60, widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=_("For example 2016-07-17, 2016-07, 1208/1209, 196X, 1890~."),
    )  # fmt: skip
    term = forms.CharField(
        label=_("Tag"), max_length=200, help_text=_("A term of the vocabulary, by any of its names."),
        widget=forms.TextInput(attrs={"dir": "auto", "list": "likely-terms", "autocomplete": "off"}),
    )  # fmt: skip
    body = forms.CharField(
        label=_("Your note"), max_length=MAX_BODY, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}), help_text=_("Markdown may be used."),
    )  # fmt: skip

    def __init__(self, *args: object, dates: bool, **kwargs: object) -> None:
        """Ask for a date, or else for a term."""
        super().__init__(*args, **kwargs)
        del self.fields["term" if dates else "edtf"]
