"""How to cite a release: ready text, BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from annotations.editions.values import Snapshot
from annotations.presenters.words import Said, said
from archive.presenters.listing import comma
from archive.presenters.roles import role_code


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

    @property
    def year(self) -> str:
        """The year of publication; empty before."""
        return str(self.published_at.year) if self.published_at else ""


def cite(
    snapshot: Snapshot, *, site: str, url: str, published_at: datetime | None, manifest_hash: str
) -> Citation:
    """Return the citation of a release in the interface language; `url` is its lasting address."""
    title = said(snapshot.title)
    return Citation(
        key=re.sub(r"[^a-z0-9]", "", snapshot.slug) + f"-{snapshot.number}",
        title=title.text, language=title.language, number=snapshot.number, **_people(snapshot, title),
        site=site, published_at=published_at, url=url, manifest_hash=manifest_hash,
    )  # fmt: skip


#: Roles of creators who stand as authors on a title page; one without a role is one.
_WRITERS = ("author", "poet", "sender", "compiler")


def _people(snapshot: Snapshot, title: Said) -> dict[str, tuple[str, ...]]:
    """Return the names of the title page: the text's authors, the edition's editors, and those of its notes.

    Where nobody is credited with the notes, their authors are.
    """
    named: dict[str, list[str]] = {"author": [], "editor": [], "annotator": []}
    for creator in snapshot.work.creators:
        written = str(creator.get("role") or "").strip()
        if not written or role_code(written) in _WRITERS:
            named["author"].append(_name(creator, title))
    for credit in snapshot.credits:
        # What was credited before there were roles was credited for notes.
        code = role_code(str(credit.get("role") or "")) or ("" if credit.get("role") else "annotator")
        if code in named:
            named[code].append(_name(credit, title))
    if not any(named["annotator"]):
        named["annotator"] = [person.name for person in snapshot.authors]
    return {f"{role}s": tuple(dict.fromkeys(filter(None, names))) for role, names in named.items()}


def _name(person: Mapping[str, Any], title: Said) -> str:
    return str(person.get(f"name_{title.language}") or person.get("name") or "")


def as_text(citation: Citation) -> str:
    """Return one sentence with its address, ready to be put into a footnote."""
    return f"{in_words(citation)} {citation.url}"


def in_words(citation: Citation) -> str:
    """Return the sentence alone: an address beside it is set in its own direction."""
    parts = [_listed(citation.authors), f"«{citation.title}»"]
    if citation.editors:
        parts.append(_("edited by %(names)s") % {"names": _listed(citation.editors)})
    if citation.annotators:
        parts.append(_("annotated by %(names)s") % {"names": _listed(citation.annotators)})
    parts.append(_("release %(number)s") % {"number": citation.number})
    place = " ".join(part for part in (citation.site, citation.year) if part)
    return f"{comma().join(filter(None, parts))} ({place})."


def _listed(names: tuple[str, ...]) -> str:
    """Return at most three names."""
    return comma().join(names[:3]) + (_(" and others") if len(names) > 3 else "")


def as_bibtex(citation: Citation) -> str:
    """Return a BibTeX entry (`annotator` is biblatex's); a second pair of braces keeps each name as it is written."""
    fields = {
        "title": _plain(citation.title),
        "author": _braced(citation.authors), "editor": _braced(citation.editors),
        "annotator": _braced(citation.annotators),
        "year": citation.year, "publisher": _plain(citation.site), "edition": str(citation.number),
        "language": citation.language, "url": citation.url, "note": f"SHA-256 {citation.manifest_hash}",
    }  # fmt: skip
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@book{{{citation.key},\n{lines}\n}}\n"


def _braced(names: tuple[str, ...]) -> str:
    return " and ".join(f"{{{_plain(name)}}}" for name in names)


def _plain(value: str) -> str:
    """Return words without what BibTeX would read as its own."""
    return " ".join(value.translate(str.maketrans("", "", "\\{}")).split())


def as_ris(citation: Citation) -> str:
    """Return an RIS record."""
    lines = [("TY", "BOOK"), ("TI", citation.title), *(("AU", name) for name in citation.authors)]
    lines += [("ED", name) for name in citation.editors] + [("A4", name) for name in citation.annotators]
    lines += [
        ("PY", citation.year), ("PB", citation.site), ("ET", str(citation.number)), ("LA", citation.language),
        ("UR", citation.url), ("N1", f"SHA-256 {citation.manifest_hash}"), ("ER", ""),
    ]  # fmt: skip
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines if value or tag == "ER")


def as_csl(citation: Citation) -> str:
    """Return CSL-JSON, a list of one item."""
    item: dict[str, object] = {
        "id": citation.key, "type": "book", "title": citation.title, "language": citation.language,
        "publisher": citation.site,
        "edition": str(citation.number), "URL": citation.url, "note": f"SHA-256 {citation.manifest_hash}",
    }  # fmt: skip
    # CSL has no word for those who annotate.
    people = {
        "author": citation.authors,
        "editor": citation.editors,
        "contributor": citation.annotators,
    }
    item |= {role: [{"literal": name} for name in names] for role, names in people.items() if names}
    if citation.published_at:
        at = citation.published_at
        item["issued"] = {"date-parts": [[at.year, at.month, at.day]]}
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


#: Forms that can be downloaded: (function, media type, ending).
FORMS = {
    "bibtex": (as_bibtex, "application/x-bibtex; charset=utf-8", "bib"),
    "ris": (as_ris, "application/x-research-info-systems; charset=utf-8", "ris"),
    "csl": (as_csl, "application/vnd.citationstyles.csl+json", "json"),
}
