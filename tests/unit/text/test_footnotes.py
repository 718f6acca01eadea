"""Footnotes of a text: the place of each mark, and the words as Markdown that says no more than they do."""

from __future__ import annotations

import pytest

from archive.importers.registry import importer
from archive.presenters.markup import render_markdown
from archive.text import serialize
from archive.text.footnotes import footnotes
from archive.text.report import report
from tests.unit.importers.packed import EPUB, PACKAGES, packed


def parsed(source: str, code: str = "markdown"):
    return importer(code).parse(source.encode(), language="ar", options={})


def found(source: str, code: str = "markdown"):
    data = serialize.to_json(parsed(source, code))
    content = data["content"]
    notes = footnotes(content, data["blocks"], data["marks"])
    return [(note.label, content[note.start : note.end], note.body) for note in notes]


@pytest.mark.parametrize(
    ("source", "notes"),
    [
        ("قال الشيخ كلاما[^1] في القرية.\n\n[^1]: حاشية\n", [("1", "كلاما1", "حاشية")]),
        ("[^a]starts\n\n[^a]: note\n", [("a", "a", "note")]),
        ("one[^b] two[^a]\n\n[^a]: A\n\n[^b]: B\n", [("b", "oneb", "B"), ("a", "twoa", "A")]),
        ("one[^a] two[^a]\n\n[^a]: A\n", [("a", "onea", "A")]),  # marked twice: on its first mark
        ("one[^a]\n\n[^a]: first\n\n    second\n", [("a", "onea", "first\n\nsecond")]),
        ("one[^a]\n\n[^a]: - point\n    - point\n", [("a", "onea", "- point\n\n- point")]),
        ("words\n\n[^a]: nothing leads here\n", []),
        ("words[^a]\n", []),
        ("words\n", []),
    ],
)
def test_notes_stand_at_their_marks(source, notes):
    assert found(source) == notes


@pytest.mark.parametrize(
    "words",
    [
        "a *b* c",
        "**b** [x](https://example.org/a_b)",
        "2 \\* 3 \\_x\\_",
        "\\# not",
        "1\\. not",
        "\\<b> & \\[x\\]\\(y\\)",
    ],
)
def test_markdown_of_a_note_shows_what_the_source_showed(words):
    ((_label, _exact, body),) = found(f"one[^a]\n\n[^a]: {words}\n")

    assert render_markdown(body) == render_markdown(words)


PANDOC = (
    '<p>قال كلاما<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>.</p>'
    '<section id="footnotes" role="doc-endnotes"><hr /><ol><li id="fn1"><p>حاشية<a href="#fnref1" '
    'class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>'
)
WORD = (
    '<p>قال كلاما<a style="x" href="#_ftn1" name="_ftnref1" id="_ftnref1"><span>[1]</span></a>.</p><hr>'
    '<div id="ftn1"><p><a href="#_ftnref1" name="_ftn1" id="_ftn1"><span>[1]</span></a> حاشية</p></div>'
)
WIKI = (
    '<p>قال كلاما<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup>.</p><h2>مراجع</h2>'
    '<ol><li id="cite_note-1"><span><a href="#cite_ref-1">↑</a></span> <span>حاشية</span></li></ol>'
)
BOOK = (
    '<p>قال كلاما<a epub:type="noteref" role="doc-noteref" href="#n1">1</a>.</p>'
    '<aside epub:type="footnote" role="doc-footnote" id="n1"><p>حاشية</p></aside>'
)


PLAIN = (
    '<p>قال كلاما<sup><a id="r1" href="#n1">1</a></sup>.</p>'
    '<p class="note" id="n1"><a href="#r1">1</a>. حاشية</p>'
)


@pytest.mark.parametrize(
    "page", [PANDOC, WORD, WIKI, BOOK, PLAIN], ids=["pandoc", "word", "wiki", "book", "plain"]
)
def test_notes_of_a_page_are_notes(page):
    assert found(page, "html") == [("1", "كلاما1", "حاشية")]
    assert parsed(page, "html").content.count("حاشية") == 1


def test_notes_of_an_older_book_stand_in_a_chapter_of_their_own():
    pages = {
        "a.xhtml": EPUB["a.xhtml"]
        .replace(
            '<a epub:type="noteref" href="#n1">1</a>', '<a id="r1" href="notes.xhtml#n1"><sup>1</sup></a>'
        )
        .replace('<aside epub:type="footnote" id="n1"><p>حاشية على الكلام</p></aside>', ""),
        "notes.xhtml": EPUB["a.xhtml"].split("<body>")[0]
        + '<body><div id="n1"><p><a href="a.xhtml#r1">1</a>. حاشية على الكلام</p></div></body></html>',
        "book.opf": EPUB["book.opf"]
        .replace(
            "</manifest>", '<item id="n" href="notes.xhtml" media-type="application/xhtml+xml"/></manifest>'
        )
        .replace("</spine>", '<itemref idref="n"/></spine>'),
    }
    text = importer("epub").parse(packed(EPUB | pages), language="ar", options={})
    data = serialize.to_json(text)

    (note,) = footnotes(data["content"], data["blocks"], data["marks"])

    assert (data["content"][note.start : note.end], note.body) == ("كلاما1", "حاشية على الكلام")


@pytest.mark.parametrize("code", ["docx", "odt", "epub"])
def test_notes_of_packages_are_notes(code):
    text = importer(code).parse(packed(PACKAGES[code]), language="ar", options={})
    data = serialize.to_json(text)

    (note,) = footnotes(data["content"], data["blocks"], data["marks"])

    assert (data["content"][note.start : note.end], note.body) == ("كلاما1", "حاشية على الكلام")


@pytest.mark.parametrize(
    "page",
    [
        '<p>See <a href="#s2">2</a>.</p><div id="s2"><h2>Two</h2><p>words</p></div>',
        '<p><a id="a" href="#b">x</a></p><p>words</p><p>Contents: <a href="#a">a</a></p>',
        '<p>see <a href="#nowhere" role="doc-noteref">1</a></p>',
        '<p id="n"><a href="#n" role="doc-noteref">1</a> leads to itself</p>',
    ],
)
def test_links_inside_a_page_are_no_notes(page):
    assert found(page, "html") == []


def test_report_tells_notes_with_their_places():
    text = parsed("قال الشيخ كلاما[^1] في القرية.\n\n[^1]: حاشية\n")

    (note,) = report(text)["notes"]

    assert (note["start"], note["end"], note["label"], note["body"]) == (10, 16, "1", "حاشية")
