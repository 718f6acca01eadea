"""Pairing a text with its translation: what belongs together stands together, and nothing is lost or doubled."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.text.alignment import Row, fits, merge, shift, spans, split
from archive.text.following import carried
from archive.text.pairing import Pieces, propose

blocks = st.lists(st.tuples(st.integers(0, 900), st.sampled_from([0, 0, 0, 1, 2])), max_size=24)
texts = blocks.map(lambda b: Pieces(tuple(n for n, _level in b), tuple(level for _n, level in b)))


def pieces(picture: str) -> Pieces:
    """Read "#2 120 80": a heading of level 2, then paragraphs of so many letters."""
    words = picture.split()
    return Pieces(
        tuple(12 if word[0] == "#" else int(word) for word in words),
        tuple(int(word[1:]) if word[0] == "#" else 0 for word in words),
    )


def shape(rows: tuple[Row, ...]) -> list[tuple[int, int]]:
    return [(row.left, row.right) for row in rows]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        # Paragraph for paragraph, the one language longer than the other throughout.
        ("#1 100 300 50", "#1 130 390 66", [(1, 1)] * 4),
        # A paragraph that the translator cut in two, and two that became one.
        ("400 90 310", "190 215 95 300", [(1, 2), (1, 1), (1, 1)]),
        ("190 215 95 300", "400 90 310", [(2, 1), (1, 1), (1, 1)]),
        # A paragraph that was left out between others.
        ("300 500 90 310", "305 95 300", [(1, 1), (1, 0), (1, 1), (1, 1)]),
        # Headings hold, whatever the lengths between them say.
        ("#2 900 #2 80 #2 70", "#2 90 #2 800 #2 60", [(1, 1)] * 6),
        # A chapter that was not translated.
        ("#1 200 #2 600 610 #2 90", "#1 205 #2 88", [(1, 1), (1, 1), (1, 0), (1, 0), (1, 0), (1, 1), (1, 1)]),
        ("", "10 20", [(0, 1), (0, 1)]),
        ("", "", []),
    ],
)  # fmt: skip
def test_proposal_follows_headings_and_lengths(left, right, expected):
    assert shape(propose(pieces(left), pieces(right))) == expected


@given(texts, texts)
@settings(max_examples=40, deadline=None)
def test_proposal_covers_both_texts_once(left, right):
    rows = propose(left, right)

    assert fits(rows, len(left), len(right))
    assert [span[:2] for span in spans(rows) if span[0] < span[1]] == sorted(
        span[:2] for span in spans(rows) if span[0] < span[1]
    )


@given(texts)
@settings(max_examples=40, deadline=None)
def test_text_beside_itself_is_paired_block_for_block(text):
    rows = propose(text, text)

    assert all(row.left == row.right for row in rows if row.left and row.right)
    assert fits(rows, len(text), len(text))


@given(texts, texts, st.data())
@settings(max_examples=40, deadline=None)
def test_whatever_is_corrected_both_texts_stay_whole(left, right, data):
    rows = propose(left, right)
    for _turn in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(-1, len(rows)))
        act = data.draw(st.sampled_from(["merge", "split", "shift"]))
        try:
            if act == "merge":
                rows = merge(rows, at)
            elif act == "split":
                rows = split(rows, at, data.draw(st.integers(-1, 3)), data.draw(st.integers(-1, 3)))
            else:
                side = data.draw(st.sampled_from(["left", "right"]))
                rows = shift(rows, at, side, data.draw(st.sampled_from([-1, 1])))
        except ValueError:
            continue

        assert fits(rows, len(left), len(right))


def test_block_moves_over_the_border_of_its_row():
    rows = (Row(1, 1), Row(1, 2), Row(1, 1))

    assert shape(shift(rows, 1, "right", -1)) == [(1, 2), (1, 1), (1, 1)]
    assert shape(shift(rows, 1, "right", 1)) == [(1, 1), (1, 1), (1, 2)]
    assert shape(shift(rows, 0, "left", -1)) == [(1, 0), (0, 1), (1, 2), (1, 1)]
    assert shape(shift((Row(1, 0), Row(1, 1)), 0, "left", 1)) == [(2, 1)], "an empty row is gone"
    with pytest.raises(ValueError, match="no such block"):
        shift(rows, 1, "left", 0)
    with pytest.raises(ValueError, match="nowhere"):
        shift((Row(1, 0), Row(1, 1)), 0, "left", -1)


@pytest.mark.parametrize(
    ("before", "after", "rows", "expected"),
    [
        ("ا ب ج", "ا ب ج", [(1, 1), (1, 1), (1, 1)], [(1, 1, 0), (1, 1, 0), (1, 1, 0)]),
        # A corrected block: its row is to be checked, the others are not.
        ("ا ب ج", "ا بب ج", [(1, 1), (1, 1), (1, 1)], [(1, 1, 0), (1, 1, 1), (1, 1, 0)]),
        # One put in, one taken out.
        ("ا ب ج", "ا ب خ ج", [(1, 1), (2, 1)], [(1, 1, 0), (3, 1, 1)]),
        ("ا ب ج", "ا ج", [(1, 1), (1, 1), (1, 1)], [(1, 1, 0), (0, 1, 1), (1, 1, 0)]),
        ("ا ب ج", "ا ج", [(1, 1), (1, 0), (1, 1)], [(1, 1, 0), (1, 1, 0)]),
    ],
)  # fmt: skip
def test_rows_follow_a_corrected_text(before, after, rows, expected):
    found = carried([Row(*row) for row in rows], "left", before.split(), after.split())

    assert [(row.left, row.right, int(row.to_check)) for row in found] == expected


words = st.lists(st.sampled_from(["ا", "ب", "ج", "دد", "ه ه ه", ""]), max_size=12)


@given(words, words, texts, st.sampled_from(["left", "right"]))
@settings(max_examples=80, deadline=None)
def test_carried_rows_cover_the_new_wording(before, after, other, side):
    text = Pieces(tuple(map(len, before)), (0,) * len(before))
    rows = propose(text, other) if side == "left" else propose(other, text)

    found = carried(rows, side, before, after)

    counts = (len(after), len(other)) if side == "left" else (len(other), len(after))
    covered = (sum(row.left for row in found), sum(row.right for row in found))
    assert covered == counts or (not rows and covered == (0, 0))
    if before == after:
        assert found == tuple(rows)
