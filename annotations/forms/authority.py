"""An authority file, as its table is sent in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.authorities import SCHEMES


class AuthorityForm(forms.Form):
    """The table, what it is a part of, and who may ask it."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("Such as: Places of northern Syria (GeoNames).")
    )
    scheme = forms.ChoiceField(
        label=_("Authority"), required=False,
        choices=[("", _("Another, or a list of the house")), *((code, scheme.name) for code, scheme in SCHEMES.items())],
    )  # fmt: skip
    address = forms.URLField(
        label=_("Address of an entry, up to its id"), max_length=200, required=False, assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr", "placeholder": "https://names.example/"}),
        help_text=_("For another authority only: what stands before the id."),
    )  # fmt: skip
    is_open = forms.BooleanField(
        label=_("Tools without an account may ask it (OpenRefine)"), required=False, initial=True
    )
    file = forms.FileField(
        label=_("Table (CSV)"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt"})
    )
