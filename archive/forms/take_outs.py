"""The form that asks for a package."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.forms.imports import new_key
from archive.presenters import desk_words


class TakeOutForm(forms.Form):
    """How the package is made."""

    format = forms.ChoiceField(label=_("What and how"), choices=desk_words.choices(desk_words.PACKAGES))
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = new_key()
