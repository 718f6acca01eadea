"""How alike two folded texts are."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

_ARTICLE = "ال"


def alike(old: str, new: str) -> float:
    """Return the likeness of two folded texts, 1 being equal; an article that both bear says nothing."""
    if old.startswith(_ARTICLE) and new.startswith(_ARTICLE):
        old, new = old[len(_ARTICLE) :], new[len(_ARTICLE) :]
    return Levenshtein.normalized_similarity(old, new)
