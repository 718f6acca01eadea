"""From two texts to their alignment."""

from __future__ import annotations

from annotations.anchoring import chain, moves, rivals, tidy
from annotations.anchoring.tokens import tokenize
from annotations.anchoring.types import Alignment, Gap, Lane
from archive.text.collector import resting_collector


@resting_collector()
def align(old: str, new: str) -> Alignment:
    """Align two revisions of a text, word by word, once for all their spans."""
    old_words, new_words, a, b = tokenize(old, new)
    lines = tidy.Lines(old, old_words, new, new_words)
    runs = tidy.tidied(chain.align(a, b), a, b, lines)
    holes = chain.gaps(runs, Gap(0, len(a), 0, len(b)))
    return Alignment(
        old=old,
        new=new,
        old_words=old_words,
        new_words=new_words,
        old_ids=a,
        new_ids=b,
        main=Lane(runs, [run.old for run in runs]),
        blocks=moves.blocks(a, b, holes, lines),
        doubtful=rivals.doubtful(runs, (a, b), (old_words, new_words), lines),
    )
