"""Authority files that terms are linked to: recognized from an address or an identifier, checked by pattern.

The patterns are those that the authorities themselves document for their identifiers; nothing is asked of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

#: How an entry elsewhere stands to a term, as in SKOS: `exact` the same, the others more or less so.
RELATIONS = ("exact", "close", "broad", "narrow", "related")


@dataclass(frozen=True, slots=True)
class Scheme:
    """One authority file."""

    code: str
    name: str
    example: str
    #: What an identifier is.
    pattern: re.Pattern[str]
    #: With `{}` for the identifier: the page that people read, and the name that data use.
    page: str
    iri: str
    #: What an address looks like, with the identifier as its group.
    address: re.Pattern[str]


def _scheme(
    code: str, name: str, example: str, pattern: str, page: str, address: str, iri: str = ""
) -> Scheme:
    return Scheme(
        code, name, example, re.compile(rf"(?:{pattern})\Z"), page, iri or page,
        re.compile(rf"https?://(?:www\.)?{address}({pattern})(?:[/#?.].*)?\Z"),
    )  # fmt: skip


SCHEMES: Mapping[str, Scheme] = {
    each.code: each
    for each in (
        _scheme("wikidata", "Wikidata", "Q41183", r"Q[1-9]\d{0,14}", "https://www.wikidata.org/wiki/{}",
                r"wikidata\.org/(?:wiki|entity)/", "http://www.wikidata.org/entity/{}"),
        _scheme("geonames", "GeoNames", "170063", r"[1-9]\d{0,9}", "https://www.geonames.org/{}",
                r"(?:sws\.)?geonames\.org/", "https://sws.geonames.org/{}/"),
        _scheme("viaf", "VIAF", "49234752", r"[1-9]\d{1,21}", "https://viaf.org/viaf/{}", r"viaf\.org/viaf/"),
        _scheme("gnd", "GND", "4001451-9", r"\d{1,10}-[\dX]|1[0123]?\d{6,8}[\dX]", "https://d-nb.info/gnd/{}", r"d-nb\.info/gnd/"),
        _scheme("tgn", "TGN (Getty)", "7001019", r"\d{7}", "https://www.getty.edu/vow/TGNFullDisplay?subjectid={}",
                r"(?:vocab\.getty\.edu/(?:page/)?tgn/|getty\.edu/vow/TGNFullDisplay\?.*subjectid=)",
                "http://vocab.getty.edu/tgn/{}"),
        _scheme("ulan", "ULAN (Getty)", "500115588", r"500\d{6}", "https://www.getty.edu/vow/ULANFullDisplay?subjectid={}",
                r"(?:vocab\.getty\.edu/(?:page/)?ulan/|getty\.edu/vow/ULANFullDisplay\?.*subjectid=)",
                "http://vocab.getty.edu/ulan/{}"),
        _scheme("aat", "AAT (Getty)", "300006075", r"300\d{6}", "https://www.getty.edu/vow/AATFullDisplay?subjectid={}",
                r"(?:vocab\.getty\.edu/(?:page/)?aat/|getty\.edu/vow/AATFullDisplay\?.*subjectid=)",
                "http://vocab.getty.edu/aat/{}"),
        _scheme("lcnaf", "LC names", "n79021164", r"n[bors]?\d{8,10}", "https://id.loc.gov/authorities/names/{}",
                r"id\.loc\.gov/authorities/names/", "http://id.loc.gov/authorities/names/{}"),
        _scheme("lcsh", "LC subjects", "sh85006507", r"sh\d{8,10}", "https://id.loc.gov/authorities/subjects/{}",
                r"id\.loc\.gov/authorities/subjects/", "http://id.loc.gov/authorities/subjects/{}"),
        _scheme("isni", "ISNI", "0000000121032683", r"\d{15}[\dX]", "https://isni.org/isni/{}", r"isni\.org/isni/"),
        _scheme("pleiades", "Pleiades", "658381", r"\d{3,10}", "https://pleiades.stoa.org/places/{}", r"pleiades\.stoa\.org/places/"),
    )
}  # fmt: skip


def is_identifier(code: str, value: str) -> bool:
    """Whether `value` can be an identifier of this authority; anything can of one that we do not know."""
    known = SCHEMES.get(code)
    return known is None or bool(known.pattern.match(value))


def recognized(words: str) -> tuple[str, str] | None:
    """Return (code, identifier) of an address ("https://viaf.org/viaf/12") or "code:identifier"; None of neither."""
    words = words.strip()
    for code, scheme in SCHEMES.items():
        found = scheme.address.match(words)
        if found:
            return code, found[1]
    code, separator, value = words.partition(":")
    code, value = code.strip().lower(), value.strip()
    if separator and code in SCHEMES and SCHEMES[code].pattern.match(value):
        return code, value
    return None


def identifier(code: str, words: str) -> str:
    """Return the identifier in what was typed into the field of one authority: itself, or in its address."""
    found = recognized(words)
    return found[1] if found and found[0] == code else words.strip()


def page_of(code: str, value: str) -> str:
    """Return the address of an entry's page; empty of an authority that we do not know."""
    return SCHEMES[code].page.format(value) if code in SCHEMES else ""


def iri_of(code: str, value: str) -> str:
    """Return the name that data use for an entry; empty of an authority that we do not know."""
    return SCHEMES[code].iri.format(value) if code in SCHEMES else ""
