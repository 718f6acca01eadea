"""Signs between words, lent to a font that has letters of its own alone.

A line of Arabic whose brackets and full stops come from another font is set in pieces, which a PDF has from left to right: it
is read out with each of its signs at the wrong end. With the signs in the same font a line is one piece.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from fontTools.pens.recordingPen import DecomposingRecordingPen  # type: ignore[import-untyped]
from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]

#: What takes the direction of the words around it (Unicode Standard Annex 9): spaces, brackets, quotation marks, stops.
NEUTRAL = frozenset({"ON", "WS", "CS", "ES", "ET"})


def lend(source: Any, font: Any) -> int:
    """Give `font` the signs of `source` that it does not have; return how many."""
    scale = font["head"].unitsPerEm / source["head"].unitsPerEm
    known, names = font.getBestCmap(), source.getBestCmap()
    signs = [
        sign
        for sign in sorted(names)
        if sign not in known and unicodedata.bidirectional(chr(sign)) in NEUTRAL
    ]
    font.setGlyphOrder([*font.getGlyphOrder(), *(_name(sign) for sign in signs)])
    for sign in signs:
        _copy(source, font, names[sign], _name(sign), scale)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[sign] = _name(sign)
    return len(signs)


def _name(sign: int) -> str:
    return f"lent{sign:04X}"


def _copy(source: Any, font: Any, old: str, new: str, scale: float) -> None:
    drawn, pen = DecomposingRecordingPen(source.getGlyphSet()), TTGlyphPen(None)
    source.getGlyphSet()[old].draw(drawn)
    drawn.replay(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
    glyph = pen.glyph()
    font["glyf"].glyphs[new] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][new] = round(source["hmtx"][old][0] * scale), getattr(glyph, "xMin", 0)
