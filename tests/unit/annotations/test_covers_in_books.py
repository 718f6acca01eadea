"""The cover of an edition in every form of a release: shown, behind its warning, or not there at all."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from lxml import etree

from annotations.editions.canonical import dumps
from annotations.editions.values import FORMAT_WITH_MORE, PictureFile, Snapshot
from annotations.exports import FORMATS
from tests.factories_books import PIXELS_SHA, make_given, make_snapshot

NS = {"tei": "http://www.tei-c.org/ns/1.0", "opf": "http://www.idpf.org/2007/opf"}
COVER, NAME, ALTERNATIVE = "ccccccccccccccc2", "ccccccccccccccc2-small.webp", "غلاف عليه رحى"


def covered(**fields: Any) -> Snapshot:
    """Return the release with a cover that does not stand in its text."""
    bare = make_snapshot()
    picture = next(figure.image for figure in bare.figures if figure.image)
    cover = replace(
        picture, id=COVER, title={"ar": "الغلاف", "en": "The cover"}, alternative={"ar": ALTERNATIVE, "en": "A millstone"},
        files=(PictureFile(NAME, "image/webp", 40, 30, PIXELS_SHA),), **fields,
    )  # fmt: skip
    return replace(bare, format=FORMAT_WITH_MORE, cover=cover)


def written(form: str, snapshot: Snapshot, **fields: Any) -> bytes:
    return b"".join(FORMATS[form].write(make_given(snapshot, **fields)))


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def everything(data: bytes) -> str:
    """Return all letters of a form, within its archive where it is one."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "ignore")
    with opened(data) as archive:
        return "\n".join(
            f"{name}\n{archive.read(name).decode('utf-8', 'ignore')}" for name in archive.namelist()
        )


def test_epub_stands_on_shelves_with_the_cover():
    with opened(written("epub", covered())) as book:
        package = etree.fromstring(book.read("EPUB/package.opf"))
        page = book.read("EPUB/cover.xhtml").decode()
        names = book.namelist()

    items = package.xpath("//opf:item[@properties='cover-image']", namespaces=NS)
    assert [(one.get("href"), one.get("media-type")) for one in items] == [(f"pictures/{NAME}", "image/webp")]
    assert f"EPUB/pictures/{NAME}" in names
    assert "EPUB/cover.svg" not in names
    assert f'<img role="doc-cover" src="pictures/{NAME}" alt="{ALTERNATIVE}"/>' in page


def test_epub_with_a_warned_cover_has_the_drawn_one_and_the_picture_behind_its_warning():
    warned = {"warned": lambda kind, ident: "عنف" if ident == COVER else ""}
    with opened(written("epub", covered(), **warned)) as book:
        package = book.read("EPUB/package.opf").decode()
        title = book.read("EPUB/title.xhtml").decode()
        assert "EPUB/cover.svg" in book.namelist()

    assert re.search(r'href="cover.svg"[^>]*properties="cover-image"', package)
    assert package.count("cover-image") == 2  # its id and its property
    assert re.search(rf'<details><summary>[^<]*عنف[^<]*</summary><img src="pictures/{NAME}"', title)


def test_pdf_has_it_on_the_title_page():
    document = pypdfium2.PdfDocument(written("pdf", covered()))
    bare = pypdfium2.PdfDocument(written("pdf", make_snapshot()))

    def pictures(page) -> int:
        return sum(one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for one in page.get_objects())

    assert (pictures(document[0]), pictures(bare[0])) == (1, 0)


def test_docx_site_markdown_and_tei_show_it():
    with opened(written("docx", covered())) as archive:
        assert "word/media/cover.jpeg" in archive.namelist()
        assert f'descr="{ALTERNATIVE}"' in archive.read("word/document.xml").decode()
    with opened(written("site", covered())) as archive:
        names = {name.partition("/")[2]: name for name in archive.namelist()}
        assert f"pictures/{NAME}" in names
        assert f'src="../pictures/{NAME}"' in archive.read(names["ar/index.html"]).decode()
    address = make_given(covered()).address
    assert f"![{ALTERNATIVE}](<{address}files/{NAME}>)" in written("markdown", covered()).decode()
    root = etree.fromstring(written("tei", covered()))
    (graphic,) = root.xpath("//tei:facsimile/tei:surface[@type='cover']/tei:graphic", namespaces=NS)
    assert graphic.get("url") == f"{address}files/{NAME}"


def test_the_manifest_has_it_as_its_thumbnail_unless_readers_are_warned():
    shown = json.loads(written("iiif", covered()))
    by_kind = json.loads(written("iiif", covered(), warned=lambda kind, ident: "عنف"))
    by_words = json.loads(written("iiif", covered(content_warning={"ar": "دم", "en": ""})))

    assert shown["thumbnail"][0]["id"].endswith(f"files/{NAME}")
    assert "thumbnail" not in by_kind
    assert "thumbnail" not in by_words
    assert "thumbnail" not in json.loads(written("iiif", make_snapshot()))


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"json", "bundle", "pdf"}))
def test_a_cover_that_may_not_be_seen_is_in_no_form(form):
    hidden = {
        "shows": lambda kind, ident: ident != COVER,
        "shows_picture": lambda ident: ident != COVER,
    }

    said = everything(written(form, covered(), **hidden))

    assert ALTERNATIVE not in said
    assert "millstone" not in said
    assert NAME not in said
    assert "word/media/cover.jpeg" not in said


def test_the_bundle_brings_it_back_as_the_cover_of_the_plan():
    with opened(written("bundle", covered())) as bag:
        lines = [
            json.loads(line)
            for name in bag.namelist()
            if name.endswith("/editions.jsonl")
            for line in bag.read(name).decode().splitlines()
        ]
        release = next(bag.read(name).decode() for name in bag.namelist() if name.endswith("/release.json"))  # fmt: skip

    plan = next(line["plan"] for line in lines if line["is"] == "edition")
    told = next(line for line in lines if line["is"] == "release")
    assert plan["cover"] == COVER
    assert NAME in {file["name"] for file in told["files"]}
    assert release == dumps(covered())
