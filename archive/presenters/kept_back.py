"""A wording as somebody reads it from whom sections are kept, and what is said in their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from archive.access import Viewer
from archive.access.sections import gaps_of
from archive.enums import Access
from archive.models import Text, TextRevision, TextSection
from archive.presenters import desk_words
from archive.presenters.moments import day_words, moment_words
from archive.text.cutting import Gap, cut


@dataclass(frozen=True, slots=True)
class Wording:
    """What is left of a wording: a text by itself, which tells nothing of how long the rest is."""

    text: Text
    number: int
    language: str
    direction: str
    content: str
    blocks: Sequence[Mapping[str, Any]]
    marks: Sequence[Mapping[str, Any]]
    #: Of each block, its place in the whole wording.
    numbers: Sequence[int]
    #: What is said before a block, by its place here.
    labels: Mapping[int, Sequence[str]]

    @property
    def text_id(self) -> int:
        """Key of the text."""
        return self.text.pk

    @property
    def length(self) -> int:
        """In code points."""
        return len(self.content)


def reading_of(text: Text, viewer: Viewer) -> TextRevision | Wording:
    """Return the current wording of a text: whole, or what of it this viewer may read.

    The caller has asked `in_part`. What is kept is asked after the words are there, so that nothing that was closed
    meanwhile gets out.
    """
    revision = TextRevision.objects.get(pk=text.current_revision_id)
    revision.text = text
    closed = gaps_of(text, revision.pk, viewer)
    if closed == []:
        return revision
    if closed is None:
        gaps = [
            Gap(0, len(revision.blocks), _("This text is being looked through; it is kept back until then."))
        ]
    else:
        gaps = [Gap(row.first, row.last, said_of(row)) for row in closed]
    left = cut(revision.content, revision.blocks, revision.marks, gaps)
    return Wording(
        text=text, number=revision.number, language=revision.language, direction=revision.direction,
        content=left.content, blocks=left.blocks, marks=left.marks, numbers=left.numbers, labels=left.labels,
    )  # fmt: skip


def said_of(section: TextSection) -> str:
    """Return what stands in the place of a section that is closed to the reader."""
    parts = [_kept_for(section)]
    first, second = section.sentence_ar, section.sentence_en
    if not (get_language() or "ar").startswith("ar"):
        first, second = second, first
    if first or second:
        parts.append(first or second)
    return " ".join(parts)


def _kept_for(section: TextSection) -> str:
    if section.down_because:
        facts = {
            "day": day_words(section.since),
            "reason": str(desk_words.TAKEDOWN_REASONS[section.down_because]),
        }
        return _("A section stood here that was taken down on %(day)s. Reason: %(reason)s.") % facts
    if section.access == Access.PUBLIC and section.embargo_until is not None:
        until = {"until": moment_words(section.embargo_until)}
        return _("This section is kept back until %(until)s.") % until
    if section.access == Access.MEMBERS:
        words = _("This section is for members with an account.")
    elif section.access == Access.RESTRICTED:
        words = _("This section is for people who were named for it.")
    else:
        return _("This section is kept by the archive and not open to readers.")
    if section.embargo_until is not None:
        words += " " + _("To them, it opens on %(until)s.") % {"until": moment_words(section.embargo_until)}
    return words
