"""A file of terms, as their keepers send it in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.enums import TermKind
from annotations.presenters.labels import TERM_KINDS, choices


class ImportTermsForm(forms.Form):
    """The file, what it is, and what becomes of its entries."""

    file = forms.FileField(
        label=_("File"), widget=forms.ClearableFileInput(attrs={"accept": ".ttl,.jsonld,.json,.csv,.tsv"})
    )
    format = forms.ChoiceField(
        label=_("Format"), required=False,
        choices=[("", _("As its name tells")), ("turtle", "SKOS (Turtle)"), ("json-ld", "SKOS (JSON-LD)"), ("csv", "CSV")],
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Kind of entries that say none"), choices=choices(TERM_KINDS), initial=TermKind.CONCEPT
    )
    establish = forms.BooleanField(
        label=_("Make new terms public when the step is applied"), required=False,
        help_text=_("Otherwise they are proposals, which members see."),
    )  # fmt: skip

    def __init__(self, *args: Any, may_establish: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_establish:
            del self.fields["establish"]
