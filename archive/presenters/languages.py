"""Names of languages, in the interface language."""

import unicodedata

from django.utils.functional import Promise
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

NAMES: dict[str, str | Promise] = {
    "ar": _("Arabic"), "en": _("English"), "fa": _("Persian"), "he": _("Hebrew"), "tr": _("Turkish"),
    "ota": _("Ottoman Turkish"), "ku": _("Kurdish"), "syr": _("Syriac"), "fr": _("French"), "de": _("German"),
    "la": _("Latin"), "grc": _("Ancient Greek"), "el": _("Greek"), "hy": _("Armenian"), "ru": _("Russian"),
    "ur": _("Urdu"), "es": _("Spanish"), "it": _("Italian"),
}  # fmt: skip
#: Scripts in which a language can be written besides its own.
SCRIPTS: dict[str, str | Promise] = {
    "Latn": pgettext_lazy("script", "Latin"), "Arab": pgettext_lazy("script", "Arabic"), "Cyrl": pgettext_lazy("script", "Cyrillic"),
    "Hebr": pgettext_lazy("script", "Hebrew"), "Grek": pgettext_lazy("script", "Greek"), "Syrc": pgettext_lazy("script", "Syriac"),
    "Armn": pgettext_lazy("script", "Armenian"),
}  # fmt: skip
#: Scripts that run from the right, whatever the language.
_RTL_SCRIPTS = frozenset({"Arab", "Hebr", "Syrc"})
RTL = frozenset({"ar", "fa", "he", "ota", "syr", "ur", "ku"})


def language_label(code: str) -> str:
    """Return the name of a BCP 47 language, with a script of its own, or its code when we have no name for it."""
    base, *rest = code.split("-")
    name = str(NAMES.get(base, code))
    scripts = [part for part in rest if part.title() in SCRIPTS]
    if not scripts or base not in NAMES:
        return name
    return translated("%(language)s in %(script)s letters") % {
        "language": name,
        "script": SCRIPTS[scripts[0].title()],
    }


def language_read(words: str) -> str:
    """Return "ar" for words whose first letter is Arabic, for `lang` where nobody said it; else nothing."""
    classes = (unicodedata.bidirectional(character) for character in words)
    return "ar" if next((name for name in classes if name in ("L", "R", "AL")), "L") == "AL" else ""


def direction_of(code: str) -> str:
    """Return "rtl" or "ltr" for a BCP 47 language; a script outweighs the language."""
    scripts = [part.title() for part in code.split("-")[1:] if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RTL_SCRIPTS else "ltr"
    return "rtl" if code.split("-")[0] in RTL else "ltr"
