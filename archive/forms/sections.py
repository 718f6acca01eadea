"""Forms by which sections of texts are kept from readers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.access import visible_to
from archive.actions._sections import COLUMNS, REASON, SENTENCE
from archive.enums import Access
from archive.forms.fields import MomentField, ReadersField
from archive.forms.imports import new_key
from archive.models import Group, TextSection
from archive.presenters import desk_words
from archive.presenters.messages import sentence


def _reason(help_text: object) -> forms.CharField:
    return forms.CharField(
        label=_("Reason, for the record"), max_length=REASON, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=help_text,
    )  # fmt: skip


class SectionForm(forms.Form):
    """Who may read a section, until when others may not, and what they are told."""

    access = forms.ChoiceField(
        label=_("Who may read it?"), choices=desk_words.choices(desk_words.SECTION_ACCESS), initial=Access.DRAFT,
        widget=forms.RadioSelect,
    )  # fmt: skip
    groups = forms.ModelMultipleChoiceField(
        label=_("Groups"), queryset=Group.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("For restricted sections: whose members may read it."),
    )  # fmt: skip
    readers = ReadersField(
        label=_("People"),
        help_text=_("For restricted sections: the addresses with which they sign in, one a line."),
    )  # fmt: skip
    embargo_until = MomentField(
        label=_("Embargo until"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "dir": "ltr"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Until then only those who keep the archive read it, whatever is chosen above."),
    )  # fmt: skip
    down_because = forms.ChoiceField(
        label=_("Take it down"), required=False,
        choices=[("", _("It is not taken down")), *desk_words.choices(desk_words.TAKEDOWN_REASONS)],
        help_text=_("Nobody but those who keep the archive reads it then; a tombstone in its place says day and reason."),
    )  # fmt: skip
    sentence_ar = forms.CharField(
        label=_("Public sentence in Arabic"), required=False, max_length=SENTENCE,
        help_text=_("Said in its place besides. Do not repeat what is kept."),
    )  # fmt: skip
    sentence_en = forms.CharField(label=_("Public sentence in English"), required=False, max_length=SENTENCE)
    reason = _reason(_("Who asked, and why. Only those who keep the archive see it."))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False, initial=new_key)

    SAID = (*COLUMNS, "groups", "readers")

    def __init__(self, *args: Any, viewer: Any, section: TextSection | None = None, **kwargs: Any) -> None:
        if section is not None:
            kwargs.setdefault("initial", self.initial_of(section))
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = visible_to(Group, viewer).filter(keeper=None)

    @classmethod
    def initial_of(cls, section: TextSection) -> dict[str, Any]:
        """Return what the form shows of a section."""
        said = {name: getattr(section, name) for name in (*COLUMNS, "version")}
        return said | {"groups": section.groups.all(), "readers": section.readers.all()}

    def clean(self) -> dict[str, Any]:
        """People or groups when it is restricted to some."""
        values: dict[str, Any] = super().clean() or {}
        named = values.get("groups") or values.get("readers") or "readers" in self.errors
        if values.get("access") == Access.RESTRICTED and not named:
            self.add_error("groups", sentence("groups_missing"))
        return values

    def values(self) -> dict[str, Any]:
        """Return what actions take."""
        return {name: self.cleaned_data[name] for name in self.SAID}


class RunForm(forms.Form):
    """Which blocks a section is, counted from one as readers see them."""

    first = forms.IntegerField(label=_("From block"), min_value=1)
    last = forms.IntegerField(label=_("To block"), min_value=1, help_text=_("The last block belongs to it."))

    def clean(self) -> dict[str, Any]:
        """The end is not before the beginning."""
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last block stands before the first. Look at both numbers."))
        return values

    def run(self) -> tuple[int, int]:
        """Return the blocks as `[first, last)`, counted from zero."""
        return self.cleaned_data["first"] - 1, self.cleaned_data["last"]


class PlaceForm(RunForm):
    """Where a section stands in the current wording, said by a person."""

    gone = forms.BooleanField(
        label=_("It is not in this wording any more"), required=False,
        help_text=_("Earlier wordings stay closed as long as the section is kept."),
    )  # fmt: skip
    reason = _reason(_("How you know. Only those who keep the archive see it."))
    version = forms.IntegerField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].required = self.fields["last"].required = False

    def clean(self) -> dict[str, Any]:
        """Two numbers, unless it is gone."""
        if self.data.get("gone"):
            self.cleaned_data["first"] = self.cleaned_data["last"] = None
            return self.cleaned_data
        values: dict[str, Any] = super().clean()
        if not values.get("gone") and not self.errors and not (values.get("first") and values.get("last")):
            self.add_error(
                "first", _("Give the first and the last block, or say that it is not there any more.")
            )
        return values

    def run(self) -> tuple[int, int]:
        """Return the blocks; `(0, 0)` when it is gone."""
        return (0, 0) if self.cleaned_data["gone"] else super().run()


class LiftForm(forms.Form):
    """Why a section may be read by everybody who reads its text."""

    reason = _reason(_("Why it may be read again. Only those who keep the archive see it."))
    version = forms.IntegerField(widget=forms.HiddenInput)
