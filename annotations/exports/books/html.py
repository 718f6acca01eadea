"""Blocks, runs and notes as markup that is HTML and XHTML alike: of the electronic book and of the pages to take away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from annotations.editions.values import Note
from annotations.exports.books import xml
from annotations.exports.books.tree import Box, Leaf, Node, Run
from annotations.exports.books.volume import Pictured, Volume
from archive.presenters.languages import direction_of

_TAGS = {
    "emphasis": "em", "strong": "strong", "strikeout": "s", "superscript": "sup", "subscript": "sub", "code": "code",
    "foreign": "i",
}  # fmt: skip
_BOXES = {"item": "li", "quote": "blockquote", "table": "table", "row": "tr", "cell": "td"}


@dataclass
class Writer:
    """Writes markup, and remembers which pictures and notes it named."""

    volume: Volume
    #: Markup of the number of a note.
    mark: Callable[[Note], str]
    #: Where a note of this release is read, from the file that is written.
    note_href: Callable[[str], str]
    #: What the path of a picture begins with.
    pictures: str = "pictures/"
    #: Levels by which headings are lowered.
    lower: int = 1
    #: Attributes of the span at which a page of the source begins, with {} for its number.
    page_break: str = 'class="page"'
    #: Names of the pictures, with the pages on which they are seen.
    used: dict[str, str] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)

    def nodes(self, nodes: Iterable[Node]) -> str:
        """Return blocks."""
        return "".join(self._node(node) for node in nodes)

    def _node(self, node: Node) -> str:
        if isinstance(node, Leaf):
            return self._leaf(node)
        if node.name == "table":
            return f'<div class="wide"><table>{self.nodes(node.children)}</table></div>\n'
        tag, attrs = _BOXES.get(node.name, "div"), ""
        if node.name == "list":
            tag = "ol" if node.attrs.get("ordered") else "ul"
            start = int(str(node.attrs.get("start", 1) or 1))
            attrs = f' start="{start}"' if tag == "ol" and start != 1 else ""
        if node.name == "cell":
            tag = "th" if node.attrs.get("header") else "td"
            return f"<{tag}>{''.join(self._cell(child) for child in node.children)}</{tag}>"
        return f"<{tag}{attrs}>{self.nodes(node.children)}</{tag}>\n"

    def _cell(self, node: Node) -> str:
        if isinstance(node, Box) or node.index < 0:
            return self.runs(node.runs) if isinstance(node, Leaf) else self._node(node)
        return f"<p{self._ident(node)}>{self.runs(node.runs)}</p>"

    def _ident(self, leaf: Leaf) -> str:
        return f' id="p-{leaf.index + 1}"' if leaf.index >= 0 else ""

    def _leaf(self, leaf: Leaf) -> str:
        words = self.runs(leaf.runs) + "".join(map(self.mark, leaf.notes))
        ident = self._ident(leaf)
        if leaf.kind == "heading" and leaf.index < 0:
            return f"<p><strong>{words}</strong></p>\n"
        if leaf.kind == "heading":
            level = min(max(leaf.level, 1) + self.lower, 6)
            return f"<h{level}{ident}>{words}</h{level}>\n"
        if leaf.kind == "code":
            return f'<pre{ident} dir="ltr"><code>{words}</code></pre>\n'
        if leaf.kind == "figure":
            image = leaf.figure.image.id if leaf.figure and leaf.figure.image else ""
            return f"<figure{ident}>{self.picture(image)}<figcaption>{words}</figcaption></figure>\n"
        if url := leaf.film_address:
            words += f' <a href="{xml.address(url)}" dir="ltr">{xml.text(url)}</a>'
        name = f' class="{leaf.kind}"' if leaf.kind in ("verse", "video") else ""
        way = "" if leaf.index >= 0 else ' dir="auto"'
        return f"<p{ident}{name}{way}>{words}</p>\n"

    def picture(self, ident: str) -> str:
        """Return a picture; behind its warning, where there is one; else why there is none."""
        return self.pictured(self.volume.picture(self.volume.book.pictures.get(ident)))

    def cover(self) -> str:
        """Return the cover; nothing where there is none that may be shown."""
        shown = self.volume.cover
        return f'<div class="own-cover">{self.pictured(shown)}</div>' if shown else ""

    def pictured(self, shown: Pictured) -> str:
        """Return what stands in the place of a picture."""
        if shown.file is None:
            return f'<p class="gap">{xml.text(shown.gap)}</p>'
        self.used[shown.file.name] = shown.href
        image = (
            f'<img src="{self.pictures}{xml.address(shown.file.name)}" alt="{xml.attribute(shown.alternative)}" '
            f'width="{shown.file.width}" height="{shown.file.height}"/>'
        )
        if shown.warning:
            said = _("Warning: %(kinds)s. Show the picture") % {"kinds": shown.warning}
            return f"<details><summary>{xml.text(said)}</summary>{image}</details>"
        return image

    def runs(self, runs: Iterable[Run]) -> str:
        """Return runs."""
        return "".join(map(self._run, runs))

    def _run(self, run: Run) -> str:
        if run.note is not None:
            return self.mark(run.note)
        if run.is_break:
            return "<br/>"
        if run.page:
            self.pages.append(run.page)
            number = xml.attribute(run.page)
            return f"<span {self.page_break.format(number)}></span>"
        words = xml.text(run.text)
        for mark, tag in _TAGS.items():
            if words and mark in run.marks:
                words = f"<{tag}>{words}</{tag}>"
        if words and run.is_noted:
            words = f'<span class="noted">{words}</span>'
        href = xml.outward(run.href, self.volume.origin)
        return f'<a href="{xml.address(href)}">{words}</a>' if href and words else words

    def said(self, note: Note) -> Iterator[str]:
        """Yield what a note says, a piece after the other: what it is on, its body, where it leads, who wrote it."""
        volume = self.volume
        if volume.is_hidden(note):
            yield f'<p class="gap">{xml.text(volume.gap(note))}</p>'
            return
        text = volume.snapshot.text
        way = f' lang="{xml.attribute(text.language)}" dir="{text.direction}"' if note.place is None else ""
        yield f'<p class="on"><q{way}>{xml.text(volume.head(note).strip("«»“”"))}</q> <span>{xml.text(volume.category(note))}</span></p>'
        body = self.nodes(volume.body(note))
        if body:
            language = xml.attribute(note.language)
            yield f'<div lang="{language}" xml:lang="{language}" dir="{direction_of(note.language)}">{body}</div>'
        for line in volume.lines(note):
            href = self.note_href(line.inside) if line.inside else xml.address(line.href)
            target = f'<a href="{href}">{xml.text(line.target)}</a>' if href else xml.text(line.target)
            more = f" — {xml.text(line.note)}" if line.note else ""
            yield f'<p class="tie">{xml.text(line.relation)}: {target}{more}</p>'
        foot = " · ".join(
            xml.text(part) for part in (*(tag.text for tag in volume.tags(note)), volume.author(note)) if part
        )
        if foot:
            yield f'<p class="foot">{foot}</p>'


def marks_in(nodes: Iterable[Node]) -> Iterator[Note]:
    """Yield the notes whose marks stand in some blocks, in their order."""
    for node in nodes:
        if isinstance(node, Box):
            yield from marks_in(node.children)
        else:
            yield from (run.note for run in node.runs if run.note is not None)
            yield from node.notes


def in_order(notes: Iterable[Note]) -> list[Note]:
    """Return notes in the order of their numbers, in which they are listed."""
    return sorted(notes, key=lambda note: note.number)


def rows_html(volume: Volume) -> str:
    """Return the back of the title page as a list of descriptions."""
    rows = []
    for row in volume.rows():
        way = f' lang="{row.language}" dir="{direction_of(row.language)}"' if row.language else ' dir="auto"'
        words = (
            f'<a href="{xml.address(row.href)}">{xml.text(row.words)}</a>'
            if row.href
            else xml.text(row.words)
        )
        rows.append(f"<dt>{xml.text(row.label)}</dt><dd><bdi{way}>{words}</bdi></dd>")
    return f"<dl>{''.join(rows)}</dl>"
