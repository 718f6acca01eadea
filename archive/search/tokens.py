"""Words as the search table keeps and asks for them; the same cutting on both sides and on both databases."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.text.folding import fold, fold_key, match_forms

_TOKEN = re.compile(r"[^\W_]+")

#: Words of a query beyond these are ignored; announced beside the box.
MAX_WORDS = 8
#: Farther forms of a word (endings and pronouns) than this are not searched for.
MAX_PENALTY = 0.4


@dataclass(frozen=True, slots=True)
class QueryWord:
    """One word asked for, with every folded form that counts as an occurrence and its penalty (0 exact)."""

    asked: str
    forms: dict[str, float]
    #: Whether words that merely begin so count too: the last word of a box is often unfinished.
    is_prefix: bool = False

    def penalty(self, token: str) -> float | None:
        """Return how far a folded token is from the word; None when it is no occurrence."""
        found = self.forms.get(token)
        if found is None and self.is_prefix and len(self.asked) >= 3 and token.startswith(self.asked):
            return 0.3
        return found


def indexed(*texts: str) -> str:
    """Return the tokens of some texts, folded, as the table stores them."""
    return " ".join(_TOKEN.findall(" ".join(fold_key(text) for text in texts if text)))


def parse(query: str) -> list[QueryWord]:
    """Return the words of a query; its last one may be unfinished."""
    tokens = _TOKEN.findall(fold_key(query[:400]))[:MAX_WORDS]
    return [
        QueryWord(
            token, dict(match_forms(token, max_penalty=MAX_PENALTY)), is_prefix=position == len(tokens) - 1
        )
        for position, token in enumerate(tokens)
    ]


def occurrences(text: str, words: list[QueryWord]) -> list[tuple[int, int, float]]:
    """Return `(start, end, penalty)` in code points of `text` for every occurrence of any of the words."""
    folded = fold(text)
    found = []
    for match in _TOKEN.finditer(folded.text):
        penalties = [p for word in words if (p := word.penalty(match[0])) is not None]
        if penalties:
            start, end = folded.span(match.start(), match.end())
            found.append((start, end, min(penalties)))
    return found
