"""Set one document: a program for a limited process, which knows the typesetter and nothing of the rest of the house.

`python -I setter.py` reads `{"root": …, "out": …, "fonts": …, "at": …}` and sets `root/main.typ` as `root/out` (PDF/UA-1).
It reads nothing outside `root` and `fonts`; where the typesetter would fetch packages from, there are none. The answer is
one line of JSON: `{}`, or `{"error": …}`.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import typst


def main(request: dict[str, str]) -> dict[str, str]:
    """Write the document; return `{}`, or what is wrong with the template."""
    root = Path(request["root"])
    nothing = root / "packages"
    nothing.mkdir(exist_ok=True)
    try:
        typst.compile(
            str(root / "main.typ"), output=str(root / request["out"]), root=str(root), format="pdf",
            font_paths=[request["fonts"]], ignore_system_fonts=True, pdf_standards=["ua-1"],
            package_path=str(nothing), package_cache_path=str(nothing),
            timestamp=datetime.fromtimestamp(int(request["at"]), UTC),
        )  # fmt: skip
    except typst.TypstError as error:
        return {"error": str(error)[:2000]}
    return {}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(json.loads(sys.stdin.read()))) + "\n")
