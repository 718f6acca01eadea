"""Short ways to a text and its translation, each in an edition of its own, for a test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotations.actions.compose_edition import compose_edition
from annotations.models import Annotation, Edition, Release
from archive.enums import AlignmentOrigin, TextRole
from archive.models import Alignment, Text, User, Work
from tests.factories_editions import Sealable, add_wording, make_work, plan
from tests.factories_notes import make_accepted

ARABIC = (
    ("heading", "وصف الجسر", 1, {}),
    ("paragraph", "بُني الجسر من حجرٍ أبيض.", None, {}),
    ("paragraph", "يمرّ القادم من السوق إلى الماء، ثم يعبر.", None, {}),
)
ENGLISH = (
    ("heading", "Describing the bridge", 1, {}),
    ("paragraph", "The bridge was built of white stone.", None, {}),
    ("paragraph", "Whoever comes from the market walks to the water,", None, {}),
    ("paragraph", "and then crosses.", None, {}),
)
#: Rows of the pairing of these two.
ROWS = ([1, 1, 0], [1, 1, 0], [1, 2, 0])


@dataclass
class Side(Sealable):
    """One of the two: its text, its edition and its note."""

    text: Text
    edition: Edition
    note: Annotation
    people: dict[str, User]


@dataclass
class Pair:
    """A public work with a text and its translation, an edition of each, and how their blocks are paired."""

    work: Work
    arabic: Side
    english: Side

    def pair(self, rows: Sequence[Any] = ROWS, *, approved: bool = True) -> Alignment:
        """Pair the wordings as they stand."""
        left, right = (Text.objects.get(pk=side.text.pk) for side in (self.arabic, self.english))
        return Alignment.objects.create(
            original=left.current_revision, translation=right.current_revision, rows=list(rows),
            origin=AlignmentOrigin.PROPOSED, is_approved=approved,
        )  # fmt: skip

    def release(self) -> tuple[Release, Release]:
        """Publish both."""
        return self.arabic.release(), self.english.release()


def make_pair(people: dict[str, User]) -> Pair:
    """Return the two, paired and approved, with editions that are ready to be sealed."""
    work = make_work("bridge")
    arabic = Text.objects.create(work=work, language="ar", direction="rtl")
    english = Text.objects.create(
        work=work, language="en", direction="ltr", role=TextRole.TRANSLATION, translation_of=arabic, order=1
    )
    add_wording(arabic, ARABIC)
    add_wording(english, ENGLISH)
    pair = Pair(
        work,
        _side(arabic, "حجرٍ أبيض", "حجر كلسي.", "ar", "bridge-ar", people),
        _side(english, "white stone", "Limestone.", "en", "bridge-en", people),
    )
    pair.pair()
    return pair


def _side(text: Text, words: str, body: str, language: str, slug: str, people: dict[str, User]) -> Side:
    by = {"author": people["scholar"], "reviewer": people["reviewer"]}
    note = make_accepted(text, words, body=body, language=language, **by)
    title = {"ar": f"الجسر ({language})", "en": f"The Bridge ({language})"}
    edition = compose_edition(text=text.public_id, plan=plan(slug=slug, title=title), by=people["editor"])
    return Side(text, edition, note, people)
