"""The small fonts of pages: what the styles ask them for is what they were made with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[2]
STYLES = (ROOT / "frontend/src/styles/fonts.css").read_text()
FACE = re.compile(r'url\("\.\./fonts/([\w-]+\.woff2)"\).*?unicode-range:\s*([^;]+);', re.DOTALL)


def _ranges(words: str) -> set[str]:
    return {one.strip().removeprefix("U+") for one in words.split(",")}


def test_ranges_of_styles_and_of_the_script_are_the_same():
    script = (ROOT / "config/scripts/make_page_fonts.py").read_text()
    named = dict(re.findall(r'^([A-Z]+) = "([^"]+)"$', script, re.MULTILINE))
    made = {
        f"{name}.woff2": _ranges(named[ranges])
        for name, ranges in re.findall(r'"([\w-]+)": \("[^"]+", ([A-Z]+)\)', script)
    }

    asked = {name: _ranges(ranges) for name, ranges in FACE.findall(STYLES)}

    assert asked == made


@pytest.mark.parametrize("name", sorted({name for name, _ranges in FACE.findall(STYLES)}))
def test_each_has_letters_or_digits_at_every_weight(name):
    font = TTFont(ROOT / "frontend/src/fonts" / name)
    (axis,) = font["fvar"].axes

    assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", 400, 700)
    wanted = "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئىةًٌٍَُِّْ٠١٢٣٤٥٦٧٨٩" if "arabic" in name else "0123456789()"
    assert set(map(ord, wanted)) <= set(font.getBestCmap())
