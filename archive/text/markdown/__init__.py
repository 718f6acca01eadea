"""The Markdown of one block, as a person corrects it, and back.

A line end in it is a line break, an empty line begins another block. What Markdown has no sign for (page
breaks, names, marks of notes) is not shown; whoever changes the words carries it along. `shown` is checked by
reading it back, so that it never says anything else than the block does.
"""

from archive.text.markdown.blocks import UNSIGNED, Shown, Typed, changed, read, same_lines, shown
from archive.text.markdown.reading import Words, read_inline
from archive.text.markdown.writing import write_inline

__all__ = [
    "UNSIGNED",
    "Shown",
    "Typed",
    "Words",
    "changed",
    "read",
    "read_inline",
    "same_lines",
    "shown",
    "write_inline",
]
