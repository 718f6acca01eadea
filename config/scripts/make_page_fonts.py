"""Make the small fonts of the site's pages (`frontend/src/fonts`) of the whole ones in the front end's packages.

    .venv/bin/python config/scripts/make_page_fonts.py

A page of Arabic prose needs a tenth of the characters that a family has, and the weights from regular to bold. Those
stand in a file of their own for each family, half as heavy as the package's; every other character still comes from the
package, if a page has it (`unicode-range` in `fonts.css`, which this script writes the ranges for). Run it after
the front end's fonts changed, and commit what it makes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter, parse_unicodes  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "frontend/node_modules/@fontsource-variable"
TARGET = ROOT / "frontend/src/fonts"
#: The weights that the styles use.
WEIGHTS = (400, 700)
#: Letters of Arabic prose in any of its languages, their vowel signs, the digits of both kinds, ligatures of honor, joiners.
ARABIC = "0600-06FF, 200C-200F, 2010-2011, FDF2, FDFA-FDFB"
#: Letters and signs of Western European prose.
LATIN = "0020-007E, 00A0-00FF, 0131, 0152-0153, 02C6, 02DA, 02DC, 2000-206F, 20AC, 2122, 2190-2193, 2212"
#: What of Latin stands in Arabic prose set in Naskh: digits and points; its letters come from the package.
POINTS = "0020-0040, 005B-0060, 007B-007E, 00A0-00BF, 2000-206F, 2212"
#: Our file → the package's, and what is taken of it.
FONTS = {
    "vazirmatn-arabic": ("vazirmatn/files/vazirmatn-arabic-wght-normal.woff2", ARABIC),
    "vazirmatn-latin": ("vazirmatn/files/vazirmatn-latin-wght-normal.woff2", LATIN),
    "naskh-arabic": ("noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal.woff2", ARABIC),
    "naskh-points": ("noto-naskh-arabic/files/noto-naskh-arabic-latin-wght-normal.woff2", POINTS),
    "literata-latin": ("literata/files/literata-latin-wght-normal.woff2", LATIN),
    "literata-latin-italic": ("literata/files/literata-latin-wght-italic.woff2", LATIN),
}


def main() -> None:
    """Write every font, and tell what it weighs."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, (source, ranges) in FONTS.items():
        font = TTFont(SOURCES / source, recalcTimestamp=False)
        options = Options(layout_features=["*"], flavor="woff2", notdef_outline=True, name_IDs=["*"])
        maker = Subsetter(options)
        maker.populate(unicodes=parse_unicodes(ranges.replace(" ", "")))
        maker.subset(font)
        font = instantiateVariableFont(font, {"wght": WEIGHTS})
        font.flavor = "woff2"
        target = TARGET / f"{name}.woff2"
        font.save(target)
        sys.stdout.write(f"{target.stat().st_size:7,} of {(SOURCES / source).stat().st_size:7,}  {name}\n")


if __name__ == "__main__":
    main()
