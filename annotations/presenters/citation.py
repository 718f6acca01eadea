"""How to cite what anybody may read: who and what is named, and ready text of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations.citing.crediting import named_in, orcid_in, roles_in
from annotations.editions.values import Snapshot
from annotations.presenters.words import Said, said
from archive.presenters.listing import comma, in_quotes
from archive.presenters.roles import role_code
from archive.text.directions import direction_of, isolated


@dataclass(frozen=True, slots=True)
class Citation:
    """The facts that every form of citation is made of."""

    key: str
    title: str
    language: str
    #: Who wrote the text; then who is credited with the edition, and with its notes.
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    annotators: tuple[str, ...]
    number: int
    site: str
    published_at: datetime | None
    url: str
    manifest_hash: str
    #: "release", or a "note" or "passage" of one; "work", or a "quote" of its text; "image", "video".
    kind: str = "release"
    #: Kind of the work, when it is one.
    work_kind: str = ""
    #: The number of the note; the words that it is on, or that are quoted, cut where they are many.
    note: int = 0
    quoted: str = ""
    #: The note's own author.
    note_author: str = ""
    #: When the work was made, in EDTF; its year is the first.
    date: str = ""
    #: The name that stays, and whether it is more than a trial.
    ark: str = ""
    ark_is_test: bool = True
    license: str = ""
    #: Names of those whom the edition credits as editors and annotators, each with their ORCID iD. Somebody else of the
    #: same name has none, and a name that two of them bear tells neither.
    orcids: tuple[tuple[str, str], ...] = ()

    @property
    def is_of_release(self) -> bool:
        """Whether it cites a release or something in it."""
        return self.kind in ("release", "note", "passage")

    @property
    def credited(self) -> tuple[str, ...]:
        """Who stands first: the note's author for a note, else who made the text."""
        return (self.note_author,) if self.note_author else self.authors

    def orcid_of(self, name: str) -> str:
        """Return the ORCID iD of an editor or annotator who is named; empty where none is known."""
        known = {orcid for one, orcid in self.orcids if one == name}
        return known.pop() if len(known) == 1 else ""

    @property
    def year(self) -> str:
        """The year of publication; empty before. Of a work, the year in which it was made."""
        if self.published_at:
            return str(self.published_at.year)
        made = re.match(r"[\[{]?(\d{4})", self.date)
        return made[1] if made else ""


def cite(
    snapshot: Snapshot, *, site: str, url: str, published_at: datetime | None, manifest_hash: str
) -> Citation:
    """Return the citation of a release in the interface language; `url` is its lasting address."""
    title = said(snapshot.title)
    return Citation(
        key=re.sub(r"[^a-z0-9]", "", snapshot.slug) + f"-{snapshot.number}",
        title=title.text, language=title.language, number=snapshot.number, **_people(snapshot, title),
        orcids=_orcids(snapshot, title),
        site=site, published_at=published_at, url=url, manifest_hash=manifest_hash,
    )  # fmt: skip


#: Roles of creators who stand as authors on a title page; one without a role is one.
WRITERS = ("author", "poet", "sender", "compiler")


def _people(snapshot: Snapshot, title: Said) -> dict[str, tuple[str, ...]]:
    """Return the names of the title page: the text's authors, the edition's editors, and those of its notes.

    Where nobody is credited with the notes, their authors are.
    """
    named: dict[str, list[str]] = {"author": [], "editor": [], "annotator": []}
    for creator in snapshot.work.creators:
        written = str(creator.get("role") or "").strip()
        if not written or role_code(written) in WRITERS:
            named["author"].append(name_in(creator, title))
    for credit in snapshot.credits:
        code = _title_role(credit)
        if code in named:
            named[code].append(name_in(credit, title))
    if not any(named["annotator"]):
        named["annotator"] = [
            named_in(person.name, snapshot.credits, title.language) for person in snapshot.authors
        ]
    return {f"{role}s": tuple(dict.fromkeys(filter(None, names))) for role, names in named.items()}


def _orcids(snapshot: Snapshot, title: Said) -> tuple[tuple[str, str], ...]:
    known = (
        (name_in(credit, title), orcid_in(credit))
        for credit in snapshot.credits if _title_role(credit) in ("editor", "annotator")
    )  # fmt: skip
    return tuple((name, orcid) for name, orcid in known if name and orcid)


def _title_role(credit: Mapping[str, Any]) -> str:
    """Return as what a credit stands on a title page.

    What was credited before there were roles was credited for notes. CRediT has no word for those who edit or annotate.
    """
    written = str(credit.get("role") or "")
    return role_code(written) or ("" if written or roles_in(credit) else "annotator")


def name_in(person: Mapping[str, Any], title: Said) -> str:
    """Return the name of a creator or of somebody credited, in the language of the title where it is told in it."""
    return str(person.get(f"name_{title.language}") or person.get("name") or "")


def as_text(citation: Citation) -> str:
    """Return one sentence with its address, ready to be put into a footnote."""
    return f"{in_words(citation)} {citation.url}"


def in_words(citation: Citation) -> str:
    """Return the sentence alone: an address beside it is set in its own direction."""
    citation = readable(citation)
    parts = [_listed(citation.credited), part_words(citation), in_quotes(citation.title)]
    if citation.editors:
        parts.append(_("edited by %(names)s") % {"names": _listed(citation.editors)})
    if citation.annotators:
        parts.append(_("annotated by %(names)s") % {"names": _listed(citation.annotators)})
    if citation.is_of_release:
        parts.append(_("release %(number)s") % {"number": citation.number})
    place = " ".join(part for part in (citation.site, citation.year) if part)
    return f"{comma().join(filter(None, parts))}" + (f" ({place})." if place else ".")


def direction() -> str:
    """Return which way a citation runs: that of its own words, whoever it names."""
    return direction_of(get_language() or settings.LANGUAGE_CODE)


def readable(citation: Citation) -> Citation:
    """Return the citation for people: each name and title that is written the other way keeps its order by itself.

    Machines are given none of these signs.
    """
    way = direction()

    def kept(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(isolated(name, way) for name in names)

    return replace(
        citation, title=isolated(citation.title, way), site=isolated(citation.site, way),
        authors=kept(citation.authors), editors=kept(citation.editors), annotators=kept(citation.annotators),
        note_author=isolated(citation.note_author, way), quoted=isolated(citation.quoted, way),
    )  # fmt: skip


def part_words(citation: Citation) -> str:
    """Return "note 5 on “…”" or "passage “…”"; nothing for a whole."""
    words = in_quotes(citation.quoted) if citation.quoted else ""
    if citation.note:
        return _("note %(number)s on %(words)s") % {"number": citation.note, "words": words}
    return _("passage %(words)s") % {"words": words} if words else ""


def _listed(names: tuple[str, ...]) -> str:
    """Return at most three names."""
    return comma().join(names[:3]) + (_(" and others") if len(names) > 3 else "")
