"""TEI P5: what each element becomes, what is told, and what is refused."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.errors import ImportRefused
from archive.importers.registry import guess, importer
from archive.presenters.article import render_article
from archive.presenters.messages import SENTENCES
from archive.text import serialize
from archive.text.check import check
from archive.text.footnotes import footnotes
from archive.text.types import ParsedText

HEADER = "<teiHeader><fileDesc><titleStmt><title>كتاب الجسر</title><author>فلان</author></titleStmt></fileDesc></teiHeader>"


def tei(body: str, header: str = HEADER) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text><body>{body}</body></text></TEI>'.encode()


def read(body: str | bytes) -> ParsedText:
    data = body if isinstance(body, bytes) else tei(body)
    result = importer("tei").parse(data, language="ar", options={})
    check(result)
    return result


def refusal(data: bytes) -> ImportRefused:
    with pytest.raises(ImportRefused) as refused:
        importer("tei").parse(data, language="ar", options={})
    assert refused.value.code in SENTENCES
    return refused.value


def blocks(body: str) -> list[tuple[str, str]]:
    text = read(body)
    return [(block.kind.value, text.content[block.start : block.end]) for block in text.blocks]


def marks(body: str) -> list[tuple[str, str, dict[str, str]]]:
    text = read(body)
    return [(mark.kind.value, text.content[mark.start : mark.end], dict(mark.attrs)) for mark in text.marks]


def told(text: ParsedText) -> list[tuple[str, str]]:
    return [(repair.kind, repair.before) for repair in text.repairs if repair.kind != "tei_header"]


def test_title_is_the_header_s_and_the_header_is_told():
    text = read("<p>كلام</p>")

    assert text.title == "كتاب الجسر"
    assert text.content == "كلام"
    assert [(repair.kind, repair.before) for repair in text.repairs] == [("tei_header", "كتاب الجسر فلان")]


def test_divisions_give_their_heads_a_level():
    body = "<div><head>باب</head><p>one</p><div><head>فصل</head><p>two</p></div></div><div1><head>B</head><div2><head>C</head><p>x</p></div2></div1>"
    text = read(body)

    assert [(block.level, text.content[block.start : block.end]) for block in text.blocks if block.level] == [
        (1, "باب"), (2, "فصل"), (1, "B"), (2, "C"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>\n  one\n  two  <hi rend='bold'> three</hi>\n</p>", [("paragraph", "one two three")]),
        ("<ab>words</ab><p/>", [("paragraph", "words")]),
        ("<lg><l>صدر البيت</l><l>عجز البيت</l></lg>", [("verse", "صدر البيت\nعجز البيت")]),
        ("<lg><head>قال</head><lg><l>a</l><l>b</l></lg><lg><l>c</l></lg></lg>", [("heading", "قال"), ("verse", "a\nb"), ("verse", "c")]),
        ("<l>alone</l>", [("verse", "alone")]),
        ("<quote><p>quoted</p></quote>", [("quote", "quoted")]),
        ("<p>he said <q>words</q> so</p>", [("paragraph", "he said words so")]),
        ("<cit><quote>quoted</quote><bibl>book</bibl></cit>", [("quote", "quoted"), ("quote", "book")]),
        ("<list><item>a</item><item><p>b</p><list><item>c</item></list></item></list>", [("list_item", "a"), ("list_item", "b"), ("list_item", "c")]),
        ("<list type='gloss'><label>كلمة</label><item>معناها</item></list>", [("list_item", "كلمة معناها")]),
        ("<table><head>T</head><row role='label'><cell>h</cell></row><row><cell>a</cell><cell cols='2'>b</cell></row></table>", [("table", "T"), ("table", "h"), ("table", "a"), ("table", "b")]),  # noqa: E501 - one row.
        ("<figure><graphic url='a.png'/><head>صورة الجسر</head><figDesc>a bridge</figDesc></figure>", [("figure", "صورة الجسر")]),
        ("<p>one<list><item>a</item></list>two</p>", [("paragraph", "one"), ("list_item", "a"), ("paragraph", "two")]),
        ("loose <hi>words</hi> here<p>and a paragraph</p>", [("paragraph", "loose words here"), ("paragraph", "and a paragraph")]),
        ("<sp><speaker>زيد</speaker><p>قال</p></sp>", [("paragraph", "زيد"), ("paragraph", "قال")]),
        ("<p>line<lb/>line<lb n='3'/>  line</p>", [("paragraph", "line\nline\nline")]),
        ("<p><lb n='1'/>begin hyphen<lb break='no'/>\n ated</p>", [("paragraph", "begin hyphenated")]),
        ("<wholly><unknown>element</unknown></wholly>", [("paragraph", "element")]),
        ("<p>a<!-- not read --><?pi not read?> b</p>", [("paragraph", "a b")]),
    ],
)  # fmt: skip
def test_elements_become_blocks(body, expected):
    assert blocks(body) == expected


def test_names_become_marks_with_what_they_refer_to():
    body = (
        "<p>كان <persName ref='https://viaf.org/1'>زيد بن عمرو</persName> في <placeName key='p7'>دمشق</placeName> "
        "سنة <date when='1258'>ست وخمسين</date> مع <name type='org'>قوم</name> و<rs>رجل</rs>.</p>"
    )

    assert marks(body) == [
        ("name", "زيد بن عمرو", {"type": "person", "ref": "https://viaf.org/1"}),
        ("name", "دمشق", {"type": "place", "key": "p7"}),
        ("name", "ست وخمسين", {"type": "date", "when": "1258"}),
        ("name", "قوم", {"type": "group"}),
    ]


def test_marks_of_other_kinds():
    body = "<p><hi rend='italic'>a</hi> <hi rend='superscript'>b</hi> <emph>c</emph> <foreign xml:lang='la'>d</foreign> <ref target='https://example.org'>e</ref> <del>f</del></p>"  # noqa: E501 - one row.

    assert [(kind, words) for kind, words, _attrs in marks(body)] == [
        ("emphasis", "a"), ("superscript", "b"), ("emphasis", "c"), ("foreign", "d"), ("link", "e"), ("strikeout", "f"),
    ]  # fmt: skip


def test_pages_begin_at_their_first_word():
    body = "<pb n='1'/><head>باب</head><p>one <pb n='2' facs='x'/> two <cb n='b'/>three</p><pb n='3'/><p>four</p><lg><l>five</l><pb n='4'/><l>six</l></lg><pb n='5'/>"  # noqa: E501 - one row.
    text = read(body)

    assert [(kind, words, attrs["unit"], attrs["n"]) for kind, words, attrs in marks(body)if kind == "page_break"] == [
        ("page_break", "باب", "page", "1"), ("page_break", "two", "page", "2"), ("page_break", "three", "column", "b"),
        ("page_break", "four", "page", "3"), ("page_break", "six", "page", "4"),
    ]  # fmt: skip
    assert told(text) == [("empty_page", "page 5")]


def test_reader_sees_pages_as_attributes_and_no_other_words():
    text = serialize.to_json(read("<p>one <pb n='2\"&lt;'/>two <persName>three</persName></p>"))

    html = str(render_article(content=text["content"], blocks=text["blocks"], marks=text["marks"]))

    assert 'data-page="2&quot;&lt;"' in html
    assert '<span class="name name--person">three</span>' in html


def notes(body: str) -> list[tuple[str, str, str]]:
    text = serialize.to_json(read(body))
    found = footnotes(text["content"], text["blocks"], text["marks"])
    return [(note.label, text["content"][note.start : note.end], note.body) for note in found]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>كلام<note place='foot' n='1'>حاشية <emph>مهمة</emph></note> بعده</p>", [("1", "كلام1", "حاشية *مهمة*")]),
        ("<p>one<note><p>A</p><p>B</p></note></p>", [("1", "one1", "A\n\nB")]),
        ("<p>one<note n='1'>A</note></p><pb/><p>two<note n='1'>B</note></p>", [("1", "one1", "A"), ("2", "two2", "B")]),
        ("<p>one</p><note n='a'>between</note><p>two</p>", [("a", "onea", "between")]),
        ("<p>one<ref target='#n1'>1</ref></p><div><note xml:id='n1'>A</note></div>", [("1", "one1", "A")]),
        ("<p>one<ptr target='#n1'/></p><note xml:id='n1'>A</note>", [("1", "one1", "A")]),
        ("<p>one<anchor xml:id='x'/> two</p><note target='#x'>A</note>", [("1", "one1", "A")]),
        ("<p xml:id='x'>one two</p><note target='#x'>A</note>", [("1", "two1", "A")]),
        ("<p>one</p><note target='#nowhere'>A</note>", [("1", "one1", "A")]),
        ("<head>باب<note>A</note></head><p>x</p>", [("1", "باب1", "A")]),
        ("<lg><l>a<note>A</note></l><note>B</note></lg>", [("1", "a1", "A"), ("2", "a12", "B")]),
        ("<p>one<note/></p>", []),
    ],
)  # fmt: skip
def test_notes_stand_at_their_marks(body, expected):
    assert notes(body) == expected


def test_what_a_reading_text_does_not_have_is_told():
    text = read(
        "<p>a <choice><sic>teh</sic><corr>the</corr></choice> <app><lem>x</lem><rdg wit='#B'>y</rdg></app>"
        "<gap reason='illegible'/><fw>Running head</fw></p><fw>Foot</fw>"
    )

    assert text.content == "a teh x"
    assert told(text) == [
        ("left_out", "corr: the"), ("left_out", "rdg: y"), ("left_out", "gap: illegible"),
        ("left_out", "fw: Running head"), ("left_out", "fw: Foot"),
    ]  # fmt: skip


def test_every_word_of_the_body_is_in_the_text_or_told():
    body = (
        "<div><head>h1</head><opener><dateline>w1</dateline></opener><p>w2 <unknown>w3<p>w4</p></unknown></p><list><head>w5</head>"
        "<item>w6<table><row><cell>w7</cell></row></table></item></list><figure><p>w8</p><figDesc>w9</figDesc></figure>"
        "<lg><l>w10</l><trailer>w11</trailer></lg><floatingText><body><p>w12</p></body></floatingText><closer>w13</closer></div>"
    )
    text = read(body)
    everything = text.content + " ".join(before for _kind, before in told(text))

    assert [f"w{n}" for n in range(1, 14) if f"w{n}" not in everything] == []


@pytest.mark.parametrize(
    "body",
    [
        "<p>a<pb>w</pb></p>", "<p>a<lb>w</lb></p>", "<pb>w</pb><p>a</p>", "<p>a<graphic url='x'>w</graphic></p>",
        "<list>w<item>a</item></list>", "<table>w<row><cell>a</cell></row></table>", "<table><row>w<cell>a</cell><p>v</p></row></table>",
        "<figure>w<graphic url='x'/></figure>", "<figure><graphic url='x'>w</graphic></figure>", "<lg>w<l>a</l></lg>",
        "<p>a<choice>w<sic>b</sic></choice></p>",
    ],
)  # fmt: skip
def test_words_where_tei_has_none_are_told(body):
    text = read(body)

    assert "w" not in text.content
    assert any("w" in before for kind, before in told(text) if kind == "left_out")


def test_several_texts_of_a_corpus_are_read_in_order():
    inner = "<TEI><text><group><text><body><p>one</p></body></text><text><body><p>two</p></body></text></group></text></TEI>"
    data = f'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">{HEADER}{inner}<TEI><text><body><p>three</p></body></text></TEI></teiCorpus>'

    assert read(data.encode()).content == "one\ntwo\nthree"


@pytest.mark.parametrize("name", ["a.tei", "a.xml", "A.XML"])
def test_tei_is_known_by_its_name(name):
    assert guess(name).code == "tei"


def test_tei_is_known_by_its_first_bytes():
    assert guess("book", tei("<p>x</p>")).code == "tei"


# What would do harm.

LAUGHS = b'<?xml version="1.0"?>\n<!DOCTYPE TEI [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]><TEI><text>&c;</text></TEI>'


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS,
        b'<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]><TEI><text>&x;</text></TEI>',
        b'<!DOCTYPE TEI SYSTEM "http://127.0.0.1:9/tei.dtd"><TEI><text><p>x</p></text></TEI>',
        b'<!DOCTYPE TEI [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]><TEI/>',
        LAUGHS.decode().encode("utf-16"),
    ],
)
def test_document_types_and_entities_are_refused(data):
    error = refusal(data)

    assert error.code == "xml_doctype"
    assert error.params["line"] >= 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"<html><body/></html>", "not_tei"),
        (b"<TEI><text><p>open</text></TEI>", "xml_broken"),
        (b"<TEI><text>&undeclared;</text></TEI>", "xml_broken"),
        (b"words", "xml_broken"),
        (b"\x89PNG\r\n\x1a\n", "xml_broken"),
        (tei("<p> </p>"), "empty_file"),
        (tei("<div>" * 100 + "<p>x</p>" + "</div>" * 100), "too_deep"),
        (tei("<p>" + "<hi>" * 100 + "x" + "</hi>" * 100 + "</p>"), "too_deep"),
        (tei("<div>" * 5_000 + "</div>" * 5_000), "xml_broken"),
    ],
)
def test_what_is_no_tei_is_refused(data, code):
    assert refusal(data).code == code


def test_refusal_tells_the_line():
    assert refusal(b"<TEI>\n<text>\n<p>open</q></text></TEI>").params["line"] == 3


ELEMENTS = ["p", "div", "head", "note", "lg", "l", "pb", "lb", "quote", "q", "list", "item", "label", "table", "row", "cell", "figure",
    "graphic", "persName", "choice", "sic", "corr", "ref", "hi", "app", "x", "cit", "bibl", "sp", "speaker"]  # fmt: skip
TREES = st.recursive(
    st.sampled_from(["كلام", " ", "a b", "\n", ""]),
    lambda inner: st.tuples(st.sampled_from(ELEMENTS), st.lists(inner, max_size=4)).map(
        lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0]}>"
    ),
    max_leaves=25,
)


@settings(max_examples=200, deadline=None)
@given(TREES)
@example("<list><p>كلام</p><label>كلام</label></list>")
@example("<list><label>كلام</label><label>كلام</label><item>كلام</item></list>")
def test_any_tree_is_read_or_refused_with_all_its_words(body):
    try:
        text = read(tei(body, header=""))
    except ImportRefused as refused:
        assert refused.code == "empty_file"  # noqa: PT017 - either is right.
        return

    everything = text.content + " ".join(repair.before for repair in text.repairs)
    assert everything.count("كلام") >= body.count("كلام")


@pytest.mark.slow
def test_ten_million_bytes_are_read_in_time():
    paragraph = "<p>كلام عن <placeName>المدينة</placeName> القديمة<pb n='3'/> وأسواقها<note>حاشية</note> في الصيف.</p>\n"
    data = tei(paragraph * (9_900_000 // len(paragraph.encode())))
    began = time.process_time()

    text = read(data)

    assert len(text.content) > 2_000_000
    assert time.process_time() - began < 60
