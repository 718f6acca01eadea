"""Words and marks to inline Markdown, as plain as reading it back allows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from archive.enums import MarkKind
from archive.text.markdown.reading import TICKS, Words, order_of, read_inline
from archive.text.types import Mark

#: Of two marks on the same words the first is outside.
RANKS = (MarkKind.LINK, MarkKind.STRONG, MarkKind.EMPHASIS, MarkKind.STRIKEOUT, MarkKind.CODE)
SIGNS = {MarkKind.STRONG: "**", MarkKind.EMPHASIS: "*", MarkKind.STRIKEOUT: "~~"}
OTHER_SIGNS = SIGNS | {MarkKind.EMPHASIS: "_"}
#: What would begin a block at the start of a line; the group is the sign that a backslash goes before.
BEGINNING = re.compile(
    r"^[ ]{0,3}(?:([#])#{0,5}(?=[ \t]|$)|(>)|([-*+])(?=[ \t]|$)|\d{1,9}([.)])(?=[ \t]|$))", re.M
)
BLANK = re.compile(r"^[^\S\n]*$", re.M)


def write_inline(
    text: str, marks: Iterable[Mark], *, begins: bool = True, one_line: bool = False
) -> tuple[str, Words]:
    """Return Markdown of the words, and the words with those of the marks that it shows.

    `begins`: a line of it could begin a block. `one_line`: a bare line end would end it, as in a heading.
    """
    choices = _nested(mark for mark in marks if _has_signs(mark, text))
    steady = [mark for mark in choices if mark.kind in {MarkKind.LINK, MarkKind.CODE}]
    for chosen, signs, thorough in (
        (choices, SIGNS, False),
        (choices, SIGNS, True),
        (choices, OTHER_SIGNS, True),
        (steady, SIGNS, True),
        ([], SIGNS, True),
    ):
        wanted = Words(text, tuple(sorted(chosen, key=order_of)))
        markdown = _Writer(text, chosen, signs, begins=begins, one_line=one_line, thorough=thorough).write()
        if read_inline(markdown) == wanted:
            return markdown, wanted
    return markdown, wanted


def _has_signs(mark: Mark, text: str) -> bool:
    if mark.kind == MarkKind.LINK:
        plain = all(isinstance(value, str) and value.isprintable() for value in mark.attrs.values())
        return (
            plain
            and set(mark.attrs) <= {"href", "title"}
            and "href" in mark.attrs
            and mark.attrs.get("title") != ""
        )
    if mark.kind not in RANKS or mark.attrs:
        return False
    words = text[mark.start : mark.end]
    if mark.kind == MarkKind.CODE:
        return "\n" not in words  # No backslash helps where a line of it would begin a block.
    return not (words[:1].isspace() or words[-1:].isspace())


def _nested(marks: Iterable[Mark]) -> list[Mark]:
    """Return the marks that lie properly in each other, outer ones first; code holds none, a link no link."""
    chosen: list[Mark] = []
    around: list[Mark] = []
    for mark in sorted(marks, key=lambda each: (each.start, -each.end, RANKS.index(each.kind))):
        while around and around[-1].end <= mark.start:
            around.pop()
        kinds = {each.kind for each in around}
        if MarkKind.CODE in kinds or mark.kind in kinds or (around and mark.end > around[-1].end):
            continue
        chosen.append(mark)
        around.append(mark)
    return chosen


class _Writer:
    def __init__(
        self,
        text: str,
        marks: Sequence[Mark],
        signs: dict[MarkKind, str],
        *,
        begins: bool,
        one_line: bool,
        thorough: bool,
    ) -> None:
        self.text = text
        self.marks = marks
        self.signs = signs
        self.parts: list[str] = []
        self.escaped = self._escaped(begins=begins, one_line=one_line, thorough=thorough)

    def write(self) -> str:
        """Return the Markdown."""
        at, around = 0, list[Mark]()
        for mark in self.marks:
            at = self._leave(around, at, mark.start)
            at = self._plain(at, mark.start)
            self.parts.append("[" if mark.kind == MarkKind.LINK else self.signs.get(mark.kind, ""))
            if mark.kind == MarkKind.CODE:
                self.parts.append(_code(self.text[mark.start : mark.end]))
                at = mark.end
            else:
                around.append(mark)
        at = self._leave(around, at, len(self.text))
        self._plain(at, len(self.text))
        if self.text and BLANK.search(self.text, self.text.rfind("\n") + 1):
            self.parts.append("\\")
        return "".join(self.parts)

    def _leave(self, around: list[Mark], at: int, before: int) -> int:
        while around and around[-1].end <= before:
            mark = around.pop()
            at = self._plain(at, mark.end)
            self.parts.append(_target(mark) if mark.kind == MarkKind.LINK else self.signs[mark.kind])
        return at

    def _plain(self, at: int, to: int) -> int:
        self.parts.extend(
            f"\\{letter}" if place in self.escaped else letter
            for place, letter in enumerate(self.text[at:to], start=at)
        )
        return max(at, to)

    def _escaped(self, *, begins: bool, one_line: bool, thorough: bool) -> set[int]:
        """Return the places of letters that need a backslash before them."""
        text, links = self.text, [mark for mark in self.marks if mark.kind == MarkKind.LINK]
        brackets = thorough or "](" in text
        found: set[int] = set()
        for place in re.finditer(r"[\\`*_~\[\]]", text):
            at, sign = place.start(), place[0]
            if sign in "\\`*" or thorough:
                needed = True
            elif sign == "_":
                needed = not (text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum())
            elif sign == "~":
                needed = "~" in (text[at - 1 : at], text[at + 1 : at + 2])
            else:
                needed = brackets or any(link.start <= at < link.end for link in links)
            if needed:
                found.add(at)
        if begins:
            found.update(match.start(match.lastindex or 0) for match in BEGINNING.finditer(text))
        ends = (blank.end() for blank in BLANK.finditer(text))
        found.update(end for end in ends if end < len(text))
        if one_line:
            found.update(match.start() for match in re.finditer("\n", text))
        return found


def _code(words: str) -> str:
    taken = set(TICKS.findall(words))
    fence = "`"
    while fence in taken:
        fence += "`"
    padded = words[0] == "`" or words[-1] == "`" or (words[0] == words[-1] == " " and words.strip())
    return f"{fence} {words} {fence}" if padded else f"{fence}{words}{fence}"


def _target(mark: Mark) -> str:
    href = str(mark.attrs["href"])
    title = str(mark.attrs.get("title", ""))
    if re.search(r"[\s()<>\\]", href):
        href = "<" + re.sub(r"([<>\\])", r"\\\1", href) + ">"
    if not title:
        return f"]({href})"
    quoted = re.sub(r'(["\\])', r"\\\1", title)
    return f']({href} "{quoted}")'
