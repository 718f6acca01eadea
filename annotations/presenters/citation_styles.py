"""A citation in the styles that most are asked for: APA 7, Chicago 18 (notes), MLA 9, Harvard; in Arabic and English.

In English they are what the styles' own CSL files make of the same facts, but for what those have no words for: who
annotated, and which passage is meant. Processors of CSL set commas, ordinals and abbreviations of English into Arabic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from annotations.presenters import citation_names as names
from annotations.presenters.citation import Citation, part_words, readable
from annotations.presenters.citation_names import Naming
from archive.presenters.listing import comma


@dataclass(frozen=True, slots=True)
class Title:
    """Words that are set as a title."""

    text: str


@dataclass(frozen=True, slots=True)
class Address:
    """An address, which runs from left to right."""

    text: str


Piece = str | Title | Address
#: Parts of a sentence, each of pieces; empty parts are left out.
Parts = list[list[Piece]]


@dataclass(frozen=True, slots=True)
class Styled:
    """A citation in one style."""

    code: str
    name: str
    html: SafeString
    text: str


def styled(citation: Citation) -> list[Styled]:
    """Return the citation in every style, in the interface language."""
    citation = readable(citation)
    return [_styled(code, name, write(_headed(citation, code))) for code, (name, write) in STYLES.items()]


def _headed(c: Citation, code: str) -> Citation:
    """Return the citation with its editors at the head, called so, where nobody wrote the text."""
    if c.credited or not c.editors:
        return c
    several = len(c.editors)
    words = {
        "chicago": ngettext("%(names)s, ed.", "%(names)s, eds.", several),
        "mla": ngettext("%(names)s, editor", "%(names)s, editors", several),
    }.get(code) or _those_words(several)
    joined = {"apa": names.APA_FIRST, "chicago": names.CHICAGO, "mla": names.MLA_FIRST}.get(
        code, names.HARVARD
    )
    return replace(c, authors=(words % {"names": joined.join(c.editors)},), editors=())


def _styled(code: str, name: str, pieces: list[Piece]) -> Styled:
    html = format_html_join("", "{}", ((_html(piece),) for piece in pieces))
    return Styled(code, name, html, "".join(p if isinstance(p, str) else p.text for p in pieces))


def _html(piece: Piece) -> SafeString | str:
    if isinstance(piece, Title):
        return format_html('<cite dir="auto">{}</cite>', piece.text.strip("\u2068\u2069"))
    return format_html('<bdi dir="ltr">{}</bdi>', piece.text) if isinstance(piece, Address) else piece


def _apa(c: Citation) -> list[Piece]:
    year = f"({c.year or _no_year()})"
    named = [*_release(c)] if c.note else [*_abbreviated(c, names.APA), *_release(c)]
    whole: list[Piece] = [Title(c.title), *([f" ({_semicolon().join(named)})"] if named else [])]
    if c.note:
        inside: list[Piece] = [_capital(part_words(c))]
        whole = [_in() + " ", *_those(c, names.APA, comma()), *whole]
        return _sentences(
            [[names.APA_FIRST.join(c.credited)], [year], inside, whole, [c.site], [Address(c.url)]]
        )
    if c.quoted:
        whole.append(f"{comma()}{part_words(c)}")
    first: Parts = [[names.APA_FIRST.join(c.credited)], [year], whole] if c.credited else [whole, [year]]
    return _sentences([*first, [c.site], [Address(c.url)]])


def _chicago(c: Citation) -> list[Piece]:
    published = comma().join(filter(None, (c.site, c.year or _no_year())))
    title: list[Piece] = [Title(c.title)]
    if c.note:
        title.insert(0, pgettext("citation", "in") + " ")
    rest: list[Piece] = [comma().join([*_release(c), *_in_short(c)])]
    if published:
        (rest if rest[0] else title).append(f" ({published})")
    return _one_sentence([
        [names.CHICAGO.join(c.credited)], [part_words(c) if c.note else ""], title, rest,
        [part_words(c) if not c.note else ""], [Address(c.url)],
    ])  # fmt: skip


def _mla(c: Citation) -> list[Piece]:
    facts = comma().join(filter(None, [*_in_full(c, names.MLA), *_release(c), c.site, c.year]))
    first = names.MLA_FIRST.join(c.credited)
    if c.note:  # What stands in another is not parted from it by a full stop.
        within: list[Piece] = [Title(c.title), comma(), facts, comma(), Address(c.url)]
        return _sentences([[first], [_capital(part_words(c))], within], closed=True)
    tail: list[Piece] = [_capital(facts), comma()] if facts else []
    return _sentences(
        [[first], [_capital(part_words(c))], [Title(c.title)], [*tail, Address(c.url)]], closed=True
    )


def _harvard(c: Citation) -> list[Piece]:
    year = c.year or pgettext("citation", "no date")
    begin = " ".join(filter(None, (names.HARVARD.join(c.credited), f"({year})")))
    words = part_words(c)
    where: list[Piece] = [pgettext("citation", "Available at:") + " ", Address(c.url)]
    if c.note:
        whole: list[Piece] = [f"{begin} {words}{comma()}", pgettext("citation", "in") + " "]
        whole += [*_those(c, names.HARVARD_INSIDE, " "), Title(c.title)]
        release: Parts = [[one] for one in _capitals(_release(c))]
        return _sentences([whole, *release, [c.site], where], closed=True)
    first: list[Piece] = [f"{begin} ", Title(c.title)] if c.credited else [Title(c.title), f" {begin}"]
    facts: Parts = [[one] for one in _capitals([*_release(c), *_in_full(c, names.HARVARD_INSIDE)])]
    return _sentences([first, [_capital(words)], *facts, [c.site], where], closed=True)


STYLES: dict[str, tuple[str, Callable[[Citation], list[Piece]]]] = {
    "apa": ("APA", _apa), "chicago": ("Chicago", _chicago), "mla": ("MLA", _mla), "harvard": ("Harvard", _harvard),
}  # fmt: skip


def _in_full(c: Citation, naming: Naming) -> list[str]:
    """Return "edited by …" and "annotated by …"."""
    found = []
    if c.editors:
        found.append(_("edited by %(names)s") % {"names": naming.join(c.editors)})
    if c.annotators:
        found.append(_("annotated by %(names)s") % {"names": naming.join(c.annotators)})
    return found


def _in_short(c: Citation) -> list[str]:
    """Return "ed. …" and "annotated by …", as footnotes have them."""
    full = _in_full(c, names.CHICAGO)
    if c.editors:
        full[0] = pgettext("citation", "ed. %(names)s") % {"names": names.CHICAGO.join(c.editors)}
    return full


def _abbreviated(c: Citation, naming: Naming) -> list[str]:
    """Return "…, Ed." and "…, Ann."."""
    found = []
    if c.editors:
        words = ngettext("%(names)s, Ed.", "%(names)s, Eds.", len(c.editors))
        found.append(words % {"names": naming.join(c.editors)})
    if c.annotators:
        words = ngettext("%(names)s, Ann.", "%(names)s, Anns.", len(c.annotators))
        found.append(words % {"names": naming.join(c.annotators)})
    return found


def _those(c: Citation, naming: Naming, after: str) -> list[Piece]:
    """Return "… (Eds.)" before the title of what a note stands in."""
    if not c.editors:
        return []
    return [_those_words(len(c.editors)) % {"names": naming.join(c.editors)} + after]


def _those_words(several: int) -> str:
    return ngettext("%(names)s (Ed.)", "%(names)s (Eds.)", several)


def _capitals(facts: Iterable[str]) -> list[str]:
    return [_capital(one) for one in facts]


def _release(c: Citation) -> list[str]:
    return [_("release %(number)s") % {"number": c.number}] if c.is_of_release else []


def _in() -> str:
    return pgettext("citation", "In")


def _no_year() -> str:
    return pgettext("citation", "n.d.")


def _semicolon() -> str:
    return "؛ " if (get_language() or "").startswith("ar") else "; "


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _sentences(parts: Parts, *, closed: bool = False) -> list[Piece]:
    """Return the parts, each closed by a full stop; an address only where the style has it so."""
    return _joined(parts, ". ", closes=lambda piece: "" if isinstance(piece, Address) and not closed else ".")


def _one_sentence(parts: Parts) -> list[Piece]:
    """Return the parts as one sentence."""
    return _joined(parts, comma(), closes=lambda piece: ".")


def _joined(parts: Parts, between: str, *, closes: Callable[[Piece], str]) -> list[Piece]:
    kept = [part for part in ([piece for piece in part if piece] for part in parts) if part]
    found: list[Piece] = []
    for number, part in enumerate(kept):
        if number:
            found.append(_after(found, between))
        found += part
    return [*found, *filter(None, [_after(found, closes(found[-1])) if found else ""])]


def _after(found: Iterable[Piece], sign: str) -> str:
    """Return the sign that follows, without its full stop where one stands already."""
    last = list(found)[-1]
    text = (last if isinstance(last, str) else last.text).rstrip("\u2069")
    return sign[1:] if sign.startswith(".") and text.endswith((".", "…")) and isinstance(last, str) else sign
