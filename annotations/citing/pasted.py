"""What somebody pasted, as one item of CSL data: BibTeX, RIS, CSL-JSON, a DOI, an ISBN, an address."""

from __future__ import annotations

import json
from typing import Any

from annotations.citing import bibtex, ris
from annotations.citing.checking import Csl, checked
from annotations.citing.identifiers import doi_of, isbn_of
from archive.errors import Invalid
from archive.text.json_input import json_object

#: Letters of what is pasted; one item of any library manager is far shorter.
LONGEST = 20_000


def item_of(words: str, *, field: str = "pasted") -> Csl:
    """Return the item, checked; an ISBN alone gives one without a title, which somebody must add.

    Nothing is fetched: a DOI stays a DOI. Raises Invalid ("citation_unreadable", "citation_several", and as
    `checked`).
    """
    if len(words) > LONGEST:
        raise Invalid("too_long", field=field, limit_length=LONGEST)
    words = words.strip().strip("\ufeff")
    try:
        return _read(words, field)
    except (ValueError, RecursionError):
        raise Invalid("citation_unreadable", field=field) from None


def _read(words: str, field: str) -> Csl:
    if words.startswith(("{", "[")):
        return checked(_json(words, field), field=field)
    for form, count in ((bibtex, bibtex.entries), (ris, ris.records)):
        if (form is bibtex and bibtex.is_bibtex(words)) or (form is ris and ris.is_ris(words)):
            if count(words) > 1:
                raise Invalid("citation_several", field=field)
            return checked(form.read(words), field=field)
    if doi := doi_of(words):
        return checked({"type": "document", "DOI": doi}, field=field)
    if isbn := isbn_of(words):
        return {"type": "book", "ISBN": isbn}
    if words.startswith(("http://", "https://")):
        return checked({"type": "webpage", "URL": words}, field=field)
    raise ValueError("nothing known")


def _json(words: str, field: str) -> dict[str, Any]:
    """Return the one item of CSL-JSON, alone or in a list."""
    if words.startswith("["):
        items = json_object(json.dumps({"items": None}).replace("null", words).encode())["items"]
        if not isinstance(items, list) or not items or not isinstance(items[0], dict):
            raise ValueError("no item")
        if len(items) > 1:
            raise Invalid("citation_several", field=field)
        return dict(items[0])
    return json_object(words.encode())
