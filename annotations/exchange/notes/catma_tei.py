"""TEI of CATMA: pieces of a text by their characters, tagged with feature structures."""

from __future__ import annotations

from lxml import etree

from annotations.exchange.notes.records import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_TAG,
    NoteRecord,
    NotesReading,
    Tag,
    clean,
    counted,
)
from annotations.exchange.notes.tei import TEI, offsets, words_of
from archive.importers import xml_door

_ID = "{http://www.w3.org/XML/1998/namespace}id"
#: What CATMA itself says of a tag and nobody wrote.
_SYSTEM = ("catma_",)


def read_catma_tei(data: bytes) -> NotesReading:
    """Return the notes of a file; its pieces are offsets without words.

    Raises ImportRefused: what `xml_door.parse` and `counted` raise.
    """
    root = xml_door.parse(data)
    names = _tag_names(root)
    said = {each.get(_ID, ""): each for each in root.iter(f"{TEI}fs") if each.get(_ID)}
    records: dict[str, NoteRecord] = {}
    for piece in root.iter(f"{TEI}seg"):
        pointer = piece.find(f"{TEI}ptr")
        start, end = offsets(pointer.get("target", "")) if pointer is not None else (None, None)
        if start is None or end is None or pointer is None:
            continue
        for instance in (piece.get("ana") or "").split():
            ident = instance.removeprefix("#")
            record = records.get(ident)
            if record is None:
                record = records[ident] = NoteRecord(
                    len(records) + 1, key=f"urn:catma:{ident}"[:LONGEST_ADDRESS], start=start, end=end,
                    source=clean(pointer.get("target", "").partition("#")[0], LONGEST_ADDRESS),
                )  # fmt: skip
                _say(said.get(ident), names, record)
            elif start == record.end:
                record.end = end
            elif "in_pieces" not in record.left_out:
                record.left_out.append("in_pieces")
    return NotesReading(counted(list(records.values())))


def _tag_names(root: etree._Element) -> dict[str, str]:
    """Return what the types of feature structures are called."""
    found = {}
    for declared in root.iter(f"{TEI}fsDecl"):
        described = declared.find(f"{TEI}fsDescr")
        name = " ".join(words_of(described).split()) if described is not None else ""
        for ident in (declared.get(_ID), declared.get("type")):
            if ident and name:
                found[ident] = clean(name, LONGEST_TAG)
    return found


def _say(structure: etree._Element | None, names: dict[str, str], record: NoteRecord) -> None:
    if structure is None:
        record.left_out.append("tag_unknown")
        return
    kind = structure.get("type", "")
    record.tags.append(Tag(names.get(kind, kind)[:LONGEST_TAG]))
    lines = []
    for feature in structure.iter(f"{TEI}f"):
        name = feature.get("name", "")
        value = ", ".join(" ".join(words_of(one).split()) for one in feature.iter(f"{TEI}string"))
        if name in ("catma_markupauthor", "catma_author"):
            record.author = clean(value, LONGEST_NAME)
        elif value and not name.startswith(_SYSTEM):
            lines.append(f"{clean(name)}: {clean(value)}")
    record.body = "\n\n".join(lines)
