"""How to cite what anybody may read: ready text, BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations.citing.crediting import orcid_address, orcid_in, roles_in
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
        named["annotator"] = [person.name for person in snapshot.authors]
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


def as_bibtex(citation: Citation) -> str:
    """Return a BibTeX entry (`annotator` is biblatex's); a second pair of braces keeps each name as it is written.

    ORCID iDs stand in annotations of biblatex, which BibTeX passes over.
    """
    inside = {"booktitle": _plain(citation.title)} if citation.note else {}
    fields = {
        "title": _plain(part_words(citation) if citation.note else citation.title), **inside,
        "author": _braced(citation.credited), "editor": _braced(citation.editors),
        "annotator": _braced(citation.annotators), **_annotated(citation),
        "year": citation.year, "publisher": _plain(citation.site), "edition": _edition(citation),
        "language": citation.language, "url": citation.url, "note": _plain(_remark(citation)),
    }  # fmt: skip
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    kind = "incollection" if citation.note else "book" if citation.is_of_release else "misc"
    return f"@{kind}{{{citation.key},\n{lines}\n}}\n"


def _edition(citation: Citation) -> str:
    return str(citation.number) if citation.is_of_release else ""


def _remark(citation: Citation) -> str:
    """Return what is said beside: the passage that is meant, and the hash by which a release is checked."""
    passage = part_words(citation) if not citation.note else ""
    digest = f"SHA-256 {citation.manifest_hash}" if citation.manifest_hash else ""
    return ". ".join(filter(None, (passage, digest)))


def _braced(names: tuple[str, ...]) -> str:
    return " and ".join(f"{{{_plain(name)}}}" for name in names)


def _annotated(citation: Citation) -> dict[str, str]:
    """Return the ORCID iDs of those who are named, each by the place of its name."""
    named = {"editor": citation.editors, "annotator": citation.annotators}
    return {
        f"{role}+an:orcid": "; ".join(
            f'{place}="{orcid_address(citation.orcid_of(name))}"'
            for place, name in enumerate(names, start=1) if citation.orcid_of(name)
        )
        for role, names in named.items()
    }  # fmt: skip


def _plain(value: str) -> str:
    """Return words without what BibTeX would read as its own."""
    return " ".join(value.translate(str.maketrans("", "", "\\{}")).split())


_RIS_TYPES = {"image": "ART", "video": "VIDEO"}


def as_ris(citation: Citation) -> str:
    """Return an RIS record."""
    kind = (
        "CHAP"
        if citation.note
        else "BOOK"
        if citation.is_of_release
        else _RIS_TYPES.get(citation.kind, "GEN")
    )
    title = part_words(citation) if citation.note else citation.title
    lines = [("TY", kind), ("TI", title), *(("AU", name) for name in citation.credited)]
    if citation.note:
        lines.append(("T2", citation.title))
    lines += [("ED", name) for name in citation.editors] + [("A4", name) for name in citation.annotators]
    lines += [
        ("PY", citation.year), ("PB", citation.site), ("ET", _edition(citation)), ("LA", citation.language),
        ("UR", citation.url), ("N1", _remark(citation)), ("ER", ""),
    ]  # fmt: skip
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines if value or tag == "ER")


_CSL_TYPES = {"image": "graphic", "video": "motion_picture"}
_CSL_OF_WORKS = {
    "article": "article",
    "book": "book",
    "letter": "personal_communication",
    "recording": "song",
}


def _csl_type(citation: Citation) -> str:
    if citation.is_of_release:
        return "chapter" if citation.note else "book"
    return _CSL_TYPES.get(citation.kind) or _CSL_OF_WORKS.get(citation.work_kind, "document")


def as_csl(citation: Citation) -> str:
    """Return CSL-JSON, a list of one item."""
    title = part_words(citation) if citation.note else citation.title
    item: dict[str, object] = {
        "id": citation.key, "type": _csl_type(citation), "title": title, "language": citation.language,
        "container-title": citation.title if citation.note else "", "publisher": citation.site,
        "edition": _edition(citation), "URL": citation.url, "note": _remark(citation),
    }  # fmt: skip
    item = {name: value for name, value in item.items() if value}
    # CSL has no word for those who annotate.
    people = {
        "author": citation.credited,
        "editor": citation.editors,
        "contributor": citation.annotators,
    }
    item |= {role: [{"literal": name} for name in names] for role, names in people.items() if names}
    cited = (*citation.editors, *citation.annotators)
    orcids = {name: orcid_address(orcid) for name in cited if (orcid := citation.orcid_of(name))}
    if orcids:
        # A name of CSL has no place for it; `custom` is for what has none.
        item["custom"] = {"orcid": orcids}
    if citation.published_at:
        at = citation.published_at
        item["issued"] = {"date-parts": [[at.year, at.month, at.day]]}
    elif citation.year:
        item["issued"] = {"date-parts": [[int(citation.year)]]}
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


#: Forms that can be downloaded: (function, media type, ending).
FORMS = {
    "bibtex": (as_bibtex, "application/x-bibtex; charset=utf-8", "bib"),
    "ris": (as_ris, "application/x-research-info-systems; charset=utf-8", "ris"),
    "csl": (as_csl, "application/vnd.citationstyles.csl+json", "json"),
}
