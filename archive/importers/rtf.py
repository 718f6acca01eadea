r"""RTF: pandoc reads its structure; its letters are put into Unicode first.

pandoc knows no code page but the Western one, so Arabic (`\'df\'ca…` under a font of charset 178) would come out as
accented Latin, with nothing said. Here such bytes are read in the code page of the font that they stand under, as
a word processor shows them, and go through the parser as words of ASCII that stand for them. Pictures are left out
and told; notes are counted before and after, so that one that was dropped is told.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import Any

from archive.enums import ProblemKind
from archive.errors import ImportRefused
from archive.importers import pandoc
from archive.importers.ast.blocks import BlockWriter
from archive.importers.ast.builder import TextBuilder
from archive.importers.ast.meta import plain_text
from archive.importers.limits import MAX_NESTING, MAX_TEXT_BYTES
from archive.importers.pipeline import Draft
from archive.text.collector import resting_collector
from archive.text.types import Problem, Repair

SIGN = b"{\\rtf"
TOKEN = re.compile(
    rb"\\'([0-9A-Fa-f]{2})|\\([a-z]{1,32})(-?\d{1,10})?[ ]?|([{}])|\\(.)|([^\\{}]+)", re.DOTALL
)
#: Code pages of the charsets that fonts name.
CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
CODE_PAGES = frozenset({437, 720, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 874, 932, 936,
    949, 950, *range(1250, 1259)})  # fmt: skip
MACHINES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
#: RTF has words for the ends of lines, and no use for these; nothing can keep a NUL.
LINE_ENDS = re.compile("[\r\n\0]")
#: Destinations in which pictures and data stand.
BINARY = frozenset({"pict", "nonshppict", "objdata", "themedata", "colorschememapping", "datastore"})
#: Groups deeper than any word processor writes.
DEEPEST = 16 * MAX_NESTING


#: What encloses the hexadecimal letters of a run that the parser is not to see.
OPENING, CLOSING = b"zUq", b"qUz"
HIDDEN = re.compile("zUq((?:[0-9a-f]{4})+)qUz")


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits: the font, and the font of the other direction."""

    font: int = -1
    other: int = -1
    is_rtl: bool = False
    #: How many fallback letters follow a `\\u`.
    skips: int = 1
    in_fonts: bool = False
    in_binary: bool = False


@dataclass(slots=True)
class _Letters:
    """Turns the letters of a file into Unicode, token by token."""

    code_page: str = "cp1252"
    state: _State = field(default_factory=_State)
    stack: list[_State] = field(default_factory=list)
    fonts: dict[int, str] = field(default_factory=dict)
    defined: int = -1
    #: Bytes that wait for the rest of their letter.
    bytes_: bytearray = field(default_factory=bytearray)
    #: Letters that are known and not written yet.
    hidden: list[str] = field(default_factory=list)
    skip: int = 0
    out: list[bytes] = field(default_factory=list)
    notes: int = 0
    pictures: int = 0

    def read(self, data: bytes) -> bytes:
        """Return the file with all that is not ASCII hidden in words that are."""
        at = 0
        while at < len(data):
            token = TOKEN.match(data, at)
            if token is None:
                at += 1
                continue
            at = token.end()
            letter, word, number, brace, sign, text = token.groups()
            if letter is not None:
                self._byte(int(letter, 16))
            elif word is not None:
                at += self._word(word.decode(), number, token.group())
            elif brace is not None:
                self._brace(brace)
            elif sign is not None:
                self._sign(token.group())
            else:
                self._text(text)
        self._flush()
        return b"".join(self.out)

    def _byte(self, value: int) -> None:
        if self.skip:
            self.skip -= 1
        elif not self.state.in_binary:
            self._byte_after_letters(value)

    def _byte_after_letters(self, value: int) -> None:
        if self.hidden:
            self._flush()
        self.bytes_.append(value)

    def _flush(self) -> None:
        if self.bytes_:
            text = bytes(self.bytes_).decode(self._encoding(), "replace")
            self.bytes_.clear()
            self.hidden.append(text)
        if self.hidden:
            text = "".join(self.hidden)
            self.hidden.clear()
            text = LINE_ENDS.sub("", text)
            # A half of a pair may stand alone; the text is checked for that when it is whole.
            raw = text.encode("utf-16-be", "surrogatepass").decode("utf-16-be", "replace")
            self.out.append(_hidden(raw))

    def _encoding(self) -> str:
        font = self.state.other if self.state.is_rtl and self.state.other in self.fonts else self.state.font
        return self.fonts.get(font) or self.code_page

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self.skip = 0
        if brace == b"{":
            self.stack.append(self.state)
            if len(self.stack) > DEEPEST:
                raise ImportRefused("too_deep", limit=DEEPEST)
        elif self.stack:
            self.state = self.stack.pop()
        self.out.append(brace)

    def _sign(self, written: bytes) -> None:
        if self.skip and written != b"\\*":
            self.skip -= 1
            return
        self._flush()
        self.out.append(written)

    def _text(self, text: bytes) -> None:
        if self.skip:
            plain = text.lstrip(b"\r\n")
            dropped = min(self.skip, len(plain))
            self.skip -= dropped
            text = plain[dropped:]
        if self.state.in_binary:
            return
        if text.isascii():
            if text:
                self._flush()
                self.out.append(text)
            return
        for value in text:
            if value < 0x80 and not self.bytes_:
                self._flush()
                self.out.append(bytes([value]))
            else:
                self._byte_after_letters(value)

    def _word(self, word: str, number: bytes | None, written: bytes) -> int:
        """Take a control word; return how many bytes after it are data."""
        value = int(number) if number else 0
        if word == "u" and number:
            self._unicode(value)
            return 0
        if word == "bin":
            self._flush()
            return max(0, value)
        self._flush()
        self.skip = 0
        self._note_state(word, value)
        if not self.state.in_binary:
            # A word of ours may come next, which must not become a part of this one.
            self.out.append(written.rstrip(b" ") + b" ")
        return 0

    def _unicode(self, value: int) -> None:
        if self.skip:
            self.skip -= 1
            return
        if self.bytes_:
            self._flush()
        self.skip = self.state.skips
        if not self.state.in_binary and -0x8000 <= value <= 0xFFFF:
            self.hidden.append(chr(value % 0x10000))

    def _note_state(self, word: str, value: int) -> None:
        if word == "ansicpg" and value in CODE_PAGES:
            self.code_page = f"cp{value}"
        elif word in MACHINES:
            self.code_page = MACHINES[word]
        elif word == "fonttbl":
            self.state = replace(self.state, in_fonts=True)
        elif word in BINARY:
            self.pictures += word == "pict" and not self.state.in_binary
            self.state = replace(self.state, in_binary=True)
        elif word == "f":
            self.defined = value
            self.state = replace(self.state, font=value)
        elif word == "fcharset" and self.state.in_fonts and value in CHARSETS:
            self.fonts[self.defined] = CHARSETS[value]
        elif word == "deff":
            self.state = replace(self.state, font=value)
        elif word == "af":
            self.state = replace(self.state, other=value)
        elif word in ("rtlch", "ltrch"):
            self.state = replace(self.state, is_rtl=word == "rtlch")
        elif word == "uc":
            self.state = replace(self.state, skips=max(0, value))
        elif word == "plain":
            self.state = replace(self.state, font=-1, other=-1, is_rtl=False)
        elif word == "footnote":
            self.notes += 1


def _hidden(text: str) -> bytes:
    """Return letters as the parser is given them; controls of an old code page stay as they are."""
    if text.isascii():
        return b"".join({"\\": b"\\\\", "{": b"\\{", "}": b"\\}"}.get(sign, sign.encode()) for sign in text)
    return OPENING + text.encode("utf-16-be").hex().encode() + CLOSING


def _shown(output: str) -> str:
    """Return the parser's JSON with the letters that were hidden from it."""
    return HIDDEN.sub(
        lambda found: json.dumps(bytes.fromhex(found.group(1)).decode("utf-16-be"))[1:-1], output
    )


@resting_collector()
def read_rtf(data: bytes) -> Draft:
    """Return the blocks of a document.

    Raises ImportRefused `not_text` when it is no RTF, and what reading raises.
    """
    if not data:
        raise ImportRefused("empty_file")
    if len(data) > MAX_TEXT_BYTES:
        raise ImportRefused("too_large", size=len(data), limit=MAX_TEXT_BYTES)
    if not data.startswith(SIGN):
        raise ImportRefused("not_text")
    letters = _Letters()
    if OPENING in data:
        raise ImportRefused("parser_failed", detail="reserved word")
    tree = pandoc.read(letters.read(data.replace(b"\0", b"")), reader="rtf", after=_shown)
    writer = BlockWriter(TextBuilder())
    writer.write(tree["blocks"])
    writer.write_notes()
    _tell_dropped(letters.notes - len(writer.notes.found), writer.builder)
    if letters.pictures:
        repair = Repair("pictures_left_out", 0, 0, before="\\pict", after="", count=letters.pictures)
        writer.builder.repairs.append(repair)
    return Draft(writer.builder, title=plain_text(tree["meta"].get("title")))


def _tell_dropped(count: int, builder: TextBuilder) -> None:
    if count > 0:
        params: dict[str, Any] = {"reason": "notes_dropped", "count": count}
        builder.problems.append(Problem(ProblemKind.UNSUPPORTED, 0, 0, "", params=params))
