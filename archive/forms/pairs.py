"""What is said of a translation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.access import permitted
from archive.models import Text
from archive.presenters.parts import choice_label, numbers


class _TextChoice(forms.ModelChoiceField):
    """A text, called as among those of its work."""

    places: dict[int, int]

    def label_from_instance(self, obj: Any) -> str:
        """Return what the text is called."""
        return choice_label(obj, self.places.get(obj.pk))


class TranslationForm(forms.Form):
    """Of which text a text is the translation, and whose."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    original = _TextChoice(
        label=_("It is the translation of"), queryset=Text.objects.none(), required=False,
        to_field_name="public_id", empty_label=_("Nothing: it stands by itself"),
    )  # fmt: skip
    translator = forms.CharField(
        label=_("Translator"), max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    def __init__(self, *args: Any, viewer: Any, text: Text, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        siblings = permitted(Text, viewer, "correct").filter(work=text.work_id).select_related("work")
        field: Any = self.fields["original"]
        field.places = numbers(list(siblings.order_by("order", "pk")))
        field.queryset = siblings.filter(translation_of=None).exclude(pk=text.pk).order_by("order", "pk")
