"""Run the decoder by itself: `python -I decoder '{"source": …, "folder": …, …}'`.

The request names `sizes` (copies are wanted: `{"thumb": 320}`) or `tile` (a pyramid is wanted: the side of a tile),
the `page`, from 1, what of it is `covered` (`[[x, y, width, height]]`), and the limits `max_pixels` and `max_pages`.
The answer is one line of JSON: `{"width", "height", "pages", "copies", "embedded"}`, `{"width", "height", "tiles"}` or
`{"error": code}`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

# An isolated Python looks for modules in its own library alone; ours come last, so that none stands before it.
sys.path.append(str(Path(__file__).parents[3]))

from archive.media.decoder.request import main

if __name__ == "__main__":
    try:
        answer = main(json.loads(sys.argv[1]))
    except MemoryError:
        answer = {"error": "image_too_dear"}
    sys.stdout.write(json.dumps(answer) + "\n")
