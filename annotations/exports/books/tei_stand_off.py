"""What stands apart from the text in TEI P5: people and places, notes, and the pictures with their zones."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.anchoring.regions import extent
from annotations.editions.values import Note, TermFacts
from annotations.enums import TermKind
from annotations.exports.books import xml
from annotations.exports.books.tei_text import inner_of
from annotations.exports.books.volume import Line, Pictured, Volume
from annotations.presenters.selectors import number, selector_of


def stand_off(volume: Volume) -> Iterator[str]:
    """Yield people, places and notes, apart from the text."""
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
    inner = "".join(inner_of(volume, node) for node in volume.body(note))
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


def facsimile(volume: Volume) -> Iterator[str]:
    """Yield the pictures, and the parts of them that notes are on."""
    pages: dict[tuple[str, int], list[Note]] = {}
    for figure in volume.snapshot.figures:
        if figure.image and volume.given.shows("image", figure.image.id):
            pages.setdefault((figure.image.id, figure.page), [])
    for note in volume.snapshot.notes:
        if note.place and note.place.member[0] == "image" and not volume.is_hidden(note):
            pages.setdefault((note.place.member[1], note.place.page), []).append(note)
    cover = volume.cover
    if not pages and cover is None:
        return
    yield "<facsimile>\n"
    if cover is not None:
        yield f'<surface xml:id="surface-cover" type="cover">{_pictured(volume, cover)}</surface>\n'
    for (ident, page), notes in sorted(pages.items()):
        yield f'<surface xml:id="surface-{ident}-{page}">{_graphic(volume, ident)}'
        yield from (_zone(note) for note in notes)
        yield "</surface>\n"
    yield "</facsimile>\n"


def _graphic(volume: Volume, ident: str) -> str:
    return _pictured(volume, volume.picture(volume.book.pictures.get(ident)))


def _pictured(volume: Volume, shown: Pictured) -> str:
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
