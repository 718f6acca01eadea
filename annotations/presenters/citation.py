"""How to cite a release: ready text, BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from annotations.editions.values import Snapshot
from annotations.presenters.words import Said, said
from archive.presenters.listing import comma


@dataclass(frozen=True, slots=True)
class Citation:
    """The facts that every form of citation is made of."""

    key: str
    title: str
    language: str
    people: tuple[str, ...]
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
        title=title.text, language=title.language, people=_people(snapshot, title), number=snapshot.number,
        site=site, published_at=published_at, url=url, manifest_hash=manifest_hash,
    )  # fmt: skip


def _people(snapshot: Snapshot, title: Said) -> tuple[str, ...]:
    """Return the names of the title page: editors and annotators credited, else the notes' authors."""
    credited = [
        str(c.get(f"name_{title.language}") or c.get("name") or "")
        for c in snapshot.credits
        if c.get("role") in ("editor", "annotator", "author", "")
    ]
    names = [name for name in credited if name] or [person.name for person in snapshot.authors]
    return tuple(dict.fromkeys(names))


def as_text(citation: Citation) -> str:
    """Return one sentence, ready to be put into a footnote."""
    mark = comma()
    shown = citation.people[:3]
    names = mark.join(shown) + (_(" and others") if len(citation.people) > 3 else "")
    release = _("release %(number)s") % {"number": citation.number}
    place = " ".join(part for part in (citation.site, citation.year) if part)
    return f"{names}{mark if names else ''}«{citation.title}»{mark}{release} ({place}). {citation.url}"


def as_bibtex(citation: Citation) -> str:
    """Return a BibTeX entry; a second pair of braces keeps each name as it is written."""
    fields = {
        "title": _plain(citation.title),
        "author": " and ".join(f"{{{_plain(name)}}}" for name in citation.people),
        "year": citation.year, "publisher": _plain(citation.site), "edition": str(citation.number),
        "language": citation.language, "url": citation.url, "note": f"SHA-256 {citation.manifest_hash}",
    }  # fmt: skip
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@book{{{citation.key},\n{lines}\n}}\n"


def _plain(value: str) -> str:
    """Return words without what BibTeX would read as its own."""
    return " ".join(value.translate(str.maketrans("", "", "\\{}")).split())


def as_ris(citation: Citation) -> str:
    """Return an RIS record."""
    lines = [("TY", "BOOK"), ("TI", citation.title), *(("AU", name) for name in citation.people)]
    lines += [
        ("PY", citation.year), ("PB", citation.site), ("ET", str(citation.number)), ("LA", citation.language),
        ("UR", citation.url), ("N1", f"SHA-256 {citation.manifest_hash}"), ("ER", ""),
    ]  # fmt: skip
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines if value or tag == "ER")


def as_csl(citation: Citation) -> str:
    """Return CSL-JSON, a list of one item."""
    item: dict[str, object] = {
        "id": citation.key, "type": "book", "title": citation.title, "language": citation.language,
        "author": [{"literal": name} for name in citation.people], "publisher": citation.site,
        "edition": str(citation.number), "URL": citation.url, "note": f"SHA-256 {citation.manifest_hash}",
    }  # fmt: skip
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
