"""The page can be read: contrast of all tokens that meet, in both themes; categories apart for every eye."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[2] / "frontend/src/styles"
TOKEN = re.compile(r"(--[\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
THEMES = ("light", "dark")
CATEGORIES = ("note", "place", "person", "group", "event", "date", "concept", "dispute", "link")

PAPERS = ("--paper-sunk", "--paper", "--paper-raised", "--paper-over")
TEXT_PAIRS = [
    *(
        (ink, paper)
        for ink in ("--ink", "--ink-soft", "--ink-faint", "--accent", "--danger")
        for paper in PAPERS
    ),
    *(
        ("--on-accent", ground)
        for ground in ("--accent-fill", "--accent-fill-strong", "--cover", "--danger-fill")
    ),
    *((name, f"{name}-soft") for name in ("--accent", "--success", "--warning", "--danger", "--info")),
    *(
        ("--ink", f"--{name}-soft")
        for name in ("accent", "success", "warning", "danger", "info", "gold", "neutral")
    ),
    *(("--ink", f"--wash-{name}") for name in ("1", "2", "3", "4", "pending", "found")),
    *((ink, ground) for ink in ("--ink", "--ink-soft") for ground in ("--ins-ground", "--del-ground")),
    *((f"--cat-{name}", f"--cat-{name}-soft") for name in CATEGORIES),
    *((f"--cat-{name}", paper) for name in CATEGORIES for paper in ("--paper", "--paper-raised")),
    ("--accent-strong", "--paper"),
    ("--ink-soft", "--neutral-soft"),
    ("--ink", "--selection"),
    ("--paper", "--ink"),
]
EDGE_PAIRS = [
    *((edge, paper) for edge in ("--line-firm", "--focus", "--success", "--warning") for paper in PAPERS),
    *((f"--cat-{name}", f"--wash-{depth}") for name in CATEGORIES for depth in (1, 2, 3)),
]

#: Machado, Oliveira and Fernandes (2009), full severity, over linear RGB.
BLINDNESS = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
#: Distance in CIELAB from which two lines are told apart side by side.
APART = 12.0


def _tokens(*paths: Path) -> dict[str, dict[str, str]]:
    found = TOKEN.findall("".join(path.read_text() for path in paths))
    return {"light": {n: light for n, light, _ in found}, "dark": {n: dark for n, _, dark in found}}


TOKENS = _tokens(*sorted((STYLES / "tokens").glob("*.css")))
#: What takes their place where the reader's system asks for more contrast.
MORE = _tokens(STYLES / "modes/more-contrast.css")


def _linear(color: str) -> tuple[float, ...]:
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)


def _luminance(color: str) -> float:
    red, green, blue = _linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the ratio of WCAG 2.2 between two colors."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _lab(rgb: tuple[float, ...]) -> tuple[float, float, float]:
    red, green, blue = (min(max(c, 0.0), 1.0) for c in rgb)
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883,
    )
    x, y, z = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _distance(first: str, second: str, matrix: tuple[tuple[float, ...], ...]) -> float:
    seen = [
        _lab(tuple(sum(k * c for k, c in zip(row, _linear(color), strict=True)) for row in matrix))
        for color in (first, second)
    ]
    return float(sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5)


def _lines() -> dict[str, tuple[str, str]]:
    """Return each category's line under the text: style and thickness."""
    css = (STYLES / "reader/highlight.css").read_text()
    rules = re.findall(r"hashiya-line-(\w+)\) \{[^}]*?style: (\w+);[^}]*?thickness: (\w+);", css)
    return {name: (style, thickness) for name, style, thickness in rules}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_contrast_reaches_aa(theme: str, text: str, ground: str) -> None:
    tokens = TOKENS[theme]

    assert contrast(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edge_contrast_reaches_three(theme: str, edge: str, ground: str) -> None:
    tokens = TOKENS[theme]

    assert contrast(tokens[edge], tokens[ground]) >= 3.0


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("pairs", "least"), [(TEXT_PAIRS, 7.0), (EDGE_PAIRS, 4.5)])
def test_whoever_asks_for_more_contrast_has_it(
    theme: str, pairs: list[tuple[str, str]], least: float
) -> None:
    tokens = TOKENS[theme] | MORE[theme]

    assert set(MORE[theme]) <= set(TOKENS[theme])
    assert [pair for pair in pairs if contrast(tokens[pair[0]], tokens[pair[1]]) < least] == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", BLINDNESS)
@pytest.mark.parametrize("more", [{}, MORE], ids=["plain", "more"])
def test_categories_differ_by_color_or_line_whatever_the_eye(theme: str, kind: str, more: dict[str, dict[str, str]]) -> None:  # fmt: skip
    lines = _lines()
    colors = {name: (TOKENS[theme] | more.get(theme, {}))[f"--cat-{name}"] for name in CATEGORIES}

    alike = [
        (first, second)
        for first, second in combinations(CATEGORIES, 2)
        if lines[first][0] == lines[second][0]
        and _distance(colors[first], colors[second], BLINDNESS[kind]) < APART
    ]

    assert alike == []


def test_every_category_has_a_line_of_its_own() -> None:
    lines = _lines()

    assert set(lines) == set(CATEGORIES)
    assert len(set(lines.values())) == len(CATEGORIES)


def test_fallback_for_old_browsers_equals_the_light_tokens() -> None:
    fallback = dict(re.findall(r"(--[\w-]+): (#[0-9a-f]{6});", (STYLES / "modes/fallback.css").read_text()))

    assert fallback == TOKENS["light"]


def test_styles_speak_of_start_and_end_only() -> None:
    physical = re.compile(
        r"^\s*(?:(?:margin|padding|border)-(?:left|right|top|bottom)[\w-]*|left|right|top|bottom|width|height|"
        r"(?:min|max)-(?:width|height)|border-(?:top|bottom)-(?:left|right)-radius)\s*:|"
        r":\s*(?:left|right);",
        re.M,
    )
    found = {
        str(path.relative_to(STYLES)): match.group().strip()
        for path in STYLES.rglob("*.css")
        for match in physical.finditer(path.read_text())
    }

    assert found == {}


def test_no_text_is_smaller_than_thirteen_pixels() -> None:
    sizes = [
        (path.name, float(value))
        for path in STYLES.rglob("*.css")
        for value in re.findall(r"(?:font-size|--size-[\w-]+):[^;]*?(\d*\.?\d+)rem", path.read_text())
    ]

    assert sizes
    assert [item for item in sizes if item[1] < 0.8] == []
