"""A large release as a value: headings, passages that overlap, notes that say, cite, point at each other and bear names."""

from __future__ import annotations

import hashlib
from random import Random
from typing import Any

from annotations.editions.canonical import dumps, manifest_hash
from annotations.editions.values import Note, Place, Reference, TermFacts, TextFacts
from annotations.enums import Category, TermKind
from annotations.exports.given import Given
from tests.bench.corpora import Writer
from tests.bench.material import content, new_ids, spans
from tests.factories_books import AUTHOR, TEXT, WORK, make_given, make_snapshot

#: Paragraphs under one heading; names in the index.
CHAPTER, TERMS = 25, 300


def make_release(words: int, notes: int) -> Given:
    """Return a release with so many words and notes on its way out, all of it shown."""
    text = _text(words)
    terms = tuple(map(_term, range(TERMS)))
    made = _notes(text, notes, terms)
    snapshot = make_snapshot(text=text, terms=terms, notes=made, figures=(), films=())
    return make_given(snapshot, manifest_hash=manifest_hash(dumps(snapshot)))


def _text(words: int) -> TextFacts:
    writer, lines, blocks, start = Writer(9), list[str](), list[dict[str, Any]](), 0
    for number, part in enumerate(_chapters(content(words).split("\n")), start=1):
        heading = f"{number}. {' '.join(writer.word() for _ in range(4))}"
        for kind, line in (("heading", heading), *(("paragraph", one) for one in part)):
            blocks.append({
                "kind": kind, "start": start, "end": start + len(line), "path": str(len(blocks) + 1),
                "level": 1 if kind == "heading" else None, "attrs": {},
            })  # fmt: skip
            lines.append(line)
            start += len(line) + 1
    whole = "\n".join(lines)
    return TextFacts(
        id=TEXT, role="original", language="ar", direction="rtl", revision=1, length=len(whole), title="", content=whole,
        sha256=hashlib.sha256(whole.encode()).hexdigest(), blocks=tuple(blocks), marks=(),
    )  # fmt: skip


def _chapters(lines: list[str]) -> list[list[str]]:
    return [lines[at : at + CHAPTER] for at in range(0, len(lines), CHAPTER)]


def _term(number: int) -> TermFacts:
    kinds = list(TermKind)
    return TermFacts(
        id=f"term{number:012d}", slug=f"term-{number}", kind=kinds[number % len(kinds)],
        label={"ar": f"اسم {number}", "en": f"Name {number}"}, description={"ar": "", "en": ""}, names=(), authority={},
        latitude=None, longitude=None, date="", date_start="", date_end="",
    )  # fmt: skip


def _notes(text: TextFacts, count: int, terms: tuple[TermFacts, ...]) -> tuple[Note, ...]:
    writer, chance, categories = Writer(11), Random(12), list(Category)
    ids, found = new_ids(count, seed="exports"), list[Note]()
    for number, (start, end) in enumerate(spans(text.content, count), start=1):
        found.append(Note(
            number=number, id=ids[number - 1], version=f"v{number:015d}", version_number=1,
            content_hash=hashlib.sha256(str(number).encode()).hexdigest(), category=categories[number % len(categories)],
            language="ar", body=_body(writer, number), author=AUTHOR, start=start, end=end,
            exact=text.content[start:end], prefix=text.content[max(0, start - 32) : start],
            suffix=text.content[end : end + 32], tags=tuple(term.id for term in chance.sample(terms, number % 3)),
            references=_references(text, number, chance.choice(found) if found else None),
        ))  # fmt: skip
    return tuple(found)


def _body(writer: Writer, number: int) -> str:
    words = [writer.word() for _ in range(10 + number % 30)]
    words[3] = f"**{words[3]}**"
    words[6] = f"*{words[6]}*"
    if number % 5 == 0:
        words.append(f"[هنا](https://example.org/{number})")
    if number % 7 == 0:
        words.insert(8, "\n\n")
    return " ".join(words)


def _references(text: TextFacts, number: int, far: Note | None) -> tuple[Reference, ...]:
    if number % 6 == 0 and far:
        place = Place(
            kind="text", member=("work", WORK), label={"ar": "كتاب", "en": ""}, slug="mill", text=text.id, revision=1,
            start=far.start, end=far.end, exact=far.exact, note=far.id,
        )  # fmt: skip
        return (Reference(f"r{number:015d}", "continues", "", place, None),)
    if number % 4 == 0:
        source = {"url": f"https://example.org/source/{number}", "title": f"دفتر {number}", "pages": "12"}
        return (Reference(f"r{number:015d}", "cites", "في الهامش", None, source),)
    return ()
