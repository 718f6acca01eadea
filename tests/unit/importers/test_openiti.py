"""OpenITI mARkdown: what each tag becomes, in lines of our own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import ImportRefused
from archive.importers.registry import guess, importer
from archive.presenters.messages import SENTENCES
from archive.text.check import check
from archive.text.operations import apply_proposal
from archive.text.types import ParsedText

HEAD = """######OpenITI#


#META# 010.AuthorNAME\t:: فلان
#META# 020.BookTITLE\t:: كتاب الجسور
#META# 030.LibURI\t:: NODATA
#META#Header#End#

"""


def read(body: str, head: str = HEAD) -> ParsedText:
    result = importer("openiti").parse((head + body).encode(), language="ar", options={})
    check(result)
    return result


def blocks(body: str) -> list[tuple[str, int | None, str]]:
    text = read(body)
    return [(block.kind.value, block.level, text.content[block.start : block.end]) for block in text.blocks]


def pages(body: str) -> list[tuple[str, str, str]]:
    text = read(body)
    return [
        (text.content[mark.start : mark.end], mark.attrs["unit"], mark.attrs["n"])
        for mark in text.marks
        if mark.kind.value == "page_break"
    ]


def test_header_gives_the_title_and_is_told():
    text = read("# كلام\n")

    assert (text.title, text.content) == ("كتاب الجسور", "كلام")
    assert [repair.kind for repair in text.repairs] == ["front_matter"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("### | باب\n### || فصل\n### ||| مسألة\n# كلام", [("heading", 1, "باب"), ("heading", 2, "فصل"), ("heading", 3, "مسألة"), ("paragraph", None, "كلام")]),
        ("# كلام طويل\n~~يمتد إلى سطر\n~~ثالث\n# وآخر", [("paragraph", None, "كلام طويل يمتد إلى سطر ثالث"), ("paragraph", None, "وآخر")]),
        ("سطر بلا علامة\n\nوآخر", [("paragraph", None, "سطر بلا علامة"), ("paragraph", None, "وآخر")]),
        ("# قال:\n# صدر البيت %~% عجز البيت\n# صدر ثان %~% عجز ثان\n# انتهى", [("paragraph", None, "قال:"), ("verse", None, "صدر البيت \u2003 عجز البيت\nصدر ثان \u2003 عجز ثان"), ("paragraph", None, "انتهى")]),  # noqa: E501 - one row.
        ("% شطر واحد %", [("verse", None, "شطر واحد")]),
        ("### $ زيد بن عمرو\n~~ولد في القرية", [("paragraph", None, "زيد بن عمرو ولد في القرية")]),
        ("### |EDITOR|\n# مقدمة المحقق", [("paragraph", None, "مقدمة المحقق")]),
        ("#\n# كلام\n#", [("paragraph", None, "كلام")]),
        ("# كلام \u00a0  بعيد", [("paragraph", None, "كلام بعيد")]),
        ("# $RWY$ حدثنا زيد", [("paragraph", None, "حدثنا زيد")]),
    ],
)  # fmt: skip
def test_lines_become_blocks(body, expected):
    assert blocks(body) == expected


def test_page_has_the_number_of_the_tag_that_ends_it():
    body = "# أول الكلام PageV01P001 ثانيه\n~~وبقيته PageV01P002\n# ثالثه PageV02P001\n# بلا صفحة"

    assert pages(body) == [("أول", "page", "1"), ("ثانيه", "page", "2"), ("ثالثه", "page", "1")]
    assert read(body).content == "أول الكلام ثانيه وبقيته\nثالثه\nبلا صفحة"


def test_other_tags_of_places():
    assert pages("# PageBegV01P007 كلام PageEndV01P007 ms12 بعده") == [
        ("كلام", "page", "7"),
        ("بعده", "milestone", "12"),
    ]
    assert pages("# PageV00P000 كلام") == []
    assert pages("### | باب PageV01P003\n# كلام PageV01P004") == [("باب", "page", "3"), ("كلام", "page", "4")]


def test_header_may_lack_its_end():
    text = read("# كلام\n", head="######OpenITI#\n\n#META# title :: الكتاب\n\n")

    assert (text.title, text.content) == ("الكتاب", "كلام")


def test_tags_of_names_stay_and_are_told_with_a_proposal():
    text = read("# ولد @P02 زيد بن عمرو في @T11 دمشق\n")

    assert text.content == "ولد @P02 زيد بن عمرو في @T11 دمشق"
    found = [problem for problem in text.problems if problem.kind.value == "unsupported"]
    assert [problem.params["text"] for problem in found] == ["@P02", "@T11"]
    assert apply_proposal(text, found[0]).content == "ولد زيد بن عمرو في @T11 دمشق"


@pytest.mark.parametrize("name", ["0255Jahiz.Kitab.JK000001-ara1", "book.txt", "book.completed", "book"])
def test_magic_value_tells_the_format_whatever_the_name(name):
    assert guess(name, HEAD.encode()).code == "openiti"


def test_text_without_the_magic_value_is_refused():
    with pytest.raises(ImportRefused) as refused:
        importer("openiti").parse("# كلام".encode(), language="ar", options={})

    assert refused.value.code == "not_openiti"
    assert refused.value.code in SENTENCES


def test_header_without_words_after_it_is_nothing():
    with pytest.raises(ImportRefused) as refused:
        read("PageV01P001\n#\n")

    assert refused.value.code == "empty_file"


LINES = st.lists(
    st.text(alphabet="كلا م#~%|$@P01msV\u0640\u2003", max_size=30)
    | st.sampled_from(["### | باب", "~~كلام", "# a %~% b", "PageV01P002"]),
    max_size=12,
)


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_any_lines_are_read_with_all_their_letters(lines):
    body = "\n".join(lines)
    try:
        text = read(body)
    except ImportRefused as refused:
        assert refused.code == "empty_file"  # noqa: PT017 - either is right.
        return

    assert text.content.count("كلام") >= sum(line.count("كلام") for line in lines)


@pytest.mark.slow
def test_ten_million_bytes_are_read():
    body = (
        "# كلام عن المدينة القديمة PageV01P001 وأسواقها في الصيف\n~~ثم عن أهلها وما صنعوا ms7 من نسيج وخزف\n"
    )

    text = read(body * (9_900_000 // len(body.encode())))

    assert len(text.content) > 3_000_000
