"""Who is credited with something, by whom it is published and what its lasting name is, in the words of schema.org."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from annotations.presenters.citation import Citation
from annotations.presenters.credit_lines import schema_person

#: What kinds of works are.
TYPES_OF_WORKS = {"article": "Article", "book": "Book", "letter": "Message", "recording": "AudioObject"}


def schema_people(citation: Citation) -> dict[str, Any]:
    """Return who is credited, and by whom it is published, in the words of schema.org."""
    roles = {
        "author": citation.credited,
        "editor": citation.editors,
        "contributor": citation.annotators,
    }
    found: dict[str, Any] = {
        role: [schema_person(name, "" if role == "author" else citation.orcid_of(name)) for name in names]
        for role, names in roles.items() if names
    }  # fmt: skip
    if citation.site:
        found["publisher"] = {"@type": "Organization", "name": citation.site, "url": settings.PUBLIC_URL}
    if citation.ark and not citation.ark_is_test:
        found["identifier"] = {"@type": "PropertyValue", "propertyID": "ARK", "value": citation.ark}
    return found
