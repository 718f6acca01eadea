"""All that a page says of how to cite it: for people, for reference managers, for machines that follow links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from annotations.presenters.citation import Citation, direction, in_words, part_words
from annotations.presenters.citation_forms import FORMS
from annotations.presenters.citation_styles import Styled, styled
from annotations.presenters.cited_things import cite_pointed
from annotations.presenters.embed_card import frame_of
from annotations.presenters.pointed import Pointed

_LABELS = {"bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}


@dataclass(frozen=True, slots=True)
class CiteBlock:
    """What the block shows, and what the page's head says."""

    citation: Citation
    #: The sentence without its address.
    words: str
    #: Which way they run.
    direction: str
    styles: Sequence[Styled]
    #: Label and address of each form to download.
    forms: Sequence[tuple[str, str]]
    #: The value of the COinS span.
    coins: str
    #: Names and contents of meta elements.
    meta: Sequence[tuple[str, str]]
    #: HTML by which another site shows the card.
    embed: str
    #: Where the page about citing it is, and where it is reported.
    url: str
    report: str
    ark_url: str


def cite_block(pointed: Pointed) -> CiteBlock:
    """Return how to cite what is pointed at, in the interface language."""
    citation = cite_pointed(pointed)
    return CiteBlock(
        citation=citation, words=in_words(citation), direction=direction(), styles=styled(citation), forms=_forms(pointed),
        coins=coins_of(citation), meta=meta_of(citation), embed=frame_of(pointed)[0], url=pointed.beside("cite"),
        report=report_url(pointed), ark_url=f"{settings.PUBLIC_URL}/{pointed.ark}" if pointed.ark else "",
    )  # fmt: skip


def report_url(pointed: Pointed) -> str:
    """Return where a reader reports what is pointed at."""
    return f"{reverse('report')}?{urlencode({'about': pointed.permalink})}"


def _forms(pointed: Pointed) -> list[tuple[str, str]]:
    query = f"?{urlencode({**pointed.asked, 'language': get_language() or settings.LANGUAGE_CODE})}"
    name = f"{pointed.page}_cite"
    return [(_LABELS[form], reverse(name, args=[*pointed.names, form]) + query) for form in FORMS]


def meta_of(citation: Citation) -> list[tuple[str, str]]:
    """Return the meta elements that reference managers read: Highwire's and Dublin Core's."""
    title = f"{part_words(citation)}: {citation.title}" if part_words(citation) else citation.title
    date = _date(citation.published_at) or citation.year
    found = [("citation_title", title), *(("citation_author", name) for name in citation.credited)]
    found += [("citation_editor", name) for name in citation.editors]
    found += [
        ("citation_publication_date", date.replace("-", "/")), ("citation_publisher", citation.site),
        ("citation_language", citation.language), ("citation_public_url", citation.url), ("DC.title", title),
        *(("DC.creator", name) for name in citation.credited),
        *(("DC.contributor", name) for name in dict.fromkeys((*citation.editors, *citation.annotators))),
        ("DC.date", date), ("DC.publisher", citation.site), ("DC.language", citation.language),
        ("DC.identifier", citation.url), ("DC.rights", citation.license), ("DC.type", _dc_type(citation)),
    ]  # fmt: skip
    if citation.note:
        found.append(("citation_inbook_title", citation.title))
    return [(name, content) for name, content in found if content]


def _date(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d}" if at else ""


def _dc_type(citation: Citation) -> str:
    return {"image": "StillImage", "video": "MovingImage"}.get(citation.kind, "Text")


#: Zotero's names for what is cited that is no part of an edition, by kind and by kind of work.
_ZOTERO_TYPES = {
    "image": "artwork",
    "video": "videoRecording",
    "book": "book",
    "letter": "letter",
    "recording": "audioRecording",
}


def _zotero_type(citation: Citation) -> str:
    """Return the item that Zotero makes of it: of the types in a ContextObject it takes its own names and passes over others."""
    return _ZOTERO_TYPES.get(citation.kind) or _ZOTERO_TYPES.get(citation.work_kind, "document")


def coins_of(citation: Citation) -> str:
    """Return the ContextObject (Z39.88) that stands in the title of a COinS span."""
    is_book = citation.is_of_release
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{'book' if is_book else 'dc'}"),
    ]
    if is_book:
        pairs += [("rft.genre", "bookitem" if citation.note else "book"), ("rft.btitle", citation.title)]
        pairs += [("rft.atitle", part_words(citation) if citation.note else "")]
        pairs += [("rft.au", name) for name in citation.credited]
        pairs += [("rft.edition", str(citation.number)), ("rft.pub", citation.site)]
    else:
        pairs += [("rft.title", citation.title), ("rft.publisher", citation.site)]
        pairs += [("rft.type", _dc_type(citation)), ("rft.type", _zotero_type(citation))]
        pairs += [("rft.creator", name) for name in citation.credited]
    pairs += [("rft.contributor", name) for name in dict.fromkeys((*citation.editors, *citation.annotators))]
    pairs += [
        ("rft.identifier", citation.url), ("rft.rights", citation.license),
        ("rft.date", _date(citation.published_at) or citation.year),
        ("rft.language", citation.language),
    ]  # fmt: skip
    pairs += [("rft_id", citation.url)]
    return urlencode([(name, value) for name, value in pairs if value], quote_via=quote)
