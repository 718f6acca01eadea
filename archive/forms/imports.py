"""Forms of the way from a file to a text."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.access import permitted
from archive.enums import WorkKind
from archive.importers.registry import importers
from archive.models import Collection, Video, Work
from archive.presenters import desk_words, import_words
from archive.presenters.languages import NAMES

#: A select offers so many of the newest; what is older is chosen from its own page.
OFFERED = 200


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, as a list."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Check each file by itself."""
        files = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(each, initial) for each in files]


def importer_choices() -> list[tuple[str, Any]]:
    """Return the importers, and the choice to let the file say."""
    named = [(spec.code, import_words.IMPORTERS.get(spec.code, spec.label_msgid)) for spec in importers()]
    return [("", _("As the file's name tells")), *named]


def newest(rows: Any, *also: str) -> Any:
    """Return the newest of these rows and those named by public id, as a queryset that may be filtered further."""
    few = list(rows.order_by("-pk").values_list("pk", flat=True)[:OFFERED])
    return rows.filter(Q(pk__in=few) | Q(public_id__in=[name for name in also if name])).order_by("-pk")


def new_key() -> str:
    """Return a fresh key by which a form that is sent twice is known."""
    return secrets.token_urlsafe(18)


class PdfTextForm(forms.Form):
    """A text to be made of a PDF's words."""

    language = forms.ChoiceField(label=_("Language of the text"), choices=list(NAMES.items()), initial="ar")
    work = forms.ModelChoiceField(
        label=_("Belongs to"), queryset=Work.objects.none(), required=False, to_field_name="public_id",
        empty_label=_("A new work"),
    )  # fmt: skip
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60, initial=new_key)

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["work"].queryset = newest(permitted(Work, viewer, "change"), self.data.get("work") or "")


class UploadForm(forms.Form):
    """Texts to be sent in."""

    file = ManyFilesField(label=_("Files"))
    language = forms.ChoiceField(
        label=_("Language of the text"), choices=list(NAMES.items()), initial="ar",
    )  # fmt: skip
    importer = forms.ChoiceField(label=_("Importer"), choices=importer_choices, required=False)
    encoding = forms.ChoiceField(
        label=_("Encoding"), choices=import_words.encoding_choices, required=False,
        help_text=_("Only for plain text, Markdown and HTML; a guess is told in the report, and can be changed there."),
    )  # fmt: skip
    work = forms.ModelChoiceField(
        label=_("Belongs to"), queryset=Work.objects.none(), required=False, to_field_name="public_id",
        empty_label=_("A new work"),
    )  # fmt: skip
    video = forms.ModelChoiceField(
        label=_("Words of the film"), queryset=Video.objects.none(), required=False, to_field_name="public_id",
        empty_label=_("Of no film"), help_text=_("The text is tied to it as soon as it is accepted."),
    )  # fmt: skip
    transcript_kind = forms.ChoiceField(
        label=_("What it is to the film"), choices=desk_words.choices(desk_words.TRANSCRIPT_KINDS), required=False,
    )  # fmt: skip
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)

    def __init__(self, *args: Any, viewer: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        films = permitted(Video, viewer, "change")
        named = self.data.get("video") or self.initial.get("video") or ""
        self.fields["video"].queryset = newest(films, named)
        around = self.data.get("work") or self.initial.get("work") or ""
        self.fields["work"].queryset = newest(permitted(Work, viewer, "change"), around)
        self.fields["key"].initial = new_key


class ReadAgainForm(forms.Form):
    """In which encoding a file is to be read once more."""

    encoding = forms.ChoiceField(label=_("Encoding"), choices=import_words.encoding_choices, required=False)


class AcceptForm(forms.Form):
    """What is asked when a first import is accepted."""

    sha256 = forms.CharField(widget=forms.HiddenInput)
    keep_gaps = forms.BooleanField(
        label=_("Keep the missing figures as labelled gaps"), required=False, initial=True,
        help_text=_("Each stays a place with its caption, to be filled when the picture is found."),
    )  # fmt: skip
    title_ar = forms.CharField(label=_("Title in Arabic"), max_length=300, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of work"), choices=desk_words.choices(desk_words.WORK_KINDS), initial=WorkKind.ARTICLE
    )
    collection = forms.ModelChoiceField(
        label=_("Collection"), queryset=Collection.objects.none(), required=False, empty_label=_("None")
    )
    message = forms.CharField(
        label=_("What changed"), max_length=500, required=False,
        help_text=_("One sentence for the history of the text. Whoever may see the text can read it, and the earlier wordings."),
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Any, new_work: bool, open_gaps: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["collection"].queryset = permitted(Collection, viewer, "view")
        if not new_work:
            for name in ("title_ar", "title_en", "kind", "collection"):
                del self.fields[name]
        if not open_gaps:
            del self.fields["keep_gaps"]
        self.new_work = new_work

    def clean(self) -> dict[str, Any]:
        """A new work has a title in one language at least."""
        values: dict[str, Any] = super().clean() or {}
        if self.new_work and not (values.get("title_ar") or values.get("title_en")):
            self.add_error("title_ar", _("Give a title in one language at least, even a provisional one."))
        return values

    def work_values(self) -> dict[str, Any]:
        """Return the description of the new work."""
        return {name: self.cleaned_data[name] for name in ("title_ar", "title_en", "kind", "collection")}
