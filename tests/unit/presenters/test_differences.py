"""What changed, as people see it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.presenters.differences import changes, words_diff


def text(*paragraphs, kind="paragraph"):
    blocks, at = [], 0
    for words in paragraphs:
        blocks.append({"kind": kind, "level": None, "start": at, "end": at + len(words)})
        at += len(words) + 1
    return "\n".join(paragraphs), blocks


def drawn(parts):
    return "".join(
        {"same": "{}", "ins": "[+{}]", "del": "[-{}]", "cut": "…"}[p.kind].format(p.text) for p in parts
    )


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("قال الشيخ", "قال الشيخُ", "قال [-الشيخ][+الشيخُ]"),
        ("بلغ أربعين قرشًا.", "بلغ ثلاثين قرشًا.", "بلغ [-أربعين][+ثلاثين] قرشًا."),
        ("أ\nب", "أ ب", "أ[-⏎ ][+ ]ب"),
        ("كلام", "كلام", "كلام"),
    ],
)
def test_words_are_compared_with_their_vowel_marks(before, after, shown):
    assert drawn(words_diff(before, after)) == shown


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (
            "A remark by keyboard on the regime forces",
            "A remark on the regime forces north of Aleppo.",
            "A remark [-by keyboard ]on the regime forces[+ north of Aleppo.]",
        ),
        # Words between two changes that are longer are told with them.
        (
            "It was taken by infantry on Sunday, they said.",
            "It was taken with cannons on Thursday, they said.",
            "It was taken [-by infantry on Sunday][+with cannons on Thursday], they said.",
        ),
        # Those that are longer than either change stay.
        ("The old mill by the dam", "The new mill by a dam", "The [-old][+new] mill by [-the][+a] dam"),
        # Where hardly anything stays, the old is read whole and then the new.
        (
            "Nobody knows who built the mill.",
            "Three families of masons from Aleppo carried the stones here.",
            "[-Nobody knows who built the mill.][+Three families of masons from Aleppo carried the stones here.]",
        ),
        # What was only added or only taken away is never told as a new whole.
        ("A mill.", "A mill. " + "More of it. " * 9, "A mill.[+ " + "More of it. " * 9 + "]"),
        (
            "Mill, built of white stone by the masons of Aleppo",
            "Mill",
            "Mill[-, built of white stone by the masons of Aleppo]",
        ),
    ],
)
def test_changed_stretch_is_one_deletion_and_one_insertion(before, after, shown):
    assert drawn(words_diff(before, after)) == shown


_WORDINGS = st.lists(
    st.sampled_from(["the", "mill", "by", "الطاحونة", "على", "،", ".", "old", "«", "\n", "  "]), max_size=40
).map(" ".join)


@given(_WORDINGS, _WORDINGS)
def test_what_stayed_and_went_is_the_old_wording_and_what_stayed_and_came_is_the_new(before, after):
    parts = words_diff(before, after)

    def told(*kinds):
        return "".join(part.text for part in parts if part.kind in kinds).replace("⏎ ", "\n")

    assert told("same", "del") == before
    assert told("same", "ins") == after
    # No two changes of the same kind stand side by side, and what went stands before what came.
    kinds = [part.kind for part in parts]
    assert all((one, next_) in _FOLLOWS for one, next_ in pairwise(kinds))


_FOLLOWS = {
    ("same", "del"), ("same", "ins"), ("del", "ins"), ("del", "same"), ("ins", "same")
}  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("", "كلام", "[+كلام]"),
        ("كلام", "", "[-كلام]"),
    ],
)
def test_one_wording_that_is_empty(before, after, shown):
    assert drawn(words_diff(before, after)) == shown


def test_paragraphs_that_did_not_change_are_counted_only():
    hunks = changes(text("أ", "ب", "ج"), text("أ", "بب", "ج"))

    assert [(hunk.kind, hunk.count, hunk.number) for hunk in hunks] == [
        ("skip", 1, 0),
        ("change", 0, 2),
        ("skip", 1, 0),
    ]


def test_joined_paragraphs_are_one_change():
    hunks = changes(text("أول", "ثان", "آخر"), text("أول ثان", "آخر"))

    assert [drawn(hunk.parts) for hunk in hunks if hunk.kind == "change"] == ["أول[-⏎ ][+ ]ثان"]


def test_change_of_kind_alone_is_told():
    hunks = changes(text("أ"), text("أ", kind="quote"))

    assert hunks[0].kinds == ("paragraph", "quote")


def test_same_text_has_no_changes():
    assert changes(text("أ"), text("أ")) == []


def test_long_stretches_between_changes_are_cut():
    long = " ".join(["كلمة"] * 500)

    parts = changes(text(f"أ {long} ب"), text(f"ت {long} ث"))[0].parts

    assert sum(len(part.text) for part in parts) < 300
    assert "cut" in [part.kind for part in parts]
