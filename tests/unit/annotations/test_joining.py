"""Several texts as one: nothing that they say is lost or moved against its words."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.editions.joining import Wording, joined, own_text
from annotations.editions.parts import own_place, part_at, part_of_block, span_in
from annotations.editions.values import Place, TextFacts
from archive.text.check import check
from archive.text.sections import sections
from archive.text.serialize import from_json

WORDS = st.text("ابتثج حخد\u0301a😀", min_size=1, max_size=12)
BLOCK = st.tuples(
    st.sampled_from(("heading", "paragraph", "figure", "item")), WORDS, st.integers(1, 6), st.integers(1, 3)
)


def text_of(ident: str, rows) -> TextFacts:
    """Return a text of these blocks: (kind, words, level of a heading, number of a figure); items make a list."""
    blocks, pieces, at, top, inner = [], [], 0, 0, 0
    before = ""
    for kind, words, level, number in rows:
        attrs = {"figure": f"f{number}"} if kind == "figure" else {}
        if kind == "item":
            top, inner = (top, inner + 1) if before == "item" else (top + 1, 1)
            attrs = {"container": [["list", str(top), {}], ["item", f"{top}.{inner}", {}]]}
            path = f"{top}.{inner}.1"
        else:
            top += 1
            path = str(top)
        blocks.append(
            {
                "kind": "paragraph" if kind == "item" else kind, "start": at, "end": at + len(words), "path": path,
                "level": level if kind == "heading" else None, "attrs": attrs,
            }
        )  # fmt: skip
        pieces.append(words)
        at += len(words) + 1
        before = kind
    content = "\n".join(pieces)
    marks = [{"kind": "strong", "start": b["start"], "end": b["end"], "attrs": {}} for b in blocks]
    return TextFacts(
        id=ident, role="chapter", language="ar", direction="rtl", revision=3,
        sha256=hashlib.sha256(content.encode()).hexdigest(), length=len(content), title="", content=content,
        blocks=tuple(blocks), marks=tuple(marks),
    )  # fmt: skip


TEXTS = st.lists(
    st.tuples(st.lists(BLOCK, min_size=1, max_size=6), st.just("") | WORDS), min_size=2, max_size=4
)


def wordings_of(drawn) -> list[Wording]:
    return [Wording(text_of(f"t{n}", rows), title) for n, (rows, title) in enumerate(drawn)]


@given(TEXTS, st.data())
def test_every_passage_of_a_part_is_found_at_its_place_in_the_whole(drawn, data):
    wordings = wordings_of(drawn)
    whole = joined(wordings)

    for wording, part in zip(wordings, whole.parts, strict=True):
        own = wording.facts
        start = data.draw(st.integers(0, own.length - 1))
        end = data.draw(st.integers(start + 1, own.length))
        exact = own.content[start:end]

        assert whole.text.content[part.start + start : part.start + end] == exact
        assert whole.text.content[part.start : part.end] == own.content
        assert part_at(whole.parts, part.start + start) == part


@given(TEXTS)
def test_the_whole_is_a_text_like_every_other(drawn):
    wordings = wordings_of(drawn)
    whole = joined(wordings)
    text = whole.text

    check(from_json({"content": text.content, "blocks": text.blocks, "marks": text.marks}))
    assert text.length == len(text.content)
    assert text.sha256 == hashlib.sha256(text.content.encode()).hexdigest()
    assert len(text.marks) == sum(len(wording.facts.marks) for wording in wordings)
    for mark, own in zip(text.marks, (m for w in wordings for m in words_of_marks(w.facts)), strict=True):
        assert text.content[mark["start"] : mark["end"]] == own


def words_of_marks(text: TextFacts) -> list[str]:
    return [text.content[mark["start"] : mark["end"]] for mark in text.marks]


@given(TEXTS)
def test_figures_of_two_parts_never_have_one_key_and_those_of_one_keep_theirs_together(drawn):
    wordings = wordings_of(drawn)
    whole = joined(wordings)

    everything = [key for keys in whole.keys for key in keys.values()]
    assert len(everything) == len(set(everything))
    shown = [(n, b) for n, b in enumerate(whole.text.blocks) if b["kind"] == "figure"]
    for index, block in shown:
        keys = whole.keys[whole.parts.index(part_of_block(whole.parts, index))]
        assert block["attrs"]["figure"] in keys.values()


@given(TEXTS)
def test_what_was_taken_apart_makes_the_same_whole_again(drawn):
    whole = joined(wordings_of(drawn))

    apart = [Wording(own_text(whole.text, part), part.title) for part in whole.parts]

    for wording, part in zip(apart, whole.parts, strict=True):
        assert hashlib.sha256(wording.facts.content.encode()).hexdigest() == part.sha256
        check(
            from_json(
                {
                    "content": wording.facts.content,
                    "blocks": wording.facts.blocks,
                    "marks": wording.facts.marks,
                }
            )
        )
    again = joined(apart)
    assert (again.text.content, again.parts) == (whole.text.content, whole.parts)
    assert again.text.blocks == whole.text.blocks


def test_a_single_text_is_left_as_it_is():
    text = text_of("t", [("heading", "باب", 1, 0), ("figure", "رسم", 0, 1)])

    whole = joined([Wording(text, "عنوان")])

    assert whole.text is text
    assert whole.parts == ()
    assert whole.keys == ({"f1": "f1"},)


def test_a_part_is_headed_by_its_title_unless_it_says_that_itself():
    first = text_of(
        "a", [("heading", "باب  الماء", 2, 0), ("heading", "النهر", 1, 0), ("paragraph", "ماء", 0, 0)]
    )
    second = text_of(
        "b", [("heading", "بناؤه", 1, 0), ("paragraph", "حجر", 0, 0), ("heading", "سقوطه", 2, 0)]
    )

    whole = joined([Wording(first, "باب الماء"), Wording(second, "باب الجسر")])

    heads = [
        (b["level"], whole.text.content[b["start"] : b["end"]]) for b in whole.text.blocks if b["kind"] == "heading"
    ]  # fmt: skip
    assert heads == [(1, "باب  الماء"), (2, "النهر"), (1, "باب الجسر"), (2, "بناؤه"), (3, "سقوطه")]
    assert [(part.title, part.block) for part in whole.parts] == [("باب الماء", 0), ("باب الجسر", 3)]


@pytest.fixture
def snapshot_of_parts():
    """A snapshot, as far as places ask for it, and the whole that it has."""
    first, second = text_of("a", [("paragraph", "ماء", 0, 0)]), text_of("b", [("paragraph", "حجر", 0, 0)])
    whole = joined([Wording(first, "الأول"), Wording(second, "الثاني")])
    return SimpleNamespace(text=whole.text, parts=whole.parts), whole


def test_a_place_in_a_part_and_in_the_whole_are_one(snapshot_of_parts):
    snapshot, whole = snapshot_of_parts
    place = Place("text", ("work", "w"), {}, "w", text="b", revision=3, start=0, end=3, exact="حجر")

    span = span_in(snapshot, place)

    assert whole.text.content[slice(*span)] == "حجر"
    assert own_place(snapshot, *span) == ("b", 3, (0, 3))
    assert span_in(snapshot, replace(place, revision=2)) is None, "another wording is elsewhere"
    assert span_in(snapshot, replace(place, text="c")) is None


def test_long_parts_are_cut_for_themselves_before_their_own_chapters():
    chapter = [("heading", "فصل", 2, 0), *[("paragraph", "كلمة " * 900, 0, 0)] * 3]
    long = text_of("a", chapter * 3)
    whole = joined([Wording(long, "الأول"), Wording(replace(long, id="b"), "الثاني")])

    found = sections(whole.text.content, whole.text.blocks, [part.block for part in whole.parts])

    begins = [whole.text.blocks[section.first]["kind"] for section in found]
    assert set(begins) == {"heading"}
    assert {part.block for part in whole.parts} <= {section.first for section in found}
    assert (found[0].start, found[-1].end) == (0, whole.text.length)
