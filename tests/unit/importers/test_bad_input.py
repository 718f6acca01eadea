"""Whatever bytes arrive: a text, or a refusal with a code that a page can word; never another exception."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import ImportRefused
from archive.importers.decoding import decode
from archive.importers.limits import MAX_TEXT_BYTES
from archive.importers.registry import importer
from archive.text.check import check
from archive.text.types import ParsedText

ARABIC = "نصّ قصير عن المدينة القديمة.\n\nوفقرة أخرى فيها كلام.\n"
ENGLISH = "A short text.\n\nAnd another paragraph of it.\n"


def read(data: bytes, code: str = "markdown", **options: str) -> ParsedText:
    result = importer(code).parse(data, language="ar", options=options)
    check(result)
    return result


def refusal(data: bytes, code: str = "markdown", **options: str) -> ImportRefused:
    with pytest.raises(ImportRefused) as refused:
        importer(code).parse(data, language="ar", options=options)
    return refused.value


def read_or_refused(data: bytes, code: str = "markdown") -> tuple[str, str]:
    """Return the code of the refusal and the text that was read; one of them is empty."""
    try:
        return "", read(data, code).content
    except ImportRefused as refused:
        return refused.code, ""


def noise(size: int) -> bytes:
    return random.Random(7).randbytes(size)


# Encodings.


@pytest.mark.parametrize(
    "text", [ARABIC, ENGLISH, "Ἐν ἀρχῇ ἦν ὁ λόγος\n", "בראשית ברא\n", "中文 文本\n", "😀 😀\n"]
)
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-16-be-bom"]
)
def test_unicode_is_told_from_the_bytes(text, encoding):
    data = (
        "\ufeff".encode("utf-16-be") + text.encode("utf-16-be")
        if "bom" in encoding
        else text.encode(encoding)
    )

    assert decode(data).text == text


def test_byte_order_mark_is_reported_and_not_part_of_the_text():
    decoded = decode(ENGLISH.encode("utf-8-sig"))

    assert decoded.text == ENGLISH
    assert decoded.code_points == len(ENGLISH)
    assert [repair.kind for repair in decoded.repairs] == ["byte_order_mark"]


def test_refusal_tells_where_the_bytes_stop_being_text():
    error = refusal(b"one\ntwo \xff three\n")

    assert (error.code, error.params["offset"], error.params["line"]) == ("unknown_encoding", 8, 2)


def test_unknown_name_of_an_encoding_is_refused():
    assert refusal(b"text", encoding="no-such-encoding").code == "unknown_encoding"


@pytest.mark.parametrize("name", ["zip", "rot13", "base64", "idna", "unicode_escape", "utf-7", "punycode"])
def test_codec_that_is_no_encoding_of_text_is_refused(name):
    assert refusal(b"text+AAAA", encoding=name).code == "unknown_encoding"


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_text_that_ends_inside_a_character_is_refused(cut):
    assert refusal("text 😀".encode()[:-cut]).code == "truncated"


def test_wide_text_that_ends_inside_a_character_is_refused():
    assert refusal(ARABIC.encode("utf-16")[:-1]).code == "truncated"
    assert refusal(ENGLISH.encode("utf-16-le")[:-1]).code == "truncated"


def test_half_a_pair_in_wide_text_is_refused():
    assert refusal(b"\xff\xfea\x00\x00\xd8b\x00").code == "unknown_encoding"


# Nothing, and what is no text.


@pytest.mark.parametrize(
    "data", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", b"\0", "\u00a0\n".encode()]
)
def test_nothing_is_refused_as_nothing(data):
    assert refusal(data).code == "empty_file"
    assert refusal(data, "plain").code == "empty_file"


@pytest.mark.parametrize(
    "text", ["***\n", "#\n", "[a]: https://example.org\n", "- \n- \n", "---\ntitle: x\n---\n"]
)
def test_markup_without_words_is_refused_as_nothing(text):
    assert refusal(text.encode()).code == "empty_file"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01" + zlib.compress(b"pixels"),
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + noise(500),
        b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\n",
        b"PK\x03\x04\x14\x00\x06\x00" + noise(300),
        b"\x1f\x8b\x08\x00" + noise(300),
        noise(20_000),
        noise(64),
        bytes(range(256)) * 4,
        b"\0" * 1_000,
        b"\x00\x01\x02\x03" * 100,
        noise(5_000).replace(b"\0", b"x"),
    ],
    ids=["png", "jpeg", "pdf", "zip", "gzip", "random", "short-random", "all-bytes", "nuls", "low", "no-nul"],
)
@pytest.mark.parametrize("code", ["markdown", "plain"])
def test_binary_that_poses_as_text_is_refused(data, code):
    assert refusal(data, code).code == "not_text"


def test_png_that_is_named_text_is_no_text_even_when_an_encoding_is_named():
    assert (
        refusal(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + noise(500), encoding="iso-8859-1").code == "not_text"
    )


def test_words_that_begin_like_a_file_of_music_are_words():
    assert read(b"ID3 tags and RIFF chunks").content == "ID3 tags and RIFF chunks"


# Controls.


def test_nuls_are_taken_out_and_counted():
    result = read(b"one\0 two\0")

    assert result.content == "one two"
    assert [(repair.kind, repair.count) for repair in result.repairs] == [("nul", 2)]


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_become_one_kind_and_are_counted(ends):
    result = read(f"one{ends}{ends}two{ends}".encode())

    assert result.content == "one\ntwo"
    assert [(repair.kind, repair.count) for repair in result.repairs] == [("line_endings", 3)]


@pytest.mark.parametrize("control", ["\u202e", "\u2067", "\u202a", "\x01", "\x0c", "\x7f", "\ufeff"])
@pytest.mark.parametrize("code", ["markdown", "plain"])
def test_control_characters_are_kept_and_told(control, code):
    result = read(f"one {control}two".encode(), code)

    assert result.content == f"one {control}two"
    assert [(p.kind.value, result.content[p.start : p.end]) for p in result.problems] == [
        ("control_character", control)
    ]


def test_direction_marks_are_ordinary():
    assert read("نص\u200f (text\u200e)".encode()).problems == ()


# Size and shape.


def test_one_byte_above_the_limit_is_too_large():
    error = refusal(b"x" * (MAX_TEXT_BYTES + 1))

    assert (error.code, error.params["limit"]) == ("too_large", MAX_TEXT_BYTES)


@pytest.mark.parametrize("code", ["markdown", "plain"])
def test_one_line_of_a_million_letters_is_a_paragraph(code):
    data = ("ب" * 1_000_000).encode()

    assert len(read(data, code).content) == 1_000_000


@pytest.mark.slow
def test_one_line_of_a_million_letters_in_words_is_a_paragraph():
    text = ("كلمة " * 200_000).strip()

    assert read(text.encode()).content == text


DEPTH = 10_000
NESTED = {
    "quotes": ">" * DEPTH + " a",
    "lists": "- " * DEPTH + "a",
    "numbers": "1. " * DEPTH + "a",
    "brackets": "[" * DEPTH + "a" + "]" * DEPTH,
    "parentheses": "(" * DEPTH + "a" + ")" * DEPTH,
    "stars": "*" * DEPTH + "a" + "*" * DEPTH,
    "emphasis": "*a **b " * DEPTH + "c" + "** d*" * DEPTH,
    "raised": "<sup>" * DEPTH + "a" + "</sup>" * DEPTH,
    "tags": "<div>" * DEPTH + "a" + "</div>" * DEPTH,
    "backticks": "".join("a" + "`" * length for length in range(1, 400)),
    "entities": "&" * DEPTH + "a",
    "autolinks": "<a:" * DEPTH,
    "comments": "<!--" * DEPTH + " a",
    "mixed": "> - " * 3_000 + "a",
    "strikes": "~~a " * DEPTH,
    "table": "|" * DEPTH + "a",
    "indents": "\n".join(" " * depth + "- a" for depth in range(0, 2_000, 2)),
    "notes": "".join(f"[^{n}]: see[^{n + 1}]\n\n" for n in range(300)) + "a[^0]",
}
#: The parser needs gigabytes or minutes for these: they are read all the same, or its limits stop it.
DEAR = {
    "links": "[" * DEPTH + "a" + "](b)" * DEPTH,
    "images": "![" * DEPTH + "a" + "](b)" * DEPTH,
    "references": "[a][b]" * DEPTH + "\n\n[b]: c",
}


@pytest.mark.parametrize("name", NESTED)
def test_nesting_is_read_or_refused_and_never_breaks(name):
    refused, content = read_or_refused(NESTED[name].encode())

    assert refused in {"too_deep", "too_complex"} or "a" in content


@pytest.mark.slow
@pytest.mark.parametrize("name", DEAR)
def test_nesting_that_costs_the_parser_dear_is_read_or_refused(name):
    refused, content = read_or_refused(DEAR[name].encode())

    assert refused in {"too_deep", "too_complex", "parser_timeout", "parser_failed"} or "a" in content


def test_note_that_refers_to_itself_is_refused(monkeypatch):
    monkeypatch.setattr("archive.importers.pandoc.PARSER_SECONDS", 2)

    assert refusal(b"text[^1]\n\n[^1]: see[^1]\n").code == "parser_timeout"


def test_nesting_at_the_limit_is_read():
    assert read(b"> " * 60 + b"a").content == "a"


def test_quotes_nested_ten_thousand_deep_are_refused_as_too_deep():
    assert refusal(NESTED["quotes"].encode()).code == "too_deep"


@pytest.mark.parametrize("code", ["markdown", "plain"])
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(code, data):
    refused, content = read_or_refused(data, code)

    assert not (refused and content)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    refused, _content = read_or_refused(text.encode("utf-8", "replace"))

    assert refused in {"", "empty_file", "not_text"}


LARGE = """
import resource, sys
sys.path.insert(0, {root!r})
from archive.importers.registry import importer
paragraph = {paragraph!r}
data = (paragraph * (10_000_000 // len(paragraph.encode()))).encode()
text = importer({code!r}).parse(data, language="ar", options={{}})
print(len(text.content), len(text.blocks))
for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
    print(resource.getrusage(who).ru_maxrss, end=" ")
"""
PARAGRAPH = "كلام عن المدينة **القديمة** و[أسواقها](#) في الصيف، ثم عن أهلها وما صنعوا من نسيج وخزف.\n\n"


@pytest.mark.slow
@pytest.mark.parametrize("code", ["markdown", "plain"])
def test_ten_million_bytes_are_read_in_bounded_memory(code):
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(__file__))))  # noqa: PTH120
    script = LARGE.format(root=root, paragraph=PARAGRAPH, code=code)

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    sizes, memory = (list(map(int, line.split())) for line in done.stdout.splitlines())
    assert sizes[0] > 5_000_000
    assert all(kilobytes < 1_500_000 for kilobytes in memory)


def test_memory_of_the_parser_is_limited(monkeypatch):
    monkeypatch.setattr("archive.importers.pandoc.PARSER_MEMORY_MB", 60)

    assert refusal(("words " * 30_000).encode()).code == "too_complex"


def test_time_of_the_parser_is_limited(monkeypatch):
    monkeypatch.setattr("archive.importers.pandoc.PARSER_SECONDS", 0.01)

    assert refusal(b"words " * 30_000).code == "parser_timeout"


def test_line_larger_than_the_parser_can_hold_is_refused_with_its_number():
    error = refusal(b"first\n\n" + b"word " * 300_000)

    assert (error.code, error.params["line"]) == ("too_complex", 3)


@pytest.mark.slow
def test_list_larger_than_the_parser_can_hold_is_read_by_its_points():
    result = read(b"before\n\n" + b"- point of a list\n" * 90_000 + b"\nafter\n")

    assert len(result.blocks) == 90_002
    assert [block.path for block in result.blocks[-2:]] == ["2.90000.1", "3"]


@pytest.mark.parametrize("code", ["markdown", "plain", "html"])
def test_rtf_is_refused_by_name_and_not_read_as_a_text_of_commands(code):
    data = rb"{\rtf1\ansi\ansicpg1256\pard \'df\'ca\'c7\'c8\par{\footnote lost}}"

    assert refusal(data, code).code == "rtf_refused"


def test_text_that_speaks_of_rtf_is_a_text():
    assert "rtf" in read(b"A file of RTF begins with {\\rtf1.\n", "plain").content
