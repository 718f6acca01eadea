"""Forms for works and collections."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.access import visible_to
from archive.access.shown_with import hidden_with
from archive.enums import Access, WorkKind
from archive.forms.described import DescribeForm, warnings_field
from archive.forms.imports import new_key
from archive.models import Collection, Image, Work
from archive.presenters import desk_words
from archive.presenters.desk_messages import SENTENCES
from archive.presenters.hidden_words import ticks
from archive.presenters.languages import NAMES


def _address(label: Any) -> forms.SlugField:
    return forms.SlugField(
        label=label, required=False, max_length=120, widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("Small Latin letters, digits and hyphens. Left empty, it is made of the title."),
    )  # fmt: skip


class DescribeWorkForm(DescribeForm):
    """A work's description."""

    warnings = warnings_field(
        _(
            "Its cover, and the pictures that its texts show, are blurred until a reader asks for them. A picture by itself has warnings of its own."
        )
    )
    kind = forms.ChoiceField(
        label=_("Kind of work"), choices=desk_words.choices(desk_words.WORK_KINDS), initial=WorkKind.ARTICLE
    )
    language = forms.ChoiceField(
        label=_("Language of the original"), choices=list(NAMES.items()), initial="ar"
    )
    collection = forms.ModelChoiceField(
        label=_("Collection"), queryset=Collection.objects.none(), required=False, empty_label=_("None")
    )
    cover = forms.ModelChoiceField(
        label=_("Cover image"), queryset=Image.objects.none(), required=False, empty_label=_("None")
    )
    opened = forms.MultipleChoiceField(
        label=_("Pictures and films that the public does not see yet"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Everyone sees the ticked ones as soon as everyone sees the work. The others stay as they are: readers meet a "
            "gap, and no edition that shows them can be sealed."
        ),
        error_messages={"invalid_choice": SENTENCES["shown_changed"]},
    )  # fmt: skip
    OWN: ClassVar[tuple[str, ...]] = ("kind", "language", "collection", "cover")

    def __init__(self, *args: Any, viewer: Any, item: Work | None = None, **kwargs: Any) -> None:
        super().__init__(*args, viewer=viewer, item=item, **kwargs)
        self.fields["cover"].queryset = visible_to(Image, viewer).order_by("-pk")
        hidden = hidden_with(item, viewer) if item is not None else []
        if not hidden:
            del self.fields["opened"]
            return
        self.fields["opened"].choices = ticks(hidden)
        # Of a work that is public already somebody left them as they are; and what was kept on purpose stays so.
        drafts = [each.name for each in hidden if not each.reserve]
        self.initial["opened"] = drafts if item is not None and item.access != Access.PUBLIC else []


class NewWorkForm(DescribeWorkForm):
    """A work without a text yet."""

    slug = _address(_("Address"))
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60, initial=new_key)
    OWN: ClassVar[tuple[str, ...]] = (*DescribeWorkForm.OWN, "slug")


class DescribeCollectionForm(DescribeForm):
    """A collection's description and its place in the tree."""

    parent = forms.ModelChoiceField(
        label=_("Within"),
        queryset=Collection.objects.none(),
        required=False,
        empty_label=_("Stands by itself"),
        help_text=_("All that lies in it moves with it. Nobody sees it who does not see what is around it."),
    )
    order = forms.IntegerField(
        label=_("Place among its neighbors"), min_value=0, max_value=100_000, initial=0, required=False
    )
    OWN: ClassVar[tuple[str, ...]] = ("parent", "order")

    def clean_order(self) -> int:
        """An empty place is the first."""
        return self.cleaned_data["order"] or 0


class NewCollectionForm(DescribeCollectionForm):
    """A collection that is not there yet."""

    slug = _address(_("Address"))
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60, initial=new_key)
    OWN: ClassVar[tuple[str, ...]] = (*DescribeCollectionForm.OWN, "slug")


class RenameForm(forms.Form):
    """Another address for a work or a collection."""

    slug = forms.SlugField(
        label=_("Address"), max_length=120, widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("The old address keeps leading here."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)
