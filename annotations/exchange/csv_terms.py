"""A vocabulary as a table: one row an entry, several values of a cell parted by |."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from annotations.authorities import page_of, recognized
from annotations.enums import NameForm, TermKind
from annotations.exchange.records import Reading, TermRecord
from annotations.values import Match, Name
from archive.errors import ImportRefused
from archive.importers.tables import Table

COLUMNS = (
    "id", "slug", "kind", "label_ar", "label_en", "names_ar", "names_en", "names_other", "description_ar",
    "description_en", "scope_note_ar", "scope_note_en", "notation", "broader", "date_edtf", "latitude", "longitude",
    "links",
)  # fmt: skip
_PLAIN = (
    "slug", "label_ar", "label_en", "description_ar", "description_en", "scope_note_ar", "scope_note_en", "notation",
    "broader", "date_edtf",
)  # fmt: skip
#: After the language: a preferred name, a hidden one; nothing: an alternative one.
_FORMS = {"*": NameForm.PREFERRED, "~": NameForm.HIDDEN, "": NameForm.ALTERNATIVE}
_SIGNS = {form: sign for sign, form in _FORMS.items()}
_NAME = re.compile(r"([A-Za-z0-9-]{2,20})([*~]?)\s*:\s*(.+)\Z", re.DOTALL)
_LINK = re.compile(r"(?:(=|~|exact|close|broad|narrow|related)\s+)?(\S+)\Z")
_CODED = re.compile(r"([a-z][a-z0-9-]{1,39}):(?!//)(\S+)\Z")
_LINK_SIGNS = {"exact": "=", "close": "~"}
_RELATIONS = {"=": "exact", "~": "close", "": "close"}


def read_terms(table: Table) -> Reading:
    """Return the entries of a table whose heading names its columns; others are told and left out.

    Raises ImportRefused("no_term_columns") when it names none that an entry could be made of.
    """
    headers = [header.strip().lower().replace(" ", "_") for header in table.headers]
    if not {"id", "label_ar", "label_en"} & set(headers):
        raise ImportRefused("no_term_columns", columns=", ".join(COLUMNS))
    left_out = Counter(table.headers[i] for i, name in enumerate(headers) if name and name not in COLUMNS)
    records = []
    for line, cells in table.rows:
        row = {name: cell.strip() for name, cell in zip(headers, cells, strict=False) if name in COLUMNS}
        records.append(_record(line, row))
    return Reading(records, left_out)


def _record(line: int, row: dict[str, str]) -> TermRecord:
    record = TermRecord(key=row.get("id", ""), place=line)
    for name in _PLAIN:
        setattr(record, name, row.get(name, ""))
    record.kind = row.get("kind", "").lower()
    if record.kind and record.kind not in set(TermKind):
        record.problem = ("term_kind_unknown", "kind")
    for language in ("ar", "en"):
        record.names += [Name(language, words) for words in _parts(row.get(f"names_{language}", ""))]
    for part in _parts(row.get("names_other", "")):
        found = _NAME.match(part)
        if found is None:
            record.problem = ("name_unread", "names_other")
        else:
            record.names.append(Name(found[1], found[3].strip(), _FORMS[found[2]]))
    for part in _parts(row.get("links", "")):
        _link(record, part)
    for name in ("latitude", "longitude"):
        if row.get(name):
            try:
                setattr(record, name, float(row[name].replace("٫", ".")))
            except ValueError:
                record.problem = ("coordinates_range", name)
    return record


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _link(record: TermRecord, part: str) -> None:
    found = _LINK.match(part)
    sign, address = (found[1] or "", found[2]) if found else ("", part)
    known, coded = recognized(address), _CODED.match(address)
    if known and sign in ("", "=", "exact"):
        record.authority[known[0]] = known[1]
    elif coded and not sign:
        record.authority[coded[1]] = coded[2]
    else:
        record.matches.append(Match(_RELATIONS.get(sign, sign), address))


def table_rows(records: Iterable[TermRecord]) -> Iterator[list[object]]:
    """Yield the heading and the rows of a table that `read_terms` reads back."""
    yield list(COLUMNS)
    for record in records:
        plain = {name: getattr(record, name) for name in (*_PLAIN, "kind", "latitude", "longitude")}
        cells = plain | {
            "id": record.key,
            "names_other": " | ".join(_others(record)),
            "links": " | ".join(_links(record)),
        }
        for language in ("ar", "en"):
            cells[f"names_{language}"] = " | ".join(
                name.name for name in record.names if _is_plain(name) and name.language == language
            )
        yield [cells[name] for name in COLUMNS]


def _is_plain(name: Name) -> bool:
    return name.language in ("ar", "en") and name.form == NameForm.ALTERNATIVE


def _others(record: TermRecord) -> Iterator[str]:
    for name in record.names:
        if not _is_plain(name):
            yield f"{name.language}{_SIGNS[NameForm(name.form)]}: {name.name}"


def _links(record: TermRecord) -> Iterator[str]:
    for code, value in record.authority.items():
        yield page_of(code, value) or f"{code}:{value}"
    for match in record.matches:
        yield f"{_LINK_SIGNS.get(match.relation, match.relation)} {match.url}"
