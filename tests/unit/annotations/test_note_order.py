"""What numbers the notes, and what stays where the text has it."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from annotations.editions.order import by_place, numbered
from annotations.editions.values import FORMAT_WITH_MORE, Snapshot
from annotations.enums import NoteOrder
from annotations.exports import FORMATS
from annotations.exports.books.feet import Feet
from annotations.exports.books.tree import leaves, text_tree
from annotations.presenters.snapshot import Book
from tests.factories_books import make_given, make_snapshot

W = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}


def by_kind() -> Snapshot:
    """Return the release with its notes numbered by kind: their numbers do not rise with their places."""
    bare = make_snapshot()
    notes = numbered(bare.notes, order=NoteOrder.KIND)
    assert [note.start for note in notes] != sorted(note.start for note in notes)
    return replace(bare, notes=notes, order=NoteOrder.KIND.value, format=FORMAT_WITH_MORE)


def written(form: str, snapshot: Snapshot, **fields: Any) -> bytes:
    return b"".join(FORMATS[form].write(make_given(snapshot, **fields)))


def places(notes) -> list[tuple[int, int, str]]:
    return [(note.start, -note.end, note.id) for note in notes]


def test_by_kind_then_by_place():
    kinds = ["note", "place", "dispute", "note", "place"]
    given = [
        replace(note, category=kind) for note, kind in zip(make_snapshot().notes[:5], kinds, strict=True)
    ]

    found = numbered(given, order=NoteOrder.KIND)

    assert [note.category for note in found] == ["note", "note", "place", "place", "dispute"]
    assert [note.number for note in found] == [1, 2, 3, 4, 5]
    for kind in ("note", "place"):
        alike = [note for note in found if note.category == kind]
        assert places(alike) == sorted(places(alike))


def test_by_author_then_by_place():
    given = [
        replace(note, author=who)
        for note, who in zip(make_snapshot().notes[:4], ["b", "a", "b", "a"], strict=True)
    ]

    found = numbered(given, order=NoteOrder.AUTHOR, names={"a": "ياسر", "b": "أمل"})

    assert [note.author for note in found] == ["b", "b", "a", "a"]
    assert places(found[:2]) == sorted(places(found[:2]))


def test_numbers_by_place_are_as_they_ever_were():
    notes = make_snapshot().notes
    assert numbered(reversed(notes)) == numbered(notes)
    assert by_place(replace(make_snapshot(), notes=numbered(notes))) == numbered(notes)


def test_what_is_looked_up_by_place_finds_the_same_notes_whatever_their_numbers():
    plain, other = Book(replace(make_snapshot(), notes=numbered(make_snapshot().notes))), Book(by_kind())

    ids = [entry.id for entry in plain.entries]
    assert [entry.id for entry in other.entries] == ids
    assert other.entry_starts == sorted(other.entry_starts)
    for section in (range(40), range(30, 120), range(60, 400)):
        first, last = section[0], section[-1]
        assert [e.id for e in other.between(first, last)] == [e.id for e in plain.between(first, last)]
    assert other.counts == plain.counts
    assert json.loads(other.spans_json()) == json.loads(plain.spans_json())


def test_marks_stand_at_the_ends_of_their_words_whatever_their_numbers():
    def marked(snapshot: Snapshot) -> list[tuple[int, set[str]]]:
        return [
            (leaf.index, {run.note.id for run in leaf.runs if run.note} | {note.id for note in leaf.notes})
            for leaf in leaves(text_tree(snapshot))
        ]

    assert marked(by_kind()) == marked(make_snapshot())


def test_lists_of_exports_are_in_the_order_of_the_numbers():
    snapshot = by_kind()
    numbers = [str(note.number) for note in snapshot.notes]
    rows = written("csv", snapshot).decode("utf-8-sig").splitlines()
    items = json.loads(written("jsonld", snapshot))["first"]["items"]
    tei = etree.fromstring(written("tei", snapshot))

    assert [row.split(",")[0] for row in rows[1:] if row.split(",")[0] in numbers] == numbers
    assert [item["hashiya:number"] for item in items] == [note.number for note in snapshot.notes]
    assert tei.xpath("//*[local-name()='annotation']/@n") == numbers
    for form, path in (("epub", "EPUB/text-1.xhtml"), ("site", "mill-edition-1/ar/text-1.html")):
        with zipfile.ZipFile(io.BytesIO(written(form, snapshot))) as archive:
            page = etree.fromstring(archive.read(path), etree.HTMLParser(encoding="utf-8"))
        feet = [int(one.text) for one in page.xpath("//*[@class='number']")]
        assert feet == sorted(feet), form
        assert len(feet) > 2


@pytest.mark.parametrize("form", ["markdown", "docx", "epub", "site"])
def test_readers_are_told_of_the_order_where_it_is_not_the_texts(form):
    def said(snapshot: Snapshot) -> str:
        data = written(form, snapshot)
        if not data.startswith(b"PK"):
            return data.decode()
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())

    assert "ترقيم الحواشي" in said(by_kind())
    assert "ترقيم الحواشي" not in said(make_snapshot())


def feet_of(snapshot: Snapshot) -> list[int]:
    """Return the numbers of the marks in the order in which print sets them."""
    feet, found = Feet(snapshot), []
    for leaf in leaves(text_tree(snapshot)):
        for note in [*(run.note for run in leaf.runs if run.note), *leaf.notes]:
            found += [one.number for one in feet.at(note)]
    return found + [note.number for note in feet.rest()]


def test_feet_of_printed_pages_follow_each_other_by_their_numbers():
    snapshot = make_snapshot()
    outer, inner = snapshot.notes[:2]
    assert outer.end > inner.end, "the longer note ends after the shorter one that begins within it"

    assert feet_of(snapshot) == [note.number for note in snapshot.notes]


def test_a_note_over_the_whole_text_keeps_no_other_from_its_place():
    bare = make_snapshot()
    long = replace(bare.notes[0], id="long", start=0, end=bare.text.length)
    snapshot = replace(bare, notes=numbered([long, *bare.notes]))
    feet = Feet(snapshot)

    first = next(run.note for leaf in leaves(text_tree(snapshot)) for run in leaf.runs if run.note)

    assert next(note.id for note in feet.at(first)) == "long"
    assert feet_of(snapshot) == list(range(1, len(snapshot.notes) + 1))


def test_numbered_by_kind_each_mark_stands_at_its_own_end_and_no_program_counts_it():
    with zipfile.ZipFile(io.BytesIO(written("docx", by_kind()))) as document:
        body = etree.fromstring(document.read("word/document.xml"))
        feet = etree.fromstring(document.read("word/footnotes.xml"))

    marks = body.xpath("//w:footnoteReference", namespaces=W)
    value = f"{{{W['w']}}}"
    assert sorted(int(mark.get(f"{value}id")) for mark in marks) == list(range(1, 8))
    assert [int(mark.get(f"{value}id")) for mark in marks] != list(range(1, 8))
    assert all(mark.get(f"{value}customMarkFollows") == "1" for mark in marks)
    assert all(mark.getnext().text == mark.get(f"{value}id") for mark in marks)
    assert not feet.xpath("//w:footnoteRef", namespaces=W)


def test_two_marks_at_one_place_do_not_read_as_one_number():
    bare = make_snapshot()
    twin = replace(bare.notes[1], id="twinnnnnnnnnnnn2")
    snapshot = replace(bare, notes=numbered([*bare.notes, twin]))
    with zipfile.ZipFile(io.BytesIO(written("docx", snapshot))) as document:
        body = etree.fromstring(document.read("word/document.xml"))

    for mark in body.xpath("//w:r[w:footnoteReference]", namespaces=W):
        after = mark.getnext()
        assert after is None or not after.xpath("w:footnoteReference", namespaces=W)


def test_pdf_is_written_in_either_order():
    assert written("pdf", by_kind()).startswith(b"%PDF")
