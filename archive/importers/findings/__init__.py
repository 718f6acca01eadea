"""What looks wrong in a text; each finder proposes, a person decides."""

from __future__ import annotations

from collections.abc import Sequence

from archive.importers.ast.builder import Layout
from archive.importers.findings import (
    backslashes,
    controls,
    cuts,
    encoding,
    figures,
    headings,
    links,
    torn_marks,
)
from archive.text.types import ParsedText, Problem


def find_problems(parsed: ParsedText, layout: Sequence[Layout] = (), *, prose: bool = True) -> list[Problem]:
    """Return what all finders find; `layout` tells how the blocks stood in their source.

    Of a text that is no `prose` (captions of a film), only its letters are looked at.
    """
    letters = [*torn_marks.find(parsed), *encoding.find(parsed), *controls.find(parsed)]
    if not prose:
        return letters
    layout = layout or [Layout()] * len(parsed.blocks)
    captions = figures.find(parsed, layout)
    return [
        *headings.find(parsed),
        *captions,
        *links.find(parsed),
        *backslashes.find(parsed),
        *cuts.find(parsed, layout, captions={problem.start for problem in captions}),
        *letters,
    ]
