"""Set one document: a program for a limited process, which knows the typesetter and nothing of the rest of the house.

`python -I setter.py` reads `{"root": …, "out": …, "fonts": …, "at": …}` and sets `root/main.typ` as `root/out` (PDF/UA-1).
It reads nothing outside `root` and `fonts`; where the typesetter would fetch packages from, there are none. The answer is
one line of JSON: `{}`, or `{"error": …}`.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import typst
from pikepdf import Array

#: What stands between the beginning and the end of a text, and what of it shows one word. Ends of lines in its signs are
#: written as such, and a sign is two octets of which the first is small: neither ends of lines nor "TJ" are found inside.
_TEXT = re.compile(rb"(?<=BT)(?:(?!\nET\n).)*(?=\nET\n)", re.DOTALL)
_WORD = re.compile(rb"(?:/Span<</ActualText[^\n]*?>>BDC)?(?:/ReversedChars BMC)? 0 Tr[^\n]*?T[Jj](?:\nEMC)*")


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
    set_in_order(root / request["out"])
    return {}


def set_in_order(path: Path) -> None:
    """Let words that run from right to left follow each other as they are read.

    The typesetter writes them from left to right, each with its letters backwards; by PDF 1.7, 14.8.2.3.3 it is the
    letters of a word that may stand so, not the words. Each has its own place, so the page looks the same.
    """
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            held = page.obj.Contents
            for stream in held if isinstance(held, Array) else [held]:
                before = stream.read_bytes()
                after = _TEXT.sub(lambda text: _in_order(text[0]), before)
                if after != before:
                    stream.write(after)
        pdf.save(path, deterministic_id=True)


def _in_order(text: bytes) -> bytes:
    if b"/ReversedChars" not in text:
        return text
    words = _WORD.findall(text)
    return b"".join(reversed(words)) if b"".join(words) == text else text


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(json.loads(sys.stdin.read()))) + "\n")
