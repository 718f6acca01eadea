"""Changes of a text, each from one `ParsedText` to a new one.

Import drafts and later corrections use the same ones. Blocks and marks are named by their index in the text
that is given; problems and their proposals are places, which every operation carries along. A problem that
an operation settles is no longer in the result. All raise `archive.errors.OperationRefused` when the
request does not fit the text.
"""

from archive.text.check import BrokenTextError, check
from archive.text.operations.blocks import (
    delete_block,
    insert_block,
    join_blocks,
    make_missing_figure,
    set_kind,
    set_level,
    split_block,
)
from archive.text.operations.marks import add_mark, remove_mark, set_link
from archive.text.operations.proposals import apply_proposal
from archive.text.operations.replace import edit_block, replace_span
from archive.text.operations.rewrite import rewrite
from archive.text.operations.rope import block_at

__all__ = [
    "BrokenTextError",
    "add_mark",
    "apply_proposal",
    "block_at",
    "check",
    "delete_block",
    "edit_block",
    "insert_block",
    "join_blocks",
    "make_missing_figure",
    "remove_mark",
    "replace_span",
    "rewrite",
    "set_kind",
    "set_level",
    "set_link",
    "split_block",
]
