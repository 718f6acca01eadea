"""Make the fonts of printed pages (`archive/exports/printing/fonts`) of those that the site's pages are set in.

    .venv/bin/python config/scripts/make_print_fonts.py

Beside them stands `coverage.txt`: which characters they can show; what they cannot is printed by its number.
The typesetter takes no variable fonts and no WOFF2: each is cut at two weights and given a plain name, by which
templates ask for it; dots and vowel signs of Arabic letters are made one with them (`whole_letters.py`),
and signs between words stand in each script's own font (`borrowed_signs.py`). Run it after the front end's fonts changed, and commit what it makes.
"""

from __future__ import annotations

from pathlib import Path

from borrowed_signs import lend  # type: ignore[import-not-found]
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.varLib.instancer import instantiateVariableFont  # type: ignore[import-untyped]
from whole_letters import whole  # type: ignore[import-not-found]

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "frontend/node_modules/@fontsource-variable"
TARGET = ROOT / "archive/exports/printing/fonts"
#: Name that templates use → file of the site.
FONTS = {
    "Hashiya Naskh": "noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal.woff2",
    "Hashiya Latin": "literata/files/literata-latin-wght-normal.woff2",
    "Hashiya Latin Ext": "literata/files/literata-latin-ext-wght-normal.woff2",
    "Hashiya Greek": "literata/files/literata-greek-wght-normal.woff2",
    "Hashiya Cyrillic": "literata/files/literata-cyrillic-wght-normal.woff2",
}
WEIGHTS = {"Regular": 400, "Bold": 700}
#: What a font calls itself: family, style, unique id, full name, PostScript name, and their typographic doubles.
FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT, DOUBLES = 1, 2, 3, 4, 6, (16, 17, 21, 22, 25)


def main() -> None:
    """Write every font at every weight."""
    TARGET.mkdir(parents=True, exist_ok=True)
    shown: set[int] = set()
    for family, source in FONTS.items():
        for style, weight in WEIGHTS.items():
            font = _cut(source, weight)
            _name(font, family, style, weight)
            shown |= set(font.getBestCmap())
            if family == "Hashiya Naskh":
                lend(_cut(FONTS["Hashiya Latin"], weight), font)
                whole(font)
                font["post"].formatType = 3.0  # Names of glyphs, which nobody reads, are a third of the file.
            font.flavor = None
            font.save(TARGET / f"{family.replace(' ', '')}-{style}.ttf")
    (TARGET / "coverage.txt").write_text(
        "".join(f"{low:X}-{high:X}\n" for low, high in _ranges(sorted(shown)))
    )


def _cut(source: str, weight: int) -> TTFont:
    font = TTFont(SOURCES / source, recalcTimestamp=False)
    return instantiateVariableFont(font, {"wght": weight})


def _ranges(numbers: list[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return found


def _name(font: TTFont, family: str, style: str, weight: int) -> None:
    names = font["name"]
    for double in DOUBLES:
        names.removeNames(nameID=double)
    plain = f"{family.replace(' ', '')}-{style}"
    for number, words in {
        FAMILY: family, STYLE: style, UNIQUE: plain, FULL: f"{family} {style}", POSTSCRIPT: plain
    }.items():  # fmt: skip
        names.removeNames(nameID=number)
        names.setName(words, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = 0x20 if style == "Bold" else 0x40
    font["head"].macStyle = 1 if style == "Bold" else 0


if __name__ == "__main__":
    main()
