"""A relation, as the keepers of the vocabulary type it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.models import NamedRelation
from annotations.values import RelationInput

NAMES = ("name_ar", "name_en", "inverse_ar", "inverse_en", "description_ar", "description_en")


def _words(
    label: Any, language: str, *, longest: int = 80, required: bool = True, help_text: Any = ""
) -> forms.CharField:
    direction = "rtl" if language == "ar" else "ltr"
    widget = forms.TextInput(attrs={"lang": language, "dir": direction, "autocomplete": "off"})
    return forms.CharField(
        label=label, max_length=longest, required=required, widget=widget, help_text=help_text
    )


class RelationForm(forms.Form):
    """Its names in both directions and languages, and what it says."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name_ar = _words(_("Name in Arabic"), "ar", help_text=_("As in: this note “cites” that place."))
    name_en = _words(_("Name in English"), "en")
    is_symmetric = forms.BooleanField(
        label=_("It reads alike from both ends"), required=False,
        help_text=_("Like “parallels”: there is no inverse then. This cannot be changed later."),
    )  # fmt: skip
    inverse_ar = _words(
        _("Inverse name in Arabic"),
        "ar",
        required=False,
        help_text=_("As in: that place “is cited by” this note."),
    )
    inverse_en = _words(_("Inverse name in English"), "en", required=False)
    description_ar = _words(_("What it says, in Arabic"), "ar", longest=500, required=False)
    description_en = _words(_("What it says, in English"), "en", longest=500, required=False)

    def __init__(self, *args: Any, relation: NamedRelation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.relation = relation
        if relation is not None:
            # Fixed when it was made.
            del self.fields["is_symmetric"]
            if relation.is_symmetric:
                del self.fields["inverse_ar"], self.fields["inverse_en"]

    def values(self) -> RelationInput:
        """Return what was typed."""
        data = self.cleaned_data
        symmetric = self.relation.is_symmetric if self.relation else bool(data["is_symmetric"])
        return RelationInput(is_symmetric=symmetric, **{name: data.get(name, "") for name in NAMES})


def initial_of(relation: NamedRelation) -> dict[str, Any]:
    """Return what the form shows of a relation."""
    return {name: getattr(relation, name) for name in (*NAMES, "version")}
