"""Old encodings: guessed with evidence and told, or refused; never another text in silence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import ImportRefused
from archive.importers import guessing
from archive.importers.decoding import decode
from archive.importers.registry import importer
from archive.text.types import ParsedText

ARABIC = """كان في البلدة سوق كبير يقصده التجار من كل جهة، وكان أهلها يعرفون بعضهم. قال الشيخ: هل رأيت القرية؟
فأجاب: نعم؛ رأيتها، وهي على ضفة النهر، فيها مسجد ومكتبة وحوانيت للنسيج والخزف.
"""
FRENCH = "Déjà le café était fermé ; l’élève étudie la géographie française, où naquit Zoë."
SPANISH = "El niño pequeño comió mañana en la región de España: ¿qué pasó después? ¡Más rápido!"
ENGLISH = "It’s a “quoted” word – and that’s all; she said ‘fine’."
#: Mac Arabic has its own space and full stop, which Python's codec prefers when it writes.
MAC = ARABIC.encode("mac_arabic")


def read(data: bytes, code: str = "plain", **options: str) -> ParsedText:
    return importer(code).parse(data, language="ar", options=options)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARABIC, "windows-1256"),
        (ARABIC, "iso-8859-6"),
        (FRENCH, "windows-1252"),
        (SPANISH, "windows-1252"),
        (ENGLISH, "windows-1252"),
        ("قال *الشيخ* [هنا](#) كلاما طويلا عن القرية.", "windows-1256"),
    ],
)
@pytest.mark.parametrize("code", ["plain", "markdown", "html"])
def test_old_encoding_is_guessed_and_the_guess_is_told(text, encoding, code):
    parsed = read(text.encode(encoding), code)
    same = read(text.encode(), code)

    assert parsed.content == same.content
    repair = next(repair for repair in parsed.repairs if repair.kind == "encoding_guessed")
    assert repair.before == parsed.source["encoding"] == encoding
    assert repair.after
    assert parsed.source["guess"]["good"] >= 3


def test_mac_arabic_is_told_from_the_arabic_of_windows_and_iso():
    decoded = decode(MAC)

    assert decoded.encoding == "mac_arabic"
    assert decoded.text == ARABIC


def test_what_says_its_encoding_is_no_guess():
    for data in (ARABIC.encode(), ARABIC.encode("utf-16"), ARABIC.encode("utf-16-le"), b"plain words"):
        decoded = decode(data)

        assert decoded.guess is None
        assert "encoding_guessed" not in [repair.kind for repair in decoded.repairs]


def test_person_is_believed_over_any_guess():
    data = ARABIC.encode("windows-1256")

    parsed = read(data, encoding="windows-1252")

    assert parsed.content.startswith("ßÇä Ýí ÇáÈáÏÉ")
    assert "guess" not in parsed.source


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Zażółć gęślą jaźń, proszę być spokojnym, wróć później, książka leży na półce", "windows-1250"),
        ("Zażółć gęślą jaźń, proszę być spokojnym, wróć później, książka leży na półce", "iso-8859-2"),
        ("Жил был старик со своею старухой у самого синего моря", "windows-1251"),
        ("Жил был старик со своею старухой у самого синего моря", "koi8-r"),
        ("בראשית ברא אלהים את השמים ואת הארץ והארץ היתה תהו ובהו", "windows-1255"),
        ("בראשית ברא אלהים את השמים ואת הארץ והארץ היתה תהו ובהו", "iso-8859-8"),
        ("Στην αρχή δημιούργησε ο Θεός τον ουρανό και τη γη", "windows-1253"),
        ("这是一个没有说明编码的中文文本，" * 5, "gb18030"),
        ("日本語の文章がここにあります。" * 5, "shift_jis"),
    ],
)
def test_other_scripts_are_refused_and_read_when_a_person_names_them(text, encoding):
    data = text.encode(encoding)

    with pytest.raises(ImportRefused) as refused:
        read(data)

    assert refused.value.code in {"unknown_encoding", "not_text"}
    assert read(data, encoding=encoding).content == text


@pytest.mark.parametrize(
    "data", ["نص".encode("windows-1256"), "café".encode("windows-1252"), b"one \xff two"]
)
def test_too_little_evidence_is_no_guess(data):
    assert guessing.guess(data) is None
    with pytest.raises(ImportRefused):
        read(data)


def test_torn_utf8_is_refused_with_its_line_and_not_read_as_something_old():
    torn = ARABIC.encode().replace("القرية".encode(), "القرية".encode()[1:])

    with pytest.raises(ImportRefused) as refused:
        read(torn)

    assert (refused.value.code, refused.value.params["line"]) == ("unknown_encoding", 1)


def page(text: str, named: str, encoding: str) -> ParsedText:
    html = f'<html><head><meta charset="{named}"></head><body><p>{text}</p></body></html>'
    return read(html.encode(encoding), "html")


def test_page_that_names_another_encoding_than_it_is_in_is_read_by_its_words():
    for named in ("windows-1252", "iso-8859-1", "utf-8", "no-such-thing"):
        parsed = page(ARABIC, named, "windows-1256")

        assert parsed.content.startswith("كان في البلدة")
        assert "encoding_guessed" in [repair.kind for repair in parsed.repairs]


def test_page_in_utf8_is_utf8_whatever_it_names():
    assert page(ARABIC, "windows-1256", "utf-8").content.startswith("كان في البلدة")


def test_latin_1_of_a_page_means_what_browsers_read():
    parsed = page("it’s “so”", "iso-8859-1", "windows-1252")

    assert parsed.content == "it’s “so”"
    assert "guess" not in parsed.source


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(sorted(set(ARABIC.split()))), min_size=4, max_size=30), st.sampled_from(
    ["windows-1256", "iso-8859-6"]
))  # fmt: skip
def test_guess_is_right_or_there_is_none(words, encoding):
    text = " ".join(words)
    found = guessing.guess(text.encode(encoding))

    assert found is None or text.encode(encoding).decode(found.encoding) == text


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_judged_without_another_exception(data):
    guessing.guess(data)
    guessing.contradicts(data, "windows-1252")
