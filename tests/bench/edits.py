"""Kinds of revision, each applied to a text whose words know where they come from."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.bench.corpora import LETTERS, Paragraph, Text, Token, Writer, copied, ended

MARKS = "ًٌٍَُِّْ"
NEAR = {
    "ة": "ه",
    "ه": "ة",
    "أ": "ا",
    "ا": "أ",
    "ى": "ي",
    "ي": "ى",
    "إ": "ا",
    "ؤ": "و",
    "ض": "ظ",
    "ظ": "ض",
    "ذ": "د",
    "س": "ص",
}

Edit = Callable[[Text, Random, Writer, float], Text]


def _change(token: Token, random: Random) -> None:
    """Change a letter, drop one or double one, as a corrector or a bad eye would."""
    place = random.randrange(len(token.word))
    kind, word = random.random(), token.word
    if word[place] in NEAR and kind < 0.6:
        token.word = word[:place] + NEAR[word[place]] + word[place + 1 :]
    elif kind < 0.8 or len(word) < 4:
        token.word = word[:place] + random.choice(LETTERS) + word[place + 1 :]
    elif kind < 0.9:
        token.word = word[:place] + word[place + 1 :]
    else:
        token.word = word[:place] + random.choice(LETTERS) + word[place:]
    token.changed = True


def spelling(text: Text, random: Random, writer: Writer, rate: float = 0.03) -> Text:
    """Correct the spelling of words."""
    for paragraph in text:
        for token in paragraph:
            if random.random() < rate:
                _change(token, random)
    return text


def vowels(text: Text, random: Random, writer: Writer, rate: float = 0.15) -> Text:
    """Take all the vowel marks out and put others in."""
    for paragraph in text:
        for token in paragraph:
            token.word = "".join(letter for letter in token.word if letter not in MARKS)
            if random.random() < rate:
                place = random.randrange(len(token.word)) + 1
                token.word = token.word[:place] + random.choice("ًَُِّ") + token.word[place:]
    return text


def words_inserted(text: Text, random: Random, writer: Writer, rate: float = 0.015) -> Text:
    """Put one to three words in."""
    return [_with_inserted(paragraph, random, writer, rate) for paragraph in text]


def _with_inserted(paragraph: Paragraph, random: Random, writer: Writer, rate: float) -> Paragraph:
    edited: Paragraph = []
    for token in paragraph:
        if random.random() < rate:
            edited += [Token(writer.word()) for _ in range(random.randint(1, 3))]
        edited.append(token)
    return edited


def words_deleted(text: Text, random: Random, writer: Writer, rate: float = 0.015) -> Text:
    """Take one to three words out."""
    edited: Text = []
    for paragraph in text:
        kept: Paragraph = []
        skip = 0
        for token in paragraph:
            if not skip and random.random() < rate:
                skip = random.randint(1, 3)
            if skip:
                skip -= 1
            else:
                kept.append(token)
        edited.append(ended(kept))
    return edited


def passages_inserted(text: Text, random: Random, writer: Writer, rate: float = 0.04) -> Text:
    """Put paragraphs in: new ones, and ones like others of the text."""
    edited: Text = []
    sources = copied(text)
    for paragraph in text:
        if random.random() < rate:
            new = writer.paragraph()
            if random.random() < 0.3:
                new = copied([random.choice(sources)])[0]
                for token in new:
                    token.origin = None
            edited.append(new)
        edited.append(paragraph)
    return edited


def passages_deleted(text: Text, random: Random, writer: Writer, rate: float = 0.05) -> Text:
    """Take paragraphs out, and sentences."""
    return [
        ended(_without_sentence(paragraph, random)) if random.random() < rate else paragraph
        for paragraph in text
        if random.random() >= rate
    ]


def _without_sentence(paragraph: Paragraph, random: Random) -> Paragraph:
    ends = [0, *(place + 1 for place, token in enumerate(paragraph) if token.after[0] in ".؟!؛")]
    if len(ends) < 3:
        return paragraph
    cut = random.randrange(len(ends) - 1)
    return paragraph[: ends[cut]] + paragraph[ends[cut + 1] :]


def passages_moved(text: Text, random: Random, writer: Writer, rate: float = 0.04) -> Text:
    """Carry paragraphs elsewhere."""
    moved = [paragraph for paragraph in text if random.random() < rate]
    taken = {id(paragraph) for paragraph in moved}
    edited = [paragraph for paragraph in text if id(paragraph) not in taken]
    for paragraph in moved:
        edited.insert(random.randrange(len(edited) + 1), paragraph)
    return edited


def joined_and_split(text: Text, random: Random, writer: Writer, rate: float = 0.2) -> Text:
    """Join and split paragraphs, change points and spaces."""
    for paragraph in text:
        for token in paragraph:
            if token.after == "\n" or random.random() >= rate / 4:
                continue
            token.after = random.choice([" ", "، ", ". ", "  ", ".\n", " — ", "؛ "])
        if random.random() < rate:
            paragraph[-1].after = " "
    return text


def at_once(text: Text, random: Random, writer: Writer, rate: float = 0.5) -> Text:
    """Do all of them, each at half its rate."""
    for edit, usual in RATES.items():
        text = [paragraph for paragraph in edit(text, random, writer, usual * rate) if paragraph]
    return text


def digitization(text: Text, random: Random, writer: Writer, rate: float = 0.12) -> Text:
    """Read the same book from another scan: misread words, other points, words run together, page marks."""
    edited: Text = []
    count = 0
    for paragraph in text:
        read: Paragraph = []
        for token in paragraph:
            token.word = "".join(letter for letter in token.word if letter not in MARKS)
            if random.random() < rate:
                _change(token, random)
            if token.after != "\n" and random.random() < 0.2:
                token.after = random.choice([" ", "، ", ". ", " ، ", "\n", " .. "])
            if random.random() < 0.01:
                token.after, token.changed = "", True
            read.append(token)
            count += 1
            if count % 250 == 0:
                read.append(Token(f"[ص{count // 250}]", "\n"))
        edited.append(read)
    return edited


RATES: dict[Edit, float] = {
    spelling: 0.03,
    vowels: 0.15,
    words_inserted: 0.015,
    words_deleted: 0.015,
    passages_inserted: 0.04,
    passages_deleted: 0.05,
    passages_moved: 0.04,
    joined_and_split: 0.2,
}
KINDS: dict[str, Edit] = {
    **{edit.__name__.replace("_", " "): edit for edit in RATES},
    "all at once": at_once,
    "other digitization": digitization,
}


def revised(text: Text, kind: str, seed: int = 7) -> Text:
    """Return a revision of a text of the given kind."""
    edit = KINDS[kind]
    random, writer = Random(seed), Writer(seed + 1)
    rate = RATES.get(edit, 0.5 if edit is at_once else 0.12)
    return [paragraph for paragraph in edit(copied(text), random, writer, rate) if paragraph]
