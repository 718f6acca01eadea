"""Everybody who contributed to what is public: by the names that descriptions and releases carry.

People have no rows of their own here: equal names are told as one person, and so are equal ORCID iDs. Whoever asked that their account be erased is
not listed, though what was published under their name goes on crediting it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotations.citing.crediting import orcid_address, orcid_in, roles_in
from annotations.editions.reading import public_releases
from annotations.enums import CreditRole
from annotations.presenters.credit_lines import CREDIT_ROLES
from annotations.presenters.release_facts import facts_of
from annotations.presenters.shelf import MODELS
from annotations.presenters.words import Said, said
from archive.access import ANYBODY, visible_to
from archive.models import User
from archive.models.base import id_of_words
from archive.presenters.languages import language_read
from archive.presenters.roles import role_code, role_words
from archive.text.folding import fold_key


def key_of(name: str) -> str:
    """Return the id under which a name has its page."""
    return id_of_words(f"contributor:{_plain(name)}")


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


@dataclass(slots=True)
class Contributor:
    """Somebody, and what they contributed to."""

    key: str
    #: The name as it was written first, and in each language in which it is told.
    name: str
    names: dict[str, str] = field(default_factory=dict)
    #: Codes of roles, or their words where they have no code; in the order in which they were met.
    roles: dict[str, None] = field(default_factory=dict)
    #: Codes of CRediT.
    credited: dict[CreditRole, None] = field(default_factory=dict)
    #: ORCID iDs, each once: more than one where people of one name stand on one page.
    orcids: dict[str, None] = field(default_factory=dict)
    #: Kind and key of items in the catalogue.
    made: dict[tuple[str, int], None] = field(default_factory=dict)
    #: Keys of releases.
    releases: dict[int, None] = field(default_factory=dict)

    @property
    def said(self) -> Said:
        """The name in the interface language where it is told in it."""
        own = said(self.names)
        return own if own and not own.is_foreign else Said(self.name, language_read(self.name))

    @property
    def other(self) -> Said:
        """The name in another language; empty when there is none."""
        shown = self.said.text
        found = {code: name for code, name in self.names.items() if name != shown}
        return (
            said(found) if found else Said("" if self.name == shown else self.name, language_read(self.name))
        )

    @property
    def role_words(self) -> list[str]:
        """What they did, in words."""
        roles = [str(CREDIT_ROLES[role]) for role in CreditRole if role in self.credited]
        return [*(role_words(role) for role in self.roles), *roles]

    @property
    def orcid_links(self) -> list[tuple[str, str]]:
        """The ORCID iDs with their addresses."""
        return [(orcid, orcid_address(orcid)) for orcid in self.orcids]

    @property
    def count(self) -> int:
        """To how many things they contributed."""
        return len(self.made) + len(self.releases)

    def also(self, person: Mapping[str, Any], default: str) -> None:
        """Take in how a description or a release names them."""
        written = str(person.get("role") or "").strip()
        credited = dict.fromkeys(roles_in(person))
        self.credited |= credited
        if written or not credited:
            self.roles[role_code(written) or written or default] = None
        if orcid := orcid_in(person):
            self.orcids[orcid] = None
        for code in ("ar", "en"):
            if person.get(f"name_{code}"):
                self.names.setdefault(code, str(person[f"name_{code}"]))


class Book:
    """Everybody by key; whoever is named in two languages is found by both names."""

    def __init__(self) -> None:
        self.people: dict[str, Contributor] = {}
        #: The key of each form of a name → that of the person's page.
        self.forms: dict[str, str] = {}

    def take(self, people: Iterable[Any], default: str) -> list[Contributor]:
        """Take in who is credited with something; return them."""
        return [self._one(person, default) for person in people if _name_of(person)]

    def _one(self, person: Mapping[str, Any], default: str) -> Contributor:
        forms = [key_of(name) for name in _forms(person)]
        known = list(dict.fromkeys(self.forms[key] for key in forms if key in self.forms))
        key = known[0] if known else forms[0]
        one = self.people.setdefault(key, Contributor(key, _name_of(person)))
        for other in known[1:]:
            self._merge(one, self.people.pop(other))
        self.forms.update(dict.fromkeys(forms, key))
        one.also(person, default)
        return one

    def _merge(self, one: Contributor, other: Contributor) -> None:
        for code, name in other.names.items():
            one.names.setdefault(code, name)
        one.roles |= other.roles
        one.credited |= other.credited
        one.orcids |= other.orcids
        one.made |= other.made
        one.releases |= other.releases
        self.forms.update({form: one.key for form, key in self.forms.items() if key == other.key})

    def of(self, key: str) -> Contributor | None:
        """Return who is found by the key of any form of their name."""
        return self.people.get(self.forms.get(key, ""))


def _name_of(person: Any) -> str:
    return " ".join(str(person.get("name") or "").split()) if isinstance(person, Mapping) else ""


def _forms(person: Mapping[str, Any]) -> list[str]:
    """Return what somebody is found by: their name in each language, and the address of their ORCID iD."""
    orcid = orcid_in(person)
    return [
        _name_of(person),
        *(str(person[f"name_{code}"]) for code in ("ar", "en") if person.get(f"name_{code}")),
        *([orcid_address(orcid)] if orcid else []),
    ]


def contributors() -> Book:
    """Return them, as anybody may know of them."""
    book = Book()
    for kind, model in MODELS.items():
        rows = visible_to(model, ANYBODY).order_by("pk").exclude(creators=[])
        for pk, creators in rows.values_list("pk", "creators"):
            for one in book.take(creators, "author" if kind == "work" else "contributor"):
                one.made[kind, pk] = None
    _add_releases(book)
    for key in unlisted():
        book.people.pop(book.forms.get(key, ""), None)
    return book


def _add_releases(book: Book) -> None:
    """Add who is credited with releases."""
    for release in public_releases():
        facts = facts_of(release)
        annotators = [{"name": name, "role": "annotator"} for _ident, name in facts.authors]
        for one in book.take((*facts.credits, *annotators), "contributor"):
            one.releases[release.pk] = None


def unlisted() -> set[str]:
    """Return the keys of the names under which those wrote who asked to be erased: there are no pages of these."""
    rows = User.objects.filter(erasures__isnull=False, erasures__cancelled_at=None)
    gone = set(rows.values_list("public_id", flat=True))
    if not gone:
        return set()
    told = (person for release in public_releases() for person in facts_of(release).authors)
    return {key_of(name) for ident, name in told if ident in gone}


def in_order(people: Iterable[Contributor], query: str = "") -> list[Contributor]:
    """Return them by name, and of them those whose name in any language has these letters."""
    wanted = fold_key(query)
    chosen = [
        one
        for one in people
        if not wanted or any(wanted in fold_key(n) for n in (one.name, *one.names.values()))
    ]
    return sorted(chosen, key=lambda one: (fold_key(one.said.text), one.key))
