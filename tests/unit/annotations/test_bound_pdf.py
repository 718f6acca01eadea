"""A book that is too long to be set at once is set in parts and bound: it says and is all that it would be in one."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest
from pikepdf import Pdf

from annotations.editions.values import Snapshot
from annotations.exports import FORMATS
from annotations.exports.books import pdf
from archive.exports.printing import Press
from tests.bench.release import make_release
from tests.factories_books import make_given
from tests.factories_structure import (
    bookmarks,
    elements,
    links,
    middle,
    names,
    numbers,
    page_words,
    places,
    pointed_at,
    read_aloud,
)


def written(snapshot: Snapshot | None = None) -> bytes:
    return b"".join(FORMATS["pdf"].write(make_given(snapshot)))


def in_parts(snapshot: Snapshot | None = None, *, longest: int = 700) -> bytes:
    """Return the book as if the typesetter could hold very little."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "LONGEST", longest)
        return written(snapshot)


def opened(data: bytes) -> Pdf:
    return pikepdf.open(io.BytesIO(data))


def without_page_numbers(book: Pdf) -> list[tuple[str, str]]:
    """Return what is read aloud; where the contents say on which page something is, only that they do."""
    return [
        (role, "page" if words.isdecimal() and role == "/Span" else words) for role, words in read_aloud(book)
    ]


@pytest.fixture(scope="module")
def bound() -> bytes:
    """A release with something of everything, in parts of a few blocks."""
    return in_parts()


@pytest.fixture(scope="module")
def long() -> bytes:
    """A release of several chapters, in parts of several pages."""
    return in_parts(make_release(3_000, 150).snapshot, longest=60_000)


def test_bound_book_says_what_the_same_book_in_one_says(bound):
    whole = written()

    assert len(opened(bound).pages) > len(opened(whole).pages)  # Each part begins on a page of its own.
    assert without_page_numbers(opened(bound)) == without_page_numbers(opened(whole))
    assert [row[:2] for row in bookmarks(bound)] == [row[:2] for row in bookmarks(whole)]


def test_bound_book_is_the_same_each_time(bound):
    assert in_parts() == bound


def test_progress_is_told_part_by_part(monkeypatch):
    told = list[int]()
    monkeypatch.setattr(pdf, "LONGEST", 700)

    b"".join(FORMATS["pdf"].write(make_given(progress=told.append)))

    assert told[0] == 30
    assert told == sorted(set(told))
    assert len(told) > 5
    assert told[-1] < 100


def test_bound_book_says_of_itself_what_it_is(bound):
    book = opened(bound)
    with book.open_metadata() as said:
        assert said["pdfuaid:part"] == "1"
        assert said["{http://ns.adobe.com/xap/1.0/t/pg/}NPages"] == str(len(book.pages))
        assert said["dc:title"] == book.docinfo["/Title"] == "الطاحونة: طبعة محشّاة"
    assert (book.Root.Lang, book.Root.MarkInfo.Marked) == ("ar", True)
    assert book.Root.ViewerPreferences.DisplayDocTitle is True


@pytest.mark.parametrize("book", ["bound", "long"])
def test_every_page_and_link_finds_its_own_elements(book, request):
    book = opened(request.getfixturevalue(book))
    known, pages = numbers(book), {page.obj.objgen for page in book.pages}
    used = list[int]()

    for page in book.pages:
        used.append(int(page.obj.StructParents))
        for number, one in enumerate(known[used[-1]]):
            assert (page.obj.objgen, number) in places(one)
        for link in page.obj.get("/Annots", ()):
            used.append(int(link.StructParent))
            assert pointed_at(known[used[-1]]) == [link.objgen]

    assert sorted(used) == sorted(known)  # None is used twice, and none is left of pages that were taken out.
    assert int(book.Root.StructTreeRoot.ParentTreeNextKey) > max(known)
    assert {page for one in elements(book) for page, _number in places(one)} == pages


@pytest.mark.parametrize("book", ["bound", "long"])
def test_every_element_knows_its_parent_and_is_called_by_one_name(book, request):
    book = opened(request.getfixturevalue(book))
    tree = book.Root.StructTreeRoot
    named = {str(one.ID): one.objgen for one in elements(book) if "/ID" in one}

    for one in elements(book):
        held = one.P.K
        assert one.objgen in {child.objgen for child in held if isinstance(child, pikepdf.Dictionary)}
    assert sum("/ID" in one for one in elements(book)) == len(named)
    assert {name: one.objgen for name, one in names(tree.IDTree).items()} == named


def test_cells_of_a_table_name_the_heads_of_their_own_table(bound):
    book = opened(bound)
    heads = names(book.Root.StructTreeRoot.IDTree)

    cells = [one for one in elements(book) if one.S == "/TD"]
    said = [str(ident) for cell in cells for held in cell.A if "/Headers" in held for ident in held.Headers]

    assert len(said) == len(cells) == 2
    assert [str(heads[ident].S) for ident in said] == ["/TH", "/TH"]


def test_contents_lead_to_the_pages_that_they_name(long):
    book, words = opened(long), page_words(long)
    targets = names(book.Root.Names.Dests)
    pages = [page.obj.objgen for page in book.pages]

    rows = [(str(link.Contents), str(link.Dest)) for link in links(book, 1)]

    assert len(rows) == 2
    for title, name in rows:
        at = pages.index(targets[name][0].objgen)
        assert title.split()[1] in words[at]
        assert str(at + 1) in words[1].split()
        assert words[at].split()[-1] == str(at + 1)
        assert (1, title, at) in bookmarks(long)


def test_links_inside_a_bound_book_lead_to_its_own_pages(bound, long):
    for book in map(opened, (bound, long)):
        pages, named = {page.obj.objgen for page in book.pages}, names(book.Root.Names.Dests)
        every = [link for number in range(len(book.pages)) for link in links(book, number)]
        led = [link.Dest for link in every if "/Dest" in link]
        assert led
        for target in led:
            place = named[str(target)] if isinstance(target, pikepdf.String) else target
            assert place[0].objgen in pages


def test_pages_are_left_and_right_by_turns_through_all_parts(long):
    sides = [middle(long, page) for page in range(len(opened(long).pages))]

    assert len(set(sides)) == 2
    assert sides == [sides[0], sides[1]] * (len(sides) // 2) + [sides[0]] * (len(sides) % 2)


def test_heading_inside_a_quotation_counts_for_the_levels_that_follow():
    snapshot = make_given().snapshot
    levels = {6: 1, 7: 3}  # Under a heading of the second level; the first of the two is in a quotation.
    blocks = [
        {**block, "kind": "heading", "level": levels[at]} if at in levels else block
        for at, block in enumerate(snapshot.text.blocks)
    ]

    data = written(replace(snapshot, text=replace(snapshot.text, blocks=tuple(blocks))))

    heads = [role for role, _words in read_aloud(opened(data)) if role.startswith("/H")]
    assert heads[2:6] == ["/H2", "/H3", "/H2", "/H3"]  # Were a level left out, it would not be PDF/UA.


def test_fault_of_the_binder_is_told_to_the_log_and_not_to_the_reader():
    with (
        Press.opened(
            "receipt", at=datetime(2026, 3, 4, tzinfo=UTC), files={"broken.pdf": b"no PDF"}
        ) as press,
        pytest.raises(RuntimeError, match="PdfError"),
    ):
        press.look("broken.pdf")
