r"""One BibTeX entry as CSL data.

Of TeX, what bibliographies write is understood: braces, accents (`\'e`), escaped signs. Strings are not expanded; no
macro is ever run.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_TYPES = {
    "article": "article-journal", "book": "book", "booklet": "pamphlet", "inbook": "chapter", "incollection": "chapter",
    "inproceedings": "paper-conference", "conference": "paper-conference", "manual": "report",
    "mastersthesis": "thesis", "phdthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "online": "webpage", "webpage": "webpage", "unpublished": "manuscript", "collection": "book", "proceedings": "book",
}  # fmt: skip
_FIELDS = {
    "title": "title", "journal": "container-title", "journaltitle": "container-title", "booktitle": "container-title",
    "series": "collection-title", "publisher": "publisher", "institution": "publisher", "school": "publisher",
    "address": "publisher-place", "location": "publisher-place", "edition": "edition", "volume": "volume",
    "number": "issue", "issue": "issue", "pages": "page", "url": "URL", "doi": "DOI", "isbn": "ISBN", "issn": "ISSN",
    "language": "language", "langid": "language", "note": "note",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HEAD = re.compile(r"\s*@([A-Za-z]{3,20})\s*[{(]\s*([^\s,{}()\"]{0,200})\s*,")
_NAME = re.compile(r"\s*([A-Za-z][A-Za-z0-9_:-]{0,40})\s*=\s*")
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip
_ACCENTED = re.compile(r"\\(?:([`'^~=.\"])\s*|([uvHrckdb])(?=[\s{]))\s*\{?\s*\\?([A-Za-z])\s*\}?")
_LETTERS = {"ss": "ß", "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "l": "ł",
            "L": "Ł", "i": "ı", "textquotesingle": "'", "textendash": "–", "textemdash": "—", "TeX": "TeX", "LaTeX": "LaTeX",
            "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^",
            "textasciitilde": "~"}  # fmt: skip
#: A word of TeX, a sign that it would take for its own, a brace, a space that does not break.
_SIGNS = re.compile(r"\\([A-Za-z]+)(?:\{\}|\s)?|\\([&%$#_{}])|[{}]|(~)")
_WRITTEN = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_"}
    | {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "^": r"\textasciicircum{}",
       "~": r"\textasciitilde{}"}
)  # fmt: skip
_ARABIC = re.compile(r"[\u0600-\u06ff]")


def is_bibtex(words: str) -> bool:
    """Whether somebody pasted a BibTeX entry."""
    return _HEAD.match(words) is not None


def entries(words: str) -> int:
    """Return how many entries there are."""
    return len(re.findall(r"(?m)^\s*@(?!comment|preamble|string)[A-Za-z]+\s*[{(]", words))


def read(words: str) -> dict[str, Any]:
    """Return the first entry as CSL data, unchecked; raises ValueError for what cannot be read."""
    head = _HEAD.match(words)
    if head is None:
        raise ValueError("no entry")
    fields = _fields(words, head.end())
    item: dict[str, Any] = {"type": _TYPES.get(head[1].lower(), "document")}
    for name, value in fields.items():
        if name in _FIELDS and _FIELDS[name] not in item:
            item[_FIELDS[name]] = _plain(value)
    for name in ("author", "editor", "translator"):
        if name in fields:
            item[name] = _people(fields[name])
    if "page" in item:
        item["page"] = re.sub(r"\s*-{2,}\s*", "–", item["page"])
    if issued := _issued(fields):
        item["issued"] = issued
    return item


def _fields(words: str, at: int) -> dict[str, str]:
    found: dict[str, str] = {}
    while name := _NAME.match(words, at):
        value, at = _value(words, name.end())
        found.setdefault(name[1].lower(), value)
        rest = re.compile(r"\s*,?").match(words, at)
        at = rest.end() if rest else at
    if not re.compile(r"\s*[)}]").match(words, at):
        raise ValueError("no end")
    return found


def _value(words: str, at: int) -> tuple[str, int]:
    """Return a value and where it ends: `{…}` with braces in it, `"…"`, or one word."""
    opening = words[at : at + 1]
    if opening not in ("{", '"'):
        word = re.compile(r"[A-Za-z0-9_-]{1,40}").match(words, at)
        if word is None:
            raise ValueError("no value")
        return word[0], word.end()
    depth, start = 0, at + 1
    for place in range(start, len(words)):
        sign = words[place]
        if words[place - 1] == "\\" and sign in '{}"':
            continue
        if depth == 0 and sign == ("}" if opening == "{" else '"'):
            return words[start:place], place + 1
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            break
    raise ValueError("no end of a value")


def _plain(value: str) -> str:
    """Return the words of a value without their TeX."""
    value = _ACCENTED.sub(lambda m: unicodedata.normalize("NFC", m[3] + _ACCENTS[m[1] or m[2]]), value)
    return " ".join(_SIGNS.sub(_read, value).split())


def _read(found: re.Match[str]) -> str:
    word, sign, space = found.groups()
    return _LETTERS.get(word, "") if word else sign or (" " if space else "")


def escaped(words: str) -> str:
    """Return words as the value of a field: signs that TeX takes for its own are written so that it shows them.

    Braces are named: BibTeX counts those that are escaped, too.
    """
    return " ".join(words.split()).translate(_WRITTEN)


def _people(value: str) -> list[dict[str, str]]:
    found = []
    for one in re.split(r"\s+and\s+", value):
        if re.fullmatch(r"\s*\{.*\}\s*", one, re.DOTALL):
            found.append({"literal": _plain(one)})
            continue
        name = _plain(one)
        if name and name != "others":
            found.append(name_of(name))
    return found


def name_of(name: str) -> dict[str, str]:
    """Return a person of "Family, Given" or "Given Family"; of an Arabic name nobody can tell, and it stays whole."""
    family, comma, given = name.partition(",")
    if comma:
        return {"family": family.strip(), "given": given.strip()}
    words = name.split()
    if len(words) == 1 or _ARABIC.search(name):
        return {"literal": name.strip()}
    return {"family": words[-1], "given": " ".join(words[:-1])}


def _issued(fields: dict[str, str]) -> dict[str, Any]:
    date = re.fullmatch(r"\s*([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?\s*", fields.get("date", ""))
    if date:
        return {"date-parts": [[int(part) for part in date.groups() if part]]}
    year = _plain(fields.get("year", ""))
    if not re.fullmatch(r"[0-9]{3,4}", year):
        return {"literal": year} if year else {}
    month = fields.get("month", "").strip(' {}"').lower()
    known = (
        _MONTHS.index(month[:3]) + 1
        if month[:3] in _MONTHS
        else int(month)
        if month.isdecimal() and len(month) < 3
        else 0
    )
    return {"date-parts": [[int(year), *([known] if 1 <= known <= 12 else [])]]}
