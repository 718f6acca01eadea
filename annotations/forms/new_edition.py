"""The form with which an edition is begun: that of its plan, and the text that it is of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from annotations.forms.editions import EditionForm
from annotations.forms.parts import PartRows, begun_rows, shown_for
from annotations.models import Edition
from archive.access import visible_to
from archive.forms.imports import new_key
from archive.models import Text
from archive.presenters.languages import language_label
from archive.presenters.parts import choice_label
from archive.text.part import PART_ROLES


class NewEditionForm(EditionForm):
    """A new edition, of a text that the editor may see."""

    text = forms.ModelChoiceField(
        label=_("Text"),
        queryset=Text.objects.none(),
        to_field_name="public_id",
        empty_label=_("Choose a text"),
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60, initial=new_key)
    field_order = ("text", "title_ar", "title_en")

    def __init__(self, *args: Any, who: Any, **kwargs: Any) -> None:
        super().__init__(*args, who=who, **kwargs)
        field = self.fields["text"]
        field.queryset = _texts(who)
        field.label_from_instance = _text_label

    def _part_rows(self, edition: Edition | None, who: Any) -> PartRows:
        data = self.data if self.is_bound else None
        ident = str((self.initial if data is None else data).get("text") or "")
        text = _texts(who).filter(public_id=ident).first()
        self.parts_of, self._shown_for = ident if text else "", shown_for(self.initial, data)
        return begun_rows(text, who, self.initial, data)

    def clean(self) -> dict[str, Any]:
        """Parts that were ticked of one work are not those of another."""
        values = super().clean()
        if self._shown_for not in ("", self.parts_of) and self.parts.is_offered:
            self.add_error(
                "text",
                _(
                    "Another text was chosen; the parts below are now those of its work. Tick those that the edition takes, and send the form again."
                ),
            )
        return values

    def typed(self) -> dict[str, Any]:
        """Return what was typed so far, with the text whose parts stand in the form."""
        return super().typed() | {"parts_of": self.parts_of}


def _texts(who: Any) -> QuerySet[Text]:
    return visible_to(Text, who).filter(current_revision__isnull=False).select_related("work")


def _text_label(text: Text) -> str:
    """Return what a text is called in a list of all: of a work in parts, which of them it is."""
    has_name = text.title or text.role in PART_ROLES
    return f"{text.work} · {choice_label(text) if has_name else language_label(text.language)}"
