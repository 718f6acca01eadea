"""The one renderer of untrusted Markdown: note bodies, introductions, editorial pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe  # noqa: TID251 - cleaned by nh3 below.
from markdown_it import MarkdownIt
from markdown_it.token import Token

from archive.presenters.addresses import safe_href
from archive.text.plain import plain_words

#: Code points; longer sources are shown as plain text.
MAX_SOURCE = 100_000
#: Deeper nesting of quotes and lists is flattened by the parser.
MAX_NESTING = 20

_TAGS = {
    "p", "br", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a", "h2", "h3", "h4", "h5", "h6",
    "hr", "table", "thead", "tbody", "tr", "th", "td", "sup", "sub",
}  # fmt: skip


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": MAX_NESTING})
    parser.enable(["table", "strikethrough"])
    parser.disable(["image"])
    parser.validateLink = lambda url: bool(safe_href(url))  # type: ignore[method-assign]
    return parser


def _attribute(tag: str, name: str, value: str) -> str | None:
    return (safe_href(value) or None) if name == "href" else value


@lru_cache(maxsize=2048)
def render_markdown(source: str, *, shift: int = 1) -> SafeString:
    """Return safe HTML; headings are lowered by `shift` levels, so that a note never outranks its page.

    Paragraphs carry `dir="auto"`: a note's direction is its own.
    """
    return _cleaned(_parser().parse(source[:MAX_SOURCE]), shift)


#: Somebody's name within words that are kept without it: it is read as it is now.
NAMED = re.compile(r"@\{([0-9a-z]{16})\}")


def render_with_names(source: str, names: Mapping[str, str]) -> SafeString:
    """Return the safe HTML of Markdown in which `@{public id}` stands for somebody; unknown ids stay as they are."""
    tokens = _parser().parse(source[:MAX_SOURCE])
    for token in tokens:
        if token.children:
            token.children = [part for child in token.children for part in _with_names(child, names)]
        else:
            token.content = with_names(token.content, names)
    return _cleaned(tokens, 1)


def with_names(source: str, names: Mapping[str, str]) -> str:
    """Return words with the names of those whom they name by id."""
    return NAMED.sub(lambda found: f"@{names[found[1]]}" if found[1] in names else found[0], source)


def _with_names(token: Token, names: Mapping[str, str]) -> Iterator[Token]:
    """Yield what a piece of a line becomes: each name is set apart from the words around it."""
    if token.type != "text":
        token.content = with_names(token.content, names)
        yield token
        return
    words, *rest = NAMED.split(token.content)
    yield Token("text", "", 0, content=words)
    for known, following in zip(rest[::2], rest[1::2], strict=True):
        name = names.get(known)
        yield Token("strong_open", "strong", 1)
        yield Token("text", "", 0, content=f"@{name}" if name else f"@{{{known}}}")
        yield Token("strong_close", "strong", -1)
        yield Token("text", "", 0, content=following)


def _cleaned(tokens: Sequence[Token], shift: int) -> SafeString:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + shift, 6)}"
        if token.type in ("paragraph_open", "heading_open", "list_item_open"):
            token.attrSet("dir", "auto")
    html = _parser().renderer.render(tokens, _parser().options, {})
    clean = nh3.clean(
        html, tags=_TAGS, attributes={"a": {"href", "title"}, "*": {"dir"}, "ol": {"start"}},
        attribute_filter=_attribute, link_rel="noopener nofollow", url_schemes={"http", "https", "mailto"},
    )  # fmt: skip
    return mark_safe(clean)  # noqa: S308 - this is the renderer.


def plain_excerpt(source: str, *, length: int = 160) -> str:
    """Return the first words of a Markdown source without its markup."""
    words = " ".join(plain_words(source[:MAX_SOURCE]).split())
    return words if len(words) <= length else words[: length - 1].rsplit(" ", 1)[0] + "…"
