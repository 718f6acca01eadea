"""Texts of invented words to measure with: nobody's, as large as wanted, the same for the same seed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"
#: How three root letters become a word.
PATTERNS = (
    *(
        "{}ا{}{}",
        "م{}{}و{}",
        "{}{}ا{}",
        "{}{}{}",
        "م{}ا{}{}ة",
        "ت{}{}ي{}",
        "ا{}ت{}ا{}",
        "{}{}و{}",
        "{}{}ي{}ة",
    ),
    *("م{}{}{}", "أ{}{}ا{}", "ا{}{}{}ى", "مست{}{}{}", "{}{}{}ان", "ي{}{}{}ون", "{}{}ائ{}", "مت{}{}ّ{}"),
    *("{}َ{}َ{}َ", "{}ُ{}ُو{}", "{}ِ{}ا{}ٌ"),
)
PREFIXES = ("", "", "", "", "ال", "ال", "ال", "و", "بال", "وال", "لل", "ف", "ب", "ل")
SUFFIXES = ("", "", "", "", "", "", "ها", "هم", "ات", "ين")
PARTICLES = (
    *(
        "من",
        "في",
        "على",
        "إلى",
        "عن",
        "أن",
        "ما",
        "لا",
        "ثم",
        "قد",
        "كان",
        "هذا",
        "التي",
        "الذي",
        "بعد",
        "قبل",
    ),
    *("مع", "كل", "غير", "بين", "حتى", "إذ", "لم", "هو", "هي"),
)
ENDS = (".", ".", ".", "؟", "!", "؛")


@dataclass(slots=True)
class Token:
    """A word, what follows it, and which word of the old text it is (None: it came later)."""

    word: str
    after: str = " "
    origin: int | None = None
    #: Whether the word was changed beyond its marks.
    changed: bool = False


Paragraph = list[Token]
Text = list[Paragraph]


class Writer:
    """Writes sentences with a vocabulary in which few words are common and most are rare."""

    def __init__(self, seed: int, *, roots: int = 1500) -> None:
        self.random = Random(seed)
        self._roots = [tuple(self.random.choices(LETTERS, k=3)) for _ in range(roots)]
        self._weights = [1 / (rank + 5) for rank in range(roots)]
        self._pool: list[tuple[str, ...]] = []

    def word(self) -> str:
        """Return a word: a particle, or a root in a pattern with what is written onto it."""
        if self.random.random() < 0.28:
            return self.random.choice(PARTICLES)
        if not self._pool:
            self._pool = self.random.choices(self._roots, self._weights, k=5000)
        body = self.random.choice(PATTERNS).format(*self._pool.pop())
        return self.random.choice(PREFIXES) + body + self.random.choice(SUFFIXES)

    def sentence(self) -> Paragraph:
        """Return 5 to 22 words with a comma here and there and a point at the end."""
        words = [Token(self.word()) for _ in range(self.random.randint(5, 22))]
        for token in words[2:-2]:
            if self.random.random() < 0.07:
                token.after = "، "
        words[-1].after = self.random.choice(ENDS) + " "
        return words

    def paragraph(self) -> Paragraph:
        """Return 2 to 7 sentences."""
        return ended([token for _ in range(self.random.randint(2, 7)) for token in self.sentence()])


def ended(paragraph: Paragraph) -> Paragraph:
    """Return the paragraph with the end of a line after its last word."""
    if paragraph:
        paragraph[-1].after = paragraph[-1].after.rstrip() + "\n"
    return paragraph


def copied(text: Text) -> Text:
    """Return a copy of a text, token by token."""
    return [[replace(token) for token in paragraph] for paragraph in text]


def numbered(text: Text) -> Text:
    """Return the text with each word numbered: this is the old text."""
    place = 0
    for paragraph in text:
        for token in paragraph:
            token.origin = place
            place += 1
    return text


def varied(words: int, seed: int = 1) -> Text:
    """Return a text in which no passage comes again."""
    writer, text, count = Writer(seed), [], 0
    while count < words:
        text.append(writer.paragraph())
        count += len(text[-1])
    return numbered(text)


def repetitive(words: int, seed: int = 2) -> Text:
    """Return one article of about 3,400 words again and again."""
    article = varied(3400, seed)
    count = sum(map(len, article))
    return numbered([paragraph for _ in range(max(1, round(words / count))) for paragraph in copied(article)])


def litany(words: int, seed: int = 3) -> Text:
    """Return entries of a few forms, each differing from its like in one to three words."""
    writer, text, count = Writer(seed), [], 0
    forms = [writer.paragraph() for _ in range(12)]
    while count < words:
        for form in forms:
            entry = copied([form])[0]
            for token in writer.random.sample(entry, writer.random.randint(1, 3)):
                token.word = writer.word()
            text.append(entry)
            count += len(entry)
    return numbered(text)


def rendered(text: Text) -> str:
    """Return the text as written."""
    return "".join(token.word + token.after for paragraph in text for token in paragraph)
