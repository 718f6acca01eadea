"""Small packages, written by hand: DOCX, ODT and EPUB with Arabic and English words and a note each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = "http://schemas.openxmlformats.org"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'

ODT: dict[str, str] = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": f'''{HEAD}<office:document-content xmlns:office="{OFFICE}:office:1.0"
xmlns:text="{OFFICE}:text:1.0" office:version="1.2"><office:automatic-styles/><office:body><office:text>
<text:h text:outline-level="1">فصل في الجسر</text:h>
<text:p>قال الشيخ كلاما<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1</text:note-citation>
<text:note-body><text:p>حاشية على الكلام</text:p></text:note-body></text:note> في القرية.</text:p>
<text:p>English words.</text:p></office:text></office:body></office:document-content>''',
    "styles.xml": f'{HEAD}<office:document-styles xmlns:office="{OFFICE}:office:1.0"><office:font-face-decls/>'
    "<office:styles/><office:automatic-styles/><office:master-styles/></office:document-styles>",
    "META-INF/manifest.xml": f'''{HEAD}<manifest:manifest xmlns:manifest="{OFFICE}:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>
</manifest:manifest>''',
}
EPUB: dict[str, str] = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": f"""{HEAD}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>""",
    "book.opf": f"""{HEAD}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">x</dc:identifier>
<dc:title>كتاب الجسر</dc:title><dc:language>ar</dc:language></metadata>
<manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="a"/></spine></package>""",
    "a.xhtml": f"""{HEAD}<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"
xmlns:epub="http://www.idpf.org/2007/ops"><head><title>كتاب الجسر</title></head><body><h1>فصل في الجسر</h1>
<p>قال الشيخ كلاما<a epub:type="noteref" href="#n1">1</a> في القرية.</p><p>English words.</p>
<aside epub:type="footnote" id="n1"><p>حاشية على الكلام</p></aside></body></html>""",
}
DOCX: dict[str, str] = {
    "[Content_Types].xml": f'''{HEAD}<Types xmlns="{NAMES}/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>''',
    "_rels/.rels": f'''{HEAD}<Relationships xmlns="{NAMES}/package/2006/relationships"><Relationship Id="r1"
Type="{NAMES}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>''',
    "word/_rels/document.xml.rels": f'''{HEAD}<Relationships xmlns="{NAMES}/package/2006/relationships">
<Relationship Id="f1" Type="{NAMES}/officeDocument/2006/relationships/footnotes" Target="footnotes.xml"/>
</Relationships>''',
    "word/document.xml": f'''{HEAD}<w:document xmlns:w="{NAMES}/wordprocessingml/2006/main"><w:body>
<w:p><w:r><w:t>قال الشيخ كلاما</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>
<w:r><w:t xml:space="preserve"> في القرية.</w:t></w:r></w:p><w:p><w:r><w:t>English words.</w:t></w:r></w:p>
</w:body></w:document>''',
    "word/footnotes.xml": f'''{HEAD}<w:footnotes xmlns:w="{NAMES}/wordprocessingml/2006/main">
<w:footnote w:id="2"><w:p><w:r><w:t>حاشية على الكلام</w:t></w:r></w:p></w:footnote></w:footnotes>''',
}
PACKAGES = {"odt": ODT, "epub": EPUB, "docx": DOCX}
#: The member of each whose words are the text.
MAIN = {"odt": "content.xml", "epub": "a.xhtml", "docx": "word/document.xml"}


def packed(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a package of these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, words in members.items():
            archive.writestr(name, words)
    return file.getvalue()


def rtf(body: str) -> bytes:
    """Return an RTF document with an Arabic font 1 and a Cyrillic font 2."""
    fonts = r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset178 Arial;}{\f2\fcharset204 Arial;}}"
    return (r"{\rtf1\ansi\ansicpg1252\uc1\deff0" + fonts + "\n" + body + "}").encode("ascii")


def arabic(text: str) -> str:
    """Return letters as a word processor of the nineties wrote them."""
    return "".join(f"\\'{byte:02x}" for byte in text.encode("cp1256"))
