"""Tables that a spreadsheet has written: bytes to headers and rows, whatever the encoding and the separator."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from archive.errors import ImportRefused
from archive.importers import guessing
from archive.importers.decoding import Decoded, decode

#: Rows of one table; longer ones are to be sent in parts.
MOST_ROWS = 5000
MOST_COLUMNS = 200
#: Code points of one cell.
LONGEST_CELL = 100_000
#: What spreadsheets write on a computer that speaks Arabic.
ARABIC = "windows-1256"
SEPARATORS = (",", ";", "\t")
#: The column that names the item.
ID = "id"
#: The column that names the file of which a deposit made the item.
FILE = "file"
#: The column that names the address of which a film is made.
URL = "url"
#: What is put before a cell that a spreadsheet would take for a formula, and taken off again.
_FORMULA = ("'=", "'+", "'-", "'@", "'\t", "'\r")


@dataclass(frozen=True, slots=True)
class Table:
    """The heading of a table and its rows, each with the line on which it begins."""

    headers: list[str]
    rows: list[tuple[int, list[str]]]
    encoding: str
    separator: str
    #: Whether the encoding is a guess.
    is_guess: bool = False


def read_table(data: bytes, *, encoding: str = "") -> Table:
    """Return the table in `data`, in the `encoding` that a person chose, else in the one that the bytes tell.

    Raises ImportRefused: what `decode` raises, "mixed_encodings" with the line, "too_many_rows", "no_table",
    "table_broken" with the line.
    """
    if not encoding:
        _refuse_mixture(data)
    decoded, is_guess = _decoded(data, encoding)
    text, separator = _separator(decoded.text)
    rows = list(_rows(text, separator))
    if not rows or not any(rows[0][1]):
        raise ImportRefused("no_table")
    headers = rows[0][1]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > MOST_COLUMNS:
        raise ImportRefused("too_many_columns", most=MOST_COLUMNS)
    return Table(headers, rows[1:], decoded.encoding, separator, is_guess)


def _decoded(data: bytes, encoding: str) -> tuple[Decoded, bool]:
    """Return the text, and whether its encoding is a guess.

    Tables hold few words, often too few to tell one encoding of Arabic from another. What spreadsheets write is
    taken then, unless its words speak against it: people see the letters before anything is done with them.
    """
    try:
        decoded = decode(data, encoding=encoding)
    except ImportRefused as error:
        doubtful = guessing.is_torn_utf8(data) or guessing.contradicts(data, ARABIC)
        if encoding or error.code != "unknown_encoding" or doubtful:
            raise
        return decode(data, encoding=ARABIC), True
    return decoded, decoded.guess is not None


def _refuse_mixture(data: bytes) -> None:
    """Refuse a file some of whose lines are UTF-8 while others are not: one reading would spoil either."""
    if b"\0" in data or _is_utf8(data):
        return
    torn = whole = 0
    for number, line in enumerate(data.split(b"\n"), start=1):
        if line.isascii():
            continue
        if _is_utf8(line):
            whole = whole or number
        else:
            torn = torn or number
        if torn and whole:
            raise ImportRefused("mixed_encodings", line=torn, other=whole)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _separator(text: str) -> tuple[str, str]:
    """Return the text and what stands between its cells: as its first line says ("sep=;"), or in most of its heading."""
    first, _end, rest = text.partition("\n")
    if first.strip().lower() in {f"sep={each}" for each in SEPARATORS}:
        return rest, first.strip()[4:] or "\t"
    if first.lower() == "sep=\t":
        return rest, "\t"
    head = next(iter(text.split("\n", 1)), "")
    unquoted = "".join(part for place, part in enumerate(head.split('"')) if place % 2 == 0)
    return text, max(SEPARATORS, key=lambda each: (unquoted.count(each), -SEPARATORS.index(each)))


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, the heading first."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    csv.field_size_limit(LONGEST_CELL)
    begins, found = 1, 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found += 1
                if found > MOST_ROWS + 1:
                    raise ImportRefused("too_many_rows", most=MOST_ROWS)
                yield begins, [plain(cell) for cell in cells]
            begins = reader.line_num + 1
    except csv.Error as error:
        raise ImportRefused("table_broken", line=reader.line_num + 1) from error


def plain(cell: str) -> str:
    """Return a cell without the sign that kept a spreadsheet from taking it for a formula."""
    cell = cell.strip()
    return cell[1:] if cell.startswith(_FORMULA) else cell
