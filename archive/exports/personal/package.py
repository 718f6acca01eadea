"""The package of a person's data: JSON and CSV for programs, a page in both languages for people, the own files."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import get_language_info, gettext_noop
from django.utils.translation import gettext as _

from archive.access import as_viewer, visible_to
from archive.access.pixels import behind_covers
from archive.exports.members import Member, bytes_of
from archive.exports.personal.gather import Table, events, profile, sessions, tables
from archive.exports.sinks import Sink, Tick, write
from archive.media import paths
from archive.models import FileArrival, User
from archive.presenters.cells import row

#: Of each table, so many rows stand on the page to read; the CSV has them all.
SHOWN = 200
_EVENTS = gettext_noop("What you did, as the record has it")
_SESSIONS = gettext_noop("Where you are signed in")
Rows = Callable[[], Iterable[dict[str, Any]]]


def pack(sink: Sink, account: User, *, for_owner: bool, tick: Tick = lambda size: None) -> None:
    """Write the package of one person, a row at a time.

    Not `for_owner`, it is without what nobody but the owner may read: drafts, private notes, notices.
    """
    parts = list(_parts(account, for_owner))
    _put(sink, "profile.json", [_json(profile(account))], tick)
    for name, _title, fields, rows in parts:
        _put(sink, f"data/{name}.csv", _csv(fields, rows()), tick)
        _put(sink, f"data/{name}.json", _json_rows(rows()), tick)
    for code, _language in settings.LANGUAGES:
        _put(sink, f"index.{code}.html", [_page(account, parts, code)], tick)
    _put(sink, "style.css", [render_to_string("archive/personal/style.css").encode()], tick)
    for arrival in _own_files(account):
        path = f"files/{arrival.public_id}/{_safe(arrival.filename)}"
        stored = arrival.stored_file
        # As they are now: a file that is no longer what was sent keeps nobody from the rest, and its hash is in the list.
        write(sink, Member(path, stored.media_type, arrival.filename, bytes_of(stored.sha256)), tick=tick)


def _parts(account: User, for_owner: bool) -> Iterator[tuple[str, str, tuple[str, ...], Rows]]:
    for table in tables(for_owner=for_owner):
        yield table.name, table.title, table.fields, _reader(table, account, for_owner)
    yield (
        "sessions",
        _SESSIONS,
        ("expires",),
        lambda: ({"expires": session.expire_date} for session in sessions(account.pk)),
    )
    acted = ("sequence", "at", "action", "target_kind", "target_id", "words")
    yield "record", _EVENTS, acted, lambda: events(account, for_owner=for_owner)


def _reader(table: Table, account: User, for_owner: bool) -> Rows:
    return lambda: table.rows(account, for_owner=for_owner)


def _own_files(account: User) -> Iterator[FileArrival]:
    """Yield the files that the person sent, as far as the person may see them now, and as far as they are there.

    A package leaves the house: no bytes in which parts are covered, under whatever name they came.
    """
    sent = visible_to(FileArrival, as_viewer(account)).filter(sent_by=account).select_related("stored_file")
    sent = sent.exclude(stored_file__in=behind_covers())
    for arrival in sent.order_by("pk").iterator(chunk_size=500):
        if paths.of_sha256(arrival.stored_file.sha256).is_file():
            yield arrival


def _safe(name: str) -> str:
    """Return a file's name without what leads to another folder or means something to a system."""
    kept = "".join("_" if letter in '/\\:*?"<>|' or ord(letter) < 32 else letter for letter in name)
    return kept.strip(". ")[:120] or "file"


def _csv(fields: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    yield "\N{BYTE ORDER MARK}".encode() + row(fields).encode()
    for each in rows:
        yield row(_cell(each[field]) for field in fields).encode()


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _json_rows(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    lead = "[\n"
    for each in rows:
        yield lead.encode() + _json(each)
        lead = ",\n"
    yield b"[]\n" if lead == "[\n" else b"\n]\n"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=_plain).encode()


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _page(account: User, parts: list[tuple[str, str, tuple[str, ...], Rows]], code: str) -> bytes:
    with translation.override(code):
        shown = [part for name, title, fields, rows in parts if (part := _shown(name, title, fields, rows))]
        context = {
            "account": account, "at": timezone.now(), "parts": shown, "limit": SHOWN,
            "others": [
                (other, get_language_info(other)["name_local"])
                for other, _name in settings.LANGUAGES
                if other != code
            ],
            "files": [
                (f"files/{arrival.public_id}/{_safe(arrival.filename)}", arrival.filename)
                for _number, arrival in zip(range(SHOWN), _own_files(account), strict=False)
            ],
        }  # fmt: skip
        return render_to_string("archive/personal/package.html", context).encode()


def _shown(name: str, title: str, fields: tuple[str, ...], rows: Rows) -> dict[str, Any]:
    """Return one table of the page; nothing when it is empty."""
    lines: list[list[Any]] = []
    more = False
    for each in rows():
        if len(lines) == SHOWN:
            more = True
            break
        lines.append(
            [_cell(each[field]) if not isinstance(each[field], datetime) else each[field] for field in fields]
        )
    heads = [field.replace("__", " ").replace("_", " ") for field in fields]
    return (
        {
            "name": name,
            "csv": f"data/{name}.csv",
            "title": _(title),
            "heads": heads,
            "rows": lines,
            "more": more,
        }
        if lines
        else {}
    )


def _put(sink: Sink, path: str, chunks: Iterable[bytes], tick: Tick) -> None:
    write(sink, Member(path, "", path, chunks), tick=tick)
