"""Many blocks at once, each as it was typed in Markdown."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from archive.enums import MarkKind
from archive.errors import OperationRefused
from archive.text.markdown import Typed, shown
from archive.text.operations.moot import still_open
from archive.text.operations.replace import COARSE, WORDS, reworded
from archive.text.operations.rope import Made, Piece, block_of, rebuild, storable, whole, with_marks
from archive.text.operations.signs import as_typed
from archive.text.types import Block, Mark, ParsedText

#: An attribute of the marks that were shown, and so were typed anew, while the others are carried along.
SHOWN = "shown to be typed anew"

_Span = tuple[MarkKind, int, int]


def rewrite(parsed: ParsedText, typed: Mapping[int, Sequence[Typed]]) -> ParsedText:
    """Put what was typed in the place of blocks; nothing typed takes a block out.

    Words that survive keep the marks that Markdown does not show; those that it shows are as typed. Blocks that
    were split, joined or taken out beside each other are read as one, so that words may move between them.
    Raises OperationRefused, with the `index` of the block where it is one of them.
    """
    if not typed:
        return parsed
    for index, blocks in typed.items():
        block_of(parsed, index)
        _refuse(parsed, index, blocks)
    made, spans = list[_New](), list[tuple[int, int]]()
    at = 0
    for group in _groups(parsed, typed):
        made.extend(_New(block) for block in parsed.blocks[at : group[0]])
        new, span = _reworded(parsed, group, typed)
        made += new
        spans += span
        at = group[-1] + 1
    made.extend(_New(block) for block in parsed.blocks[at:])
    laid = [
        Made(block, tuple(new.pieces)) if new.typed else whole(new.source)
        for block, new in zip(_identified(made), made, strict=True)
    ]
    result = rebuild(_told_apart(parsed, typed), laid, changed=spans)
    result = with_marks(result, _marks(result, made))
    return replace(result, problems=still_open(result, result.problems))


@dataclass(slots=True)
class _New:
    """A block of the new text: where it comes from, and what was typed there, if anything was."""

    source: Block
    typed: Typed | None = None
    #: Not the first of those that came out of `source`.
    rest: bool = False
    pieces: Sequence[Piece] = ()


def _refuse(parsed: ParsedText, index: int, blocks: Sequence[Typed]) -> None:
    known = {mark.attrs.get("href") for mark in shown(parsed, index).marks}
    for typed in blocks:
        try:
            storable(typed.words.text)
        except OperationRefused as error:
            raise OperationRefused(error.code, index=index) from error
        for mark in typed.words.marks:
            href = str(mark.attrs.get("href", ""))
            if mark.kind == MarkKind.LINK and href not in known and (not href or any(map(str.isspace, href))):
                raise OperationRefused("no_link", index=index, href=href)


def _groups(parsed: ParsedText, typed: Mapping[int, Sequence[Typed]]) -> Iterator[list[int]]:
    """Yield the blocks that were typed, in order; neighbors together where their number changed."""
    run: list[int] = []
    for index in sorted(typed):
        if run and index != run[-1] + 1:
            yield from _parted(parsed, run, typed)
            run = []
        run.append(index)
    if run:
        yield from _parted(parsed, run, typed)


def _parted(parsed: ParsedText, run: list[int], typed: Mapping[int, Sequence[Typed]]) -> Iterator[list[int]]:
    words = parsed.content[parsed.blocks[run[0]].start : parsed.blocks[run[-1]].end]
    if all(len(typed[index]) == 1 for index in run) or len(WORDS.findall(words)) > COARSE:
        yield from ([index] for index in run)
    else:
        yield run


def _reworded(
    parsed: ParsedText, group: Sequence[int], typed: Mapping[int, Sequence[Typed]]
) -> tuple[list[_New], list[tuple[int, int]]]:
    """Return the blocks that a group becomes, and the span of the old text that this edits."""
    made: list[_New] = []
    for index in group:
        source = parsed.blocks[index]
        if not typed[index] and made and "to_ms" in source.attrs and "to_ms" in made[-1].source.attrs:
            last = max(made[-1].source.attrs["to_ms"], source.attrs["to_ms"])
            made[-1].source = replace(made[-1].source, attrs={**made[-1].source.attrs, "to_ms": last})
        made += [_New(source, each, rest=number > 0) for number, each in enumerate(typed[index])]
    if not made:
        return [], []
    start, end = parsed.blocks[group[0]].start, parsed.blocks[group[-1]].end
    texts = [storable(new.typed.words.text) for new in made if new.typed]
    pieces, span = reworded(parsed.content, start, end, "\n".join(texts))
    for new, part in zip(made, _cut(pieces, [len(text) for text in texts]), strict=True):
        new.pieces = part
    return made, [span]


def _cut(pieces: Sequence[Piece], lengths: Sequence[int]) -> list[list[Piece]]:
    """Return the pieces of each stretch of so many letters; the one letter between two stretches goes."""
    stretches: list[list[Piece]] = []
    waiting = list(reversed(pieces))
    for number, length in enumerate(lengths):
        stretches.append(list(_taken(waiting, length)))
        if number < len(lengths) - 1:
            list(_taken(waiting, 1))
    stretches[-1].extend(reversed(waiting))
    return stretches


def _taken(waiting: list[Piece], length: int) -> Iterator[Piece]:
    while length:
        piece = waiting.pop()
        size = piece.end - piece.start if piece.text is None else len(piece.text)
        if size > length:
            piece, rest = _halves(piece, length)
            waiting.append(rest)
            size = length
        length -= size
        yield piece


def _halves(piece: Piece, at: int) -> tuple[Piece, Piece]:
    if piece.text is None:
        return Piece(piece.start, piece.start + at), Piece(piece.start + at, piece.end)
    return replace(piece, text=piece.text[:at]), Piece(piece.end, piece.end, piece.text[at:])


def _identified(made: Sequence[_New]) -> list[Block]:
    """Return what each block is."""
    blocks: list[Block] = []
    for number, new in enumerate(made):
        before = blocks[-1] if blocks else None
        block = new.source
        if new.typed:
            block = as_typed(block, new.typed, rest=new.rest, before=before, number=number)
        blocks.append(block)
    return blocks


def _told_apart(parsed: ParsedText, typed: Mapping[int, Sequence[Typed]]) -> ParsedText:
    """Return the text in which the marks that were shown bear a name."""
    marks = list(parsed.marks)
    for index in typed:
        start, seen = parsed.blocks[index].start, defaultdict[_Span, list[Mark]](list)
        for mark in shown(parsed, index).marks:
            seen[mark.kind, mark.start, mark.end].append(mark)
        first = bisect_left(marks, start, key=attrgetter("start"))
        while first < len(marks) and marks[first].start <= parsed.blocks[index].end:
            mark = marks[first]
            here = replace(mark, start=mark.start - start, end=mark.end - start)
            if here in seen.get((here.kind, here.start, here.end), ()):
                marks[first] = replace(mark, attrs={**mark.attrs, SHOWN: True})
            first += 1
    return replace(parsed, marks=tuple(marks))


def _marks(result: ParsedText, made: Sequence[_New]) -> Iterator[Mark]:
    """Yield the marks that were carried along, and those that were typed."""
    for mark in result.marks:
        if SHOWN not in mark.attrs:
            yield mark
    for block, new in zip(result.blocks, made, strict=True):
        for mark in new.typed.words.marks if new.typed else ():
            yield replace(mark, start=mark.start + block.start, end=mark.end + block.start)
