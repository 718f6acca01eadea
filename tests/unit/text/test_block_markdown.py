"""The Markdown of a block: what is shown, what is read, and that both agree."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.enums import BlockKind, MarkKind
from archive.importers.ast.builder import Run, TextBuilder
from archive.text.markdown import Typed, Words, changed, read, read_inline, shown, write_inline
from archive.text.operations import check
from archive.text.types import Mark, ParsedText
from tests.unit.text.drawn import drawn

E, S, L, C = MarkKind.EMPHASIS, MarkKind.STRONG, MarkKind.LINK, MarkKind.CODE


def spelled(words: Words) -> list[tuple[str, str]]:
    """Return the marks of words, each as its kind and what it covers."""
    return [(mark.kind.value, words.text[mark.start : mark.end]) for mark in words.marks]


@pytest.mark.parametrize(
    ("markdown", "words", "marks"),
    [
        ("بُني *الجسر* من حجر", "بُني الجسر من حجر", [("emphasis", "الجسر")]),
        ("**أولًا**: قال", "أولًا: قال", [("strong", "أولًا")]),
        ("***both***", "both", [("emphasis", "both"), ("strong", "both")]),
        ("**a *b* c**", "a b c", [("strong", "a b c"), ("emphasis", "b")]),
        ("*a **b***", "a b", [("emphasis", "a b"), ("strong", "b")]),
        ("_word_ and snake_case_name", "word and snake_case_name", [("emphasis", "word")]),
        ("~~gone~~ ~5", "gone ~5", [("strikeout", "gone")]),
        (
            "[القلعة *العليا*](https://example.org/a_(b))",
            "القلعة العليا",
            [("link", "القلعة العليا"), ("emphasis", "العليا")],
        ),
        ("`a *b*` c", "a *b* c", [("code", "a *b*")]),
        ("`` a`b ``", "a`b", [("code", "a`b")]),
        # A sign that nothing answers, or that stands alone, is what it looks like.
        ("2 * 3 * 4", "2 * 3 * 4", []),
        ("*one", "*one", []),
        ("a** b**", "a** b**", []),
        ("[كذا] في الأصل", "[كذا] في الأصل", []),
        ("[](x) [a](b c)", "[](x) [a](b c)", []),
        ("`open", "`open", []),
        # A backslash takes the meaning off a sign, and is itself beside a letter.
        (r"\*one\* \[two\](x) C:\dir \\", "*one* [two](x) C:\\dir \\", []),
        ("a\nb", "a\nb", []),
    ],
)
def test_typed_signs_are_read_as_marks(markdown, words, marks):
    read_ = read_inline(markdown)

    assert read_.text == words
    assert sorted(spelled(read_)) == sorted(marks)


def test_link_has_its_address_and_title():
    link, other = read_inline(r'[a](<x \> y> "ti\"tle") [b](https://example.org/?q=\_)').marks

    assert link.attrs == {"href": "x > y", "title": 'ti"tle'}
    assert other.attrs == {"href": "https://example.org/?q=_"}


@pytest.mark.parametrize(
    ("text", "marks", "markdown"),
    [
        ("الجسر القديم", [Mark(E, 6, 12)], "الجسر *القديم*"),
        ("a b", [Mark(S, 0, 3), Mark(E, 2, 3)], "**a *b***"),
        (
            "ab",
            [Mark(L, 0, 2, {"href": "https://example.org/", "title": "T"})],
            '[ab](https://example.org/ "T")',
        ),
        ("a`b", [Mark(C, 0, 3)], "``a`b``"),
        # Letters that would be signs are escaped; brackets only where they would make a link.
        ("5 * 3_", [], r"5 \* 3\_"),
        ("snake_case [كذا]", [], "snake_case [كذا]"),
        ("[كذا](ص 3)", [], r"\[كذا\](ص 3)"),
        ("# 1\n- 2\n3. 4\n> 5\n#6 -7", [], "\\# 1\n\\- 2\n3\\. 4\n\\> 5\n#6 -7"),
        # An empty line in a block is no end of it.
        ("a\n\nb\n", [], "a\n\\\nb\n\\"),
        # What Markdown cannot say is not shown.
        ("a b", [Mark(E, 0, 2)], "a b"),
        ("abc", [Mark(E, 0, 2), Mark(S, 1, 3)], "*ab*c"),
        ("abc", [Mark(E, 0, 3, {"style": "underline"}), Mark(MarkKind.PAGE_BREAK, 0, 3, {"n": "1"})], "abc"),
    ],
)
def test_words_are_shown_as_plain_as_they_can_be_read_back(text, marks, markdown):
    assert write_inline(text, marks)[0] == markdown


@pytest.mark.parametrize(
    ("kind", "markdown", "typed"),
    [
        (BlockKind.PARAGRAPH, "## عنوان", [(BlockKind.HEADING, 2, "عنوان")]),
        (BlockKind.PARAGRAPH, "# one\ntwo", [(BlockKind.HEADING, 1, "one"), (None, None, "two")]),
        (BlockKind.HEADING, "# one\\\ntwo", [(BlockKind.HEADING, 1, "one\ntwo")]),
        (BlockKind.HEADING, "one", [(None, None, "one")]),
        (BlockKind.PARAGRAPH, "one\ntwo\n \t\n\nthree\n", [(None, None, "one\ntwo"), (None, None, "three")]),
        (BlockKind.PARAGRAPH, "- one\n- two", [(BlockKind.LIST_ITEM, None, "one"), (BlockKind.LIST_ITEM, None, "two")]),
        (BlockKind.QUOTE, "> one\n> two\n>\n> three", [(BlockKind.QUOTE, None, "one\ntwo"), (BlockKind.QUOTE, None, "three")]),
        (BlockKind.PARAGRAPH, "####### no", [(None, None, "####### no")]),
        (BlockKind.PARAGRAPH, "#no", [(None, None, "#no")]),
        # A caption has no sign; what comes after an empty line may have one.
        (BlockKind.FIGURE, "# 3: the mill\n\n## Next", [(None, None, "# 3: the mill"), (BlockKind.HEADING, 2, "Next")]),
        (BlockKind.TABLE, "- a\n\n- b", [(None, None, "- a"), (None, None, "- b")]),
        (BlockKind.CODE, "a\n\n*b*\n", [(None, None, "a\n\n*b*\n")]),
        (BlockKind.PARAGRAPH, " \n\n", []),
        (BlockKind.PARAGRAPH, "## \n\n- ", []),
    ],
)  # fmt: skip
def test_signs_at_the_beginning_say_what_a_block_is(kind, markdown, typed):
    assert [(each.kind, each.level, each.words.text) for each in read(markdown, kind)] == typed


# Whatever a text says, its Markdown says it.

letters = st.text(alphabet="ab \nجـٌ*_~`[]()\\#->+1.!<&\u00a0\u200f😀", max_size=24)
KINDS = list(BlockKind)
MARKS = [*MarkKind]
HREFS = ["#", "", "https://example.org/a_b", "a b", "a(b", "a>b\\", "x\ny", '"']


@st.composite
def texts(draw: st.DrawFn) -> ParsedText:
    """Draw a text of any blocks, with any marks on them."""
    builder = TextBuilder()
    for number in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(KINDS))
        run = Run()
        run.write(draw(letters))
        containers = []
        if kind == BlockKind.LIST_ITEM:
            ordered = draw(st.booleans())
            containers = [("list", f"l{ordered}", {"ordered": ordered}), ("item", f"i{number}", {})]
        elif draw(st.booleans()):
            containers = [("quote", "q", {})]
        level = draw(st.integers(1, 6)) if kind == BlockKind.HEADING else None
        builder.add(kind, run, path=str(number), containers=containers, level=level)
    text = builder.finish()
    marks = []
    for block in text.blocks:
        for at in range(block.start, block.end):
            if text.content[at] == "\n" and block.kind != BlockKind.CODE:
                marks.append(Mark(MarkKind.LINE_BREAK, at, at + 1))
        for _ in range(draw(st.integers(0, 4)) if block.end > block.start else 0):
            start = draw(st.integers(block.start, block.end - 1))
            end = draw(st.integers(start + 1, block.end))
            kind = draw(st.sampled_from([each for each in MARKS if each != MarkKind.LINE_BREAK]))
            attrs = {"href": draw(st.sampled_from(HREFS))} if kind == MarkKind.LINK else {}
            if draw(st.integers(0, 4)) == 0:
                attrs["title"] = draw(st.sampled_from(["T", "", 'a"b\\', "x\ny"]))
            marks.append(Mark(kind, start, end, attrs))
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    parsed = ParsedText(text.content, text.blocks, tuple(marks))
    check(parsed)
    return parsed


@settings(max_examples=160, deadline=None)
@given(texts())
def test_markdown_of_a_block_read_back_is_the_block(text):
    for index, block in enumerate(text.blocks):
        old = shown(text, index)
        words = text.content[block.start : block.end]

        again = read(old.markdown, block.kind)

        if block.kind == BlockKind.CODE and not words.strip():
            continue
        assert tuple(again) == old.typed
        assert "".join(each.words.text for each in again) == words
        signed = {BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.QUOTE}
        assert [each.kind for each in again] == (
            [block.kind if block.kind in signed else None] if words else []
        )


@settings(max_examples=80, deadline=None)
@given(texts())
def test_form_sent_as_it_came_changes_nothing(text):
    typed = {index: shown(text, index).markdown.replace("\n", "\r\n") for index in range(len(text.blocks))}

    assert changed(text, typed) == {}


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='ab *_~`[]()\\\n#<>"', max_size=60))
def test_whatever_is_typed_loses_no_letter(markdown):
    words = read_inline(markdown)

    rest = iter(markdown)
    assert all(letter in rest for letter in words.text)
    if "(" not in markdown:
        assert words.text.count("a") + words.text.count("b") == markdown.count("a") + markdown.count("b")
    assert all(0 <= mark.start < mark.end <= len(words.text) for mark in words.marks)


@pytest.mark.parametrize("knot", ["*a ", "*a_b ", "[", "`a``", "](", "**a*b~~", '[a](b "', "\\"])
def test_hostile_block_is_read(knot):
    # With every knot looked for in all that follows it, each of these would take many minutes.
    words = read_inline(knot * 30_000)

    assert len(words.text) <= len(knot) * 30_000


def test_no_link_begins_in_another_and_after_it_links_are_read_again():
    words = read_inline("[[a](x) b](y) [c](z) [[d [e](v) [f](w) g](u)")

    assert spelled(words) == [("link", "a"), ("link", "c"), ("link", "e"), ("link", "f")]
    assert words.text == "[a b](y) c [[d e f g](u)"


def test_many_links_behind_many_open_brackets_are_read():
    # With each link going through all brackets before it, this would take minutes.
    number = 30_000

    words = read_inline("[" * number + "[a](b)" * number)

    assert words.text == "[" * number + "a" * number
    assert len(words.marks) == number


def test_number_of_a_point_is_shown_as_its_list_counts():
    builder = TextBuilder()
    for number in range(2):
        run = Run()
        run.write("نقطة")
        containers = [("list", "l", {"ordered": True, "start": 4}), ("item", f"i{number}", {})]
        builder.add(BlockKind.LIST_ITEM, run, path=str(number), containers=containers)

    text = builder.finish()

    assert [shown(text, index).markdown for index in (0, 1)] == ["4. نقطة", "5. نقطة"]
    assert changed(text, {1: "7. نقطة"}) == {}


def test_other_spelling_of_the_same_is_no_change():
    text = drawn("## one *two*\nthree")

    assert changed(text, {1: "\nthree\n\n"}) == {}
    assert changed(drawn("a *b*"), {0: "a _b_"}) == {}
    assert changed(drawn("a b"), {0: "a _b_"}) == {0: [Typed(Words("a b", (Mark(E, 2, 3),)))]}
