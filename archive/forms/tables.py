"""Sending in a table of descriptions, and naming its columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from archive.actions.plan_table import can_make, keys_of, table_fields
from archive.importers.tables import FILE, ID, URL
from archive.models import BulkStep
from archive.presenters import import_words
from archive.presenters.description_history import LABELS

ID_LABEL = _("Which item: its id, or the address of its page")
FILE_LABEL = _("Which item: the name of its file, or its path")
URL_LABEL = _("Address of the film: of a new one, or of the one that is named")
KEY_LABELS = {ID: ID_LABEL, FILE: FILE_LABEL, URL: URL_LABEL}
#: Columns that we write ourselves and that are no field.
HEADERS = {
    ID: _("Id"), FILE: _("File"), "keywords": _("Keywords"), "gps": _("Where it was taken (latitude, longitude)"),
    "said_creators": _("Makers that the file names"), "made_on": _("Day on which the file was made"),
    "said_rights_holder_ar": _("Rights holder that the file names, in Arabic"),
    "said_rights_holder_en": _("Rights holder that the file names, in English"),
    "title_guessed": _("Title, in a guessed encoding"), "description_guessed": _("Description, in a guessed encoding"),
    "creators_guessed": _("Makers, in a guessed encoding"), "keywords_guessed": _("Keywords, in a guessed encoding"),
    "rights_holder_guessed": _("Rights holder, in a guessed encoding"), "guessed_encoding": _("The guessed encoding"),
}  # fmt: skip


#: What a new one is made from, where it is not of the row alone.
MAKES_HELP = {
    "video": _(
        "A row that names no item becomes a new video of the address in it, for the keepers alone unless the row says "
        "who may see it. Otherwise such a row is refused."
    ),
    "image": _(
        "A row that names a file of which there is no image, or once more one that an earlier row named, becomes a new "
        "image of that file, for the keepers alone unless the row says who may see it. Otherwise such a row is refused."
    ),
}


class TableForm(forms.Form):
    """A table."""

    file = forms.FileField(label=_("Table (CSV)"), max_length=255)
    encoding = forms.ChoiceField(
        label=_("Encoding"), choices=import_words.encoding_choices, required=False,
        help_text=_("Choose one only if the letters come out wrong."),
    )  # fmt: skip


class ColumnsForm(forms.Form):
    """The field of each column, and what an empty cell means."""

    empties = forms.BooleanField(
        label=_("An empty cell takes out what is there"), required=False,
        help_text=_("Otherwise it leaves the field as it is."),
    )  # fmt: skip

    makes = forms.BooleanField(
        label=_("Make new ones"), required=False,
        help_text=_("A row that names no item becomes a new one, for the keepers alone unless the row says who may see it. Otherwise such a row is refused."),
    )  # fmt: skip

    def __init__(self, *args: Any, step: BulkStep, columns: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        ordered = [name for name in LABELS if name in table_fields(step.kind)]
        named = [(key, KEY_LABELS[key]) for key in keys_of(step)]
        choices = [("", _("Leave out")), *named, *((name, LABELS[name]) for name in ordered)]
        proposed = columns or guessed(step)
        for number, header in enumerate(step.asked["headers"]):
            samples = [row[number] for row in step.asked["first"] if number < len(row) and row[number]]
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=HEADERS.get(header) or LABELS.get(header) or header or "—", choices=choices, required=False, initial=proposed[number],
                help_text=" · ".join(sample[:60] for sample in samples),
            )  # fmt: skip
        if not can_make(step):
            del self.fields["makes"]
        elif step.kind in MAKES_HELP:
            self.fields["makes"].help_text = MAKES_HELP[step.kind]
        options = ("empties", "makes")
        self.order_fields([*(name for name in self.fields if name not in options), *options])

    def columns(self) -> list[str]:
        """Return the field of each column."""
        return [self.cleaned_data[f"column_{n}"] for n in range(len(self.step.asked["headers"]))]


def guessed(step: BulkStep) -> list[str]:
    """Return the fields that the headers seem to name: by the names of our own tables, or by the words of the forms."""
    known = {name: name for name in (*keys_of(step), *table_fields(step.kind))}
    if FILE in known:
        known |= dict.fromkeys(("filename", "file name", "path", "اسم الملف", "الملف", "المسار"), FILE)
    if URL in known:
        known |= dict.fromkeys(("link", "address", "الرابط", "رابط"), URL)
    for language in ("ar", "en"):
        with override(language):
            known |= {str(LABELS[name]).casefold(): name for name in table_fields(step.kind)}
    found: list[str] = []
    for header in step.asked["headers"]:
        name = known.get(header.casefold(), "")
        found.append("" if name in found else name)
    return found
