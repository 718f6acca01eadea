"""The forms of the editor's desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from annotations.access.notes import shown_to
from annotations.editions.gather import standing_in
from annotations.editions.given import EditionInput
from annotations.editions.rules import as_merged, authors_on
from annotations.editions.wholes import texts_of
from annotations.enums import NoteOrder
from annotations.forms.covers import CoverForm
from annotations.forms.credits import CreditRows, in_words, values_of
from annotations.forms.parts import PartRows, labels_of
from annotations.models import Annotation, Edition, Term, VersionTag
from annotations.models.read_tags import as_read
from annotations.presenters.labels import CATEGORIES, ORDERS, choices
from archive.access import visible_to
from archive.models import Group, Text
from archive.presenters.languages import NAMES
from archive.presenters.rights import RIGHTS

_WORDS = forms.Textarea(attrs={"rows": 8})
_FEW_WORDS = forms.Textarea(attrs={"rows": 4})
PLACES = [("text", _("The text")), ("region", _("Parts of pictures")), ("time", _("Seconds of films"))]
_LICENSES = [("", _("Choose a license")), *((u, w) for u, w in RIGHTS.items() if "creativecommons" in u)]


class EditionForm(CoverForm):
    """The plan of an edition: the words around the text, and which notes it takes in."""

    title_ar = forms.CharField(label=_("Title in Arabic"), max_length=300, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    introduction_ar = forms.CharField(
        label=_("Introduction in Arabic"), required=False, widget=_WORDS, help_text=_("Markdown.")
    )
    introduction_en = forms.CharField(
        label=_("Introduction in English"), required=False, widget=_WORDS, help_text=_("Markdown.")
    )
    change_note_ar = forms.CharField(
        label=_("What changed since the last release, in Arabic"), required=False, widget=_FEW_WORDS
    )
    change_note_en = forms.CharField(
        label=_("What changed since the last release, in English"), required=False, widget=_FEW_WORDS
    )
    license_uri = forms.ChoiceField(label=_("License"), choices=_LICENSES, required=False)
    slug = forms.CharField(
        label=_("Address"), required=False, max_length=120, widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_(
            "Small Latin letters, digits and hyphens, until the first release. Left empty, it is made of the English title, "
            "else of the address of the work."
        ),
    )  # fmt: skip
    categories = forms.MultipleChoiceField(
        label=_("Kinds of notes"), choices=choices(CATEGORIES), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("None ticked: notes of every kind."),
    )  # fmt: skip
    places = forms.MultipleChoiceField(
        label=_("What the notes are on"), choices=PLACES, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: notes on the text, and on the pictures and films that stand in it."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages of notes"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(code, name) for code, name in NAMES.items() if code in ("ar", "en", "fr", "de", "tr", "fa")],
        help_text=_("None ticked: notes in every language."),
    )  # fmt: skip
    tags = forms.MultipleChoiceField(
        label=_("Tags"), required=False, widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("None chosen: notes with any tag or none. Otherwise notes that bear one of them."),
    )  # fmt: skip
    authors = forms.MultipleChoiceField(
        label=_("Authors"), required=False, widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("None chosen, nor a group: notes by everybody."),
    )  # fmt: skip
    groups = forms.MultipleChoiceField(
        label=_("Groups"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Besides the authors: notes by whoever is of the group when the release is sealed."),
    )  # fmt: skip
    only_picked = forms.BooleanField(
        label=_("Only notes picked by hand"), required=False,
        help_text=_("The rule takes in none by itself; pick them on the page of the edition."),
    )  # fmt: skip
    order = forms.ChoiceField(
        label=_("Numbers of the notes"), choices=choices(ORDERS), required=False, initial=NoteOrder.PLACE,
        widget=forms.RadioSelect,
        help_text=_("Numbers, lists and what is printed follow it; each note stays at its passage."),
    )  # fmt: skip
    required_approvals = forms.TypedChoiceField(
        label=_("Approvals that a note needs"), choices=[(1, "1"), (2, "2"), (3, "3")], coerce=int, initial=1
    )
    independent_review = forms.BooleanField(
        label=_("Independent review"), required=False,
        help_text=_(
            "Where two or three approvals are needed: reviewers see what others decided of a note, their reasons and the wordings "
            "that they suggested, only after their own decision."
        ),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, edition: Edition | None = None, is_fixed: bool = False, who: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts = self._part_rows(edition, who)
        self.credits = CreditRows(self.data if self.is_bound else None, self.initial.get("credits") or ())
        if is_fixed:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = _("A release bears this address, so it stays as it is.")
        terms = visible_to(Term, who).filter(merged_into=None)
        texts = texts_of(edition) if edition else []
        if texts:
            notes = Annotation.objects.filter(text__in=[text.pk for text in texts])
            shown = shown_to(who, notes).order_by().values("shown_id")
            used = as_read(VersionTag.objects.filter(version__in=shown)).order_by().values("read_id")
            # A tag that the rule names is never lost by saving the form, whether a note bears it now or not.
            terms = terms.filter(Q(pk__in=used) | Q(public_id__in=self.initial.get("tags") or []))
        self.fields["tags"].choices = [(t.public_id, str(t)) for t in terms]
        self._offer_people(texts, who)
        self.offer_covers(who, texts[0].work if texts else None)

    def _part_rows(self, edition: Edition | None, who: Any) -> PartRows:
        labels = labels_of(edition.work_id, texts_of(edition), who) if edition else {}
        return PartRows(labels, self.initial, self.data if self.is_bound else None)

    def _offer_people(self, texts: Sequence[Text], who: Any) -> None:
        """Offer the authors of the notes and the editor's groups; what the rule names is never lost by saving the form."""
        authors = authors_on(shown_to(who, Annotation.objects.filter(standing_in(texts)))) if texts else {}
        groups = {row.public_id: row.name for row in visible_to(Group, who).order_by("name", "pk")}
        unnamed = {
            "authors": _("Somebody without notes on this text"),
            "groups": _("A group that you are not of"),
        }
        for name, offered in (("authors", authors), ("groups", groups)):
            named = dict.fromkeys(self.initial.get(name) or [], unnamed[name])
            self.fields[name].choices = list((named | offered).items())
            if not self.fields[name].choices:
                del self.fields[name]

    def is_valid(self) -> bool:
        """Whether the plan and each row of its credits can be kept."""
        if self.is_bound and not self.credits.is_valid():
            # Each row says for itself what is wrong with it; the head of the form that something is.
            self.errors["credits"] = self.error_class([])
        return super().is_valid()

    def clean(self) -> dict[str, Any]:
        """An edition takes at least one text."""
        values: dict[str, Any] = super().clean() or {}
        if self.parts.is_offered and not self.parts.taken:
            self.add_error(None, _("Tick at least one part."))
        return values

    def typed(self) -> dict[str, Any]:
        """Return what was typed so far, right or wrong, to go on from."""
        words = {
            name: self._sent(name, field)
            for name, field in self.fields.items()
            if not isinstance(field, forms.FileField)
        }
        kept = {"credits": self.credits.typed(), "kept_cover": self.initial.get("kept_cover") or ""}
        return words | kept | self.parts.typed()

    def _sent(self, name: str, field: forms.Field) -> Any:
        """Return what was sent of a field; browsers send nothing of those that are only read."""
        if field.disabled:
            return self.get_initial_for_field(field, name)
        return (
            self.data.getlist(name)
            if isinstance(field, forms.MultipleChoiceField)
            else self.data.get(name, "")
        )

    def plan(self) -> EditionInput:
        """Return what was filled in, for the actions."""
        data = self.cleaned_data
        words = {
            name: {language: data[f"{name}_{language}"] for language in ("ar", "en")}
            for name in ("title", "introduction", "change_note")
        }
        rule: dict[str, Any] = {
            name: data.get(name, [])
            for name in ("categories", "languages", "tags", "places", "authors", "groups")
        }
        return EditionInput(
            slug=data["slug"], **words, license_uri=data["license_uri"], cover=data["cover"],
            rule=rule | {"only_picked": data["only_picked"]} | ({"order": data["order"]} if data["order"] else {}),
            credits=self.credits.credits(self.initial.get("kept_credits") or ()), required_approvals=data["required_approvals"],
            independent_review=data["independent_review"], parts=self.parts.taken,
        )  # fmt: skip


def initial_of(edition: Edition) -> dict[str, Any]:
    """Return what the form of an edition begins with."""
    values: dict[str, Any] = {
        f"{name}_{language}": getattr(edition, f"{name}_{language}") or ""
        for name in ("title", "introduction", "change_note")
        for language in ("ar", "en")
    }
    rule = as_merged(edition.rule or {})
    cover = edition.cover.public_id if edition.cover else ""
    return values | {
        "slug": edition.slug, "license_uri": edition.license_uri,
        "credits": [values_of(credit) for credit in edition.credits], "kept_credits": edition.credits,
        "categories": rule.get("categories", []), "languages": rule.get("languages", []),
        "tags": rule.get("tags", []), "places": rule.get("places", []), "authors": rule.get("authors", []),
        "groups": rule.get("groups", []), "order": rule.get("order", NoteOrder.PLACE.value),
        "only_picked": bool(rule.get("only_picked")), "cover": cover, "kept_cover": cover, "required_approvals": edition.required_approvals,
        "independent_review": edition.independent_review, "version": edition.version,
        "parts": [text.public_id for text in texts_of(edition)],
    }  # fmt: skip


def differing_credits(form: EditionForm, current: dict[str, Any]) -> list[tuple[Any, str, str]]:
    """Return (label, what is there now, what was sent) of the credits where they differ."""
    now, sent = in_words(current["credits"]), in_words(form.credits.typed())
    return [(_("Credits"), now, sent)] if now != sent else []


def differing_parts(form: EditionForm, current: dict[str, Any]) -> list[tuple[Any, str, str]]:
    """Return (label, what is there now, what was sent) of the parts where they differ."""
    now, sent = (form.parts.in_words(ids) for ids in (current["parts"], form.parts.taken))
    return [(_("Parts"), now, sent)] if form.parts.is_offered and now != sent else []
