"""Packed formats and RTF: read, and refused in words when they are made to harm."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import ImportRefused
from archive.importers import unpacking
from archive.importers.registry import guess, importer
from archive.presenters.messages import SENTENCES, sentence
from archive.text.check import check
from archive.text.types import ParsedText
from tests.unit.importers.packed import MAIN, PACKAGES, arabic, packed, rtf

FORMATS = ["odt", "epub", "docx"]
ENTITIES = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
EXTERNAL = '<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">'


def read(data: bytes, code: str) -> ParsedText:
    result = importer(code).parse(data, language="ar", options={})
    check(result)
    return result


def refusal(data: bytes, code: str) -> ImportRefused:
    with pytest.raises(ImportRefused) as refused:
        importer(code).parse(data, language="ar", options={})
    for language in ("ar", "en"):
        with translation.override(language):
            words = sentence(refused.value.code, refused.value.params)
        assert refused.value.code in SENTENCES
        assert "%(" not in words
    return refused.value


def code_of(data: bytes, code: str) -> str:
    try:
        read(data, code)
    except ImportRefused as refused:
        return refused.code
    return ""


def words_of(text: ParsedText) -> list[str]:
    return [text.content[block.start : block.end] for block in text.blocks]


def changed(code: str, **members: str | bytes) -> bytes:
    return packed(PACKAGES[code] | members)


@pytest.mark.parametrize("code", FORMATS)
def test_package_written_by_hand_is_read(code):
    text = read(packed(PACKAGES[code]), code)

    assert "English words." in words_of(text)
    assert any(
        words.startswith("قال الشيخ كلاما") and words.endswith("في القرية.") for words in words_of(text)
    )
    assert "حاشية على الكلام" in text.content


@pytest.mark.parametrize("code", FORMATS)
def test_pictures_of_a_package_never_reach_the_parser(code, monkeypatch):
    given = []
    monkeypatch.setattr(
        "archive.importers.pandoc.read", lambda data, **_: given.append(data) or {"meta": {}, "blocks": []}
    )

    with pytest.raises(ImportRefused):
        importer(code).parse(changed(code, **{"media/a.png": b"pixels" * 1_000}), language="ar", options={})

    with zipfile.ZipFile(io.BytesIO(given[0])) as package:
        assert package.read("media/a.png") == b""
        assert package.read(MAIN[code]) == PACKAGES[code][MAIN[code]].encode()


@pytest.mark.parametrize("code", FORMATS)
@pytest.mark.parametrize("declared", [ENTITIES, LAUGHS])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_any_member_are_refused_with_its_line(code, declared, encoding):
    words = PACKAGES[code][MAIN[code]].replace("<!DOCTYPE html>", "").replace("?>", f"?>\n{declared}", 1)
    words = words.replace("UTF-8", encoding.upper()).replace("English", "English &a;")

    error = refusal(changed(code, **{MAIN[code]: words.encode(encoding)}), code)

    assert (error.code, error.params["line"], error.params["member"]) == ("xml_doctype", 2, MAIN[code])


@pytest.mark.parametrize("code", ["odt", "docx"])
def test_external_document_type_is_refused(code):
    words = PACKAGES[code][MAIN[code]].replace("?>", f"?>{EXTERNAL}", 1)

    assert refusal(changed(code, **{MAIN[code]: words}), code).code == "xml_doctype"


def test_document_type_of_an_old_book_is_no_harm_where_it_declares_nothing():
    strict = (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
    )
    words = PACKAGES["epub"]["a.xhtml"].replace("<!DOCTYPE html>", strict)

    assert "English words." in words_of(read(changed("epub", **{"a.xhtml": words}), "epub"))


@pytest.mark.parametrize("code", ["odt", "docx"])
def test_member_that_is_no_xml_is_refused(code):
    error = refusal(changed(code, **{MAIN[code]: "<?xml version='1.0'?>\n& words"}), code)

    assert (error.code, error.params["line"]) == ("xml_broken", 2)


@pytest.mark.parametrize("code", FORMATS)
@pytest.mark.parametrize(
    "name",
    ["../../etc/cron.d/x.xml", "/etc/passwd", "C:/x.xml", "a\\..\\x.xml", "a/../../x", "./content.xml/.."],
)
def test_member_that_leads_outside_is_refused(code, name):
    error = refusal(changed(code, **{name: "x"}), code)

    assert error.code == "package_names"


@pytest.mark.parametrize("code", FORMATS)
def test_member_that_stands_twice_is_refused(code):
    file = io.BytesIO(packed(PACKAGES[code]))
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(MAIN[code], PACKAGES[code][MAIN[code]].replace("English", "Other"))

    assert refusal(file.getvalue(), code).code == "package_names"


@pytest.mark.parametrize("code", FORMATS)
def test_link_in_a_package_is_refused(code):
    file = io.BytesIO(packed(PACKAGES[code]))
    with zipfile.ZipFile(file, "a") as archive:
        info = zipfile.ZipInfo("link.xml")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")

    assert refusal(file.getvalue(), code).code == "package_names"


@pytest.mark.parametrize("code", FORMATS)
def test_too_many_members_are_refused(code, monkeypatch):
    monkeypatch.setattr(unpacking, "MAX_MEMBERS", 20)

    error = refusal(changed(code, **{f"m{number}": "" for number in range(30)}), code)

    assert error.code == "package_members"


@pytest.mark.parametrize("code", FORMATS)
def test_bomb_is_refused_by_what_it_says_of_its_size(code):
    data = changed(code, **{"media/a.bin": bytes(unpacking.MAX_UNPACKED_BYTES + 1)})

    assert len(data) < 1_000_000
    assert refusal(data, code).code == "package_bomb"


@pytest.mark.parametrize("code", FORMATS)
def test_bomb_that_lies_about_its_size_is_stopped_while_it_is_unpacked(code, monkeypatch):
    monkeypatch.setattr(unpacking, "MAX_XML_BYTES", 3_000_000)
    data = changed(code, **{"zz.xml": bytes(5_000_000)})
    lied = data.replace(struct.pack("<L", 5_000_000), struct.pack("<L", 500))

    assert lied != data
    # Its length is believed up to what it says, so what is left is a damaged member.
    assert refusal(data, code).code == "package_bomb"
    assert refusal(lied, code).code == "not_text"


@pytest.mark.parametrize("code", FORMATS)
def test_locked_package_is_refused(code):
    data = bytearray(packed(PACKAGES[code]))
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1

    assert refusal(bytes(data), code).code == "package_encrypted"


def test_locks_that_formats_have_of_their_own_are_told():
    manifest = PACKAGES["odt"]["META-INF/manifest.xml"].replace(
        "</manifest:manifest>", "<manifest:encryption-data/></manifest:manifest>"
    )
    rights = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><enc:EncryptedData '
        'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptionMethod Algorithm="{}"/></enc:EncryptedData></encryption>'
    )

    assert refusal(changed("odt", **{"META-INF/manifest.xml": manifest}), "odt").code == "package_encrypted"
    locked = {"META-INF/encryption.xml": rights.format("http://www.w3.org/2001/04/xmlenc#aes256-cbc")}
    assert refusal(changed("epub", **locked), "epub").code == "package_encrypted"
    fonts = {"META-INF/encryption.xml": rights.format("http://www.idpf.org/2008/embedding")}
    assert "English words." in words_of(read(changed("epub", **fonts), "epub"))
    word = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert refusal(word, "docx").code == "package_encrypted"


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=0), st.integers(min_value=0, max_value=255), st.sampled_from(FORMATS))
def test_package_with_a_changed_byte_is_read_or_refused(place, value, code):
    data = bytearray(packed(PACKAGES[code], zipfile.ZIP_STORED))
    data[place % len(data)] = value

    assert code_of(bytes(data), code) in {"", *SENTENCES}


# RTF.


def test_rtf_is_read_in_the_code_pages_of_its_fonts():
    body = (
        r"\pard\plain {\f1 " + arabic("قال الشيخ") + r"} caf\'e9 {\f2 \'c6\'e8\'eb} it\rquote s \u1603\'df\u1604\'e1 \u-10179?\u-8704?\par"
        "\n" r"\pard\plain \rtlpar \ltrch\fcs0 \f0 \rtlch\fcs1 \af1 " + arabic("وبعده كلام") + r"\par"
        "\n" r"\pard\plain {\b bold}, x\{y\}\\z\par"
    )  # fmt: skip

    text = read(rtf(body), "rtf")

    assert words_of(text) == ["قال الشيخ café Жил it’s كل 😀", "وبعده كلام", "bold, x{y}\\z"]
    assert "strong" in [mark.kind.value for mark in text.marks]


def test_notes_of_rtf_are_notes():
    note = r"{\super\chftn{\footnote\chftn " + r"{\f1 " + arabic("حاشية") + "}}}"

    text = read(rtf(r"\pard word" + note + r" after\par"), "rtf")

    assert words_of(text) == ["word1 after", "حاشية"]
    assert [mark.attrs for mark in text.marks if mark.kind == "note_reference"] == [{"note": "1"}]


def test_note_that_the_parser_drops_is_told(monkeypatch):
    monkeypatch.setattr("archive.importers.pandoc.read", lambda *_, **__: {
        "meta": {}, "blocks": [{"t": "Para", "c": [{"t": "Str", "c": "word"}]}]})  # fmt: skip

    text = read(rtf(r"word{\footnote lost}"), "rtf")

    assert [problem.params for problem in text.problems] == [{"reason": "notes_dropped", "count": 1}]


def test_pictures_of_rtf_are_left_out_and_told():
    text = read(
        rtf(
            r"before{\*\shppict{\pict\pngblip 89504e47}}{\nonshppict{\pict\wmetafile8 0100}}{\pict\bin4 \x00}}{ after\par"
        ),
        "rtf",
    )

    assert text.content.startswith("before")
    assert [(repair.kind, repair.count) for repair in text.repairs] == [("pictures_left_out", 2)]


def test_rtf_is_known_by_its_name_and_its_first_bytes():
    for spec in (guess("letter.rtf"), guess("letter", rtf("x"))):
        assert spec is not None
        assert spec.code == "rtf"


@pytest.mark.parametrize("data", [b"words", b"{\\rt", b"PK\x03\x04"])
def test_what_is_no_rtf_is_refused(data):
    assert refusal(data, "rtf").code == "not_text"


def test_rtf_nested_without_end_is_refused():
    assert refusal(b"{\\rtf1 " + b"{" * 200_000, "rtf").code == "too_deep"


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="\\{}'u0123456789abf -\x80é*\n", max_size=80))
def test_any_rtf_is_read_or_refused(body):
    data = rb"{\rtf1\ansi " + body.encode("latin-1") + b"}"

    assert code_of(data, "rtf") in {"", *SENTENCES}
