"""Changes of structure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from archive.enums import BlockKind
from archive.errors import OperationRefused
from archive.text.check import MAX_LEVEL
from archive.text.operations.moot import still_open
from archive.text.operations.placing import new_item, placed_between, without_item
from archive.text.operations.rope import Made, Piece, block_at, block_of, rebuild, storable, whole, with_marks
from archive.text.paths import containers_of, renumbered, with_containers
from archive.text.types import Block, ParsedText

#: When the words of a block are said in a film, and by whom: true whatever the block is.
TIMES = ("from_ms", "to_ms", "speaker")
#: Blocks that may stand between the two parts of a cut sentence: pictures, films, their captions.
BETWEEN = 3
USUAL_LEVEL = 2


def set_level(parsed: ParsedText, index: int, level: int) -> ParsedText:
    """Give a heading another level, 1 to 6."""
    block = block_of(parsed, index)
    if block.kind != BlockKind.HEADING or not 1 <= level <= MAX_LEVEL:
        raise OperationRefused("no_level", index=index, level=level)
    return _with_block(parsed, index, replace(block, level=level))


def set_kind(
    parsed: ParsedText,
    index: int,
    kind: BlockKind,
    *,
    level: int | None = None,
    attrs: dict[str, Any] | None = None,
) -> ParsedText:
    """Say that a block is something else; a point of a list enters or leaves its list.

    `attrs` are those of the new kind (a video's address); those of the old kind go.
    """
    block = block_of(parsed, index)
    kept = {name: value for name, value in block.attrs.items() if name in {"container", *TIMES}}
    wanted = (level or block.level or USUAL_LEVEL) if kind == BlockKind.HEADING else None
    if wanted is not None and not 1 <= wanted <= MAX_LEVEL:
        raise OperationRefused("no_level", index=index, level=wanted)
    changed = replace(block, kind=kind, level=wanted, attrs={**(attrs or {}), **kept})
    if kind == BlockKind.LIST_ITEM and block.kind != kind:
        changed = with_containers(changed, new_item(parsed.blocks, index))
    elif block.kind == BlockKind.LIST_ITEM and kind != BlockKind.LIST_ITEM:
        changed = with_containers(changed, without_item(containers_of(block)))
    return _with_block(parsed, index, changed)


def make_missing_figure(parsed: ParsedText, index: int) -> ParsedText:
    """Make a paragraph the caption of a picture that is not there."""
    return set_kind(parsed, index, BlockKind.FIGURE, attrs={"missing": True})


def join_blocks(parsed: ParsedText, first: int, second: int, *, separator: str = " ") -> ParsedText:
    """Make one block of two; pictures and captions between them come after it.

    The block is what the first was. Where one of them brings white space to the seam, no more is added.
    """
    head, tail = block_of(parsed, first), block_of(parsed, second)
    if not 0 < second - first <= BETWEEN + 1:
        raise OperationRefused("not_neighbors", first=first, second=second)
    text = parsed.content
    spaced = text[head.start : head.end][-1:].isspace() or text[tail.start : tail.end][:1].isspace()
    if separator.isspace() and (spaced or head.start == head.end or tail.start == tail.end):
        separator = ""
    pieces = [Piece(head.start, head.end), Piece(tail.start, tail.start, storable(separator))]
    if "from_ms" in head.attrs and "to_ms" in tail.attrs:
        head = replace(head, attrs={**head.attrs, "to_ms": max(head.attrs["to_ms"], tail.attrs["to_ms"])})
    joined = Made(head, (*pieces, Piece(tail.start, tail.end)))
    between = [whole(each) for each in parsed.blocks[first + 1 : second]]
    before, after = parsed.blocks[:first], parsed.blocks[second + 1 :]
    return rebuild(parsed, [*map(whole, before), joined, *between, *map(whole, after)])


def split_block(parsed: ParsedText, offset: int) -> ParsedText:
    """Make two blocks of one; white space at the seam goes.

    The rest of a heading or caption is a paragraph.
    """
    index = block_at(parsed, offset)
    block = parsed.blocks[index]
    end, start = offset, offset
    if block.kind != BlockKind.CODE:
        end = block.start + len(parsed.content[block.start : min(offset, block.end)].rstrip())
        start = block.end - len(parsed.content[offset : block.end].lstrip())
    elif parsed.content[offset - 1 : offset] == "\n":
        end = offset - 1
    if not block.start < end <= start < block.end:
        raise OperationRefused("nothing_to_split", offset=offset)
    made = [whole(each) for each in parsed.blocks]
    rest = Made(_rest_of(block), (Piece(start, block.end),))
    made[index : index + 1] = [Made(block, (Piece(block.start, end),)), rest]
    return rebuild(parsed, made)


def delete_block(parsed: ParsedText, index: int) -> ParsedText:
    """Take a block out; a text keeps at least one."""
    block_of(parsed, index)
    return rebuild(parsed, [whole(each) for at, each in enumerate(parsed.blocks) if at != index])


def insert_block(
    parsed: ParsedText,
    index: int,
    kind: BlockKind,
    text: str,
    *,
    level: int | None = None,
    attrs: dict[str, Any] | None = None,
) -> ParsedText:
    """Put a new block before the one at `index` (or last), in the containers that its neighbors share."""
    if not 0 <= index <= len(parsed.blocks):
        raise OperationRefused("no_such_block", index=index, blocks=len(parsed.blocks))
    wanted = (level or USUAL_LEVEL) if kind == BlockKind.HEADING else None
    if wanted is not None and not 1 <= wanted <= MAX_LEVEL:
        raise OperationRefused("no_level", index=index, level=wanted)
    at = parsed.blocks[index].start if index < len(parsed.blocks) else len(parsed.content)
    block = Block(kind, 0, 0, "", wanted, attrs or {})
    block = with_containers(block, placed_between(parsed.blocks, index, kind))
    made = [whole(each) for each in parsed.blocks]
    made.insert(index, Made(block, (Piece(at, at, storable(text)),)))
    return rebuild(parsed, made)


def _rest_of(block: Block) -> Block:
    if block.kind in {BlockKind.HEADING, BlockKind.FIGURE, BlockKind.VIDEO}:
        kept = {name: value for name, value in block.attrs.items() if name == "container"}
        return replace(block, kind=BlockKind.PARAGRAPH, level=None, attrs=kept)
    containers = containers_of(block)
    if block.kind == BlockKind.LIST_ITEM and containers and containers[-1][0] == "item":
        name, path, attrs = containers[-1]
        attrs = {key: value for key, value in attrs.items() if key != "marker"}
        return with_containers(block, [*containers[:-1], (name, f"{path}+", attrs)])
    return block


def _with_block(parsed: ParsedText, index: int, block: Block) -> ParsedText:
    blocks: Sequence[Block] = [*parsed.blocks[:index], block, *parsed.blocks[index + 1 :]]
    changed = with_marks(replace(parsed, blocks=renumbered(blocks)), parsed.marks)
    return replace(changed, problems=still_open(changed, changed.problems))
