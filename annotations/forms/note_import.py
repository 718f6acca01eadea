"""A file of notes, as somebody sends it in."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.exchange.notes.formats import FORMATS


class NoteImportForm(forms.Form):
    """The file, what it is, and what becomes of what it holds."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,.jsonld,.csv,.tsv,.xml,.tei"}),
    )
    format = forms.ChoiceField(
        label=_("Format"), required=False,
        choices=[("", _("Recognized by what is in it")), *((one.code, one.name) for one in FORMATS.values())],
    )  # fmt: skip
    unknown_tags = forms.ChoiceField(
        label=_("Tags that the vocabulary does not have"),
        choices=[
            ("words", _("Stand at the end of the note")), ("propose", _("Are proposed as new terms")),
        ],
    )  # fmt: skip
    others = forms.ChoiceField(
        label=_("Notes on other sites"),
        choices=[
            ("out", _("Are left out, and told")),
            ("elsewhere", _("Become private notes on those sites")),
        ],
    )  # fmt: skip
    visibility = forms.ChoiceField(
        label=_("Who may see them"),
        choices=[("open", _("Only you, until you hand them in")), ("private", _("Only you, always"))],
    )
    base = forms.FileField(
        label=_("The text as it was there"), required=False,
        help_text=_("Where the file has numbers and no words (as CATMA's TEI): the plain text that they count."),
    )  # fmt: skip
