"""What a reader sees at the edges of a paragraph, in the scripts that we know."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from archive.enums import BlockKind, MarkKind
from archive.importers.findings.function_words import FUNCTION_WORDS
from archive.text.types import Block, Mark, ParsedText

CLOSING = re.compile(r"[»”\"'’›)\]}）」』*_\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+\Z")
#: Full stops, question and exclamation marks of the scripts that we know.
SENTENCE_END = frozenset(".!?…؟۔׃։।॥።。！？;\u037e·‽⁇⁈⁉")
INTRODUCES = frozenset(":：﹕")

ENUMERATED = re.compile(r"\W*(?:[-–—•▪●◦*·]\s|\(?\w{1,3}[.)\-–][\s\u00a0]|\(\w{1,3}\))")
#: A first word, after quotes and brackets.
OPENING = re.compile(r"[\s«“”‘’\"'(\[{‹„¿¡\u200e\u200f\u202a-\u202e\u2066-\u2069]*\w")
FIRST_WORD = re.compile(
    r"[\s«“”‘’\"'(\[‹„\u200e\u200f]*((?:[^\W\d_]|[-’'\u0300-\u036f])+)(?=[\s,.;!?»”\"')\]…]|\Z)"
)
CAPTION_WORDS = re.compile(
    r"\W*(?:ال)?(?:خريطة|خارطة|صورة|صور|شكل|لوحة|رسم|مخطط|مشهد|لقطة|نقشه|تصویر|عکس|نقشہ|מפה|תמונה|תצלום|איור|"
    r"map|photo(?:graph)?|picture|figure|fig|image|plate|chart|diagram|illustration|screenshot|aerial|"
    r"carte|karte|abb(?:ildung)?|bild|foto|mapa|figura|tabula|χάρτης|εικόνα|φωτογραφία|σχήμα)(?!\w)",
    re.IGNORECASE,
)
#: A year or a day at the end, perhaps with a credit after it.
DATED = re.compile(r"(?<!\w)(?:[12]\d{3}|[١٢]\d{3}|[۱۲]\d{3})(?!\w)[^.؟!?]{0,12}\Z|/[^/]{3,40}\Z")


@dataclass(frozen=True)
class Prose:
    """The text of one block, seen as prose."""

    text: str
    block: Block
    #: The text without the raised numbers of notes at its end.
    body: str = field(repr=False, default="")

    @cached_property
    def last(self) -> str:
        """The last letter that counts: closing quotes and brackets are looked through."""
        return CLOSING.sub("", self.body)[-1:]

    @property
    def ends(self) -> bool:
        """Whether it ends like a sentence."""
        return self.last in SENTENCE_END

    @property
    def introduces(self) -> bool:
        """Whether it ends in a colon, before a list or a quotation."""
        return self.last in INTRODUCES

    @cached_property
    def size(self) -> int:
        """Its length in words; scripts without spaces count six letters as one."""
        return max(len(self.text.split()), len(self.text) // 12)

    @cached_property
    def last_word(self) -> str:
        """The last word, without what closes it."""
        words = CLOSING.sub("", self.body).split()
        return words[-1].lower() if words else ""

    @property
    def hangs(self) -> bool:
        """Whether its last word cannot end a sentence."""
        return self.last_word in FUNCTION_WORDS or self.last_word.endswith(("-", "\u00ad", "\u2010"))

    @cached_property
    def first_letter(self) -> str:
        """The first letter or digit."""
        return next((letter for letter in self.text if letter.isalnum()), "")

    @cached_property
    def begins_small(self) -> bool:
        """Whether its first word is in small letters, in a script that has them; names of code are not."""
        found = FIRST_WORD.match(self.text)
        return found is not None and found.group(1).islower()

    @property
    def begins_with_sign(self) -> bool:
        """Whether a sign stands before its first word that is no quote or bracket: a tag, a bullet."""
        return not OPENING.match(self.text)

    @property
    def begins_cased(self) -> bool:
        """Whether its script has capitals, so that a sentence that goes on would begin small."""
        return self.first_letter.lower() != self.first_letter.upper()

    @property
    def enumerated(self) -> bool:
        """Whether it begins with a bullet or a number, like a point of a list."""
        return bool(ENUMERATED.match(self.text))

    @property
    def names_a_picture(self) -> bool:
        """Whether its first word says that it describes a picture."""
        return bool(CAPTION_WORDS.match(self.text))

    @property
    def dated(self) -> bool:
        """Whether it ends with a date, as captions do."""
        return bool(DATED.search(self.text.strip()[-60:]))


def proses(parsed: ParsedText) -> list[Prose]:
    """Return all blocks as prose."""
    raised: dict[int, Mark] = {
        mark.end: mark
        for mark in parsed.marks
        if mark.kind in {MarkKind.NOTE_REFERENCE, MarkKind.SUPERSCRIPT}
    }
    found = []
    for block in parsed.blocks:
        end = block.end
        while end in raised and raised[end].start >= block.start:
            end = raised[end].start
        text = parsed.content[block.start : block.end]
        found.append(Prose(text, block, parsed.content[block.start : end]))
    return found


def is_written_in_sentences(items: list[Prose]) -> bool:
    """Whether paragraphs of this text as a rule end with a full stop; verse and lists do not."""
    long = [item for item in items if item.block.kind == BlockKind.PARAGRAPH and item.size >= 8]
    return bool(long) and sum(item.ends or item.introduces for item in long) * 2 >= len(long)
