"""Which fields of the vocabulary and of editions have an Arabic and an English value."""

from modeltranslation.translator import TranslationOptions, register

from annotations.models import Edition, Term


@register(Term)
class TermOptions(TranslationOptions):
    """A term's label, description and scope note."""

    fields = ("label", "description", "scope_note")


@register(Edition)
class EditionOptions(TranslationOptions):
    """The words around an edition."""

    fields = ("title", "introduction", "change_note")
