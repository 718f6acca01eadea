"""Carrying places from one revision of a text to the next: strings in, places and scores out."""

from collections.abc import Iterable

from annotations.anchoring.aligning import align
from annotations.anchoring.placing import carry
from annotations.anchoring.quotes import place_quote, reanchor
from annotations.anchoring.types import Alignment, Candidate, Method, Placement, Span

__all__ = [
    "Alignment",
    "Candidate",
    "Method",
    "Placement",
    "Span",
    "align",
    "carry",
    "carry_over",
    "place_quote",
    "reanchor",
]


def carry_over(old: str, new: str, spans: Iterable[Span]) -> list[Placement]:
    """Return what became of each span of `old` in `new`, in the order given."""
    return carry(align(old, new), spans)
