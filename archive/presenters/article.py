"""A text as HTML whose `textContent` is its content, code point for code point.

Blocks are joined by the one newline that `content` has between them, and no other text stands inside the
article: counts, gaps and labels are attributes that style sheets show. A sweep over sorted edges makes
markup that nests properly whatever overlaps; everything passes `escape`, so it is safe by construction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe  # noqa: TID251 - built from escaped parts only.
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.presenters.addresses import safe_href
from archive.presenters.article_media import Film, Picture, figure_html, film_html
from archive.presenters.inline import Edge, inline, nested, tagged


@dataclass(frozen=True, slots=True)
class Marked:
    """A span to be drawn as a real `<mark>`: a note, a problem, a found word."""

    start: int
    end: int
    #: Attributes of every piece: `{"class": "note-mark", "data-note": "…"}`.
    attrs: Mapping[str, str] = field(default_factory=dict)
    #: Id of the first piece, for links.
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the source, shown where it begins."""

    href: str
    label: str
    #: A small picture of it; empty where readers are warned of it first.
    src: str = ""


@dataclass(frozen=True, slots=True)
class Extras:
    """What stands beside the words: pictures by figure key, films by "provider:id", counts by block index."""

    pictures: Mapping[str, Picture] = field(default_factory=dict)
    films: Mapping[str, Film] = field(default_factory=dict)
    counts: Mapping[int, int] = field(default_factory=dict)
    #: Where a count leads, with `{}` for the block's number.
    count_href: str = "#notes-b{}"
    #: Said of a count, with `%(count)s`; looked up once by who has many. Empty: looked up here.
    count_label: str = ""
    marked: Sequence[Marked] = ()
    #: Further markup around spans, written by who asks: what changed since another wording.
    edges: Sequence[Edge] = ()
    #: What the ids of blocks begin with: two texts on one page must not share them.
    ident: str = "b"
    #: Of a text with gaps: what is said before a block, or after the last one, by its place; and the places that the
    #: blocks have in the whole text. Empty: nothing is left out.
    gaps: Mapping[int, Sequence[str]] = field(default_factory=dict)
    numbers: Sequence[int] = ()
    #: Pages of the PDF that the text was made of, by the number at which they begin.
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    #: Whether headings of the highest level are those of parts, so that no other may stand as high as they do.
    has_parts: bool = False


Container = tuple[str, str, Mapping[str, Any]]


def render_article(
    *,
    content: str,
    blocks: Sequence[Mapping[str, Any]],
    marks: Sequence[Mapping[str, Any]],
    extras: Extras | None = None,
    first: int = 0,
    last: int | None = None,
) -> SafeString:
    """Return what is inside `<article>` for blocks `[first, last)`; its text is their part of `content`."""
    extras = extras or Extras()
    chosen = list(enumerate(blocks))[first:last]
    own = [_of_mark(mark, extras.sheets) for mark in marks]
    edges = _edges_by_block(chosen, [*extras.edges, *own], extras.marked)
    parts: list[str] = []
    open_: list[Container] = []
    for position, (index, block) in enumerate(chosen):
        containers = _containers(block)
        gaps = extras.gaps.get(index, ())
        keep = 0 if gaps else _common(open_, containers)
        parts.extend(_closing(open_[keep:]))
        parts.extend(gap_html(label, gap_id(index, n)) for n, label in enumerate(gaps))
        if position:
            parts.append("\n")
        parts.extend(_opening(container) for container in containers[keep:])
        open_ = containers
        parts.append(_block(content, index, block, edges.get(index, ()), extras))
    parts.extend(_closing(open_))
    if not chosen or chosen[-1][0] == len(blocks) - 1:
        last_gaps = extras.gaps.get(len(blocks), ())
        parts.extend(gap_html(label, gap_id(len(blocks), n)) for n, label in enumerate(last_gaps))
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped.


def gap_id(index: int, number: int) -> str:
    """Return the id of the gap of this number before a block."""
    return f"kept-{index + 1}-{number + 1}"


def gap_html(label: str, ident: str) -> str:
    """Return what stands in the place of blocks that the reader may not read: no text of the article.

    Its label is an attribute, which no search of the browser finds: the page says it again beside the article.
    """
    words, language = escape(label), get_language() or "ar"
    way = f'lang="{language}" dir="{"rtl" if language.startswith("ar") else "ltr"}"'
    return f'<div id="{ident}" class="block kept-back" {way} role="note" aria-label="{words}" data-label="{words}"></div>'


def _containers(block: Mapping[str, Any]) -> list[Container]:
    return [(name, path, attrs) for name, path, attrs in block["attrs"].get("container", ())]


def _common(left: Sequence[Container], right: Sequence[Container]) -> int:
    count = 0
    for mine, theirs in zip(left, right, strict=False):
        if mine[:2] != theirs[:2]:
            break
        count += 1
    return count


_CONTAINER_TAGS = {"item": "li", "quote": "blockquote", "table": "table", "row": "tr", "cell": "td"}


def _tag_of(container: Container) -> str:
    name, _path, attrs = container
    if name == "list":
        return "ol" if attrs.get("ordered") else "ul"
    if name == "cell" and attrs.get("header"):
        return "th"
    return _CONTAINER_TAGS.get(name, "div")


def _opening(container: Container) -> str:
    tag, attrs = _tag_of(container), container[2]
    if tag == "ol" and int(attrs.get("start", 1) or 1) != 1:
        return f'<ol start="{int(attrs["start"])}">'
    if tag == "table":
        # What is wider than the page is moved within a box of its own, by keys too.
        return f'<div class="table-wide" tabindex="0" role="group" aria-label="{escape(_("Table"))}"><table>'
    return f"<{tag}>"


def _closing(containers: Iterable[Container]) -> list[str]:
    tags = (_tag_of(container) for container in reversed(list(containers)))
    return ["</table></div>" if tag == "table" else f"</{tag}>" for tag in tags]


def _edges_by_block(
    chosen: Sequence[tuple[int, Mapping[str, Any]]],
    marks: Iterable[Edge],
    marked: Sequence[Marked],
) -> dict[int, list[Edge]]:
    """Cut marks and spans at block borders; both lists are walked once, sorted."""
    found: dict[int, list[Edge]] = defaultdict(list)
    torn: set[int] = set()
    places = [(index, block["start"], block["end"]) for index, block in chosen]
    cursor, count = 0, len(places)
    for edge in nested([*marks, *map(_of_marked, marked)]):
        while cursor < count and places[cursor][2] <= edge.start:
            cursor += 1
        ahead = cursor
        while ahead < count and places[ahead][1] < edge.end:
            index, start, end = places[ahead]
            if start <= edge.start < edge.end <= end:
                found[index].append(edge)
            elif piece := edge.cut(start, end):
                found[index].append(piece)
                torn.add(index)
            ahead += 1
    for index in torn:  # What was cut reaches less far than it did.
        nested(found[index])
    return found


_MARK_TAGS = {
    "emphasis": "em", "strong": "strong", "strikeout": "s", "superscript": "sup", "subscript": "sub",
    "code": "code", "foreign": "i", "note_reference": "sup",
}  # fmt: skip


def _of_mark(mark: Mapping[str, Any], sheets: Mapping[str, Sheet]) -> Edge:
    start, end, attrs = mark["start"], mark["end"], mark.get("attrs") or {}
    if mark["kind"] == "line_break":
        return Edge(start, end, before="<br>")
    if mark["kind"] == "link":
        href = "" if attrs.get("dead") else safe_href(str(attrs.get("href", "")))
        if href:
            return tagged(start, end, "a", {"href": href, "class": "link", "rel": "noopener nofollow"})
        title = _("The target of this link is lost")
        return tagged(start, end, "span", {"class": "link link--dead dead-link", "title": title})
    if mark["kind"] == "name":
        return tagged(start, end, "span", {"class": f"name name--{attrs.get('type', '')}"})
    if mark["kind"] == "page_break":
        return _page_break(start, end, attrs, sheets)
    return tagged(start, end, _MARK_TAGS.get(mark["kind"], "span"), {})


def _page_break(start: int, end: int, attrs: Mapping[str, Any], sheets: Mapping[str, Sheet]) -> Edge:
    """Say before a word that a page begins; the number is an attribute, which the style sheet shows."""
    sheet = sheets.get(str(attrs.get("n"))) if attrs.get("unit") == "page" else None
    number = escape(str(attrs.get("n") or "·"))
    opening = (
        f'<span class="page-break page-break--{escape(str(attrs.get("unit", "")))}" data-page="{number}">'
    )
    return Edge(start, end, opening, "<span>", "</span>", _sheet(sheet) if sheet else "")


def _sheet(sheet: Sheet) -> str:
    """Return the way to a page of the source, with its small picture: no text of the article."""
    label = escape(sheet.label)
    picture = f'<img src="{escape(sheet.src)}" alt="" loading="lazy" decoding="async">' if sheet.src else ""
    return f'<a class="page-sheet" href="{escape(sheet.href)}" aria-label="{label}" data-label="{label}">{picture}</a>'


def _of_marked(span: Marked) -> Edge:
    return tagged(span.start, span.end, "mark", span.attrs, anchor=span.anchor)


_BLOCK_TAGS = {
    "list_item": "p",
    "paragraph": "p",
    "quote": "p",
    "verse": "p",
    "table": "p",
    "figure": "figure",
}


def _block(content: str, index: int, block: Mapping[str, Any], edges: Sequence[Edge], extras: Extras) -> str:
    kind = block["kind"]
    words = inline(content, block["start"], block["end"], edges)
    lead = _count(index, extras)
    number = (extras.numbers[index] if extras.numbers else index) + 1
    ident = f'id="{escape(extras.ident)}{number}" data-start="{block["start"]}"{_time(block["attrs"])}'
    if kind == "heading":
        level = _heading_level(int(block.get("level") or 2), has_parts=extras.has_parts)
        return f'<h{level} {ident} class="block">{lead}{words}</h{level}>'
    if kind == "code":
        # The parser drops the first newline of a <pre>; this one is for it.
        return f'<pre {ident} class="block">\n{lead}{words}</pre>'
    if kind == "figure":
        return figure_html(ident, lead, words, block["attrs"], extras.pictures)
    if kind == "video":
        plain = content[block["start"] : block["end"]]
        return film_html(ident, lead, words, block["attrs"], extras.films, plain=plain)
    return f'<p {ident} class="block block--{escape(kind)}">{lead}{words}</p>'


def _heading_level(level: int, *, has_parts: bool) -> int:
    """Return the level that a heading has on a page whose title has the highest: of a text, its title and sections alike."""
    level = max(level, 1)
    return min(level + 1 if has_parts or level == 1 else level, 6)


def _time(attrs: Mapping[str, Any]) -> str:
    """Return the attributes by which a style shows when, and by whom, a block is said in a film."""
    if "from_ms" not in attrs:
        return ""
    minutes, seconds = divmod(int(attrs["from_ms"]) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    clock = f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
    speaker = f' data-speaker="{escape(str(attrs["speaker"]))}"' if attrs.get("speaker") else ""
    return f' data-time="{clock}"{speaker}'


def _count(index: int, extras: Extras) -> str:
    count = extras.counts.get(index)
    if not count:
        return ""
    label = escape((extras.count_label or _("Notes on this passage: %(count)s")) % {"count": count})
    href = escape(extras.count_href.format(index + 1))
    return f'<a class="count" href="{href}" data-count="{count}" aria-label="{label}"></a>'
