"""Forms for images and videos."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.access import permitted
from archive.forms.described import DescribeForm, warnings_field
from archive.forms.imports import ManyFilesField, new_key
from archive.media.limits import IMAGE_PAGES
from archive.models import Collection, Image, Work
from archive.presenters import desk_words


def _collection() -> forms.ModelChoiceField[Any]:
    return forms.ModelChoiceField(
        label=_("Collection"), queryset=Collection.objects.none(), required=False, empty_label=_("None")
    )


class DescribeImageForm(DescribeForm):
    """An image's description."""

    warnings = warnings_field()
    collection = _collection()
    alternative_ar = forms.CharField(
        label=_("What it shows, in Arabic"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For those who do not see it."),
    )  # fmt: skip
    alternative_en = forms.CharField(
        label=_("What it shows, in English"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    OWN: ClassVar[tuple[str, ...]] = ("alternative_ar", "alternative_en", "collection")
    title_required = False


class DescribeVideoForm(DescribeForm):
    """A video's description."""

    warnings = warnings_field()
    collection = _collection()
    duration = forms.FloatField(label=_("Length in seconds"), min_value=0, required=False)
    OWN: ClassVar[tuple[str, ...]] = ("collection", "duration")
    title_required = False


class NewVideoForm(DescribeVideoForm):
    """A video that is not in the catalogue yet."""

    url = forms.URLField(
        label=_("Address"), max_length=500, assume_scheme="https",
        help_text=_("At YouTube, Vimeo, Dailymotion, Facebook, PeerTube, the Internet Archive, or a film file. Nothing is fetched from there now."),
    )  # fmt: skip
    OWN: ClassVar[tuple[str, ...]] = ("url", *DescribeVideoForm.OWN)

    def values(self) -> dict[str, Any]:
        """Return the description without the address, which names the video."""
        return {name: value for name, value in super().values().items() if name != "url"}


class UploadImagesForm(forms.Form):
    """Pictures to be sent in."""

    file = ManyFilesField(label=_("Pictures"))
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60, initial=new_key)


class FillFigureForm(forms.Form):
    """A picture for a gap: a new file, or one that is in the catalogue."""

    file = forms.FileField(label=_("A new picture"), required=False)
    image = forms.ModelChoiceField(
        label=_("Or one from the catalogue"), queryset=Image.objects.none(), required=False,
        to_field_name="public_id", empty_label=_("None: leave it a gap"),
    )  # fmt: skip
    #: A file that came and is here already: its arrival, and whether to use the image that is here or to make another.
    arrival = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)
    again = forms.ChoiceField(choices=[("use", "use"), ("second", "second")], required=False)
    page = forms.IntegerField(
        label=_("Which page"), min_value=1, max_value=IMAGE_PAGES, initial=1, required=False,
        help_text=_("Of a PDF, or of a TIFF of several pages."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    as_work = forms.BooleanField(label=_("Let those see it who may see the work"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60, initial=new_key)

    def __init__(self, *args: Any, viewer: Any, work: Work, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.work = work
        self.fields["as_work"].help_text = _(
            "The work is now: %(access)s. A new picture is a draft otherwise, and readers go on seeing the gap."
        ) % {"access": desk_words.ACCESS_SHORT[work.access]}
        self.fields["image"].queryset = permitted(Image, viewer, "change").order_by("-pk")
