"""Bytes to text: what a guess rests on is told, and nothing that was written is changed."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from archive.errors import ImportRefused
from archive.importers import guessing
from archive.importers.guessing import Guess
from archive.importers.limits import MAX_TEXT_BYTES
from archive.text.types import Repair

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BINARY_SIGNATURES = (
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF"),
    *(b"OggS", b"ID3", b"fLaC", b"\x1aE\xdf\xa3"),
    *(b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!"),
    *(b"\x7fELF", b"MZ\x90", b"\xd0\xcf\x11\xe0", b"SQLite format 3\x00"),
)
#: What a person may name; codecs that compute something else than letters from bytes are not among them.
ENCODINGS = (
    *(
        "utf-8",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "windows-1256",
        "iso-8859-6",
        "mac_arabic",
        "cp864",
    ),
    *("cp720", "windows-1255", "iso-8859-8", "windows-1253", "iso-8859-7", "windows-1252", "iso-8859-1"),
    *("iso-8859-15", "windows-1250", "iso-8859-2", "windows-1251", "koi8-r", "windows-1254", "iso-8859-9"),
    *("gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"),
)
CONTROL_BYTES = bytes(byte for byte in range(32) if byte not in b"\t\n\r\x0b\x0c\x1b")
#: Control bytes beyond this share are no slip of an editor but a binary file.
BINARY_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, with what had to be repaired for it to be storable."""

    text: str
    encoding: str
    #: Code points before any repair, the byte order mark not counted.
    code_points: int
    repairs: tuple[Repair, ...] = ()
    #: What the encoding was told by, when neither a person nor the bytes themselves said it.
    guess: Guess | None = None


#: Names under which pages mean another encoding, as browsers read them.
MEANT = {"iso-8859-1": "windows-1252", "ascii": "windows-1252", "iso-8859-9": "windows-1254"}
#: RTF is made of plain letters, so it would pass for a text full of its own commands.
RTF_SIGN = b"{\\rtf"


def decode(data: bytes, *, encoding: str = "", named: str = "") -> Decoded:
    """Return the text of `data` in the `encoding` that a person chose, else in the one that the bytes tell.

    `named` is what the file says of itself, which is believed unless its words speak against it. Line endings
    become "\\n" and NULs go (a database cannot keep them); a guess, and both of these, are reported. Nothing
    else changes. Raises ImportRefused when the file is empty, too large, no text, or in no encoding that can be
    told with evidence.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise ImportRefused("too_large", size=len(data), limit=MAX_TEXT_BYTES)
    if not data:
        raise ImportRefused("empty_file")
    if data.startswith(RTF_SIGN):
        raise ImportRefused("rtf_refused")
    repairs: list[Repair] = []
    guess: Guess | None = None
    mark, name = _byte_order_mark(data)
    if mark:
        repairs.append(Repair("byte_order_mark", 0, 0, before=mark.hex(" ").upper(), after=""))
    elif encoding:
        name = known_encoding(encoding)
    else:
        name, guess = _told(data, named)
    text = _strictly(data[len(mark) :], name)
    if _is_binary(text):
        raise ImportRefused("not_text")
    code_points = len(text)
    text, storable = _storable(text)
    if not text.strip():
        raise ImportRefused("empty_file")
    if guess:
        repairs.append(Repair("encoding_guessed", 0, 0, before=name, after=guess.sample, count=guess.words))
    return Decoded(text, name, code_points, (*repairs, *storable), guess)


def _told(data: bytes, named: str) -> tuple[str, Guess | None]:
    """Return the encoding that the file names or its bytes tell, with the guess when it is one."""
    own = _named(data, named) if named else ""
    if own:
        return own, None
    name = _guess(data)
    if name == "utf-8" and not _is(data, name):
        guess = guessing.guess(data)
        if guess:
            return guess.encoding, guess
    return name, None


def _named(data: bytes, named: str) -> str:
    """Return the encoding that a file names, "" when it is none of ours or its bytes or words belie it."""
    try:
        name = known_encoding(named)
    except ImportRefused:
        return ""
    name = MEANT.get(name, name)
    # What is UTF-8 throughout is UTF-8, whatever a page was once told to say.
    if name == "utf-8" or not _is(data, name) or (not data.isascii() and _is(data, "utf-8")):
        return ""
    return "" if guessing.contradicts(data, name) and guessing.guess(data) else name


def _is(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def known_encoding(name: str) -> str:
    """Return one of ENCODINGS by any of its names; raises ImportRefused `unknown_encoding`."""
    try:
        wanted = codecs.lookup(name).name
    except LookupError:
        wanted = ""
    for known in ENCODINGS:
        if wanted == codecs.lookup(known).name:
            return known
    raise ImportRefused("unknown_encoding", encoding=name)


def _byte_order_mark(data: bytes) -> tuple[bytes, str]:
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return mark, name
    return b"", ""


def _guess(data: bytes) -> str:
    controls = len(data) - len(data.translate(None, CONTROL_BYTES))
    if data.startswith(b"%PDF-") or (controls and data.startswith(BINARY_SIGNATURES)):
        raise ImportRefused("not_text")
    if not controls:
        return "utf-8"
    wide = _wide_encoding(data)
    if wide:
        return wide
    if controls > BINARY_SHARE * len(data) + 8:
        raise ImportRefused("not_text")
    return "utf-8"


def _wide_encoding(data: bytes) -> str:
    """Return the UTF-16 byte order under which spaces and line ends are spaces and line ends, or ""."""
    data = data[: len(data) // 2 * 2]
    if len(data) < 4:
        return ""
    best = ("", 0)
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        common = len(re.findall(r"[ \n\r\t.,،]", text))
        odd = len(re.findall(r"[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffe\uffff]", text))
        if common > best[1] and common * 40 >= len(text) and odd * 100 <= len(text):
            best = (name, common)
    return best[0]


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        if error.reason in {"unexpected end of data", "truncated data"}:
            raise ImportRefused("truncated", offset=error.start) from error
        if not name.startswith(("utf-16", "utf-32")) and _looks_random(data):
            raise ImportRefused("not_text") from error
        line = data.count(b"\n", 0, error.start) + 1
        raise ImportRefused("unknown_encoding", encoding=name, offset=error.start, line=line) from error


def _looks_random(data: bytes) -> bool:
    sample = data[:100_000]
    return len(sample) - len(sample.translate(None, CONTROL_BYTES)) > BINARY_SHARE * len(sample)


def _is_binary(text: str) -> bool:
    controls = len(re.findall(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", text))
    return controls > BINARY_SHARE * len(text) + 8


def _storable(text: str) -> tuple[str, list[Repair]]:
    repairs = []
    if "\r" in text:
        count = text.count("\r")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        repairs.append(Repair("line_endings", 0, 0, before="\\r", after="\\n", count=count))
    if "\0" in text:
        count = text.count("\0")
        text = text.replace("\0", "")
        repairs.append(Repair("nul", 0, 0, before="\\0", after="", count=count))
    return text, repairs
