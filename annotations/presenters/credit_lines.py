"""Who is credited with an edition and with what, in words and in those of schema.org."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.citing.crediting import Credit, orcid_address, orcid_in, role_address, roles_in
from annotations.enums import CreditRole
from archive.presenters.listing import listed
from archive.presenters.roles import role_words

#: The roles of CRediT; the English words are those of the standard, the Arabic ones our own.
CREDIT_ROLES: Mapping[str, str | Promise] = {
    CreditRole.CONCEPTUALIZATION: _("Conceptualization"), CreditRole.DATA_CURATION: _("Data curation"),
    CreditRole.FORMAL_ANALYSIS: _("Formal analysis"), CreditRole.FUNDING_ACQUISITION: _("Funding acquisition"),
    CreditRole.INVESTIGATION: _("Investigation"), CreditRole.METHODOLOGY: _("Methodology"),
    CreditRole.PROJECT_ADMINISTRATION: _("Project administration"), CreditRole.RESOURCES: _("Resources"),
    CreditRole.SOFTWARE: _("Software"), CreditRole.SUPERVISION: _("Supervision"),
    CreditRole.VALIDATION: _("Validation"), CreditRole.VISUALIZATION: _("Visualization"),
    CreditRole.WRITING_DRAFT: _("Writing – original draft"),
    CreditRole.WRITING_REVIEW: _("Writing – review & editing"),
}  # fmt: skip


def roles_in_words(credit: Credit) -> list[str]:
    """Return all that somebody did: the role that was put in words first, then those of CRediT."""
    own = role_words(str(credit.get("role") or ""))
    return [*([own] if own else []), *(str(CREDIT_ROLES[role]) for role in roles_in(credit))]


def schema_person(name: str, orcid: str = "") -> dict[str, Any]:
    """Return a person in the words of schema.org."""
    person: dict[str, Any] = {"@type": "Person", "name": name}
    if orcid:
        address = orcid_address(orcid)
        person |= {
            "@id": address, "sameAs": address,
            "identifier": {"@type": "PropertyValue", "propertyID": "ORCID", "value": orcid},
        }  # fmt: skip
    return person


def schema_roles(credits: Iterable[Credit], language: str) -> list[dict[str, Any]]:
    """Return what those who are credited did, each role by the address that CRediT gives it."""
    found = []
    for credit in credits:
        person = schema_person(_name(credit, language), orcid_in(credit))
        found += [
            {"@type": "Role", "roleName": str(CREDIT_ROLES[role]), "sameAs": role_address(role), "contributor": person}
            for role in roles_in(credit)
        ]  # fmt: skip
    return found


def credit_text(credits: Iterable[Credit], language: str) -> str:
    """Return one line with everybody and their roles: "Hind (editor, Supervision) · …"; empty without credits."""
    people = []
    for credit in credits:
        name, roles = _name(credit, language), roles_in_words(credit)
        people.append(f"{name} ({listed(roles)})" if name and roles else name)
    return " · ".join(filter(None, people))


def _name(credit: Credit, language: str) -> str:
    return str(credit.get(f"name_{language}") or credit.get("name") or "")
