"""The release as a Word document: real footnotes under their own numbers, paragraphs and runs in their directions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from annotations.editions.values import Note
from annotations.exports.books import docx_parts as parts
from annotations.exports.books import xml
from annotations.exports.books.bodies import body_tree
from annotations.exports.books.docx_runs import LINKED, directed, lines, properties
from annotations.exports.books.feet import Feet
from annotations.exports.books.tree import Box, Leaf, Node, Run, leaves
from annotations.exports.books.volume import Pictured, Volume, direction
from annotations.exports.books.zips import zipped
from archive.presenters.languages import direction_of

_STYLES = {"quote": "Quote", "verse": "Verse", "code": "SourceCode"}


def write(volume: Volume) -> Iterator[bytes]:
    """Yield the document."""
    body = _Writer(volume, volume.is_rtl)
    text = "".join(_body(body))
    notes = _Writer(volume, volume.is_rtl, starts=body.starts)
    feet = "".join(_footnote(notes, note) for note in volume.snapshot.notes)
    bidi = "<w:bidi/>" if volume.is_rtl else ""
    page = f"<w:sectPr>{parts.PAGE}{bidi}</w:sectPr>"
    language = xml.attribute(volume.snapshot.text.language)
    files = {
        "[Content_Types].xml": parts.CONTENT_TYPES,
        "_rels/.rels": parts.PACKAGE_RELS,
        "docProps/core.xml": parts.core(
            xml.text(volume.title.text),
            xml.text("; ".join(volume.authors)),
            language,
            xml.text(volume.given.address),
        ),
        "word/document.xml": f"{parts.HEAD}<w:document {parts.W} {parts.R}><w:body>{text}{page}</w:body></w:document>",
        "word/_rels/document.xml.rels": body.rels(parts.FIXED_RELS),
        "word/footnotes.xml": f"{parts.HEAD}<w:footnotes {parts.W} {parts.R}>{parts.SEPARATORS}{feet}</w:footnotes>",
        "word/_rels/footnotes.xml.rels": notes.rels(()),
        "word/styles.xml": parts.styles(language),
        "word/settings.xml": parts.SETTINGS,
        "word/numbering.xml": parts.numbering(body.starts),
    }
    members = [(path, words.encode()) for path, words in files.items()]
    yield from zipped([*members, *((f"word/{path}", data) for path, data in body.pictures.items())])


@dataclass
class _Writer:
    """Writes paragraphs of one part of the document, and remembers what that part refers to."""

    volume: Volume
    rtl: bool
    links: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)
    #: Which marks stand where: programs count footnotes in the order in which they stand.
    feet: Feet = field(init=False)
    #: Where each counted list of the document begins.
    starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.feet = Feet(self.volume.snapshot)

    def rels(self, fixed: tuple[str, ...]) -> str:
        """Return the relations of this part."""
        rows = [
            f'<Relationship Id="{name}" Type="{parts.RELATIONS}/{name}" Target="{name}.xml"/>'
            for name in fixed
        ]
        rows += [
            f'<Relationship Id="{ident}" Type="{parts.RELATIONS}/hyperlink" Target="{xml.address(href)}" TargetMode="External"/>'
            for href, ident in self.links.items()
        ]
        rows += [
            f'<Relationship Id="pic{n}" Type="{parts.RELATIONS}/image" Target="{path}"/>'
            for n, path in enumerate(self.pictures, start=1)
        ]
        return f'{parts.HEAD}<Relationships xmlns="{parts.PACKAGE}/relationships">{"".join(rows)}</Relationships>'

    def mark(self, note: Note) -> str:
        """Return the mark of a note, behind those of smaller numbers that end later; nothing when it stands already."""
        return self.marks(self.feet.at(note))

    def marks(self, notes: Iterable[Note]) -> str:
        """Return marks: counted by programs where that gives the notes' own numbers, else written out."""
        sign = parts.MARK if self.feet.is_by_place else parts.WRITTEN_MARK
        return parts.BETWEEN_MARKS.join(sign.format(note.number) for note in notes)

    def paragraph(self, inner: str, style: str = "", *, rtl: bool | None = None, more: str = "") -> str:
        """Return a paragraph; `inner` are runs."""
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        bidi = "<w:bidi/>" if (self.rtl if rtl is None else rtl) else ""
        return f"<w:p><w:pPr>{named}{more}{bidi}</w:pPr>{inner}</w:p>"

    def words(self, text: str, properties: str = "", *, rtl: bool | None = None) -> str:
        """Return words as runs, each in one direction."""
        return "".join(
            f"<w:r><w:rPr>{properties}{'<w:rtl/>' if right else ''}</w:rPr>{lines(piece)}</w:r>"
            for piece, right in directed(text, rtl=self.rtl if rtl is None else rtl)
        )

    def runs(self, runs: Iterable[Run], *, rtl: bool | None = None) -> str:
        """Return runs of the tree; between two marks stands a sign, or they would read as one number."""
        found, after_mark = [], False
        for run in runs:
            piece = self._run(run, rtl)
            if piece:
                found += [parts.BETWEEN_MARKS, piece] if after_mark and run.note else [piece]
                after_mark = run.note is not None
        return "".join(found)

    def _run(self, run: Run, rtl: bool | None) -> str:
        if run.note is not None:
            return self.mark(run.note)
        if run.is_break:
            return "<w:r><w:br/></w:r>"
        if run.page:
            return self.words(f"[{run.page}] ", rtl=rtl)
        href = xml.outward(run.href, self.volume.origin)
        return (
            self.link(self.words(run.text, properties(run, linked=bool(href)), rtl=rtl), href)
            if run.text
            else ""
        )

    def link(self, inner: str, href: str) -> str:
        """Return runs that lead to an address; as they are when there is none."""
        if not href:
            return inner
        ident = self.links.setdefault(href, f"link{len(self.links) + 1}")
        return f'<w:hyperlink r:id="{ident}">{inner}</w:hyperlink>'

    def node(
        self, node: Node, *, style: str = "", rtl: bool | None = None, more: str = "", first: str = ""
    ) -> str:
        """Return a block; `first` are runs that stand before its words."""
        if isinstance(node, Leaf):
            return self._leaf(node, style=style, rtl=rtl, more=more, first=first)
        if node.name == "table":
            return self._table(node, rtl=rtl)
        if node.name == "list":
            return self._list(node, style=style, rtl=rtl)
        inner = "Quote" if node.name == "quote" and not style else style
        return "".join(self.node(child, style=inner, rtl=rtl, more=more) for child in node.children)

    def _list(self, box: Box, *, style: str, rtl: bool | None, depth: int = 0) -> str:
        number = 1
        if box.attrs.get("ordered"):
            self.starts.append(int(str(box.attrs.get("start", 1) or 1)))
            number = len(self.starts) + 1
        found = []
        for item in box.children:
            children = item.children if isinstance(item, Box) else [item]
            for n, child in enumerate(children):
                if isinstance(child, Box) and child.name == "list":
                    found.append(self._list(child, style=style, rtl=rtl, depth=min(depth + 1, 8)))
                    continue
                sign = (
                    f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
                    if n == 0
                    else ""
                )
                more = sign or f'<w:ind w:start="{400 * (depth + 1)}"/>'
                found.append(self.node(child, style=style, rtl=rtl, more=more))
        return "".join(found)

    def _table(self, box: Box, *, rtl: bool | None) -> str:
        right = self.rtl if rtl is None else rtl
        rows = [row for row in box.children if isinstance(row, Box)]
        wide = max((len(row.children) for row in rows), default=1)
        cells = "".join(
            f"<w:tr>{''.join(self._cell(cell, wide, rtl) for cell in row.children)}</w:tr>" for row in rows
        )
        column = f'<w:gridCol w:w="{9000 // wide}"/>'
        return (
            f'<w:tbl><w:tblPr>{"<w:bidiVisual/>" if right else ""}<w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{parts.BORDERS}</w:tblBorders></w:tblPr>'
            f"<w:tblGrid>{column * wide}</w:tblGrid>{cells}</w:tbl>{self.paragraph('')}"
        )

    def _cell(self, cell: Node, wide: int, rtl: bool | None) -> str:
        inner = "".join(self.node(leaf, rtl=rtl) for leaf in leaves([cell])) or self.paragraph("")
        return f'<w:tc><w:tcPr><w:tcW w:w="{5000 // wide}" w:type="pct"/></w:tcPr>{inner}</w:tc>'

    def _leaf(self, leaf: Leaf, *, style: str, rtl: bool | None, more: str, first: str) -> str:
        runs = leaf.runs
        if leaf.kind == "heading" and leaf.index < 0:
            runs = tuple(replace(run, marks=run.marks | {"strong"}) for run in runs)
        words = first + self.runs((*runs, *(Run(note=note) for note in leaf.notes)), rtl=rtl)
        if leaf.kind == "heading" and leaf.index >= 0:
            return self.paragraph(words, f"Heading{min(max(leaf.level, 1), 6)}", rtl=rtl)
        if leaf.kind == "figure":
            image = leaf.figure.image.id if leaf.figure and leaf.figure.image else ""
            return self.picture(image) + self.paragraph(words, "Caption", rtl=rtl)
        if url := leaf.film_address:
            words += self.words(" ") + self.link(self.words(url, LINKED), url)
        return self.paragraph(words, style or _STYLES.get(leaf.kind, ""), rtl=rtl, more=more)

    def picture(self, ident: str) -> str:
        """Return a picture in a paragraph of its own; in its place what is to be known first, or why there is none."""
        return self.pictured(ident, self.volume.picture(self.volume.book.pictures.get(ident)))

    def pictured(self, ident: str, shown: Pictured) -> str:
        """Return what stands in the place of a picture, which is called `ident` in the document."""
        if shown.warning and shown.file:
            said = _("Warning: %(kinds)s.") % {"kinds": shown.warning}
            label = self.words(f"{said} {shown.alternative}", LINKED)
            return self.paragraph(self.link(label, shown.href), "Caption")
        data = (
            self.volume.given.jpeg_of(self.volume.given.open_member(shown.file.sha256))
            if shown.file
            else None
        )
        if data is None or shown.file is None:
            return self.paragraph(self.words(f"[{shown.gap or shown.alternative}]"), "Caption")
        path = f"media/{ident}.jpeg"
        self.pictures.setdefault(path, data)
        number = list(self.pictures).index(path) + 1
        size = (shown.file.width, shown.file.height)
        return self.paragraph(
            parts.drawing(f"pic{number}", number, size, xml.attribute(shown.alternative)), "Caption"
        )


def _body(writer: _Writer) -> Iterator[str]:
    volume = writer.volume
    own = direction(volume.title.language) == "rtl"
    yield writer.paragraph(writer.words(volume.title.text, rtl=own), "Title", rtl=own)
    if volume.cover:
        yield writer.pictured("cover", volume.cover)
    if volume.warning:
        yield writer.paragraph(writer.words(volume.warning), "Quote")
    for row in volume.rows():
        said = writer.words(f"{row.label}: ", "<w:b/><w:bCs/>") + writer.link(
            writer.words(row.words, LINKED if row.href else ""), row.href
        )
        yield writer.paragraph(said)
    way = direction(volume.introduction.language) == "rtl"
    for node in body_tree(volume.introduction.text):
        yield writer.node(node, rtl=way)
    for node in volume.tree:
        yield writer.node(node)
    for kind, ident, notes in volume.beside:
        yield writer.paragraph(
            writer.words(volume.head(notes[0])) + writer.runs(Run(note=note) for note in notes), "Heading2"
        )
        if kind == "image" and volume.given.shows(kind, ident):
            yield writer.picture(ident)
    if rest := writer.feet.rest():
        yield writer.paragraph(writer.marks(rest))


def _footnote(writer: _Writer, note: Note) -> str:
    volume = writer.volume
    own = parts.OWN_MARK if writer.feet.is_by_place else parts.WRITTEN_OWN_MARK.format(note.number)
    mark = own + writer.words(" ")
    gap = (
        writer.paragraph(mark + writer.words(f"… {volume.gap(note)}"), "FootnoteText")
        if volume.is_hidden(note)
        else ""
    )
    inner = gap or "".join(_said(writer, note, mark))
    return f'<w:footnote w:id="{note.number}">{inner}</w:footnote>'


def _said(writer: _Writer, note: Note, mark: str) -> Iterator[str]:
    volume = writer.volume
    head = writer.words(f"{volume.head(note)} ({volume.category(note)})", "<w:i/><w:iCs/>")
    yield writer.paragraph(mark + head, "FootnoteText")
    way = direction_of(note.language) == "rtl"
    for node in volume.body(note):
        yield writer.node(node, style="FootnoteText", rtl=way)
    for line in volume.lines(note):
        number = volume.book.notes[line.inside].number if line.inside else 0
        target = writer.link(writer.words(line.target, LINKED if line.href else ""), line.href)
        after = (f" ({number})" if number else "") + (f" — {line.note}" if line.note else "")
        yield writer.paragraph(
            writer.words(f"{line.relation}: ") + target + writer.words(after), "FootnoteText"
        )
    tags = " · ".join(tag.text for tag in volume.tags(note))
    foot = " — ".join(part for part in (tags, volume.author(note)) if part)
    if foot:
        yield writer.paragraph(writer.words(foot), "FootnoteText")
