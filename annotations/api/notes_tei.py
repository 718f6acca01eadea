"""Notes as TEI that stands off from its text: an `<annotation>` each, pointing at characters and quoting them."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from annotations.api.jsonld import address, note_address
from annotations.api.reading import ApiNote
from archive.models import Work
from archive.presenters.xml_out import writable

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_NAMES = {
    "person": "persName",
    "place": "placeName",
    "group": "orgName",
    "date": "date",
    "event": "rs",
    "concept": "term",
}


def head(work: Work, text: str, *, revision: int, sha256: str) -> str:
    """Return what goes before the annotations."""
    titles = "".join(
        f"<title xml:lang={quoteattr(code)}>{_words(title)}</title>"
        for code, title in (("ar", work.title_ar), ("en", work.title_en)) if title
    ) or "<title>—</title>"  # fmt: skip
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<TEI xmlns="{NAMESPACE}"><teiHeader><fileDesc><titleStmt>{titles}</titleStmt>'
        "<publicationStmt><p>Hashiya</p></publicationStmt>"
        f"<sourceDesc><bibl><ref target={quoteattr(address('texts', text))}>{_words(str(work))}</ref>"
        f'<idno type="revision">{revision}</idno><idno type="text-sha256">{sha256}</idno></bibl></sourceDesc>'
        "</fileDesc></teiHeader>\n<standOff><listAnnotation>\n"
    )


FOOT = "</listAnnotation></standOff></TEI>\n"


def annotation(note: ApiNote) -> str:
    """Return one note; offsets are code points of the text's wording."""
    facts, sits = note.facts, note.facts.sits
    target = address("texts", facts.text)
    parts = []
    if sits is not None and sits.start is not None:
        target += f"#char={sits.start},{sits.end}"
    if facts.author:
        parts.append(f"<respStmt><resp>author</resp><name>{_words(facts.author)}</name></respStmt>")
    parts.append(_note("id", note_address(facts.id)))
    parts.append(_note("category", str(facts.category)))
    if sits is not None:
        parts += [_note("quote", sits.exact), _note("prefix", sits.prefix), _note("suffix", sits.suffix)]
    if facts.body:
        language = quoteattr(facts.language or "und")
        parts.append(
            f'<note type="body" subtype="markdown" xml:lang={language} xml:space="preserve">{_words(facts.body)}</note>'
        )
    for term in facts.tags:
        name = _NAMES.get(term.kind, "rs")
        parts.append(
            f"<{name} ref={quoteattr(address('terms', term.public_id))}>{_words(str(term))}</{name}>"
        )
    for reference in facts.references:
        citation = reference.end.citation
        if citation is not None and citation.get("url"):
            parts.append(
                f"<ref target={quoteattr(writable(citation['url']))}>{_words(str(citation.get('title', '')))}</ref>"
            )
    return f'<annotation xml:id="n-{facts.id}" target={quoteattr(target)}>{"".join(parts)}</annotation>\n'


def _note(kind: str, words: str) -> str:
    return f'<note type="{kind}" xml:space="preserve">{_words(words)}</note>' if words else ""


def _words(words: str) -> str:
    return escape(writable(words))
