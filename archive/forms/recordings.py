"""Forms for recordings of sound and for films that are kept here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.access import visible_to
from archive.forms.imports import new_key, newest
from archive.models import FileArrival


class NewRecordingForm(forms.Form):
    """A recording that is not in the catalogue yet: a file, or one that was received with a deposit."""

    file = forms.FileField(
        label=_("The recording, as a file"), required=False,
        help_text=_("MP3, M4A, AAC, Ogg, Opus, FLAC or WAV; kept exactly as it is."),
    )  # fmt: skip
    arrival = forms.ModelChoiceField(
        label=_("Or a file that was received"), queryset=FileArrival.objects.none(), required=False,
        to_field_name="public_id", empty_label=_("None"),
        help_text=_("Large recordings are sent in with a deposit first, and chosen here."),
    )  # fmt: skip
    #: What the file may be at first sight; its bytes are looked at when it is taken.
    TAKEN = Q(stored_file__media_type__startswith="audio/")

    title_ar = forms.CharField(label=_("Title in Arabic"), required=False, max_length=300)
    title_en = forms.CharField(label=_("Title in English"), required=False, max_length=300)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60, initial=new_key)

    def __init__(self, *args: Any, viewer: Any, named: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = self.TAKEN | Q(stored_file__media_type__in=["video/mp4", "application/octet-stream"])
        self.fields["arrival"].queryset = newest(visible_to(FileArrival, viewer).filter(taken), named)

    def values(self) -> dict[str, Any]:
        """Return what is said of it, as actions take it."""
        return {name: self.cleaned_data[name] for name in ("title_ar", "title_en")}


class NewFilmForm(NewRecordingForm):
    """A film that is not in the catalogue yet: a file, or one that was received with a deposit."""

    file = forms.FileField(
        label=_("The film, as a file"), required=False,
        help_text=_("MP4, WebM, MKV or MOV; others are kept too, though browsers do not play them. Kept exactly as it is."),
    )  # fmt: skip
    arrival = forms.ModelChoiceField(
        label=_("Or a file that was received"), queryset=FileArrival.objects.none(), required=False,
        to_field_name="public_id", empty_label=_("None"),
        help_text=_("Large films are sent in with a deposit, which makes videos of them itself."),
    )  # fmt: skip

    TAKEN = Q(stored_file__media_type__startswith="video/")
