"""Which old encoding a text is in, told from how its words look under each; a guess, always reported as one.

Every byte is a letter in these encodings, so nothing fails when the wrong one is taken: Arabic turns into rows of
accented capitals, or into words half Latin and half Arabic. So each encoding is judged by its words: those whose
letters go together are good, those that no language writes are bad, and the rest (single letters) say nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

#: In the order of preference when two encodings give the same words.
CANDIDATES = ("windows-1252", "windows-1256", "iso-8859-6", "mac_arabic")
#: In these an accented Latin letter speaks for another encoding; only Arabic words speak for them.
ONLY_ARABIC = frozenset({"iso-8859-6", "mac_arabic"})
#: A word with at least one byte that is not ASCII, with the signs that may stand at it.
WORD = re.compile(rb"[A-Za-z'\x80-\xff]*[\x80-\xff][A-Za-z'\x80-\xff]*")
#: Words looked at; a longer text is told by its beginning.
MOST_WORDS = 20_000
#: So many words of letters at least, or nothing is guessed.
LEAST_WORDS = 3
#: Share of the judged words that must be good, and by how much better than any other reading.
GOOD_SHARE, MARGIN = 0.9, 0.1
#: UTF-8 with a few torn bytes is no old encoding: above this share of whole letters it is refused, with the place.
UTF8_SHARE = 0.5
UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
HIGH = re.compile(rb"[\x80-\xff]")
#: Letters that Arabic script has beside the Arabic language's own, in the same blocks.
ARABIC = re.compile(r"[\u0620-\u065f\u0670-\u06d3]+")
LATIN = re.compile(
    r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e'\u2019]+"
)
#: Forms that begin no Arabic word: vowel marks, tāʾ marbūṭa, alif maqṣūra.
NO_BEGINNING = re.compile(r"[\u064b-\u0652\u0629\u0649]")
#: Tāʾ marbūṭa and alif maqṣūra stand at the end, before vowel marks at most.
INSIDE = re.compile(r"[\u0629\u0649](?=[\u064b-\u0652]*[\u0621-\u063a\u0641-\u064a])")
#: Signs that stand between words in any of these scripts.
SIGNS = re.compile(
    r"[\s!-&(-@\[-`{-~\u00a0-\u00bf\u060c\u061b\u061f\u0640\u0660-\u066d\u200b-\u200f\u2010-\u2018\u201a-\u2026\u2030\u2039\u203a\u20ac\u2122]+"
)
#: Signs that stand at words but never inside of one: between two letters they are misread letters.
NEVER_INSIDE = re.compile(
    r"[^\W\d_][\[\\\]^_`{|}~\u00a1-\u00a9\u00ac-\u00b6\u00b8-\u00b9\u00bc-\u00bf\u20ac\u2030\u2122]+[^\W\d_]"
)
#: Every language of Arabic script writes at least so much of its letters as alif; other scripts read as Arabic do not.
ALIF_SHARE = 0.04
SAMPLE = 60


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding, and what speaks for it."""

    encoding: str
    #: Words that were judged, and how many of them look like words.
    words: int
    good: int
    #: The next best reading, "" when no other can be told from it.
    other: str
    #: The first words as they are read, for a person to judge.
    sample: str

    def as_json(self) -> dict[str, object]:
        """Return what the run keeps."""
        return {"words": self.words, "good": self.good, "other": self.other, "sample": self.sample}


@dataclass(frozen=True, slots=True)
class _Score:
    encoding: str
    words: int
    good: int
    text: str

    @property
    def share(self) -> float:
        return self.good / self.words if self.words else 0.0


def guess(data: bytes) -> Guess | None:
    """Return the encoding that the words of `data` speak for; None when too few do, or two do as well."""
    if is_torn_utf8(data):
        return None
    words = _words(data)
    scores = [score for name in CANDIDATES if _fits(data, name) and (score := _score(words, name))]
    scores.sort(key=lambda score: -score.share)
    if not scores:
        return None
    best = scores[0]
    others = [score for score in scores[1:] if score.text != best.text and score.good]
    if best.good < LEAST_WORDS or best.share < GOOD_SHARE:
        return None
    if (others and others[0].share > best.share - MARGIN) or not _has_alif(best.text):
        return None
    other = others[0].encoding if others else ""
    return Guess(best.encoding, best.words, best.good, other, _sample(data, best.encoding))


def likeliest(data: bytes) -> str:
    """Return the encoding under which the few words of `data` look best, to be told with them; never to be taken unasked.

    Where nothing speaks for another it is "windows-1252", of which Latin-1 is a part.
    """
    words = _words(data)
    scores = [score for name in CANDIDATES if _fits(data, name) and (score := _score(words, name))]
    return max(scores, key=lambda score: score.share).encoding if scores else CANDIDATES[0]


def contradicts(data: bytes, name: str) -> bool:
    """Whether the words of `data` read as `name` are no words: a page may name an encoding that it is not in."""
    score = _score(_words(data), name)
    return score is not None and score.words >= LEAST_WORDS and score.share < 1 - GOOD_SHARE + MARGIN


def is_torn_utf8(data: bytes) -> bool:
    """Whether most bytes above ASCII are whole letters of UTF-8."""
    high = len(HIGH.findall(data))
    whole = sum(len(letter) for letter in UTF8_LETTER.findall(data))
    return whole > UTF8_SHARE * high


def _words(data: bytes) -> Mapping[bytes, int]:
    words: Counter[bytes] = Counter()
    for number, found in enumerate(WORD.finditer(data)):
        if number >= MOST_WORDS:
            break
        words[found.group()] += 1
    return words


def _fits(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _score(words: Mapping[bytes, int], name: str) -> _Score | None:
    judged = good = 0
    texts = []
    for raw, times in words.items():
        text = raw.decode(name, "replace")
        texts.append(text)
        verdicts = _verdicts(text, name in ONLY_ARABIC)
        judged += times * len(verdicts)
        good += times * sum(verdicts)
    return _Score(name, judged, good, " ".join(texts)) if judged else None


@lru_cache(maxsize=50_000)
def _verdicts(text: str, is_arabic: bool) -> tuple[bool, ...]:
    """Return for each of the letters that stand together whether they are a word, without those that do not say."""
    if NEVER_INSIDE.search(text):
        return (False,)
    verdicts = [_word(piece, is_arabic) for piece in SIGNS.split(text)]
    judged = tuple(verdict for verdict in verdicts if verdict is not None)
    if judged:
        return judged
    # Signs at letters of ASCII (“so”, it’s) speak for the encoding that has signs there.
    return (True,) if not is_arabic and any(map(str.isalpha, text)) and not text.isalpha() else ()


def _word(text: str, is_arabic: bool) -> bool | None:
    text = text.strip("'\u2019")
    if ARABIC.fullmatch(text):
        if len(text) < 2:
            return None
        return not (NO_BEGINNING.match(text) or INSIDE.search(text))
    if text.isascii() or (len(text) == 1 and text.isalpha()):
        return None
    if LATIN.fullmatch(text):
        return _latin(text) and not is_arabic
    # Scripts in one word, symbols between letters, control characters: no language writes that.
    return False


def _has_alif(text: str) -> bool:
    """Whether what is Arabic in the text is likely to be language; true when nothing is."""
    letters = "".join(ARABIC.findall(text))
    return sum(map(letters.count, "اأإآ")) >= ALIF_SHARE * len(letters)


def _latin(text: str) -> bool | None:
    """Whether a Latin word has more plain letters than accented ones, and no capital after a small letter."""
    letters = [letter for letter in text if letter.isalpha()]
    accented = sum(not letter.isascii() for letter in letters)
    if not accented or len(letters) < 2:
        return None
    is_mixed = any(a.islower() and b.isupper() for a, b in pairwise(letters))
    return accented * 2 <= len(letters) and not is_mixed


def _sample(data: bytes, name: str) -> str:
    found = WORD.search(data)
    start = found.start() if found else 0
    return " ".join(data[start : start + 4 * SAMPLE].decode(name, "replace").split())[:SAMPLE]
