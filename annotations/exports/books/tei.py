"""The release as TEI P5: the text, and apart from it its pictures, people and places, and its notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from annotations.anchoring.regions import extent
from annotations.editions.values import Note, TermFacts
from annotations.enums import TermKind
from annotations.exports.books import xml
from annotations.exports.books.bodies import body_tree
from annotations.exports.books.tree import Box, Leaf, Node, Run, leaves
from annotations.exports.books.volume import Line, Volume
from annotations.presenters.selectors import number, selector_of

_HI = {
    "emphasis": "italic", "strong": "bold", "strikeout": "strikethrough", "superscript": "superscript",
    "subscript": "subscript",
}  # fmt: skip


def write(volume: Volume) -> Iterator[bytes]:
    """Yield the document."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    language = xml.attribute(volume.snapshot.text.language)
    yield f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="{language}">\n'.encode()
    yield _header(volume).encode()
    for part in (_stand_off(volume), _facsimile(volume), _text(volume)):
        for piece in part:
            yield piece.encode()
    yield b"</TEI>\n"


def _header(volume: Volume) -> str:
    snapshot, given = volume.snapshot, volume.given
    titles = (
        "".join(
            f'<title xml:lang="{code}">{xml.text(words)}</title>'
            for code, words in snapshot.title.items()
            if words
        )
        or f"<title>{xml.text(volume.title.text)}</title>"
    )
    writers = "".join(
        f"<author>{xml.text(str(one.get('name', '')))}</author>" for one in snapshot.work.creators
    )
    credited = "".join(
        f"<respStmt><resp>{xml.text(str(one.get('role') or 'contributor'))}</resp><name>{xml.text(str(one.get('name', '')))}</name></respStmt>"
        for one in snapshot.credits
    )
    credited += "".join(
        f'<respStmt xml:id="person-{person.id}"><resp>annotator</resp><name>{xml.text(person.name)}</name></respStmt>'
        for person in snapshot.authors
    )
    licence = (
        f'<availability><licence target="{xml.address(snapshot.license)}"/></availability>'
        if snapshot.license
        else ""
    )
    date = f'<date when="{given.published}"/>' if given.published else ""
    work = "".join(
        f'<title xml:lang="{code}">{xml.text(words)}</title>'
        for code, words in snapshot.work.title.items()
        if words
    )
    said = xml.text(snapshot.work.date)
    return (
        f"<teiHeader><fileDesc><titleStmt>{titles}{writers}{credited}</titleStmt>"
        f'<editionStmt><edition n="{snapshot.number}">{snapshot.number}</edition></editionStmt>'
        f'<publicationStmt><publisher>{xml.text(volume.origin)}</publisher><idno type="URI">{xml.text(given.address)}</idno>'
        f'<idno type="SHA-256">{given.manifest_hash}</idno>{licence}{date}</publicationStmt>'
        f"<sourceDesc><bibl>{work}{writers}{f'<date>{said}</date>' if said else ''}"
        f'<idno type="SHA-256">{snapshot.text.sha256}</idno></bibl></sourceDesc></fileDesc>'
        f'<profileDesc><langUsage><language ident="{xml.attribute(snapshot.text.language)}"/></langUsage></profileDesc>'
        "</teiHeader>\n"
    )


def _stand_off(volume: Volume) -> Iterator[str]:
    terms = _terms(volume)
    notes = volume.snapshot.notes
    if not terms and not notes:
        return
    yield f"<standOff>\n{terms}"
    if notes:
        yield "<listAnnotation>\n"
        yield from (_annotation(volume, note) for note in notes)
        yield "</listAnnotation>\n"
    yield "</standOff>\n"


#: By kind: the list, its items, and how those are named.
_LISTS = {
    TermKind.PERSON: ("listPerson", "person", "persName"), TermKind.PLACE: ("listPlace", "place", "placeName"),
    TermKind.GROUP: ("listOrg", "org", "orgName"), TermKind.EVENT: ("listEvent", "event", "label"),
}  # fmt: skip


def _terms(volume: Volume) -> str:
    shown = {tag for note in volume.snapshot.notes if not volume.is_hidden(note) for tag in note.tags}
    rows = [term for term in volume.snapshot.terms if term.id in shown]
    parts = []
    for kind, (list_, item, name) in _LISTS.items():
        chosen = [term for term in rows if term.kind == kind]
        if chosen:
            parts.append(f"<{list_}>{''.join(_term(term, item, name) for term in chosen)}</{list_}>\n")
    rest = [term for term in rows if term.kind not in _LISTS]
    if rest:
        said = "".join(f'<interp xml:id="term-{term.id}">{_descs(term)}</interp>' for term in rest)
        parts.append(f"<interpGrp>{said}</interpGrp>\n")
    return "".join(parts)


def _term(term: TermFacts, item: str, name: str) -> str:
    names = "".join(
        f'<{name} xml:lang="{code}">{xml.text(words)}</{name}>' for code, words in term.label.items() if words
    )
    if name != "label":
        names += "".join(
            f'<{name} xml:lang="{xml.attribute(str(one["language"]))}">{xml.text(str(one["name"]))}</{name}>'
            for one in term.names
        )
    where = ""
    if item == "place" and term.latitude is not None:
        where = f"<location><geo>{term.latitude} {term.longitude}</geo></location>"
    known = "".join(
        f'<idno type="{xml.attribute(str(scheme))}">{xml.text(str(value))}</idno>'
        for scheme, value in sorted(term.authority.items())
    )
    return f'<{item} xml:id="term-{term.id}">{names}{where}{known}</{item}>'


def _descs(term: TermFacts) -> str:
    return "".join(
        f'<desc xml:lang="{code}">{xml.text(words)}</desc>' for code, words in term.label.items() if words
    )


def _annotation(volume: Volume, note: Note) -> str:
    target = _target(volume, note)
    opening = (
        f'<annotation xml:id="note-{note.id}" n="{note.number}" motivation="commenting" target="{target}">'
    )
    if volume.is_hidden(note):
        return f"{opening}<note>{xml.text(volume.gap(note))}</note></annotation>\n"
    resp = f'<respStmt><resp>author</resp><name ref="#person-{note.author}">{xml.text(volume.author(note))}</name></respStmt>'
    inner = "".join(_inner(volume, node) for node in volume.body(note))
    items = "".join(_line(line) for line in volume.lines(note))
    if items:
        inner += f'<list type="references">{items}</list>'
    tags = "".join(
        f'<item><ref target="#term-{tag}">{xml.text(said.text)}</ref></item>'
        for tag, said in zip(note.tags, volume.tags(note), strict=True)
    )
    if tags:
        inner += f'<list type="tags">{tags}</list>'
    body = f'<note type="{xml.attribute(note.category)}" xml:lang="{xml.attribute(note.language)}">{inner}</note>'
    return f"{opening}{resp}{body}</annotation>\n"


def _target(volume: Volume, note: Note) -> str:
    if volume.is_hidden(note):
        return xml.address(volume.note_address(note))
    if note.place is None:
        return f"#from-{note.id} #to-{note.id}"
    kind, ident = note.place.member
    if kind == "image":
        return f"#zone-{note.id}"
    fragment = xml.address(str(selector_of(note.place)["value"]))
    return f"{volume.origin}/{volume.language}/videos/{ident}/#{fragment}"


def _line(line: Line) -> str:
    relation, target, href, note, inside = line
    href = f"#note-{inside}" if inside else xml.address(href)
    said = f'<ref target="{href}">{xml.text(target)}</ref>' if href else xml.text(target)
    return f"<item>{xml.text(relation)}: {said}{f' — {xml.text(note)}' if note else ''}</item>"


def _facsimile(volume: Volume) -> Iterator[str]:
    pages: dict[tuple[str, int], list[Note]] = {}
    for figure in volume.snapshot.figures:
        if figure.image and volume.given.shows("image", figure.image.id):
            pages.setdefault((figure.image.id, figure.page), [])
    for note in volume.snapshot.notes:
        if note.place and note.place.member[0] == "image" and not volume.is_hidden(note):
            pages.setdefault((note.place.member[1], note.place.page), []).append(note)
    if not pages:
        return
    yield "<facsimile>\n"
    for (ident, page), notes in sorted(pages.items()):
        yield f'<surface xml:id="surface-{ident}-{page}">{_graphic(volume, ident)}'
        yield from (_zone(note) for note in notes)
        yield "</surface>\n"
    yield "</facsimile>\n"


def _graphic(volume: Volume, ident: str) -> str:
    shown = volume.picture(volume.book.pictures.get(ident))
    if shown.file is None:
        return f"<desc>{xml.text(shown.gap)}</desc>"
    return (
        f'<graphic url="{xml.address(f"{volume.given.address}files/{shown.file.name}")}" '
        f'mimeType="{shown.file.media_type}" width="{shown.file.width}px" height="{shown.file.height}px">'
        f"<desc>{xml.text(shown.alternative)}</desc></graphic>"
    )


def _zone(note: Note) -> str:
    place = note.place
    assert place is not None
    assert place.region is not None
    points, shape = place.region["points"], place.region["shape"]
    if shape == "polygon":
        drawn = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        return f'<zone xml:id="zone-{note.id}" n="{note.number}" points="{drawn}"/>'
    left, top, right, bottom = map(number, extent(shape, points))
    return f'<zone xml:id="zone-{note.id}" n="{note.number}" ulx="{left}" uly="{top}" lrx="{right}" lry="{bottom}"/>'


def _text(volume: Volume) -> Iterator[str]:
    yield "<text>"
    front = volume.introduction.text
    if front:
        yield f'<front><div xml:lang="{volume.introduction.language}">'
        from_markdown = _body_of(volume, front)
        yield f"{from_markdown}</div></front>\n"
    yield "<body>\n"
    yield from _divisions(volume, volume.tree)
    for kind, ident, notes in volume.beside:
        marks = "".join(_mark(note) for note in notes)
        about = (
            f' corresp="{volume.origin}/{volume.language}/{kind}s/{ident}/"'
            if volume.given.shows(kind, ident)
            else ""
        )
        yield f'<div type="beside"{about}><p>{xml.text(volume.head(notes[0]))}{marks}</p></div>\n'
    yield "</body></text>\n"


def _body_of(volume: Volume, source: str) -> str:
    return "".join(_inner(volume, node) for node in body_tree(source))


def _divisions(volume: Volume, nodes: Sequence[Node]) -> Iterator[str]:
    """Yield the text in divisions that nest as its headings do; TEI wants something in each of them."""
    open_: list[int] = []
    is_empty = True
    if not (nodes and isinstance(nodes[0], Leaf) and nodes[0].kind == "heading"):
        yield "<div>"
        open_.append(7)
    for node in nodes:
        if isinstance(node, Leaf) and node.kind == "heading":
            while open_ and open_[-1] >= node.level:
                yield f"{'<p/>' if is_empty else ''}</div>\n"
                is_empty = False
                open_.pop()
            yield f'<div><head xml:id="p-{node.index + 1}">{_runs(volume, node.runs)}</head>'
            open_.append(node.level)
            is_empty = True
        else:
            yield _inner(volume, node)
            is_empty = False
    for _level in open_:
        yield f"{'<p/>' if is_empty else ''}</div>\n"
        is_empty = False


def _inner(volume: Volume, node: Node) -> str:
    if isinstance(node, Leaf):
        return _leaf(volume, node)
    if node.name == "table":
        return f"<table>{''.join(_row(volume, row) for row in node.children)}</table>\n"
    inner = "".join(_inner(volume, child) for child in node.children)
    if node.name == "list":
        return f'<list rend="{"numbered" if node.attrs.get("ordered") else "bulleted"}">{inner}</list>\n'
    return f"<{node.name}>{inner}</{node.name}>" if node.name in ("item", "quote") else inner


def _row(volume: Volume, row: Node) -> str:
    cells = row.children if isinstance(row, Box) else [row]
    return f"<row>{''.join(_cell(volume, cell) for cell in cells)}</row>"


def _cell(volume: Volume, cell: Node) -> str:
    role = ' role="label"' if isinstance(cell, Box) and cell.attrs.get("header") else ""
    return f"<cell{role}>{' '.join(_runs(volume, leaf.runs) for leaf in leaves([cell]))}</cell>"


def _leaf(volume: Volume, leaf: Leaf) -> str:
    ident = f' xml:id="p-{leaf.index + 1}"' if leaf.index >= 0 else ""
    words = _runs(volume, leaf.runs)
    if leaf.kind == "heading":
        # In a note, or within a quotation, where no division can begin.
        return f'<p{ident} rend="heading">{words}</p>\n'
    if leaf.kind == "verse":
        return f"<lg><l{ident}>{words}</l></lg>\n"
    if leaf.kind == "code":
        return (
            f"<p{ident}><code>{words}</code></p>\n"
            if all(not run.note for run in leaf.runs)
            else f"<p{ident}>{words}</p>\n"
        )
    if leaf.kind == "figure":
        return _figure(volume, leaf, ident, words)
    marks = "".join(map(_mark, leaf.notes))
    if leaf.kind == "video" and str(leaf.attrs.get("url", "")).startswith("https://"):
        words = f'<ref target="{xml.address(str(leaf.attrs["url"]))}">{words}</ref>'
    return f"<p{ident}>{words}{marks}</p>\n"


def _figure(volume: Volume, leaf: Leaf, ident: str, words: str) -> str:
    image = leaf.figure.image if leaf.figure else None
    shown = volume.picture(image)
    is_shown = image is not None and volume.given.shows("image", image.id)
    facs = f' facs="#surface-{image.id}-{leaf.figure.page}"' if image and is_shown and leaf.figure else ""
    graphic = ""
    if shown.file:
        graphic = f'<graphic url="{xml.address(f"{volume.given.address}files/{shown.file.name}")}"/>'
    described = xml.text(" · ".join(part for part in (shown.warning, shown.alternative or shown.gap) if part))
    return f"<figure{ident}{facs}>{graphic}<head>{words}{''.join(map(_mark, leaf.notes))}</head><figDesc>{described}</figDesc></figure>\n"


def _mark(note: Note) -> str:
    return f'<ptr xml:id="to-{note.id}" type="note" n="{note.number}" target="#note-{note.id}"/>'


def _runs(volume: Volume, runs: Iterable[Run]) -> str:
    return "".join(_run(volume, run) for run in runs)


def _run(volume: Volume, run: Run) -> str:
    if run.note is not None:
        return _mark(run.note)
    if run.begins is not None:
        return f'<anchor xml:id="from-{run.begins.id}"/>'
    if run.is_break:
        return "<lb/>"
    if run.page:
        return f'<pb n="{xml.attribute(run.page)}"/>'
    words = xml.text(run.text)
    if "code" in run.marks:
        words = f"<code>{words}</code>"
    for mark, rend in _HI.items():
        if mark in run.marks:
            words = f'<hi rend="{rend}">{words}</hi>'
    for mark in ("foreign", "name"):
        if mark in run.marks:
            words = f"<{mark}>{words}</{mark}>"
    href = xml.outward(run.href, volume.origin)
    return f'<ref target="{xml.address(href)}">{words}</ref>' if href else words
