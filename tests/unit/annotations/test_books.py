"""A release written in every form: the whole text and every note under its number, the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from random import Random

import pypdfium2
import pytest
from lxml import etree
from markdown_it import MarkdownIt

from annotations.editions.values import Snapshot
from annotations.exports import FORMATS, GROUPS
from annotations.exports.books.tree import leaves, text_tree
from archive.errors import NotVisible
from archive.text.plain import plain_words
from tests.factories_books import IMAGE, make_given, make_snapshot

NS = {
    "tei": "http://www.tei-c.org/ns/1.0", "opf": "http://www.idpf.org/2007/opf", "html": "http://www.w3.org/1999/xhtml",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
}  # fmt: skip
EPUB = "{http://www.idpf.org/2007/ops}"
ID = "{http://www.w3.org/XML/1998/namespace}id"


def written(form: str, **fields) -> bytes:
    return b"".join(FORMATS[form].write(make_given(**fields)))


@pytest.fixture(scope="module")
def forms() -> dict[str, bytes]:
    """All forms of the release, as the bundle has them; built twice, it is the same."""
    bundle = written("bundle")
    assert written("bundle") == bundle
    with zipfile.ZipFile(io.BytesIO(bundle)) as bag:
        found = {path.split("/")[3]: bag.read(path) for path in bag.namelist() if "/forms/" in path}
    assert set(found) == set(FORMATS) - {"bundle", "json"}
    return {**found, "bundle": bundle, "json": written("json")}


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def words_of(form: str, data: bytes) -> str:
    """Return all that a form says, as letters."""
    if form == "pdf":
        return ""  # Its words are in the order of the page: its structure is looked at below.
    if form in ("epub", "docx", "site"):
        with opened(data) as archive:
            names = [name for name in archive.namelist() if name.endswith((".xhtml", ".xml", ".html"))]
            return "\n".join(re.sub(r"<[^>]+>", "", archive.read(name).decode()) for name in names)
    return data.decode("utf-8-sig")


def test_every_form_has_every_note_and_the_text(forms):
    snapshot = make_snapshot()
    for form in set(FORMATS) - {"pdf", "bundle"}:
        said = words_of(form, forms[form])
        for note in snapshot.notes:
            for word in re.findall(r"\w+", plain_words(note.body))[:4]:
                assert word in said, (form, note.number)
        if form not in ("jsonld", "csv", "iiif"):
            assert all(word in said for word in ("الفيضان", "دوري", "if mill:", "Mr. Smith")), form


def test_heads_of_the_index_and_the_day_are_said_as_the_page_says_them(forms):
    said = {form: words_of(form, forms[form]) for form in ("epub", "docx", "site")}

    for form, words in said.items():
        assert "4 آذار 2026" in words, form
        assert "2026-03-04" not in words or form == "epub", form
    with opened(forms["site"]) as archive:
        names = [name for name in archive.namelist() if name.endswith("terms.html")]
        heads = {
            name.split("/")[1]: re.findall(r"<h2>(.*?)</h2>", archive.read(name).decode()) for name in names
        }
    assert set(heads["ar"]) <= {"الأشخاص", "الأماكن", "الجماعات", "الأحداث", "التواريخ", "المفاهيم"}
    assert set(heads["en"]) <= {"People", "Places", "Groups", "Events", "Dates", "Concepts"}
    assert heads["ar"]


def test_tei_names_people_in_its_language():
    work = make_snapshot().work
    people = ({"name": "Grandfather", "name_ar": "الجدّ", "role": "author"},)

    found = written("tei", snapshot=make_snapshot(work=replace(work, creators=people))).decode()

    assert "<author>الجدّ</author>" in found


def test_forms_are_grouped_and_named_in_both_languages():
    assert {one.group for one in FORMATS.values()} == set(GROUPS)
    assert all(str(one.label) and str(one.about) for one in FORMATS.values())


def test_markdown_has_a_footnote_for_each_number(forms):
    said = forms["markdown"].decode()

    assert re.findall(r"^\[\^(\d+)\]:", said, re.MULTILINE) == [str(n) for n in range(1, 8)]
    assert all(said.count(f"[^{n}]") >= 2 for n in range(1, 8))
    assert r"\<قديماً\> \& غيره" in said
    assert "3. يمرّ القادم[^5] من السوق" in said
    assert "> [12] كلامٌ" in said


def test_introduction_in_markdown_says_no_more_than_the_page_shows_of_it():
    said = "# عنوان\n\n<script>alert(1)</script> [انقر](javascript:alert(1)) **مهمّ**"
    book = written(
        "markdown", snapshot=replace(make_snapshot(), introduction={"ar": said, "en": ""})
    ).decode()

    shown = MarkdownIt("commonmark").render(book)
    assert "<h2>عنوان</h2>" in shown
    assert "<strong>مهمّ</strong>" in shown
    assert "<script" not in shown
    assert 'href="javascript' not in shown


def test_tei_points_at_nothing_that_it_does_not_have(forms):
    root = etree.fromstring(forms["tei"])
    ids = [node.get(ID) for node in root.iter("{*}*") if node.get(ID)]
    pointers = [
        word[1:] for node in root.iter("{*}*") for name in ("target", "ref", "facs", "corresp") for word in (node.get(name) or "").split()
        if word.startswith("#")
    ]  # fmt: skip

    assert len(ids) == len(set(ids))
    assert set(pointers) <= set(ids)
    numbers = root.xpath("//tei:listAnnotation/tei:annotation/@n", namespaces=NS)
    assert sorted(map(int, numbers)) == list(range(1, 8))
    assert sorted(root.xpath("//tei:body//tei:ptr/@n", namespaces=NS)) == sorted(numbers)
    assert root.xpath("//tei:person/tei:persName[1]/text()", namespaces=NS) == ["هند"]
    assert root.xpath("string(//tei:place//tei:geo)", namespaces=NS) == "36.2 37.16"
    assert root.xpath("//tei:zone/@lrx", namespaces=NS) == ["20"]


def test_epub_turns_as_the_text_runs_and_its_notes_pop_up(forms):
    with opened(forms["epub"]) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        package = etree.fromstring(book.read("EPUB/package.opf"))
        pages = {
            name: etree.fromstring(book.read(name)) for name in book.namelist() if name.endswith(".xhtml")
        }
        items = package.xpath("//opf:item/@href", namespaces=NS)
        assert {f"EPUB/{href}" for href in items} < set(book.namelist())
    assert package.xpath("string(//opf:spine/@page-progression-direction)", namespaces=NS) == "rtl"
    said = set(package.xpath("//opf:meta[starts-with(@property, 'schema:')]/@property", namespaces=NS))
    assert said == {
        "schema:accessMode", "schema:accessModeSufficient", "schema:accessibilityFeature", "schema:accessibilityHazard",
        "schema:accessibilitySummary",
    }  # fmt: skip
    shown, chapters = [], []
    for page in pages.values():
        assert page.get("dir") == "rtl"
        for chapter in page.xpath(
            "//html:section[@epub:type='chapter']", namespaces=NS | {"epub": EPUB[1:-1]}
        ):
            assert (chapter.get("role"), bool(chapter.get("aria-label"))) == ("doc-chapter", True)
            chapters.append(chapter)
        for mark in page.xpath("//html:a[@role='doc-noteref']", namespaces=NS):
            note = page.xpath(f"//html:aside[@id='{mark.get('href')[1:]}']", namespaces=NS)[0]
            assert (mark.get(f"{EPUB}type"), note.get(f"{EPUB}type"), note.get("role")) == (
                "noteref",
                "footnote",
                "doc-footnote",
            )
            assert note.xpath("string(html:a[1])", namespaces=NS) == mark.text
            shown.append(int(mark.text))
    assert sorted(shown) == list(range(1, 8))
    assert chapters


def test_docx_has_real_footnotes_in_their_order_and_runs_in_their_directions(forms):
    with opened(forms["docx"]) as document:
        parts = {
            name: etree.fromstring(document.read(name))
            for name in document.namelist()
            if name.endswith((".xml", ".rels"))
        }
    body, feet = parts["word/document.xml"], parts["word/footnotes.xml"]
    value = f"{{{NS['w']}}}"

    marks = body.xpath("//w:footnoteReference/@w:id", namespaces=NS)
    assert (
        marks
        == [str(n) for n in range(1, 8)]
        == feet.xpath("//w:footnote[not(@w:type)]/@w:id", namespaces=NS)
    )
    paragraph = next(p for p in body.iter(f"{value}p") if "Mr. Smith" in "".join(p.itertext()))
    assert paragraph.xpath("w:pPr/w:bidi", namespaces=NS)
    turned = {
        bool(run.xpath("w:rPr/w:rtl", namespaces=NS)): "".join(run.itertext())
        for run in paragraph.iter(f"{value}r")
    }
    assert turned[False] == "Mr. Smith" or "Mr. Smith" in [
        "".join(run.itertext())
        for run in paragraph.iter(f"{value}r")
        if not run.xpath("w:rPr/w:rtl", namespaces=NS)
    ]
    assert 'descr="طاحونة على نهر"' in etree.tostring(body, encoding="unicode")


def test_pdf_is_tagged_and_has_title_language_and_bookmarks(forms):
    document = pypdfium2.PdfDocument(forms["pdf"])
    titles = [mark.get_title() for mark in document.get_toc()]

    assert document.get_metadata_value("Title") == make_snapshot().title["ar"]
    assert b"/StructTreeRoot" in forms["pdf"]
    assert b"pdfuaid" in forms["pdf"]
    assert b"/Lang (ar" in forms["pdf"] or b"/Lang(ar" in forms["pdf"]
    assert {"حكاية الطاحونة", "الطريق إليها"} <= set(titles)


def test_words_of_dotted_letters_are_read_out_of_the_pdf_as_they_were_written(forms):
    document = pypdfium2.PdfDocument(forms["pdf"])
    said = "\n".join(page.get_textpage().get_text_range() for page in document)

    # Were dots apart from their letters, as Noto sets them, each would be read as a letter of its own.
    assert "رسم الطاحونة من جهة الماء" in said
    assert said.count("الفيضان") == 3


FILM_ADDRESS = "https://www.youtube.com/watch?v=abcdefghijk"


def with_film_words(words: str, *, linked: bool) -> Snapshot:
    """Return the release with other words at its film."""
    snapshot = make_snapshot()
    text = snapshot.text
    old = next(block for block in text.blocks if block["kind"] == "video")
    moved = len(words) - (old["end"] - old["start"])
    blocks = tuple(
        {**block, "start": block["start"] + (moved if block["start"] > old["start"] else 0),
         "end": block["end"] + (moved if block["end"] >= old["end"] else 0)}
        for block in text.blocks
    )  # fmt: skip
    link = {
        "kind": "link",
        "start": old["start"],
        "end": old["start"] + len(words),
        "attrs": {"href": FILM_ADDRESS},
    }
    content = text.content[: old["start"]] + words + text.content[old["end"] :]
    notes = tuple(note for note in snapshot.notes if note.place or note.end < old["start"])
    marks = (*text.marks, link) if linked else text.marks
    return replace(snapshot, text=replace(text, content=content, blocks=blocks, marks=marks), notes=notes)


@pytest.mark.parametrize("linked", [True, False])
@pytest.mark.parametrize("form", ["pdf", "docx", "epub"])
def test_film_whose_words_are_its_address_has_it_once_and_leads_there(form, linked):
    data = written(form, snapshot=with_film_words(FILM_ADDRESS, linked=linked))

    if form == "pdf":
        # Words of the other direction are told last to first; the link has the address whole.
        said = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))
        assert FILM_ADDRESS.encode() in data
        assert said.count("abcdefghijk") == 1
    else:
        assert words_of(form, data).count(FILM_ADDRESS) == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [("The mill in motion", FILM_ADDRESS), (f"See {FILM_ADDRESS} there", ""), (FILM_ADDRESS, "")],
)
def test_film_with_words_of_its_own_is_followed_by_its_address(words, told):
    tree = text_tree(with_film_words(words, linked=True))

    assert [leaf.film_address for leaf in leaves(tree) if leaf.kind == "video"] == [told]


def test_english_note_begins_beside_its_number_in_an_arabic_book():
    snapshot = make_snapshot()
    first = replace(snapshot.notes[0], body="Built twice.", language="en")
    document = pypdfium2.PdfDocument(
        written("pdf", snapshot=replace(snapshot, notes=(first, *snapshot.notes[1:])))
    )

    places = [(page, at) for page in document if (at := page.get_textpage().search("Built").get_next())]
    page, (index, _length) = places[0]
    beginning = page.get_textpage().get_charbox(index)[0]

    # The numbers of an Arabic book stand at the right edge, and short words lie there whole.
    assert beginning > page.get_width() / 2


class Links(HTMLParser):
    """Collects what a page leads to and loads."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: set[str] = set()
        self.feed(words)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.ids |= {named["id"]} if named.get("id") else set()
        if tag == "a":
            self.links.append(named["href"])
        elif tag in ("img", "script", "link"):
            self.loads.append(named.get("src") or named.get("href"))


def test_the_pages_for_the_disk_load_and_lead_to_nothing_that_they_do_not_have(forms):
    with opened(forms["site"]) as archive:
        names = set(archive.namelist())
        pages = {name: Links(archive.read(name).decode()) for name in names if name.endswith(".html")}
        scripts = b"".join(archive.read(name) for name in names if name.endswith(".js"))
    for name, page in pages.items():
        assert all(normpath(join(dirname(name), load)) in names for load in page.loads), name
        for href in page.links:
            if not href.startswith(("https:", "mailto:")):
                path, _hash, anchor = href.partition("#")
                target = normpath(join(dirname(name), path)) if path else name
                assert target in pages, (name, href)
                assert not anchor or anchor in pages[target].ids, (name, href)
    assert {"ar", "en"} == {name.split("/")[1] for name in pages if name.count("/") == 2}
    assert not re.search(rb"fetch\(|XMLHttpRequest|import\s", scripts)


def test_the_manifest_shows_pictures_with_the_notes_that_are_on_them(forms):
    said = json.loads(forms["iiif"])

    picture, film = said["items"]
    assert (picture["type"], picture["width"], picture["height"]) == ("Canvas", 40, 30)
    on_picture, on_film = (canvas["annotations"][0]["items"][0] for canvas in (picture, film))
    assert on_picture["target"]["selector"]["value"] == "xywh=4,5,16,20"
    assert (film["duration"], on_film["target"]["selector"]["value"]) == (90, "t=65,80.5")
    assert [one["label"]["none"][0] for one in said["annotations"][0]["items"]] == ["1", "2", "3", "5", "7"]
    assert said["viewingDirection"] == "right-to-left"


def test_no_cell_of_the_table_is_a_formula(forms):
    rows = list(csv.DictReader(io.StringIO(forms["csv"].decode("utf-8-sig"))))

    assert [row["number"] for row in rows] == [str(n) for n in range(1, 8)]
    assert rows[1]["body"].startswith("'=1+1")


def test_what_may_not_be_shown_now_is_a_gap_in_every_form():
    hidden = {
        "shows": lambda kind, ident: (kind, ident) != ("image", IMAGE),
        "shows_picture": lambda ident: False,
    }
    snapshot = make_snapshot()
    note = next(note for note in snapshot.notes if note.place and note.place.member[0] == "image")
    for form in set(FORMATS) - {"json", "bundle", "pdf"}:
        said = words_of(form, written(form, **hidden))
        assert "العجلة في الرسم" not in said, form
        assert "طاحونة على نهر" not in said, form
        if form not in ("csv", "jsonld", "iiif"):
            assert str(note.number) in said, form
    with pytest.raises(NotVisible):
        written("bundle", **hidden)


def test_a_warned_picture_is_covered_where_that_can_be_and_left_out_where_not():
    warned = {"warned": lambda kind, ident: "عنف" if kind == "image" else ""}
    with opened(written("site", **warned)) as archive:
        page = next(
            archive.read(name).decode() for name in archive.namelist() if name.endswith("ar/text-1.html")
        )
    assert re.search(r"<details><summary>[^<]*عنف[^<]*</summary><img ", page)
    with opened(written("docx", **warned)) as document:
        assert not [name for name in document.namelist() if "media" in name]
        assert "عنف" in document.read("word/document.xml").decode()


def test_a_release_of_hard_things_is_written_too():
    snapshot = make_snapshot()
    odd = replace(
        snapshot, slug="mill-edition", title={"ar": 'أ/ب:"ج"<د>&\u202e\x00', "en": ""},
        notes=tuple(replace(note, body="\u202e\u2066\u0007", references=(), tags=()) for note in snapshot.notes[:3]),
    )  # fmt: skip
    bare = replace(
        odd, notes=(), terms=(), figures=(), films=(), introduction={"ar": "", "en": ""}, license=""
    )
    for value in (odd, bare):
        for form in ("docx", "epub", "pdf", "tei", "site", "markdown", "iiif"):
            assert written(form, snapshot=value), form
        etree.fromstring(written("tei", snapshot=value))


def test_words_are_noted_just_where_some_note_lies_over_them():
    chance = Random(4)
    snapshot = make_snapshot()
    text, first = snapshot.text, snapshot.notes[0]
    places = sorted((chance.randrange(text.length - 40), chance.randrange(1, 40)) for _ in range(60))
    notes = tuple(
        replace(first, number=number, id=f"note{number:012d}", start=start, end=start + length)
        for number, (start, length) in enumerate(places, start=1)
    )

    at, noted = 0, ""
    for leaf in leaves(text_tree(replace(snapshot, notes=notes))):
        at = text.blocks[leaf.index]["start"]
        for run in leaf.runs:
            for letter in "\n" if run.is_break else run.text:
                covered = any(note.start <= at < note.end for note in notes)
                noted += "x" if run.is_noted else "-"
                assert letter == text.content[at]
                assert run.is_break or run.is_noted == covered, at
                at += 1
    assert {"x", "-"} == set(noted)


def test_jsonld_names_a_passage_of_the_editions_own_wording_as_the_targets_of_its_notes_do(forms):
    items = json.loads(forms["jsonld"])["first"]["items"]

    bodies = [body for item in items for body in item.get("body", ())]
    continued = [body["source"] for body in bodies if body.get("hashiya:relation") == "continues"]
    target = next(item["target"]["source"] for item in items if isinstance(item["target"]["source"], str))
    assert continued == [target]
    assert target.startswith("https://")
    # What is elsewhere keeps its name.
    others = [body for body in bodies if body.get("hashiya:relation") == "parallels"]
    assert all(body["source"].startswith("urn:hashiya:work:") for body in others)
    assert others
