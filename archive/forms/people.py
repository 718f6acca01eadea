"""What is typed about people, groups and the site itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db.models import Q
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from archive.access import ANYBODY, visible_to
from archive.enums import MailChoice
from archive.models import Group, Image, Page, Role, SiteSettings, User


def _role_choices() -> list[tuple[str, str]]:
    return [(role.code, f"{role.name}: {role.sentence}") for role in Role.objects.all()]


class RolesField(forms.MultipleChoiceField):
    """Ticks for roles, each with its sentence."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Roles"),
            choices=_role_choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )


class InviteForm(forms.Form):
    """An address and the roles it will have."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    roles = RolesField()


class JoinForm(forms.Form):
    """What an invited person chooses."""

    display_name = forms.CharField(
        label=_("Your name"), max_length=120, help_text=_("Shown beside your notes, in any script you like.")
    )
    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters; a sentence is easiest to remember."),
    )  # fmt: skip

    def clean_password(self) -> str:
        """Refuse what is easily guessed."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class AddressForm(forms.Form):
    """Another address, and the password of whoever asks for it."""

    email = forms.EmailField(label=_("New e-mail address"), max_length=254)
    password = forms.CharField(
        label=_("Your password"), max_length=256, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip


class MailForm(forms.Form):
    """When mails tell what concerns a person, and in which language."""

    #: What one gets by each choice.
    HELP = {
        MailChoice.AT_ONCE: _(
            "A few minutes after something concerns you; what follows close on it comes in the same mail."
        ),
        MailChoice.DAILY: _("One mail at six in the morning, with all that came since the last one."),
        MailChoice.WEEKLY: _("One mail on Sunday, at six in the morning, with all that came in the week."),
        MailChoice.NEVER: _("No mail: you see your news on the desk when you come here."),
    }
    mail_choice = forms.ChoiceField(
        label=_("When mails come"), widget=forms.RadioSelect,
        choices=[
            (MailChoice.AT_ONCE, _("At once")),
            (MailChoice.DAILY, _("Once a day")),
            (MailChoice.WEEKLY, _("Once a week")),
            (MailChoice.NEVER, pgettext_lazy("mails", "Never")),
        ],
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of these mails"), choices=settings.LANGUAGES)

    def choices_with_help(self) -> list[tuple[BoundWidget, str]]:
        """Return each choice as its control, with the sentence that says what one gets by it."""
        return [(radio, self.HELP[MailChoice(radio.data["value"])]) for radio in self["mail_choice"]]


class AccountForm(forms.Form):
    """An account's name, roles and groups."""

    #: The state of the account from which the form was made.
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)
    display_name = forms.CharField(label=_("Name"), max_length=120)
    roles = RolesField()
    groups = forms.ModelMultipleChoiceField(
        label=_("Groups"), queryset=Group.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )


class GroupForm(forms.Form):
    """A group and its members."""

    #: The state of the group from which the form was made; none for a new one.
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16, required=False)
    name = forms.CharField(label=_("Name"), max_length=120)
    description = forms.CharField(
        label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    members = forms.ModelMultipleChoiceField(
        label=_("Members"), queryset=User.objects.filter(is_active=True), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = self.initial.get("members")
        if members is not None:  # Closed accounts stay in their groups until somebody takes them out.
            among = Q(is_active=True) | Q(pk__in=[member.pk for member in members])
            self.fields["members"].queryset = User.objects.filter(among)


class SiteForm(forms.ModelForm):
    """The site's name, sentence, contact and logo."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    logo = forms.ModelChoiceField(
        label=_("Logo"), queryset=Image.objects.none(), required=False, empty_label=_("None"),
        help_text=_("One of the archive's public images."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["logo"].queryset = visible_to(Image, ANYBODY)

    class Meta:
        model = SiteSettings
        fields = ["name_ar", "name_en", "tagline_ar", "tagline_en", "contact_email", "logo"]
        labels = {
            "name_ar": _("Site name in Arabic"),
            "name_en": _("Site name in English"),
            "tagline_ar": _("What this archive is, in an Arabic sentence"),
            "tagline_en": _("What this archive is, in an English sentence"),
            "contact_email": _("Contact address"),
        }


class PageForm(forms.ModelForm):
    """An editorial page in both languages."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Page
        fields = ["title_ar", "body_ar", "title_en", "body_en"]
        labels = {
            "title_ar": _("Title in Arabic"),
            "title_en": _("Title in English"),
            "body_ar": _("Text in Arabic (Markdown)"),
            "body_en": _("Text in English (Markdown)"),
        }


class GuideForm(PageForm):
    """A guide, which stands in a list of them and may be kept from readers."""

    class Meta(PageForm.Meta):
        fields = [*PageForm.Meta.fields, "order", "is_shown"]
        help_texts = {"order": _("Guides with a smaller number come first.")}


class NewGuideForm(GuideForm):
    """A guide that is added."""

    version = None

    class Meta(GuideForm.Meta):
        fields = ["slug", *GuideForm.Meta.fields]
        help_texts = {
            **GuideForm.Meta.help_texts,
            "slug": _("The last part of its address, in small Latin letters, digits and hyphens; it stays."),
        }
        error_messages = {"slug": {"unique": _("This address is taken. Choose another one.")}}

    def clean(self) -> dict[str, Any]:
        """Ask for a title, without which nobody could choose it."""
        cleaned = super().clean() or {}
        if not cleaned.get("title_ar") and not cleaned.get("title_en"):
            self.add_error("title_ar", _("Give the guide a title, in one language at least."))
        return cleaned
