"""Names of languages, in the interface language."""

import unicodedata

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, str | Promise] = {
    "ar": _("Arabic"), "en": _("English"), "fa": _("Persian"), "he": _("Hebrew"), "tr": _("Turkish"),
    "ota": _("Ottoman Turkish"), "ku": _("Kurdish"), "syr": _("Syriac"), "fr": _("French"), "de": _("German"),
    "la": _("Latin"), "grc": _("Ancient Greek"), "el": _("Greek"), "hy": _("Armenian"), "ru": _("Russian"),
    "ur": _("Urdu"), "es": _("Spanish"), "it": _("Italian"),
}  # fmt: skip
RTL = frozenset({"ar", "fa", "he", "ota", "syr", "ur", "ku"})


def language_label(code: str) -> str:
    """Return the name of a BCP 47 language, or its code when we have no name for it."""
    return str(NAMES.get(code.split("-")[0], code))


def language_read(words: str) -> str:
    """Return "ar" for words whose first letter is Arabic, for `lang` where nobody said it; else nothing."""
    classes = (unicodedata.bidirectional(character) for character in words)
    return "ar" if next((name for name in classes if name in ("L", "R", "AL")), "L") == "AL" else ""


def direction_of(code: str) -> str:
    """Return "rtl" or "ltr" for a BCP 47 language."""
    return "rtl" if code.split("-")[0] in RTL else "ltr"
