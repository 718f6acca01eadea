"""The limits that are announced before anybody sends a file."""

from __future__ import annotations

#: Largest text file, in bytes.
MAX_TEXT_BYTES = 10 * 1024 * 1024
#: Deepest nesting of blocks or of inline markup.
MAX_NESTING = 64
#: Lines handed to the parser at a time are chosen to hold about this many code points.
SLICE_CODE_POINTS = 200_000
#: A single list, quote or paragraph above this is refused: the parser needs 400 times its size in memory.
MAX_BLOCK_CODE_POINTS = 1_200_000
#: Heap of one run of the parser.
PARSER_MEMORY_MB = 1_024
#: Seconds that one run of the parser may take.
PARSER_SECONDS = 60
