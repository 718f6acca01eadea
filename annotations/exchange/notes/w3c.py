"""Web Annotations (https://www.w3.org/TR/annotation-model/): one, a page of them, a collection, or a plain list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from annotations.exchange.notes.json_files import read_json
from annotations.exchange.notes.markdown import markdown_of
from annotations.exchange.notes.records import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_TAG,
    Link,
    NoteRecord,
    NotesReading,
    Tag,
    clean,
    counted,
    keep_answers,
    whole,
)
from archive.errors import ImportRefused

#: Targets and bodies of one annotation that are looked at.
MOST_PARTS = 100
_MEDIA = re.compile(r"(?:xywh|t)=[^&]*")
_CHARS = re.compile(r"char=(\d{1,12}),(\d{1,12})\Z")


def read_w3c(data: bytes) -> NotesReading:
    """Return the notes of a file.

    Raises ImportRefused: what `read_json` and `counted` raise, "remote_page" for a collection that holds none itself.
    """
    left_out: Counter[str] = Counter()
    given = read_json(data)
    records: list[NoteRecord] = []
    for item in _items(given, left_out):
        if not isinstance(item, dict):
            left_out["not_a_note"] += 1
            continue
        records += _records(item, len(records) + 1)
    _answer(records)
    for record in records:
        left_out.update(set(record.left_out))
    return NotesReading(
        counted(records),
        left_out,
        clean(given.get("hashiya:textSha256"), 64) if isinstance(given, dict) else "",
    )


def is_w3c(given: Any) -> bool:
    """Whether JSON looks like Web Annotations."""
    first = given[0] if isinstance(given, list) and given else given
    if not isinstance(first, dict):
        return False
    kinds = _types(first)
    return bool(kinds & {"Annotation", "AnnotationPage", "AnnotationCollection", "oa:Annotation"}) or (
        "target" in first and ("body" in first or "motivation" in first or "@context" in first)
    )


def _types(item: dict[str, Any]) -> set[str]:
    kind = item.get("type", item.get("@type", ""))
    return {one for one in (kind if isinstance(kind, list) else [kind]) if isinstance(one, str)}


def _items(given: Any, left_out: Counter[str]) -> Iterator[Any]:
    """Yield the annotations of whatever holds them; further pages that lie elsewhere are told."""
    if isinstance(given, list):
        yield from given
        return
    if not isinstance(given, dict):
        raise ImportRefused("no_notes")
    page: Any = (
        given.get("first") if "AnnotationCollection" in _types(given) and "items" not in given else given
    )
    if isinstance(page, str):
        raise ImportRefused("remote_page", address=page[:200])
    seen = 0
    while isinstance(page, dict) and seen < 1000:
        seen += 1
        if "items" not in page:
            if _types(page) & {"AnnotationPage", "AnnotationCollection"}:
                return
            yield page
            return
        items = page["items"]
        yield from items if isinstance(items, list) else [items]
        page = page.get("next")
    if isinstance(page, str):
        left_out["page_elsewhere"] += 1


def _records(item: dict[str, Any], place: int) -> list[NoteRecord]:
    """Return the records of an annotation, one for each of its targets."""
    said = NoteRecord(
        place, key=clean(item.get("id", item.get("@id")), LONGEST_ADDRESS), author=_name(item.get("creator")),
        category=clean(item.get("hashiya:category"), 20),
    )  # fmt: skip
    if item.get("motivation") in ("replying", ["replying"]):
        said.left_out.append("reply")
    _bodies(item, said)
    targets = item.get("target")
    listed = [one for one in (targets if isinstance(targets, list) else [targets]) if one][:MOST_PARTS]
    if not listed:
        said.problem = "no_target"
        return [said]
    records = []
    for number, target in enumerate(listed):
        record = replace(
            said,
            place=place + number,
            tags=list(said.tags),
            links=list(said.links),
            left_out=list(said.left_out),
        )
        if number and record.key:
            record.key = f"{record.key}#{number + 1}"[:LONGEST_ADDRESS]
        _target(target, record)
        records.append(record)
    return records


def _answer(records: list[NoteRecord]) -> None:
    """Let notes on other notes of the file stand at the end of those."""
    keys = {record.key for record in records if record.key}
    for record in records:
        if record.source in keys and record.source != record.key and not record.exact:
            record.answers, record.problem = record.source, "reply"
    keep_answers(records)


def _name(creator: Any) -> str:
    one = creator[0] if isinstance(creator, list) and creator else creator
    if isinstance(one, dict):
        return clean(
            one.get("name") or one.get("nickname") or one.get("schema:name") or one.get("nick"), LONGEST_NAME
        ).strip()
    return clean(one, LONGEST_NAME).strip()


def _bodies(item: dict[str, Any], record: NoteRecord) -> None:
    bodies = item.get("body", [])
    listed = [
        *([item["bodyValue"]] if "bodyValue" in item else []),
        *(bodies if isinstance(bodies, list) else [bodies]),
    ]
    texts: list[str] = []
    if len(listed) > MOST_PARTS:
        record.left_out.append("more_bodies")
    for body in listed[:MOST_PARTS]:
        if isinstance(body, str):
            _words_or_link(body, record, texts)
        elif isinstance(body, dict):
            _body(body, item, record, texts)
    record.body = "\n\n".join(text for text in texts if text.strip())


def _words_or_link(body: str, record: NoteRecord, texts: list[str]) -> None:
    if re.match(r"https?://\S+\Z", body):
        record.links.append(Link(clean(body, LONGEST_ADDRESS)))
    else:
        texts.append(clean(body))


def _body(body: dict[str, Any], item: dict[str, Any], record: NoteRecord, texts: list[str]) -> None:
    purpose = body.get("purpose", "tagging" if item.get("motivation") == "tagging" else "")
    value = clean(body.get("value", body.get("rdf:value", body.get("chars"))))
    source = body.get("source")
    source = source.get("id", "") if isinstance(source, dict) else source
    address = clean(source or body.get("id"), LONGEST_ADDRESS)
    if purpose in ("tagging", "classifying", "identifying"):
        name = (
            value
            or _label(body.get("schema:name"))
            or _label(body.get("label"))
            or (
                _label((body.get("source") or {}).get("label"))
                if isinstance(body.get("source"), dict)
                else ""
            )
        )
        record.tags.append(Tag(name[:LONGEST_TAG].strip(), address, clean(body.get("hashiya:kind"), 10)))
    elif value or "value" in body:
        texts.append(
            markdown_of(value) if body.get("format") in ("text/html", "application/xhtml+xml") else value
        )
        language = body.get("language", "")
        language = language[0] if isinstance(language, list) and language else language
        record.language = record.language or clean(language, 20)
        if purpose == "replying":
            record.left_out.append("reply")
    elif address:
        record.links.append(Link(
            address, _label(body.get("schema:name"))[:500], clean(body.get("hashiya:pages"), 100), clean(body.get("hashiya:relation"), 14),
            clean(body.get("hashiya:note"), 500),
        ))  # fmt: skip
    else:
        record.left_out.append("body")


def _label(value: Any) -> str:
    """Return the words of a label, in whichever language comes first."""
    one = value[0] if isinstance(value, list) and value else value
    return clean(one.get("@value", one.get("value"))) if isinstance(one, dict) else clean(one)


def _target(target: Any, record: NoteRecord) -> None:
    if isinstance(target, str):
        record.source, _, fragment = clean(target, LONGEST_ADDRESS).partition("#")
        _fragment(fragment, record)
        return
    if not isinstance(target, dict):
        record.problem = "no_target"
        return
    source = target.get("source", target.get("id", ""))
    source = source.get("id", "") if isinstance(source, dict) else source
    record.source, hash_mark, fragment = clean(source, LONGEST_ADDRESS).partition("#")
    if hash_mark and not _fragment(fragment, record):
        record.source = clean(source, LONGEST_ADDRESS)
    page = target.get("hashiya:page", 1)
    record.page = page if isinstance(page, int) and not isinstance(page, bool) and 0 < page < 10_000 else 1
    take_selectors(target.get("selector", []), record)


def take_selectors(given: Any, record: NoteRecord) -> None:
    """Put into a record what the selectors of a target say, refinements included."""
    waiting = list(given) if isinstance(given, list) else [given]
    looked_at = 0
    while waiting and looked_at < MOST_PARTS:
        selector = waiting.pop(0)
        looked_at += 1
        if not isinstance(selector, dict):
            continue
        _selector(selector, record)
        items = selector.get("items") if selector.get("type") == "Choice" else None
        waiting += [
            *(items if isinstance(items, list) else []),
            *([selector["refinedBy"]] if "refinedBy" in selector else []),
        ]


def _selector(selector: dict[str, Any], record: NoteRecord) -> None:
    kind = selector.get("type")
    if kind == "TextQuoteSelector":
        record.exact = record.exact or clean(selector.get("exact"))
        record.prefix = record.prefix or clean(selector.get("prefix"), 1000)
        record.suffix = record.suffix or clean(selector.get("suffix"), 1000)
    elif kind == "TextPositionSelector":
        record.start, record.end = whole(selector.get("start")), whole(selector.get("end"))
    elif kind == "RangeSelector":
        _range(selector, record)
    elif kind == "FragmentSelector":
        _fragment(clean(selector.get("value"), 2000), record)
    elif kind == "SvgSelector":
        record.svg = record.svg or clean(selector.get("value"), 20_000)


def _range(selector: dict[str, Any], record: NoteRecord) -> None:
    """Take the ends of a range; one that is told by paths in a page's markup says nothing here."""
    begin, end = selector.get("startSelector"), selector.get("endSelector")
    if not isinstance(begin, dict) or not isinstance(end, dict):
        return
    if begin.get("type") == end.get("type") == "TextPositionSelector":
        record.start, record.end = whole(begin.get("start")), whole(end.get("start"))
    elif begin.get("type") == end.get("type") == "TextQuoteSelector" and not record.exact:
        record.exact, record.prefix = clean(begin.get("exact")), clean(begin.get("prefix"), 1000)
        record.until = clean(end.get("exact"), 1000)


def _fragment(value: str, record: NoteRecord) -> bool:
    """Take a fragment; whether it says anything."""
    media, chars = _MEDIA.search(value), _CHARS.match(value)
    if media:
        record.fragment = media[0]
    elif chars:
        record.start, record.end = int(chars[1]), int(chars[2])
    return bool(media or chars)
