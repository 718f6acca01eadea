"""Rights statements and licences that an item may carry, by their addresses."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_CC = "https://creativecommons.org"
_RS = "http://rightsstatements.org/vocab"

RIGHTS: dict[str, str | Promise] = {
    f"{_CC}/publicdomain/mark/1.0/": _("Public domain"),
    f"{_CC}/publicdomain/zero/1.0/": _("CC0: given to the public domain"),
    f"{_CC}/licenses/by/4.0/": _("CC BY 4.0: with the name of the author"),
    f"{_CC}/licenses/by-sa/4.0/": _("CC BY-SA 4.0: with the name, under the same licence"),
    f"{_CC}/licenses/by-nc/4.0/": _("CC BY-NC 4.0: with the name, not for sale"),
    f"{_CC}/licenses/by-nc-sa/4.0/": _("CC BY-NC-SA 4.0: with the name, not for sale, same licence"),
    f"{_CC}/licenses/by-nd/4.0/": _("CC BY-ND 4.0: with the name, unchanged"),
    f"{_CC}/licenses/by-nc-nd/4.0/": _("CC BY-NC-ND 4.0: with the name, unchanged, not for sale"),
    f"{_RS}/InC/1.0/": _("In copyright"),
    f"{_RS}/InC-OW-EU/1.0/": _("In copyright, orphan work"),
    f"{_RS}/InC-EDU/1.0/": _("In copyright, educational use allowed"),
    f"{_RS}/InC-NC/1.0/": _("In copyright, non-commercial use allowed"),
    f"{_RS}/InC-RUU/1.0/": _("In copyright, rights holder cannot be found"),
    f"{_RS}/NoC-CR/1.0/": _("No copyright, contractual restrictions"),
    f"{_RS}/NoC-NC/1.0/": _("No copyright, non-commercial use only"),
    f"{_RS}/NoC-OKLR/1.0/": _("No copyright, other legal restrictions"),
    f"{_RS}/CNE/1.0/": _("Copyright not evaluated"),
    f"{_RS}/UND/1.0/": _("Copyright undetermined"),
    f"{_RS}/NKC/1.0/": _("No known copyright"),
}  # fmt: skip


def rights_label(uri: str) -> str:
    """Return what a rights address says in words; the address itself when we have no words for it."""
    return str(RIGHTS.get(uri, uri))


def rights_named(words: str) -> str | None:
    """Return the address that a short name stands for ("CC BY-SA 4.0", "cc-by-sa-4.0", "CC0", "InC-EDU"), else None."""
    return _NAMED.get(_plain(words))


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", " ", name).strip().casefold()


def _short_names(uri: str) -> list[str]:
    """Return by which names an address of `RIGHTS` is known: how licences are cited, and the codes of the statements."""
    parts = uri.rstrip("/").split("/")
    if uri.startswith(_RS):
        return [parts[-2]]
    if parts[-2] == "zero":
        return ["CC0", f"CC0 {parts[-1]}"]
    return [f"CC {parts[-2]} {parts[-1]}"] if parts[-3] == "licenses" else []


_NAMED = {_plain(name): uri for uri in RIGHTS for name in _short_names(uri)}
