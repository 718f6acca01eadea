"""A citation in the styles that most are asked for: APA 7, Chicago (notes), MLA 9, Harvard; in Arabic and English.

Names stand as they are written everywhere else: they are not taken apart into family and given names, which Arabic
names do not have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from annotations.presenters.citation import Citation, part_words, readable
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
    return [_styled(code, name, write(citation)) for code, (name, write) in STYLES.items()]


def _styled(code: str, name: str, pieces: list[Piece]) -> Styled:
    html = format_html_join("", "{}", ((_html(piece),) for piece in pieces))
    return Styled(code, name, html, "".join(p if isinstance(p, str) else p.text for p in pieces))


def _html(piece: Piece) -> SafeString | str:
    if isinstance(piece, Title):
        return format_html('<cite dir="auto">{}</cite>', piece.text.strip("\u2068\u2069"))
    return format_html('<bdi dir="ltr">{}</bdi>', piece.text) if isinstance(piece, Address) else piece


def _apa(c: Citation) -> list[Piece]:
    year = f"({c.year or _no_year()})"
    whole: list[Piece] = [Title(c.title)]
    named = [*_abbreviated(c), *_release(c)]
    if named:
        whole.append(f" ({_semicolon().join(named)})")
    if not c.credited:
        return _sentences([whole, [year], [c.site], [Address(c.url)]])
    parts: Parts = [[_people(c.credited)], [year]]
    if c.note:
        parts.append([_capital(part_words(c))])
        whole.insert(0, pgettext("citation", "In") + " ")
    elif c.quoted:
        whole.append(f"{comma()}{part_words(c)}")
    return _sentences([*parts, whole, [c.site], [Address(c.url)]])


def _chicago(c: Citation) -> list[Piece]:
    published = comma().join(filter(None, (c.site, c.year)))
    title: list[Piece] = [Title(c.title)]
    if c.note:
        title.insert(0, pgettext("citation", "in") + " ")
    rest: list[Piece] = [comma().join([*_in_full(c), *_release(c)])]
    if published:
        (rest if rest[0] else title).append(f" ({published})")
    return _one_sentence([
        [_people(c.credited)], [part_words(c) if c.note else ""], title, rest,
        [part_words(c) if not c.note else ""], [Address(c.url)],
    ])  # fmt: skip


def _mla(c: Citation) -> list[Piece]:
    facts = [*_in_full(c), *_release(c), c.site, c.year]
    tail: list[Piece] = [_capital(comma().join(filter(None, facts))), comma()] if any(facts) else []
    tail.append(Address(c.url))
    return _sentences([[_people(c.credited)], [_capital(part_words(c))], [Title(c.title)], tail])


def _harvard(c: Citation) -> list[Piece]:
    begin = " ".join(filter(None, (_people(c.credited), f"({c.year or _no_year()})")))
    title: list[Piece] = [Title(c.title)]
    words = part_words(c)
    if c.note:
        begin, title = f"{begin} {words}", [pgettext("citation", "in") + " ", Title(c.title)]
    elif c.credited:
        begin, title = "", [f"{begin} ", Title(c.title)]
    else:
        begin, title = "", [Title(c.title), f" {begin}"]
    where = pgettext("citation", "Available at:") + " "
    facts: Parts = [[_capital(one)] for one in (*_release(c), *_in_full(c))]
    first: list[Piece] = [f"{begin}{comma()}", *title] if begin else title
    return _sentences([
        first, [_capital(words) if not c.note else ""], *facts, [c.site], [where, Address(c.url)],
    ])  # fmt: skip


STYLES: dict[str, tuple[str, Callable[[Citation], list[Piece]]]] = {
    "apa": ("APA", _apa), "chicago": ("Chicago", _chicago), "mla": ("MLA", _mla), "harvard": ("Harvard", _harvard),
}  # fmt: skip


def _people(names: tuple[str, ...]) -> str:
    shown = comma().join(names[:3])
    return shown + (_(" and others") if len(names) > 3 else "")


def _in_full(c: Citation) -> list[str]:
    """Return "edited by …" and "annotated by …"."""
    found = []
    if c.editors:
        found.append(_("edited by %(names)s") % {"names": _people(c.editors)})
    if c.annotators:
        found.append(_("annotated by %(names)s") % {"names": _people(c.annotators)})
    return found


def _abbreviated(c: Citation) -> list[str]:
    """Return "…, Ed." and "…, Ann."."""
    found = []
    if c.editors:
        words = ngettext("%(names)s, Ed.", "%(names)s, Eds.", len(c.editors))
        found.append(words % {"names": _people(c.editors)})
    if c.annotators:
        words = ngettext("%(names)s, Ann.", "%(names)s, Anns.", len(c.annotators))
        found.append(words % {"names": _people(c.annotators)})
    return found


def _release(c: Citation) -> list[str]:
    return [_("release %(number)s") % {"number": c.number}] if c.is_of_release else []


def _no_year() -> str:
    return pgettext("citation", "n.d.")


def _semicolon() -> str:
    return "؛ " if (get_language() or "").startswith("ar") else "; "


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _sentences(parts: Parts) -> list[Piece]:
    """Return the parts, each closed by a full stop; an address is closed by nothing."""
    return _joined(parts, ". ", closes=lambda piece: "" if isinstance(piece, Address) else ".")


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
