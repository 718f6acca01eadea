"""A printed release reads back word for word in the order of reading, with its vowel signs, brackets and languages.

Read as PDF/UA asks for it: the structure says which words follow each other, fonts say what each sign stands for.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace

import pikepdf
import pytest

from annotations.editions.values import Snapshot
from annotations.exports import FORMATS
from annotations.exports.books import pdf
from archive.exports.printing import printable
from tests.bench.release import make_release
from tests.factories_books import make_given, make_snapshot
from tests.factories_structure import whole_words

#: The number of a note and what it says; between two numbers stands a point.
BESIDE = frozenset({"/Lbl", "/Note"})


def read(snapshot: Snapshot) -> list[str]:
    """Return the words of the book, but for its notes."""
    data = b"".join(FORMATS["pdf"].write(make_given(snapshot)))
    words = whole_words(pikepdf.open(io.BytesIO(data)), without=BESIDE)
    return " ".join(words).replace(" ·", "").split()


def is_in(words: list[str], book: list[str]) -> bool:
    """Whether these words stand in a book one after the other, and nothing between them."""
    return any(book[at : at + len(words)] == words for at, word in enumerate(book) if word == words[0])


@pytest.mark.parametrize("longest", [pdf.LONGEST, 60_000], ids=["in one", "in parts"])
def test_long_text_with_vowel_signs_reads_back_whole(longest, monkeypatch):
    monkeypatch.setattr(pdf, "LONGEST", longest)
    snapshot = make_release(3_000, 150).snapshot

    assert is_in(printable(snapshot.text.content).split(), read(snapshot))


def test_every_block_reads_back_with_what_it_holds_of_other_languages_and_lines():
    snapshot = make_snapshot()
    book = read(snapshot)

    for block in snapshot.text.blocks:
        words = snapshot.text.content[block["start"] : block["end"]].split()
        assert is_in(words, book), words


@pytest.mark.parametrize(
    "words",
    [
        "بِسْمِ اللَّهِ الرَّحْمَٰنِ الرَّحِيمِ، والإِسْلَامُ لِإِنَّ أُمَّةٌ كَكُّ مَسْؤُولٌ شَيْئًا ضِدًّا رَبٍّ نَصٌّ",
        "قال (في سنة 1890) لـ Mr. Smith: «الطريق [المعبّد] إلى “البلدة”»، ثم مضى… 50% + 3/4 & غيره!",
        "من ١٢ إلى ۳۴ ومن 5-7 حتى 1,250.75، <كذا>؛ أليس كذلك؟",
    ],
)
def test_signs_that_programs_lose_stand_where_they_were_written(words):
    assert is_in(words.split(), read(of_one_paragraph(words)))


def of_one_paragraph(words: str) -> Snapshot:
    """Return a release that says nothing else."""
    block = {"kind": "paragraph", "start": 0, "end": len(words), "path": "1", "level": None, "attrs": {}}
    text = replace(
        make_snapshot().text, content=words, length=len(words), blocks=(block,), marks=(),
        sha256=hashlib.sha256(words.encode()).hexdigest(),
    )  # fmt: skip
    return make_snapshot(text=text, notes=(), figures=(), films=())
