"""The words of a Markdown source without its markup: for snippets, never for pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "maxNesting": 20}).enable(["table", "strikethrough"])


def plain_words(source: str) -> str:
    """Return the words that a reader of the rendered source would see, a line of the source on each line."""
    return "\n".join(line for line in _lines(_parser().parse(source)) if line)


def _lines(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield "".join(_inline(token.children or [])).strip()
        elif token.type in ("code_block", "fence"):
            yield token.content.strip()


def _inline(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.type in ("text", "text_special", "code_inline", "html_inline"):
            yield token.content
        elif token.children:
            yield from _inline(token.children)
