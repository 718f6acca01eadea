"""Every fold bears the one mark of the style sheet: none draws its own, none takes it away."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
STYLES = ROOT / "frontend/src/styles"


def test_no_template_draws_a_mark_of_its_own_into_a_summary():
    drawn = [
        path.name
        for path in ROOT.glob("*/templates/**/*.html")
        for summary in re.findall(r"<summary.*?</summary>", path.read_text(), re.DOTALL)
        if "chevron" in summary
    ]

    assert drawn == []


def test_every_fold_has_a_summary():
    for path in ROOT.glob("*/templates/**/*.html"):
        source = path.read_text()
        assert len(re.findall("<details", source)) == len(re.findall("<summary", source)), path


def test_the_mark_is_drawn_in_one_place_and_turned_in_both_directions():
    rule = (STYLES / "components/fold.css").read_text()

    assert "summary::after" in rule
    assert "summary:dir(rtl)::after" in rule
    assert "details[open] > summary:dir(rtl)::after" in rule
    others = [path for path in STYLES.rglob("*.css") if path.name not in ("fold.css", "print.css")]
    assert [
        path.name for path in others if re.search(r"(summary|__title)[^{]*::after", path.read_text())
    ] == []
