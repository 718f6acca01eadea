"""Change a draft by hand: one block at a time."""

from __future__ import annotations

import re
from typing import Any

from archive.actions.change_draft import Change, change_draft
from archive.enums import BlockKind
from archive.errors import Invalid, OperationRefused
from archive.models import TextDraft, User
from archive.text import operations
from archive.text.types import ParsedText

#: A line that is empty starts a new block.
BLANK = re.compile(r"\n[ \t]*\n\s*")


def edit_draft(
    *, draft_id: int, version: int | None, operation: str, block: int, by: User, **values: Any
) -> TextDraft:
    """Do one operation on a block.

    `edit` (text), `join` (with the next), `split` (offset in the block), `level` (level),
    `kind` (kind, level), `delete`, `insert` (kind, text, before it).

    Raises Stale, OperationRefused, Invalid, InvalidTransition.
    """
    make = _OPERATIONS.get(operation)
    if make is None:
        raise Invalid("unknown_operation", operation=operation)
    return change_draft(
        draft_id=draft_id, version=version, label=operation, change=make(block, values), by=by
    )


def _edit(block: int, values: dict[str, Any]) -> Change:
    """Give the block another wording; empty lines in it make blocks of their own, as in the typed text."""

    def change(parsed: ParsedText) -> ParsedText:
        text = str(values["text"]).replace("\r\n", "\n").replace("\r", "\n")
        if parsed.blocks[block : block + 1] and parsed.blocks[block].kind == BlockKind.CODE:
            return operations.edit_block(parsed, block, text)
        parts = [part for part in BLANK.split(text.strip("\n")) if part.strip()]
        if not parts:
            raise Invalid("block_empty", field="text")
        offsets, at = [], 0
        for part in parts[:-1]:
            at += len(part)
            offsets.append(at)
            at += 1
        changed = operations.edit_block(parsed, block, " ".join(parts))
        start = changed.blocks[block].start
        for offset in reversed(offsets):
            changed = operations.split_block(changed, start + offset)
        return changed

    return change


def _join(block: int, values: dict[str, Any]) -> Change:
    return lambda parsed: operations.join_blocks(parsed, block, block + 1)


def _split(block: int, values: dict[str, Any]) -> Change:
    def change(parsed: ParsedText) -> ParsedText:
        if not 0 <= block < len(parsed.blocks):
            raise OperationRefused("no_such_block")
        return operations.split_block(parsed, parsed.blocks[block].start + int(values["offset"]))

    return change


def _level(block: int, values: dict[str, Any]) -> Change:
    return lambda parsed: operations.set_level(parsed, block, int(values["level"]))


def _kind(block: int, values: dict[str, Any]) -> Change:
    kind = BlockKind(values["kind"])
    level = int(values["level"]) if values.get("level") else None
    attrs = {"missing": True} if kind == BlockKind.FIGURE else None

    def change(parsed: ParsedText) -> ParsedText:
        current = parsed.blocks[block] if 0 <= block < len(parsed.blocks) else None
        if current is not None and current.kind == kind:
            return operations.set_level(parsed, block, level) if level else parsed
        return operations.set_kind(parsed, block, kind, level=level, attrs=attrs)

    return change


def _delete(block: int, values: dict[str, Any]) -> Change:
    return lambda parsed: operations.delete_block(parsed, block)


def _insert(block: int, values: dict[str, Any]) -> Change:
    kind = BlockKind(values.get("kind") or BlockKind.PARAGRAPH)
    return lambda parsed: operations.insert_block(parsed, block, kind, str(values["text"]).strip())


_OPERATIONS = {
    "edit": _edit, "join": _join, "split": _split, "level": _level, "kind": _kind, "delete": _delete,
    "insert": _insert,
}  # fmt: skip
