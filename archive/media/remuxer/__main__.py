"""Run the remuxer by itself: `python -I remuxer '{"source": …, "media_type": …, "target": …}'`.

The answer is one line of JSON: `{"media_type", "duration"}` or `{"error": code}`. Without a `target` nothing is
written, and the answer is what the file says of itself.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

# An isolated Python looks for modules in its own library alone; ours come last, so that none stands before it.
sys.path.append(str(Path(__file__).parents[3]))

from archive.media.remuxer.request import main

if __name__ == "__main__":
    try:
        answer = main(json.loads(sys.argv[1]))
    except MemoryError:
        answer = {"error": "recording_too_dear"}
    sys.stdout.write(json.dumps(answer) + "\n")
