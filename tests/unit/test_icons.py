"""Every icon that a template asks for is drawn, and scripts turn over the same ones as templates."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SPRITE = (ROOT / "archive/static/hashiya/icons.svg").read_text()
DRAWN = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE))
TEMPLATES = [*ROOT.glob("archive/templates/**/*.html"), *ROOT.glob("annotations/templates/**/*.html")]
ASKED = re.compile(r'components/icon\.html" with name="([\w-]+)"')


def test_every_icon_in_a_template_is_drawn() -> None:
    asked = {(name, path.name) for path in TEMPLATES for name in ASKED.findall(path.read_text())}

    assert asked
    assert {item for item in asked if item[0] not in DRAWN} == set()


def test_scripts_and_templates_turn_over_the_same_icons() -> None:
    partial = (ROOT / "archive/templates/components/icon.html").read_text()
    script = (ROOT / "frontend/src/icons/icon.ts").read_text()

    in_template = re.search(r"name in '([^']+)'", partial)
    in_script = script[script.index("FLIPPED") : script.index(").split")]

    assert in_template is not None
    assert set(in_template.group(1).split()) == set("".join(re.findall(r'"([^"]*)"', in_script)).split())
    assert set(in_template.group(1).split()) <= DRAWN


def test_the_nine_categories_have_icons_of_their_names() -> None:
    assert {"note", "place", "person", "group", "event", "date", "concept", "dispute", "link"} <= DRAWN
