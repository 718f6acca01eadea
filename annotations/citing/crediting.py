"""What a line of credits says besides names: the roles of CRediT and the ORCID iD, each with its address.

A line is `{"name": …, "role": …}`, by choice with `name_ar`, `name_en`, `roles` (codes of CRediT) and `orcid` (bare). Lines
of releases that were sealed elsewhere are read too, so what is not understood is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotations.citing.identifiers import orcid_of
from annotations.enums import CreditRole

Credit = Mapping[str, Any]


def roles_in(credit: Credit) -> tuple[CreditRole, ...]:
    """Return the roles of CRediT that somebody is credited with, in the order of the taxonomy."""
    given = credit.get("roles")
    codes = {code for code in given if isinstance(code, str)} if isinstance(given, list | tuple) else set()
    return tuple(role for role in CreditRole if role.value in codes)


def orcid_in(credit: Credit) -> str:
    """Return the ORCID iD of somebody; empty where there is none, or none that can be."""
    given = credit.get("orcid")
    return (orcid_of(given) or "") if isinstance(given, str) else ""


def names_of(name: str, credits: Iterable[Credit]) -> dict[str, str]:
    """Return somebody's names (`name`, by choice `name_ar`, `name_en`) as a line of credits has them that names them.

    An account has one name; whoever is credited with an edition has one in each language there.
    """
    for credit in credits:
        names = {key: str(credit.get(key) or "") for key in ("name", "name_ar", "name_en")}
        if name and name in names.values():
            return {key: value for key, value in names.items() if value} | {"name": name}
    return {"name": name}


def named_in(name: str, credits: Iterable[Credit], language: str) -> str:
    """Return what somebody is called in a language, where a line of credits says it."""
    return names_of(name, credits).get(f"name_{language}") or name


def orcid_address(orcid: str) -> str:
    """Return the address that is the name of an ORCID iD."""
    return f"https://orcid.org/{orcid}"


def role_address(role: CreditRole) -> str:
    """Return the address by which NISO names a role."""
    return f"https://credit.niso.org/contributor-roles/{role.value}/"
