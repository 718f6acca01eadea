"""What is written in Markdown, notes and front matter, as the same tree of blocks and runs that the text is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from annotations.exports.books.tree import Box, Leaf, Node, Run
from archive.presenters.addresses import safe_href
from archive.presenters.markup import MAX_NESTING, MAX_SOURCE

_BOXES = {
    "bullet_list": "list", "ordered_list": "list", "list_item": "item", "blockquote": "quote", "table": "table",
    "tr": "row", "th": "cell", "td": "cell",
}  # fmt: skip
_MARKS = {"em": "emphasis", "strong": "strong", "s": "strikeout"}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": MAX_NESTING})
    return parser.enable(["table", "strikethrough"]).disable(["image"])


def body_tree(source: str) -> list[Node]:
    """Return the blocks of a Markdown source; what a page would not show as a link is none here either."""
    top: list[Node] = []
    open_: list[Box] = []
    kind, level = "paragraph", 0
    for token in _parser().parse(source[:MAX_SOURCE]):
        into = open_[-1].children if open_ else top
        name, _underscore, edge = token.type.rpartition("_")
        if name in _BOXES and edge == "open":
            box = Box(_BOXES[name], _attrs(token, name), [])
            into.append(box)
            open_.append(box)
        elif name in _BOXES and edge == "close":
            open_.pop()
        elif token.type == "heading_open":
            kind, level = "heading", int(token.tag[1])
        elif token.type == "paragraph_open":
            kind, level = "paragraph", 0
        elif token.type == "inline":
            is_cell = bool(open_) and open_[-1].name == "cell"
            into.append(Leaf("paragraph" if is_cell else kind, tuple(_runs(token.children or [])), level))
        elif token.type in ("fence", "code_block"):
            into.append(Leaf("code", (Run(token.content.rstrip("\n")),)))
    return top


def _attrs(token: Token, name: str) -> dict[str, object]:
    if name == "ordered_list":
        return {"ordered": True, "start": token.attrGet("start") or 1}
    return {"header": True} if name == "th" else {}


def _runs(tokens: Sequence[Token]) -> Iterator[Run]:
    marks: list[str] = []
    href = ""
    for token in tokens:
        name, _underscore, edge = token.type.rpartition("_")
        if name in _MARKS:
            marks.append(_MARKS[name]) if edge == "open" else marks.remove(_MARKS[name])
        elif token.type == "link_open":
            href = safe_href(str(token.attrGet("href") or ""))
        elif token.type == "link_close":
            href = ""
        elif token.type == "hardbreak":
            yield Run(is_break=True)
        elif token.type == "softbreak":
            yield Run("\n", frozenset(marks), href)
        elif token.type == "code_inline":
            yield Run(token.content, frozenset({*marks, "code"}), href)
        elif token.content:
            yield Run(token.content, frozenset(marks), href)
