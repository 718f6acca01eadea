"""Images of single words, looked up in an alignment."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from annotations.anchoring.kin import KIN, SURE_KIN, Image, has_rival, images
from annotations.anchoring.likeness import alike
from annotations.anchoring.types import Alignment, Gap, Lane
from archive.text.folding import fold_key

#: So few words that stand alone between words that went or came may be the same by chance,
#: if one of them stands again so near.
ISLAND, NEAR = 2, 12
#: Where so many more words stand than stood, or so many fewer, lines came or went.
LINE = 4


class Lookup:
    """Finds the images of old words; remembers the gaps it has looked into."""

    def __init__(self, alignment: Alignment) -> None:
        self.alignment = alignment
        self._gaps: dict[Gap, dict[int, Image]] = {}
        self._frees: dict[Gap, set[int]] = {}
        self._blocks = [lane.runs[0].old for lane in alignment.blocks]
        self._doubts = [start for start, _ in alignment.doubtful]

    def image(self, lane: Lane, word: int) -> Image | None:
        """Return the image of one old word, by code points of the new text."""
        new = self.alignment.new_words
        at = bisect_right(lane.olds, word) - 1
        if at >= 0 and word < lane.runs[at].old + lane.runs[at].length:
            place = lane.runs[at].new + word - lane.runs[at].old
            return Image(new.starts[place], new.ends[place], 1.0)
        gap = self._gap_after(lane, at)
        return self._images(gap).get(word) if gap.old <= word < gap.old_end else None

    def _images(self, gap: Gap) -> dict[int, Image]:
        if gap not in self._gaps:
            self._gaps[gap] = images(self.alignment, gap)
        return self._gaps[gap]

    def may_be_another(self, lane: Lane, word: int) -> bool:
        """Whether the image of a word could be another word: the same one, or one as like, went or came beside it."""
        number, at = self.alignment.old_ids[word], bisect_right(lane.olds, word) - 1
        if at < 0 or word >= lane.runs[at].old + lane.runs[at].length:
            return self._is_by_chance(self._gap_after(lane, at), word)
        run, before, after = lane.runs[at], self._gap_after(lane, at - 1), self._gap_after(lane, at)
        if run.length <= ISLAND and self._is_lone(before, after, word, run.new + word - run.old):
            return True
        if word == run.old and (number in self._free(before) or self._is_like_one_beside(word, before, -1)):
            return True
        if word < run.old + run.length - 1:
            return False
        return number in self._free(after) or self._is_like_one_beside(word, after, 1)

    def _is_lone(self, before: Gap, after: Gap, word: int, place: int) -> bool:
        """Whether a word that stands alone between gaps may stand there by chance, since near it there is another."""
        low, high = max(0, place - NEAR), place + NEAR
        again = self.alignment.new_ids[low:high].count(self.alignment.old_ids[word]) > 1
        if again and _is_uneven(before) and _is_uneven(after):
            return True
        if max(_came(before), _came(after)) < LINE:
            return False
        texts, mine = self.alignment.new_words.texts, fold_key(self.alignment.old_words.texts[word])
        return any(
            alike(mine, fold_key(other)) >= KIN for other in (*texts[low:place], *texts[place + 1 : high])
        )

    def is_one_of_several(self, lane: Lane, word: int) -> bool:
        """Whether a word that stands in no run has an image that stands there more than once."""
        at = bisect_right(lane.olds, word) - 1
        if at >= 0 and word < lane.runs[at].old + lane.runs[at].length:
            return False
        number = self.alignment.old_ids[word]
        return any(row.count(number) > 1 for row in self._words_in(self._gap_after(lane, at)))

    def _is_like_one_beside(self, word: int, gap: Gap, step: int) -> bool:
        """Whether a word like this one went or came where its run ends: right beside it, or at the end of whole lines."""
        if min(gap.old_end - gap.old, gap.new_end - gap.new) > 0 or not _came(gap):
            return False
        olds, news = self.alignment.old_words.texts, self.alignment.new_words.texts
        free = olds[gap.old : gap.old_end] or news[gap.new : gap.new_end]
        beside, far = (free[-1], free[0]) if step < 0 else (free[0], free[-1])
        mine = fold_key(olds[word])
        if alike(mine, fold_key(beside)) >= SURE_KIN:
            return True
        return len(free) >= LINE and alike(mine, fold_key(far)) >= KIN

    def _is_by_chance(self, gap: Gap, word: int) -> bool:
        """Whether the image of a word of a gap is only one of several; what is equal in a gap was let go as chance."""
        image, ids = self._images(gap).get(word), self.alignment.old_ids
        if image is None or image.likeness == 0:
            return False
        if ids[word] in self._words_in(gap)[1]:
            return True
        if _came(gap) >= LINE and self._is_one_of_lines(gap, word, image):
            return True
        return image.likeness < 1 and has_rival(self.alignment, gap, word, image)

    def _is_one_of_lines(self, gap: Gap, word: int, image: Image) -> bool:
        """Whether the image of a word, among lines that went or came, is little like it, or not alone in being like it.

        The same word beside the gap may be this one; and so may a word at either end of it, where this one stood.
        """
        ids, old, new = self.alignment.old_ids, self.alignment.old_words, self.alignment.new_words
        beside = ids[max(0, gap.old - 1) : gap.old] + ids[gap.old_end : gap.old_end + 1]
        if image.likeness < SURE_KIN or ids[word] in beside:
            return True
        ends = [at for at in (gap.new, gap.new_end - 1) if not image.start <= new.starts[at] < image.end]
        mine = fold_key(old.texts[word])
        return any(alike(mine, fold_key(new.texts[at])) >= KIN for at in ends)

    def _free(self, gap: Gap) -> set[int]:
        """Return the words, as numbers, that went from a gap or came into it: all that became no other."""
        if gap not in self._frees:
            starts = self.alignment.new_words.starts
            changed = {word: image for word, image in self._images(gap).items() if image.likeness}
            taken = {
                new
                for image in changed.values()
                for new in range(bisect_left(starts, image.start), bisect_left(starts, image.end))
            }
            old, new = self._words_in(gap)
            went = {number for word, number in enumerate(old, gap.old) if word not in changed}
            came = {number for word, number in enumerate(new, gap.new) if word not in taken}
            self._frees[gap] = went | came
        return self._frees[gap]

    def _words_in(self, gap: Gap) -> tuple[list[int], list[int]]:
        """Return the words, as numbers, that the two texts have in a gap."""
        return self.alignment.old_ids[gap.old : gap.old_end], self.alignment.new_ids[gap.new : gap.new_end]

    def _gap_after(self, lane: Lane, at: int) -> Gap:
        """Return the gap between run `at` of a lane and the next; a block that moved has none around it."""
        runs = lane.runs
        if lane.moved and not 0 <= at < len(runs) - 1:
            return lane.before if at < 0 else lane.after
        old, new = (runs[at].old + runs[at].length, runs[at].new + runs[at].length) if at >= 0 else (0, 0)
        if at + 1 < len(runs):
            return Gap(old, runs[at + 1].old, new, runs[at + 1].new)
        return Gap(old, len(self.alignment.old_words.starts), new, len(self.alignment.new_words.starts))

    def lanes(self, first: int, last: int) -> list[tuple[int, Lane]]:
        """Return the lanes that hold words of `[first, last]`, with how many, most first."""
        main, blocks = self.alignment.main, self.alignment.blocks
        held = _held(main, first, last)
        if held > last - first or not blocks:
            return [(held, main)] if held else []
        at = max(0, bisect_right(self._blocks, first) - 1)
        found = [(held, main)]
        while at < len(blocks) and self._blocks[at] <= last:
            found.append((_held(blocks[at], first, last), blocks[at]))
            at += 1
        return sorted([item for item in found if item[0]], key=lambda item: -item[0])

    def is_doubtful(self, first: int, last: int) -> bool:
        """Whether all the words of `[first, last]` could as well be others."""
        at = bisect_right(self._doubts, first) - 1
        return at >= 0 and last < self.alignment.doubtful[at][1]

    def new_words(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and last word of the new text that `[start, end)` touches."""
        words = self.alignment.new_words
        return bisect_right(words.ends, start), bisect_left(words.starts, end) - 1


def _held(lane: Lane, first: int, last: int) -> int:
    """Return how many words of `[first, last]` are in the runs of a lane."""
    held = 0
    for index in range(max(0, bisect_right(lane.olds, first) - 1), bisect_right(lane.olds, last)):
        run = lane.runs[index]
        held += max(0, min(run.old + run.length, last + 1) - max(run.old, first))
    return held


def _is_uneven(gap: Gap) -> bool:
    """Whether words went or came, not only gave way to as many."""
    return _came(gap) > 0


def _came(gap: Gap) -> int:
    """Return how many more words one text has in a gap than the other."""
    return abs((gap.old_end - gap.old) - (gap.new_end - gap.new))
