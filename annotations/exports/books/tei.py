"""The release as TEI P5: the text, and apart from it its pictures, people and places, and its notes."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import override

from annotations.citing.crediting import Credit, orcid_address, orcid_in, role_address, roles_in
from annotations.exports.books import xml
from annotations.exports.books.tei_stand_off import facsimile, stand_off
from annotations.exports.books.tei_text import text_of
from annotations.exports.books.volume import Volume
from annotations.presenters.credit_lines import CREDIT_ROLES


def write(volume: Volume) -> Iterator[bytes]:
    """Yield the document."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n'
    language = xml.attribute(volume.snapshot.text.language)
    yield f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="{language}">\n'.encode()
    yield _header(volume).encode()
    for part in (stand_off(volume), facsimile(volume), text_of(volume)):
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
        f"<author>{xml.text(_name(one, volume.language))}</author>" for one in snapshot.work.creators
    )
    credited = "".join(_responsible(one, volume.language) for one in snapshot.credits)
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


def _name(credit: Credit, language: str) -> str:
    """Return what somebody is called in the language of the document, else as they were written down first."""
    return str(credit.get(f"name_{language}") or credit.get("name") or "")


def _responsible(credit: Credit, language: str) -> str:
    """Return who did what, with the names that NISO and ORCID have for that."""
    own, roles, orcid = str(credit.get("role") or ""), roles_in(credit), orcid_in(credit)
    said = f"<resp>{xml.text(own or 'contributor')}</resp>" if own or not roles else ""
    with override("en"):
        said += "".join(
            f'<resp ref="{xml.address(role_address(role))}">{xml.text(str(CREDIT_ROLES[role]))}</resp>'
            for role in roles
        )
    name = xml.text(_name(credit, language))
    if orcid:
        address = xml.address(orcid_address(orcid))
        return f'<respStmt>{said}<name ref="{address}">{name} <idno type="ORCID">{orcid}</idno></name></respStmt>'
    return f"<respStmt>{said}<name>{name}</name></respStmt>"
