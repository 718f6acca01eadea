"""Markdown that nests, loops or scripts: what is shown is words, and there is an end to it."""

from __future__ import annotations

import re

import pytest

from annotations.values import MAX_BODY
from archive.presenters.markup import plain_excerpt, render_markdown
from archive.text.plain import plain_words

#: Shapes that make parsers nest or go back and forth, as long as a note may be.
LOOPS = [
    "> ", "- ", "1. ", "[", "![", "[a](", "*", "_a", "**a *b ", "`", "~~", "<", "&#", "|", "a|", "\\", "[a]: x\n", "# ", "<!--",
    "[a][", "](", "\t", "\n> ", "***a", "- - ", "``` \n",
]  # fmt: skip


@pytest.mark.parametrize("piece", LOOPS)
def test_what_nests_or_loops_is_shown_in_few_levels(piece):
    source = (piece * MAX_BODY)[:MAX_BODY]

    shown = render_markdown(source)
    plain_words(source)

    deepest, depth = 0, 0
    for tag in re.findall(r"<(/?)(?:blockquote|ul|ol|li|em|strong|s)\b", shown):
        depth += -1 if tag else 1
        deepest = max(deepest, depth)
    assert deepest <= 60


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt&colon;alert(1))",
        "[a](data:text/html,<script>1</script>)",
        "[a](vbscript:x)",
        "![a](https://elsewhere.example/pixel.png)",
        "<iframe src='//elsewhere.example'></iframe>",
        '[a](https://e.example "x\\" onmouseover=\\"alert(1)")',
        "<a href='https://e.example' style='position:fixed' onclick='x'>a</a>",
        "[a]: javascript:alert(1)\n\n[a]",
        "<javascript:alert(1)>",
        "<svg><animate onbegin=alert(1)>",
    ],
)
def test_no_script_runs_and_nothing_of_elsewhere_is_fetched(source):
    shown = render_markdown(source)

    tags = re.findall(r"<[a-z][^>]*>", shown)
    assert all(re.fullmatch(r'<(p|a|em)( (href|title|dir|rel)="[^"]*")*>', tag) for tag in tags), tags
    assert not re.search(r'href="(?!https?:|mailto:)', shown)
    assert "<img" not in shown


def test_an_excerpt_of_a_long_note_is_short():
    assert len(plain_excerpt("> " * 50_000)) <= 160
    assert plain_excerpt("**حجر** " * 20_000).startswith("حجر حجر")
