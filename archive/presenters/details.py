"""What a description says besides, in words: statements of a closed list of terms, each the element of MODS that it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from archive.enums import DetailTerm
from archive.presenters.desk_words import Words
from archive.presenters.languages import language_label
from archive.text.details import statements

TERMS: Words = {
    "language": _("Further language"),
    "publisher": _("Publisher"),
    "published_in": _("Place of publication"),
    "issued": _("Date of publication"),
    "edition": pgettext_lazy("of a book", "Edition"),
    "extent": _("Extent"),
    "form": _("Form and material"),
    "genre": _("Genre"),
    "subject": _("Subject"),
    "series": _("Series"),
    "related": _("Related to"),
    "contents": _("Contents"),
    "audience": _("Audience"),
    "location": _("Where it lies"),
    "note": pgettext_lazy("of a description", "Remark"),
}
#: The element of MODS that a term is; those of which schema.org has no word are named by it there.
MODS = {
    "language": "language", "publisher": "originInfo/publisher", "published_in": "originInfo/place",
    "issued": "originInfo/dateIssued", "edition": "originInfo/edition", "extent": "physicalDescription/extent",
    "form": "physicalDescription/form", "genre": "genre", "subject": "subject/topic", "series": "relatedItem[series]",
    "related": "relatedItem", "contents": "tableOfContents", "audience": "targetAudience", "location": "location",
    "note": "note",
}  # fmt: skip


def details_in_words(details: Iterable[Any]) -> list[tuple[str, str]]:
    """Return each statement as its name and its words in the language of the page."""
    return [
        (str(TERMS[term]), language_label(value) if term == DetailTerm.LANGUAGE else value)
        for term, value in statements(details)
    ]


def term_named(words: str) -> str:
    """Return the term that somebody wrote in either language, or as its code; empty for none."""
    wanted = words.strip().casefold()
    for language in ("ar", "en"):
        with override(language):
            for term, name in TERMS.items():
                if wanted in (term, term.replace("_", " "), str(name).casefold()):
                    return term
    return ""
