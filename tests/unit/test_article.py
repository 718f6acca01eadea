"""The article element holds the words and nothing else, whatever overlaps on them."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from archive.presenters.article import Extras, Marked, render_article
from archive.presenters.article_media import Picture, srcset_of
from archive.presenters.markup import render_markdown


class _Text(HTMLParser):
    """Collects text and checks that tags nest."""

    VOID = frozenset({"br", "img"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.stack, self.skip = "", [], False

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.stack.append(tag)
        self.skip = tag == "pre"

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag

    def handle_data(self, data):
        self.text += data[1:] if self.skip and data.startswith("\n") else data
        self.skip = False


def text_of(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    parser.close()
    assert parser.stack == []
    return parser.text


def blocks_of(*kinds_and_texts):
    content, blocks = "", []
    for number, (kind, text, containers) in enumerate(kinds_and_texts):
        content += "\n" if number else ""
        blocks.append({
            "kind": kind, "start": len(content), "end": len(content) + len(text), "path": str(number + 1),
            "level": 2 if kind == "heading" else None, "attrs": {"container": containers} if containers else {},
        })  # fmt: skip
        content += text
    return content, blocks


LIST = [["list", "3", {"ordered": False}]]


def test_article_text_is_the_content_with_lists_quotes_figures_videos_and_code():
    content, blocks = blocks_of(
        ("heading", "عنوان <b>", None),
        ("paragraph", "نصّ & «كلام» 𐎀", None),
        ("list_item", "بند", [*LIST, ["item", "3.1", {}]]),
        ("paragraph", "تتمّة البند", [*LIST, ["item", "3.1", {}]]),
        ("list_item", "بند آخر", [*LIST, ["item", "3.2", {}]]),
        ("figure", "تعليق الصورة", None),
        ("video", "https://example.org/v", None),
        ("code", "\n  x = 1\n", None),
        ("paragraph", "آخر", [["quote", "9", {}]]),
    )

    html = render_article(content=content, blocks=blocks, marks=[], extras=Extras(counts={1: 3}))

    assert text_of(html) == content
    assert "<li><p" in html
    assert html.count("<ul>") == 1
    assert 'data-count="3"' in html


@given(
    st.lists(st.text(alphabet="ابت ث<&>𐎀َab", min_size=1, max_size=30), min_size=1, max_size=5),
    st.lists(
        st.tuples(st.integers(0, 120), st.integers(1, 60), st.sampled_from(["strong", "link", "mark"])),
        max_size=12,
    ),
)
def test_any_overlap_of_marks_and_notes_nests_and_keeps_the_text(texts, spans):
    content, blocks = blocks_of(*(("paragraph", text, None) for text in texts))
    marks = [
        {
            "kind": kind,
            "start": start,
            "end": min(start + length, len(content)),
            "attrs": {"href": "https://a.example"},
        }
        for start, length, kind in spans
        if kind != "mark" and start < len(content)
    ]
    marked = [
        Marked(s, min(s + n, len(content)), {"class": "n"}, f"n{s}")
        for s, n, k in spans
        if k == "mark" and s < len(content)
    ]

    html = render_article(content=content, blocks=blocks, marks=marks, extras=Extras(marked=marked))

    assert text_of(html) == content


def test_table_stands_in_a_box_of_its_own_that_keys_reach_and_its_words_are_the_content():
    row = [["table", "1", {}], ["row", "1.1", {}]]
    content, blocks = blocks_of(
        ("paragraph", "قبل", None),
        ("table", "عنوان", [*row, ["cell", "1.1.1", {"header": True}]]),
        ("table", "خليّة", [*row, ["cell", "1.1.2", {}]]),
        ("paragraph", "بعد", None),
    )

    html = render_article(content=content, blocks=blocks, marks=[], extras=Extras())

    assert text_of(html) == content
    assert html.count("<table>") == html.count("</table></div>") == 1
    with override("ar"):
        arabic = render_article(content=content, blocks=blocks, marks=[], extras=Extras())
    assert '<div class="table-wide" tabindex="0" role="group" aria-label="جدول"><table>' in arabic


def test_section_is_the_slice_of_the_content():
    content, blocks = blocks_of(("heading", "أ", None), ("paragraph", "ب", None), ("paragraph", "ج", None))

    html = render_article(content=content, blocks=blocks, marks=[], first=1, last=3)

    assert text_of(html) == content[blocks[1]["start"] :]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "//evil.example", "data:text/html,x", "#", "", "\\\\x", "ja\nvascript:x"]
)
def test_unsafe_link_target_is_no_link(href):
    content, blocks = blocks_of(("paragraph", "كلمة", None))

    html = render_article(
        content=content,
        blocks=blocks,
        marks=[{"kind": "link", "start": 0, "end": 4, "attrs": {"href": href}}],
    )

    assert "href" not in html
    assert "link--dead" in html


@pytest.mark.parametrize(
    ("source", "absent"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("[x](javascript:alert(1))", "href"),
        ("[x](//evil.example/a)", "href"),
        ("![x](https://evil.example/p.png)", "<img"),
        ("<img src=x onerror=alert(1)>", "<img"),
    ],
)
def test_markdown_of_strangers_cannot_harm(source, absent):
    assert absent not in render_markdown(source)


def test_markdown_keeps_what_a_note_needs():
    html = render_markdown("# عنوان\n\n**مهم** [رابط](https://example.org) `x`\n\n> قال")

    assert "<h2" in html
    assert "<strong>" in html
    assert 'href="https://example.org"' in html
    assert 'dir="auto"' in html


@pytest.mark.parametrize(
    ("alternative", "name"), [("The mill from above", ""), ("", ' aria-label="Open the picture"')]
)
def test_link_of_a_picture_has_a_name_also_when_the_picture_has_no_words(alternative, name):
    content, blocks = blocks_of(("figure", "The mill", ()))
    blocks[0]["attrs"] = {"figure": "f1"}
    picture = Picture(src="/m.jpg", alternative=alternative, href="/images/m/")

    extras = Extras(pictures={"f1": picture})
    with override("en"):
        html = render_article(content=content, blocks=blocks, marks=[], extras=extras)

    assert f'<a class="figure__link" href="/images/m/"{name}><img' in html


def test_copies_that_are_equally_wide_are_named_once():
    """A picture that is smaller than the largest copy has two of its own size."""
    copies = [("/small", 640), ("/medium", 1200), ("/large", 1200)]

    assert srcset_of(copies) == "/small 640w, /medium 1200w"
