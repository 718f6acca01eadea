"""Citations as programs take them: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json

from annotations.citing.bibtex import escaped
from annotations.citing.crediting import orcid_address
from annotations.presenters.citation import Citation, part_words


def as_bibtex(citation: Citation) -> str:
    """Return a BibTeX entry (`annotator` is biblatex's); a second pair of braces keeps each name as it is written.

    ORCID iDs stand in annotations of biblatex, which BibTeX passes over.
    """
    inside = {"booktitle": escaped(citation.title)} if citation.note else {}
    fields = {
        "title": escaped(part_words(citation) if citation.note else citation.title), **inside,
        "author": _braced(citation.credited), "editor": _braced(citation.editors),
        "annotator": _braced(citation.annotators), **_annotated(citation),
        "year": citation.year, "publisher": escaped(citation.site), "edition": _edition(citation),
        "language": citation.language, "url": citation.url, "note": escaped(_remark(citation)),
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
    return " and ".join(f"{{{escaped(name)}}}" for name in names)


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
