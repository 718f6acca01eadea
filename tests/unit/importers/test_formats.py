"""The registry, and formats beside Markdown: entries over the same mapping."""

from __future__ import annotations

import io
import zipfile

import pypandoc
import pytest

from archive.errors import ImportRefused
from archive.importers.registry import ImporterSpec, guess, importer, importers, register
from archive.text.check import check
from archive.text.types import ParsedText


def parsed(data: str | bytes, code: str, language: str = "ar") -> ParsedText:
    data = data.encode() if isinstance(data, str) else data
    result = importer(code).parse(data, language=language, options={})
    check(result)
    return result


def kinds(text: ParsedText) -> list[tuple[str, str]]:
    return [(block.kind.value, text.content[block.start : block.end]) for block in text.blocks]


@pytest.mark.parametrize(
    ("name", "head", "code"),
    [
        ("a.md", b"", "markdown"),
        ("A.MARKDOWN", b"", "markdown"),
        ("a.b.txt", b"# not asked", "plain"),
        ("page.htm", b"", "html"),
        ("letter.docx", b"", "docx"),
        ("README", b"# Title\n\nwords\n", "markdown"),
        ("notes", "كلام بلا علامات\n".encode(), "plain"),
        ("page", b"<!DOCTYPE html>\n<p>", "html"),
        ("letter", b"PK\x03\x04....[Content_Types].xml", "docx"),
        ("book.epub", b"", "epub"),
        ("letter", b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.textPK", "odt"),
    ],
)
def test_format_is_guessed_from_the_name_and_then_from_the_bytes(name, head, code):
    spec = guess(name, head)

    assert spec is not None
    assert spec.code == code


@pytest.mark.parametrize(
    ("name", "head"),
    [("a.pdf", b"words"), ("scan", b"\x89PNG\r\n\x1a\n\0\0\0\r"), ("x", b""), ("a.csv", b"a,b\n")],
)
def test_unknown_format_is_not_guessed(name, head):
    assert guess(name, head) is None


def test_importers_are_named_and_versioned():
    assert [spec.code for spec in importers()][:2] == ["markdown", "plain"]
    assert all(spec.label_msgid and len(spec.version) <= 30 for spec in importers())


def test_unknown_importer_is_refused():
    with pytest.raises(ImportRefused) as refused:
        importer("wordstar")

    assert refused.value.code == "unknown_importer"


def test_format_is_not_registered_twice():
    spec = importer("plain")

    with pytest.raises(ValueError, match="twice"):
        register(ImporterSpec(spec.code, "x", (), (), "1", spec.parse))


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("ar", "rtl"),
        ("fa", "rtl"),
        ("he", "rtl"),
        ("en", "ltr"),
        ("grc", "ltr"),
        ("az-Arab", "rtl"),
        ("ar-Latn", "ltr"),
    ],
)
def test_direction_follows_the_language(language, direction):
    assert parsed("words", "plain", language).direction == direction


# Plain text.


def test_plain_text_is_paragraphs_between_empty_lines():
    text = parsed("one\ntwo\n \n\n  three *four* [x](#)\n", "plain")

    assert kinds(text) == [("paragraph", "one\ntwo"), ("paragraph", "  three *four* [x](#)")]
    assert [mark.kind.value for mark in text.marks] == ["line_break"]


def test_address_alone_in_plain_text_is_a_video():
    text = parsed("before\n\nhttps://youtu.be/a1B2c3D4e-_\n", "plain")

    assert [block.kind.value for block in text.blocks] == ["paragraph", "video"]


# HTML.

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>في القرية</title><script>var x = 1;</script></head>
<body><h1>Title</h1><p>One <em>two</em> <a href="#">three</a> m<sup>2</sup> كتابا<sup>ً</sup>.<br>Line</p>
<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>
<blockquote><p>quoted</p></blockquote>
<figure><img src="a.png" alt="x"><figcaption>A caption</figcaption></figure>
<iframe width="5" src="https://www.youtube.com/embed/a1B2c3D4e-_?rel=0&amp;x=1"></iframe>
<table><tr><th>h</th><th></th></tr><tr><td>c</td><td>d</td></tr></table>
</body></html>"""


def test_page_is_read_through_the_same_mapping():
    text = parsed(PAGE, "html")

    assert text.title == "في القرية"
    assert kinds(text) == [
        ("heading", "Title"),
        ("paragraph", "One two three m2 كتاباً.\nLine"),
        ("list_item", "a"),
        ("list_item", "b"),
        ("list_item", "c"),
        ("quote", "quoted"),
        ("figure", "A caption"),
        ("video", "https://www.youtube.com/embed/a1B2c3D4e-_?rel=0&x=1"),
        ("table", "h"),
        ("table", ""),
        ("table", "c"),
        ("table", "d"),
    ]
    assert [problem.kind.value for problem in text.problems] == ["dead_link"]
    assert [repair.kind for repair in text.repairs] == ["torn_mark"]
    assert [block.path for block in text.blocks][2:5] == ["3.1.1", "3.2.1", "3.2.2.1.1"]


def test_page_in_the_encoding_that_it_names():
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1256"></head><p>قرية'
    )

    assert parsed(page.encode("windows-1256"), "html").content == "قرية"


def test_page_does_not_reach_for_files_or_the_network():
    page = '<p>words</p><iframe src="/etc/passwd"></iframe><img src="file:///etc/passwd"><object data="/etc/passwd">'

    assert "root:" not in parsed(page, "html").content


# DOCX.

NAMES = "http://schemas.openxmlformats.org"
TYPES = (
    f'<?xml version="1.0"?><Types xmlns="{NAMES}/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument'
    '.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    f'<?xml version="1.0"?><Relationships xmlns="{NAMES}/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{NAMES}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
STYLE_RELATION = (
    f'<?xml version="1.0"?><Relationships xmlns="{NAMES}/package/2006/relationships"><Relationship Id="s1" '
    f'Type="{NAMES}/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>'
)
STYLES = (
    f'<?xml version="1.0"?><w:styles xmlns:w="{NAMES}/wordprocessingml/2006/main">'
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style></w:styles>'
)


def document(*paragraphs: str) -> bytes:
    body = "".join(paragraphs)
    main = f'<?xml version="1.0"?><w:document xmlns:w="{NAMES}/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr("word/document.xml", main)
        archive.writestr("word/styles.xml", STYLES)
        archive.writestr("word/_rels/document.xml.rels", STYLE_RELATION)
    return file.getvalue()


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    run = f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p>{named}{run}</w:p>"


def test_document_is_read_through_the_same_mapping():
    data = document(
        paragraph("كتاب", "Title"),
        paragraph("فصل", "Heading2"),
        paragraph("قال الشيخ\u0651\u064e  كلاما طويلا e\u0301."),
        paragraph("bold", properties="<w:b/>"),
    )

    text = parsed(data, "docx")

    assert text.title == "كتاب"
    assert kinds(text) == [
        ("heading", "كتاب"),
        ("heading", "فصل"),
        ("paragraph", "قال الشيخ\u0651\u064e كلاما طويلا e\u0301."),
        ("paragraph", "bold"),
    ]
    assert [mark.kind.value for mark in text.marks] == ["strong"]


def test_caption_after_empty_paragraphs_of_a_document_is_a_missing_figure():
    story = "سار الناس في الدرب الطويل حتى بلغوا التل الذي يطل على القرية."
    data = document(
        paragraph(story),
        paragraph(story),
        *[paragraph("")] * 3,
        paragraph("خريطة القرية والدروب حولها"),
        paragraph(story),
    )

    assert [problem.kind.value for problem in parsed(data, "docx").problems] == ["missing_figure"]


@pytest.mark.parametrize("data", [b"words", b"PK\x03\x04" + b"x" * 50, document()[:-40]])
def test_what_is_no_document_is_refused(data):
    with pytest.raises(ImportRefused) as refused:
        importer("docx").parse(data, language="ar", options={})

    assert refused.value.code == "not_text"


def test_document_without_words_is_refused_as_nothing():
    with pytest.raises(ImportRefused) as refused:
        importer("docx").parse(document(paragraph("")), language="ar", options={})

    assert refused.value.code == "empty_file"


def test_document_that_is_no_xml_inside_is_refused():
    with pytest.raises(ImportRefused) as refused:
        importer("docx").parse(document("<w:p><broken"), language="ar", options={})

    assert refused.value.code == "parser_failed"


def test_zip_without_a_document_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "words")

    with pytest.raises(ImportRefused) as refused:
        importer("docx").parse(file.getvalue(), language="ar", options={})

    assert refused.value.code == "not_text"


# Other packages: written by the same program that reads them, so that only our side is tested.

SOURCE = "# فصل\n\nقال *الشيخ* [هنا](#) كلاما[^1].\n\n- نقطة\n\n> اقتباس\n\n[^1]: حاشية\n"


@pytest.mark.parametrize("code", ["docx", "odt", "epub"])
def test_packed_formats_are_read_through_the_same_mapping(code, tmp_path):
    path = tmp_path / f"text.{code}"
    pypandoc.convert_text(SOURCE, code, format="markdown", outputfile=str(path), extra_args=["--standalone"])

    spec = guess(path.name)
    assert spec is not None
    text = parsed(path.read_bytes(), spec.code)

    assert ("heading", "فصل") in kinds(text)
    assert any(words.startswith("قال الشيخ هنا كلاما") for _, words in kinds(text))
    assert "نقطة" in text.content
    assert "حاشية" in text.content
    assert "emphasis" in {mark.kind.value for mark in text.marks}


@pytest.mark.parametrize("code", ["odt", "epub"])
def test_what_is_no_package_is_refused(code):
    with pytest.raises(ImportRefused) as refused:
        importer(code).parse(b"words and words", language="ar", options={})

    assert refused.value.code == "not_text"
