"""Files of notes of other systems: each read into the same records, and recognized by what is in it."""

from __future__ import annotations

import json

import pytest

from annotations.exchange.notes.formats import read_notes, recognized
from annotations.exchange.notes.markdown import markdown_of
from annotations.exchange.notes.parts import region_of, seconds_of
from annotations.exchange.notes.records import MOST, NoteRecord, Tag
from annotations.exchange.notes.units import with_quotes
from archive.errors import ImportRefused

NOTE = {
    "@context": "http://www.w3.org/ns/anno.jsonld", "id": "https://a.example/1", "type": "Annotation", "creator": {"name": "Omar"},
    "body": [
        {"type": "TextualBody", "value": "A bridge.", "language": "en", "purpose": "commenting"},
        {"type": "TextualBody", "value": "جسر", "purpose": "tagging"},
        {"source": "https://b.example/page", "purpose": "linking"},
    ],
    "target": {
        "source": "https://c.example/text",
        "selector": [
            {"type": "TextPositionSelector", "start": 3, "end": 9},
            {"type": "TextQuoteSelector", "exact": "bridge", "prefix": "the ", "suffix": " of"},
        ],
    },
}  # fmt: skip
TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p xml:id="p1">He crossed the\n   <name xml:id="n1">white bridge</name> at noon.</p></body></text>'
    '<standOff><listAnnotation><annotation xml:id="a" target="#string-range(p1, 3, 7)"><respStmt><resp>author</resp><name>Omar</name></respStmt>'
    '<note xml:lang="en">He <hi>walked</hi>.</note><placeName ref="https://www.geonames.org/170063">Bridge</placeName></annotation></listAnnotation>'
    '<note target="#n1" xml:lang="en">A place.</note><spanGrp type="theme"><span from="#n1">Stone</span><span target="text.txt#char=2,8">Six</span></spanGrp>'
    "</standOff></TEI>"
)
CATMA_TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><encodingDesc><fsdDecl xml:id="S">'
    '<fsDecl xml:id="T" type="T"><fsDescr>Stone</fsDescr></fsDecl></fsdDecl>'
    '</encodingDesc></teiHeader><text><body><ab type="catma"><ptr target="catma:D#char=0,4" type="inclusion"/>'
    '<seg ana="#I"><ptr target="catma:D#char=4,10" type="inclusion"/></seg><seg ana="#I"><ptr target="catma:D#char=10,12" type="inclusion"/></seg></ab></body>'
    '<fs xml:id="I" type="T"><f name="catma_markupauthor"><string>Salma</string></f><f name="certainty"><string>high</string></f></fs></text></TEI>'
)


def one(data, **more):
    form, reading = read_notes(data if isinstance(data, bytes) else data.encode(), **more)
    return form, reading.records[0]


@pytest.mark.parametrize(
    "wrapped",
    [
        NOTE,
        [NOTE],
        {"type": "AnnotationPage", "items": [NOTE]},
        {
            "type": "AnnotationCollection",
            "first": {"type": "AnnotationPage", "items": [NOTE], "next": "https://a.example/2"},
        },
    ],
)
def test_web_annotations_alone_in_a_page_or_in_a_collection(wrapped):
    form, note = one(json.dumps(wrapped, ensure_ascii=False))

    assert form == "w3c"
    assert (note.start, note.end, note.exact, note.prefix, note.suffix) == (3, 9, "bridge", "the ", " of")
    assert (note.body, note.language, note.author, note.source) == (
        "A bridge.",
        "en",
        "Omar",
        "https://c.example/text",
    )
    assert (note.tags, note.links[0].address, note.key) == (
        [Tag("جسر")],
        "https://b.example/page",
        "https://a.example/1",
    )


def test_a_note_on_several_targets_is_a_note_on_each_and_parts_of_pictures_and_films_are_read():
    targets = [
        "https://a.example/api/images/x/#xywh=percent:10,20,30,40",
        {
            "source": "https://a.example/v",
            "selector": {"type": "FragmentSelector", "value": "t=00:01:05,70.5"},
        },
        {
            "source": "https://a.example/i",
            "selector": {"type": "SvgSelector", "value": '<svg><circle cx="5" cy="6" r="2"/></svg>'},
        },
    ]
    _form, reading = read_notes(json.dumps(NOTE | {"target": targets}).encode())
    picture, film, drawn = reading.records

    assert region_of(picture).points == ((10, 20), (40, 60))
    assert region_of(picture).is_percent
    assert seconds_of(film) == (65, 70.5)
    assert (region_of(drawn).shape, region_of(drawn).points) == ("ellipse", ((5, 6), (2, 2)))
    assert len({record.key for record in reading.records}) == 3


def test_exports_of_hypothesis_with_answers_kept_under_the_notes_that_they_answer():
    row = {
        "id": "abc", "uri": "https://c.example/", "user": "acct:omar@hypothes.is", "text": "First", "tags": ["t"],
        "target": [{"source": "https://c.example/", "selector": NOTE["target"]["selector"]}],
    }  # fmt: skip
    answer = row | {
        "id": "r",
        "user": "acct:salma@hypothes.is",
        "text": "No\nreally",
        "references": ["abc"],
        "target": [{"source": "x"}],
    }
    stray = answer | {"id": "s", "references": ["unknown"]}
    page = row | {"id": "p", "target": [{"source": "https://c.example/"}]}
    for data in (
        {"export_date": "x", "annotations": [row, answer, stray, page]},
        {"total": 4, "rows": [row, answer, stray, page]},
    ):
        form, reading = read_notes(json.dumps(data).encode())
        first, *others = reading.records

        assert (form, first.key, first.author) == ("hypothesis", "https://hypothes.is/a/abc", "omar")
        assert first.body == "First\n\n> salma:\n>\n> No\n> really"
        assert [record.problem for record in others] == ["reply_kept", "reply", "page_note"]


def test_tables_of_hypothesis_recogito_catma_and_our_own_are_told_apart_by_their_columns():
    hypothesis = 'Created at,Author,Page,URL,Group,Type,Quote,Comment,Tags\n2026,omar,P,https://c.example/,Public,Annotation,bridge,A note,"a, b"\n'
    recogito = (
        "UUID,FILE,QUOTE_TRANSCRIPTION,ANCHOR,TYPE,URI,VOCAB_LABEL,LAT,LNG,VERIFICATION_STATUS,TAGS,COMMENTS\n"
        'u1,a.txt,Aleppo,char-offset:12,PLACE,http://sws.geonames.org/170063/,Ḥalab|Aleppo,36,37,UNVERIFIED,x|y,"one|two"\n'
    )
    catma = (
        "Annotation ID;Document;Tag path;Start offset;End offset;Keyword;Left context;Right context;Property;Property value;Annotator\n"
        "i1;a.txt;/Place/Bridge;4;10;bridge;the ; of;certainty;high;Omar\ni1;a.txt;/Place/Bridge;4;10;bridge;the ; of;mood;calm;Omar\n"
    )
    own = "id,address,category,words,body,language,tags\nabc,https://a.example/notes/abc/,place,bridge,'=1+1,en,a; b\n"

    form, note = one(hypothesis)
    assert (form, note.exact, note.body, note.source, [tag.name for tag in note.tags]) == (
        "hypothesis-csv",
        "bridge",
        "A note",
        "https://c.example/",
        ["a", "b"],
    )
    form, note = one(recogito)
    assert (form, note.start, note.end, note.exact, note.body, note.category) == (
        "recogito",
        12,
        18,
        "Aleppo",
        "one\n\ntwo",
        "place",
    )
    assert note.tags[0] == Tag("Ḥalab", "http://sws.geonames.org/170063/", "place")
    assert note.left_out == ["verification"]
    form, note = one(catma)
    assert (form, note.start, note.end, note.author) == ("catma", 4, 10, "Omar")
    assert (note.tags, note.body) == ([Tag("Bridge")], "/Place/Bridge\n\ncertainty: high\n\nmood: calm")
    form, note = one(own)
    assert (form, note.exact, note.body, note.category) == ("own", "bridge", "=1+1", "place")
    assert one(own.encode("utf-16"))[0] == "own"


def test_tei_that_stands_off_points_into_its_own_text_by_ids_and_ranges():
    form, reading = read_notes(TEI.encode())
    ranged, named, span, counted = reading.records

    assert form == "tei"
    assert (ranged.exact, ranged.body, ranged.author) == ("crossed", "He *walked*.", "Omar")
    assert ranged.tags == [Tag("Bridge", "https://www.geonames.org/170063", "place")]
    assert (named.exact, named.prefix, named.body) == ("white bridge", "He crossed the ", "A place.")
    assert (span.exact, span.tags, counted.start, counted.end, counted.source) == (
        "white bridge",
        [Tag("theme")],
        2,
        8,
        "text.txt",
    )


def test_tei_of_catma_joins_pieces_and_takes_its_words_from_the_text_that_its_offsets_count():
    form, reading = read_notes(CATMA_TEI.encode())
    (note,) = reading.records

    assert (form, note.start, note.end, note.exact) == ("catma-tei", 4, 12, "")
    assert (note.tags, note.author, note.body) == ([Tag("Stone")], "Salma", "certainty: high")
    # A letter beyond the first 65,536 counts two there.
    with_quotes(reading, "𐤀𐤁bridge of stone".encode())
    assert (note.exact, note.prefix) == ("bridge o", "𐤀𐤁")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no_notes"),
        (b"   ", "no_notes"),
        (b"{", "json_broken"),
        (b'{"type": "Annotation", "x": ' + b"9" * 5000 + b"}", "json_broken"),
        (b"[" * 500 + b"]" * 500, "rdf_deep"),
        (b'{"a": 1}', "notes_format"),
        (b'{"type": "AnnotationCollection", "first": "https://a.example/1"}', "remote_page"),
        (b'{"type": "AnnotationPage", "items": []}', "no_notes"),
        (b'\xff\xfe{\x00"\x00', "json_broken"),
        (b"\xc3\x28{}[]", "notes_format"),
        (b"a,b\n1,2\n", "notes_format"),
        (
            b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><TEI xmlns="http://www.tei-c.org/ns/1.0">&e;</TEI>',
            "xml_doctype",
        ),
        (b"<TEI><unclosed>", "xml_broken"),
        (b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "no_notes"),
    ],
)
def test_what_is_no_file_of_notes_is_refused_in_words(data, code):
    with pytest.raises(ImportRefused) as refused:
        read_notes(data)

    assert refused.value.code in (code, "unknown_encoding", "not_text")


def test_fifty_thousand_notes_are_too_many_and_so_said():
    with pytest.raises(ImportRefused) as refused:
        read_notes(json.dumps([{"type": "Annotation", "target": "https://a.example/"}] * 50_000).encode())
    assert (refused.value.code, refused.value.params["most"]) == ("too_many_notes", MOST)
    with pytest.raises(ImportRefused) as refused:
        read_notes(b"url,quote,text\n" + b"u,q,t\n" * 50_000)
    assert refused.value.code == "too_many_rows"


def test_odd_values_say_nothing_and_break_nothing():
    strange = {
        "type": ["Annotation"], "id": 7, "creator": [None], "body": [None, 3, {"value": {}}, {"type": "TextualBody", "value": "w\x00\ud800"}],
        "target": [{"source": {"id": None}, "selector": [{"type": "TextPositionSelector", "start": -1, "end": True}, 5, {"type": "RangeSelector"}]}, 4],
    }  # fmt: skip
    _form, reading = read_notes(json.dumps([strange, 5]).encode(), form="w3c")

    assert [record.body for record in reading.records] == ["w\ufffd", "w\ufffd"]
    assert reading.records[0].start is None
    assert reading.left_out["not_a_note"] == 1


def test_html_becomes_markdown_without_scripts_and_foreign_schemes():
    html = '<p>A <b>white</b> <a href="javascript:x">bridge</a>, <a href="https://a.example/">there</a>.<script>alert(1)</script></p><ul><li>one<li>two*</ul>'

    assert markdown_of(html) == "A **white** bridge, [there](https://a.example/).\n\n- one\n- two\\*"


def test_the_context_of_a_file_is_never_fetched_but_passed_over():
    data = json.dumps(
        NOTE | {"@context": ["https://evil.example/context", {"@import": "https://evil.example/"}]}
    )

    assert recognized(data.encode()) == "w3c"
    assert isinstance(one(data)[1], NoteRecord)
