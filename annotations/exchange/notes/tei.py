"""TEI that stands off from its text: `<annotation>`, `<note target>` and `<span>`, pointing by ids or by characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

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
    whole,
)
from annotations.exchange.notes.tei_text import OwnText
from archive.importers import xml_door

TEI = "{http://www.tei-c.org/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: Letters that mean something in Markdown.
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
#: Elements that name something, and what they name.
_NAMES = {
    "rs": "", "term": "concept", "name": "", "persName": "person", "placeName": "place", "geogName": "place", "orgName": "group",
    "settlement": "place", "date": "date", "eventName": "event",
}  # fmt: skip
_CHARS = re.compile(r"char=(\d{1,12}),(\d{1,12})\Z")
#: Targets of one element that are looked at.
MOST_TARGETS, LONGEST_POINTERS = 50, 4000


def name_of(element: etree._Element) -> str:
    """Return the name of an element of TEI without its namespace; empty for all else."""
    tag = element.tag
    return tag.removeprefix(TEI) if isinstance(tag, str) else ""


def words_of(element: etree._Element) -> str:
    """Return all the words within an element, as they are."""
    return "".join(str(words) for words in element.itertext())


def read_tei(data: bytes) -> NotesReading:
    """Return the notes of a file; pointers by id are followed in the text that the file itself holds.

    Raises ImportRefused: what `xml_door.parse` and `counted` raise.
    """
    root = xml_door.parse(data)
    own, people = OwnText(root), _people(root)
    records: list[NoteRecord] = []
    for element in _standing_off(root):
        for target in _targets(element):
            record = NoteRecord(len(records) + 1)
            _say(element, record, people)
            _point(target, record, own)
            ident = element.get(_ID, "")
            if ident and not record.key:
                record.key = (
                    f"#{ident}" if not any(one.key == f"#{ident}" for one in records[-MOST_TARGETS:]) else ""
                )
            records.append(record)
    left_out = Counter(code for record in records for code in set(record.left_out))
    sha256 = next(
        (clean(one.text, 64) for one in root.iter(f"{TEI}idno") if one.get("type") == "text-sha256"), ""
    )
    return NotesReading(counted(records), left_out, sha256 if len(sha256) == 64 else "")


def _people(root: etree._Element) -> dict[str, str]:
    """Return who the ids of a file name."""
    found = {}
    for element in root.iter(
        f"{TEI}person", f"{TEI}respStmt", f"{TEI}name", f"{TEI}persName", f"{TEI}editor", f"{TEI}author"
    ):
        ident = element.get(_ID)
        if ident:
            inner = element.find(f"{TEI}persName")
            inner = element.find(f"{TEI}name") if inner is None else inner
            found[ident] = _flat(element if inner is None else inner)[:LONGEST_NAME]
    return found


def _standing_off(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements that say something of a place elsewhere, each once."""
    for element in root.iter():
        name = name_of(element)
        if (
            name == "annotation"
            or (name == "span" and (element.get("from") or element.get("target")))
            or (name == "note" and element.get("target") and not _within(element, "annotation"))
        ):
            yield element


def _within(element: etree._Element, name: str) -> bool:
    return any(name_of(above) == name for above in element.iterancestors())


def _targets(element: etree._Element) -> list[str]:
    """Return the pointers of an element; one that goes from here to there is `from|to`."""
    begin, end = element.get("from"), element.get("to")
    if begin:
        return [f"{begin.strip()}|{end.strip()}" if end else begin.strip()]
    # A pointer may hold spaces between its brackets.
    found = re.findall(
        r"(?:[^\s()]|\([^()]*(?:\([^()]*\)[^()]*)*\))+", element.get("target", "")[:LONGEST_POINTERS]
    )
    return found[:MOST_TARGETS] or [""]


def _say(element: etree._Element, record: NoteRecord, people: dict[str, str]) -> None:
    record.language = clean(element.get(_LANG) or "", 20)
    who = (element.get("resp") or element.get("who") or element.get("creator") or "").split()
    record.author = next(
        (
            people.get(one.removeprefix("#"), "") or ("" if one.startswith(("#", "http")) else one)
            for one in who
        ),
        "",
    )[:LONGEST_NAME]
    for analysis in (element.get("ana") or "").split()[:20]:
        record.tags.append(
            Tag(
                analysis.rsplit("#", 1)[-1][:LONGEST_TAG],
                analysis[:LONGEST_ADDRESS] if "://" in analysis else "",
            )
        )
    if name_of(element) == "annotation":
        _annotation(element, record)
        return
    above = element.getparent()
    kind = element.get("type") or (
        above.get("type", "") if above is not None and name_of(above) == "spanGrp" else ""
    )
    if kind and kind not in ("editorial", "annotation", "commentary", "gloss"):
        record.tags.append(Tag(clean(kind, LONGEST_TAG)))
    record.body = _markdown(element)


def _annotation(element: etree._Element, record: NoteRecord) -> None:
    """Take the parts of an annotation: notes, names, links, and the words that its place had."""
    bodies: list[str] = []
    for part in element:
        name, kind = name_of(part), part.get("type", "")
        words = _flat(part)
        if name == "note" and kind in ("quote", "prefix", "suffix"):
            setattr(record, "exact" if kind == "quote" else kind, _whole_words(part))
        elif name == "note" and kind == "category":
            record.category = words[:20]
        elif name == "note" and kind == "id":
            record.key = words[:LONGEST_ADDRESS]
        elif name == "note":
            bodies.append(_whole_words(part) if part.get("subtype") == "markdown" else _markdown(part))
            record.language = record.language or clean(part.get(_LANG) or "", 20)
        elif name in _NAMES:
            record.tags.append(
                Tag(
                    words[:LONGEST_TAG],
                    clean(part.get("ref", ""), LONGEST_ADDRESS),
                    part.get("type", "") or _NAMES[name],
                )
            )
        elif name in ("ptr", "ref"):
            record.links.append(Link(clean(part.get("target", ""), LONGEST_ADDRESS), words[:500]))
        elif name == "respStmt":
            inner = next(iter(part.iter(f"{TEI}name", f"{TEI}persName")), None)
            record.author = record.author or (_flat(inner)[:LONGEST_NAME] if inner is not None else "")
        elif name:
            record.left_out.append("tei_part")
    record.body = "\n\n".join(body for body in bodies if body.strip())


def _point(target: str, record: NoteRecord, own: OwnText) -> None:
    """Follow a pointer into the file's own text, or take its characters."""
    begin, _bar, end = target.partition("|")
    address, hash_mark, pointer = begin.partition("#")
    chars = _CHARS.match(pointer) if hash_mark else None
    if chars:
        record.source, record.start, record.end = (
            clean(address, LONGEST_ADDRESS),
            int(chars[1]),
            int(chars[2]),
        )
        return
    if pointer.startswith(("xywh=", "t=")):
        record.source, record.fragment = clean(address, LONGEST_ADDRESS), clean(pointer, 2000)
        return
    spans = [own.span(one.partition("#")[2] or one) for one in ([begin, end] if end else [begin])]
    known = [span for span in spans if span is not None]
    if known and len(known) == len(spans):
        first, last = known[0][0], known[-1][1]
        if not record.exact:
            record.exact, record.prefix, record.suffix = own.quoted(first, last)
        return
    record.source = clean(address, LONGEST_ADDRESS)
    if not record.exact:
        record.problem = "pointer_unknown" if target else "no_target"


def _whole_words(element: etree._Element) -> str:
    return clean(words_of(element))


def _flat(element: etree._Element) -> str:
    return clean(" ".join(words_of(element).split()))


def _markdown(element: etree._Element) -> str:
    """Return the words of a note, its paragraphs apart; what is set off in it stays set off."""
    parts = [_SPECIAL.sub(r"\\\1", element.text or "")]
    for inner in element:
        words = _markdown(inner)
        match name_of(inner):
            case "p" | "lg" | "ab" | "quote" | "list":
                words = f"\n\n{words}\n\n"
            case "item":
                words = f"\n- {words}"
            case "lb" | "l":
                words = f"\n{words}"
            case "hi" | "emph" if words.strip():
                words = f"*{words.strip()}*"
            case "ref" if (inner.get("target") or "").startswith(("http://", "https://")) and words.strip():
                words = (
                    f"[{words.strip()}]({inner.get('target')})"
                    if not re.search(r"[\s()<>]", inner.get("target") or "")
                    else words
                )
        parts += [words, _SPECIAL.sub(r"\\\1", inner.tail or "")]
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", clean("".join(parts)))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"(?<!\n)\n(?![\n-])", " ", text)).strip()


def offsets(words: str) -> tuple[int | None, int | None]:
    """Return the numbers of `#char=start,end` in an address; None for what is none."""
    found = _CHARS.search(words)
    return (whole(found[1]), whole(found[2])) if found else (None, None)
