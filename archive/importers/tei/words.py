"""Which elements of TEI are what, for a reading text."""

from __future__ import annotations

from typing import Any

Node = dict[str, Any]

#: Elements that hold blocks; what stands in them is written as if they were not there.
HOLDERS = frozenset({
    "text", "body", "front", "back", "group", "floatingText", "titlePage", "docTitle", "sp", "argument", "epigraph",
    "postscript", "opener", "closer", "listBibl", "standOff", "TEI", "teiCorpus", "address", "castList", "performance",
    "div", *(f"div{number}" for number in range(8)),
})  # fmt: skip
DIVISIONS = frozenset({"div", *(f"div{number}" for number in range(8))})
#: Elements that are a paragraph of their own where blocks stand.
PARAGRAPHS = frozenset({
    "p", "ab", "byline", "dateline", "salute", "signed", "trailer", "titlePart", "docAuthor", "docDate", "docImprint",
    "docEdition", "imprimatur", "speaker", "stage", "addrLine", "bibl", "biblStruct", "castItem", "label", "desc", "formula",
})  # fmt: skip
BLOCKS = HOLDERS | PARAGRAPHS | {"head", "lg", "l", "list", "table", "figure", "quote", "cit", "q", "said"}
#: Names that become marks, with the kind of thing they name.
NAMES = {
    "persName": "person", "forename": "", "surname": "", "placeName": "place", "settlement": "place", "country": "place",
    "region": "place", "district": "place", "geogName": "place", "orgName": "group", "date": "date", "time": "date",
}  # fmt: skip
TYPES = {
    "person": "person",
    "pers": "person",
    "place": "place",
    "org": "group",
    "organization": "group",
    "event": "event",
}
#: Facts of a name that are kept with its mark.
FACTS = ("ref", "key", "when", "notBefore", "notAfter", "from", "to", "calendar")
RENDITIONS = (
    ("superscript", "Superscript"), ("sup", "Superscript"), ("subscript", "Subscript"), ("sub", "Subscript"), ("bold", "Strong"),
    ("strong", "Strong"), ("underline", "Underline"), ("smallcaps", "SmallCaps"), ("small-caps", "SmallCaps"),
    ("strike", "Strikeout"), ("italic", "Emph"),
)  # fmt: skip
EMPHASIS = {"emph": "Emph", "title": "Emph", "mentioned": "Emph", "term": "Emph", "del": "Strikeout"}
#: Of what is given in two spellings, the one that the source has; the other is told.
AS_WRITTEN = ("sic", "orig", "abbr", "am")
#: What a reading text does not have; told, not silent.
LEFT_OUT = frozenset(
    {"fw", "rdg", "figDesc", "interp", "interpGrp", "index", "certainty", "respons", "noteGrp", "metamark"}
)
BREAKS = {"pb": "page", "cb": "column", "milestone": "milestone", "gb": "gathering"}
NO_ATTR: list[Any] = ["", [], []]


def text(words: str) -> Node:
    """Return a node of letters."""
    return {"t": "Str", "c": words}


def paragraph(nodes: list[Node]) -> Node:
    """Return a paragraph."""
    return {"t": "Para", "c": nodes}
