"""Forms for captures of films and for the texts that are tied to them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from archive.access import permitted, visible_to
from archive.enums import CaptureAccess, CaptureKind, TranscriptKind
from archive.forms.fields import MomentField
from archive.forms.imports import new_key, newest
from archive.models import Capture, FileArrival, Group, Text, Video
from archive.presenters import desk_words
from archive.presenters.languages import language_label


class DescribeCaptureForm(forms.Form):
    """What is said of a capture."""

    captured_at = MomentField(
        label=_("Captured on"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "dir": "ltr"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Leave it empty when nobody knows."),
    )  # fmt: skip
    captured_by = forms.CharField(
        label=_("Captured by"), required=False, max_length=200, help_text=_("Only those who keep the archive see it.")
    )  # fmt: skip
    tool = forms.CharField(
        label=_("Captured with"), required=False, max_length=200,
        help_text=_("The program and its version, for example ArchiveWeb.page 0.14."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Only those who keep the archive see it."),
    )  # fmt: skip
    access = forms.ChoiceField(
        label=_("Who may see it?"), choices=desk_words.choices(desk_words.CAPTURE_ACCESS),
        initial=CaptureAccess.AS_VIDEO, widget=forms.RadioSelect,
    )  # fmt: skip
    groups = forms.ModelMultipleChoiceField(
        label=_("Groups"), queryset=Group.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("For restricted captures: whose members may see it."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    SAID = ("captured_at", "captured_by", "tool", "note", "access", "groups")

    def __init__(self, *args: Any, viewer: Any, capture: Capture | None = None, **kwargs: Any) -> None:
        if capture is not None:
            kwargs.setdefault("initial", self.initial_of(capture))
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = visible_to(Group, viewer).filter(keeper=None)
        if capture is not None and capture.kind == CaptureKind.ADDRESS:
            del self.fields["captured_at"]

    @classmethod
    def initial_of(cls, capture: Capture) -> dict[str, Any]:
        """Return what the form shows of a capture."""
        said = {name: getattr(capture, name) for name in (*cls.SAID, "version") if name != "groups"}
        return said | {"groups": capture.groups.all()}

    def clean(self) -> dict[str, Any]:
        """A restricted capture is for somebody."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("access") == CaptureAccess.RESTRICTED and not values.get("groups"):
            self.add_error("groups", _("Choose at least one group, or another kind of access."))
        return values

    def values(self) -> dict[str, Any]:
        """Return what is said, as actions take it."""
        return {name: self.cleaned_data[name] for name in self.SAID if name in self.fields}


class NewCaptureForm(DescribeCaptureForm):
    """A capture: a file, one that came with a deposit, or an address."""

    file = forms.FileField(
        label=_("The film or a WACZ, as a file"), required=False,
        help_text=_("MP4, WebM, Ogg, Matroska, QuickTime, AVI…; kept exactly as it is."),
    )  # fmt: skip
    arrival = forms.ModelChoiceField(
        label=_("Or a file that was received"), queryset=FileArrival.objects.none(), required=False,
        to_field_name="public_id", empty_label=_("None"),
        help_text=_("Large films are sent in with a deposit first, and chosen here."),
    )  # fmt: skip
    url = forms.CharField(
        label=_("Or the address of a kept copy"), required=False, max_length=2000,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"}),
        help_text=_("At the Wayback Machine or another web archive. It is written down; nothing is fetched from there."),
    )  # fmt: skip
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60, initial=new_key)
    field_order = ("file", "arrival", "url", *DescribeCaptureForm.SAID)

    def __init__(self, *args: Any, viewer: Any, named: str = "", **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, **kwargs)
        films = Q(stored_file__media_type__startswith="video/") | Q(
            stored_file__media_type__startswith="audio/"
        )
        others = Q(stored_file__media_type__in=["application/zip", "application/octet-stream"])
        rows = visible_to(FileArrival, viewer).filter(films | others)
        self.fields["arrival"].queryset = newest(rows, named)


class TextField(forms.ModelChoiceField):
    """A text of the archive, offered by its work and the name of its language."""

    def label_from_instance(self, obj: Text) -> str:
        return " · ".join(filter(None, [str(obj.work), obj.title, language_label(obj.language)]))


class TieForm(forms.Form):
    """A text to be tied to a film."""

    text = TextField(
        label=_("Text"), queryset=Text.objects.none(), to_field_name="public_id", empty_label=_("Choose a text"),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("What it is to the film"), choices=desk_words.choices(desk_words.TRANSCRIPT_KINDS),
        initial=TranscriptKind.TRANSCRIPT,
    )  # fmt: skip

    def __init__(self, *args: Any, viewer: Any, video: Video, named: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = permitted(Text.objects.select_related("work"), viewer, "correct").exclude(
            transcripts__video=video
        )
        self.fields["text"].queryset = newest(rows, named)
