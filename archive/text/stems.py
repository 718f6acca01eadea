"""Light Arabic stemming: a word with and without what is written onto it.

«بالكاستيلو» is an occurrence of «الكاستيلو»: conjunction, preposition and article are written onto the word,
pronouns and endings behind it. Nothing here knows roots or a dictionary, so every step away from the word as
it stands has a penalty (0 the word itself, 1 nothing in common), and what must be exact may stop at 0.
All words are folded (`archive.text.folding`). Words of other scripts have the forms that `english` knows.
"""

from __future__ import annotations

from functools import lru_cache

from archive.text import english

#: Forms farther than this from the word asked for are not offered.
MAX_PENALTY = 0.5

#: The shortest stem worth finding behind an article, and behind anything else.
SHORTEST_AFTER_ARTICLE = 2
SHORTEST = 3

_CONJUNCTIONS = (("", 0.0), ("و", 0.1), ("ف", 0.15))
_PREPOSITIONS = (("", 0.0), ("ب", 0.15), ("ل", 0.15), ("ك", 0.25))
_ARTICLE = 0.05
#: What is left behind one letter may be three letters of a longer word: «كتاب» is not «ك» and «تاب».
_SHORT_STEM = 0.3

#: Pronouns: a word that bears one has no article, and its ة shows as ت.
_PRONOUNS = (
    ("ه", 0.3),
    ("ها", 0.3),
    ("هم", 0.3),
    ("هما", 0.3),
    ("هن", 0.3),
    ("نا", 0.3),
    ("كم", 0.35),
    ("ي", 0.4),
)
#: Plurals, duals and adjectives.
_ENDINGS = (
    ("ات", 0.35),
    ("ون", 0.35),
    ("ين", 0.35),
    ("ان", 0.35),
    ("ي", 0.4),
    ("يه", 0.4),
    ("يين", 0.4),
    ("يون", 0.4),
)

#: Words whose ال is no article. (الى is folded to الي.)
_WHOLE = (
    "الله",
    "اللهم",
    "الذي",
    "التي",
    "الذين",
    "اللذان",
    "اللتان",
    "اللواتي",
    "الي",
    "الا",
    "الف",
    "الم",
    "الان",
)


def _chains() -> tuple[tuple[str, bool, float], ...]:
    """Return every chain of prefixes as (letters, ends with the article, penalty), longest first."""
    found = []
    for conjunction, first in _CONJUNCTIONS:
        for preposition, second in _PREPOSITIONS:
            found.append((conjunction + preposition, False, first + second))
            article = "لل" if preposition == "ل" else preposition + "ال"
            found.append((conjunction + article, True, first + second + _ARTICLE))
    return tuple(sorted(found, key=lambda chain: -len(chain[0])))


def _attach(prefix: str, stem: str) -> str:
    """Write a prefix onto a word: ل and الليل make لليل, ل and الله make لله."""
    if prefix.endswith("لل") and stem.startswith("ل"):
        return prefix[:-1] + stem
    if prefix.endswith("ل") and stem in ("الله", "اللهم"):
        return prefix + stem[2:]
    return prefix + stem


_CHAINS = _chains()

#: Those words as they stand and behind a conjunction or preposition.
_WHOLE_DRESSED = frozenset(
    _attach(prefix, word) for word in _WHOLE for prefix, article, _ in _CHAINS if not article
)


def _without_prefix(word: str) -> list[tuple[str, bool, float]]:
    """Return (rest, bore an article, penalty) for every chain that `word` can begin with, none included."""
    found = []
    for prefix, article, penalty in _CHAINS:
        rest = word[len(prefix) :]
        shortest = SHORTEST_AFTER_ARTICLE if article else SHORTEST
        if prefix and (not word.startswith(prefix) or len(rest) < shortest):
            continue
        if article and word in _WHOLE_DRESSED:
            continue
        doubt = _SHORT_STEM if prefix and not article and len(rest) == SHORTEST else 0.0
        found.append((rest, article, penalty + doubt))
    return found


def _without_suffix(stem: str, article: bool) -> list[tuple[str, float]]:
    """Return (stem, penalty) for `stem` with and without each ending it can bear."""
    found = [(stem, 0.0)]
    if stem in _WHOLE_DRESSED:
        return found
    for suffix, penalty in _ENDINGS if article else (*_PRONOUNS, *_ENDINGS):
        rest = stem[: -len(suffix)]
        if not stem.endswith(suffix) or len(rest) < SHORTEST:
            continue
        found.append((rest, penalty))
        if rest.endswith("ت") and len(rest) > SHORTEST:
            found.append((rest[:-1] + "ه", penalty))
    return found


def _best(found: list[tuple[str, float]], first: str) -> list[tuple[str, float]]:
    best: dict[str, float] = {first: 0.0}
    for form, penalty in found:
        if penalty < best.get(form, 2.0):
            best[form] = round(penalty, 2)
    return sorted(best.items(), key=lambda item: (item[1], item[0] != first, len(item[0]), item[0]))


def _is_arabic(word: str) -> bool:
    return any("\u0620" <= letter <= "\u06d3" for letter in word)


@lru_cache(maxsize=4096)
def _readings(word: str) -> tuple[tuple[str, float], ...]:
    found = [
        (stem, before + after)
        for rest, article, before in _without_prefix(word)
        for stem, after in _without_suffix(rest, article)
    ]
    return tuple(_best(found, word))


def readings(word: str) -> list[tuple[str, float]]:
    """Return what `word` can be made of as (stem, penalty), cheapest first: itself, then shorter stems."""
    return list(_readings(word)) if _is_arabic(word) else [(word, 0.0)]


def forms(word: str, *, max_penalty: float = MAX_PENALTY) -> list[tuple[str, float]]:
    """Return the words in which `word` may be met as (form, penalty), itself first, then the cheapest."""
    if not _is_arabic(word):
        return [one for one in english.forms(word) if one[1] <= max_penalty]
    found = []
    for stem, penalty in _readings(word):
        bears_article = stem == word and any(article for _, article, _ in _without_prefix(word))
        for dressed, cost in _dressed(stem, whole=bears_article or stem in _WHOLE):
            if penalty + cost <= max_penalty:
                found.append((dressed, penalty + cost))
    return _best(found, word)


def prefixed(word: str) -> list[tuple[str, float]]:
    """Return the words in which `word` is met when only what is written before it differs, as (form, penalty)."""
    if not _is_arabic(word):
        return [(word, 0.0)]
    found = []
    for stem, bore_article, penalty in _without_prefix(word):
        own = stem == word
        whole = stem in _WHOLE or (own and any(article for _, article, _ in _without_prefix(word)))
        for prefix, article, cost in _CHAINS:
            # «الطاحونة» is met as «بالطاحونة», and never with a second article.
            if not (whole and article) and penalty + cost <= MAX_PENALTY:
                found.append(
                    (
                        _attach(prefix, stem),
                        penalty + cost + (_ARTICLE if bore_article and not article else 0),
                    )
                )
    return _best(found, word)


def _dressed(stem: str, *, whole: bool) -> list[tuple[str, float]]:
    """Return `stem` under every chain and with every ending; a `whole` one takes no article and no ending."""
    found = []
    for prefix, article, before in _CHAINS:
        if whole:
            if not article:
                found.append((_attach(prefix, stem), before))
            continue
        found.append((_attach(prefix, stem), before))
        for suffix, after in _ENDINGS if article else (*_PRONOUNS, *_ENDINGS):
            found.append((_attach(prefix, _join(stem, suffix)), before + after))
    return found


def _join(stem: str, suffix: str) -> str:
    """Write an ending onto a word: a final ه is taken for a ة, which opens to ت or gives way."""
    if not stem.endswith("ه"):
        return stem + suffix
    if suffix in ("ات", "ون", "ين", "يه", "يين", "يون"):
        return stem[:-1] + suffix
    return stem[:-1] + "ت" + suffix
