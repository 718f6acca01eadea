"""Forms by which something is taken down and put back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.actions.take_down import NOTE, SENTENCE
from archive.presenters import desk_words


def _note(help_text: object) -> forms.CharField:
    return forms.CharField(
        label=_("Private note"), required=False, max_length=NOTE, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=help_text,
    )  # fmt: skip


class TakeDownForm(forms.Form):
    """Why something is taken down, and what the public is told of it."""

    reason = forms.ChoiceField(
        label=_("Why?"), choices=desk_words.choices(desk_words.TAKEDOWN_REASONS), widget=forms.RadioSelect,
        help_text=_("The tombstone says it in these words."),
    )  # fmt: skip
    sentence_ar = forms.CharField(label=_("Public sentence in Arabic"), required=False, max_length=SENTENCE)
    sentence_en = forms.CharField(label=_("Public sentence in English"), required=False, max_length=SENTENCE)
    shows_title = forms.BooleanField(
        label=_("Let the tombstone say the title"), required=False,
        help_text=_("Leave it empty when the title itself names a person or a place."),
    )  # fmt: skip
    note = _note(_("Who asked, and what was agreed. Only those who keep the archive see it."))


class PutBackForm(forms.Form):
    """Why something is put back."""

    note = _note(_("Why it may be seen again. Only those who keep the archive see it."))
