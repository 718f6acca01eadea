"""One long text goes its whole way: from a dropped file to a published release, its readers, and its correction."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

TITLE = "A long article for trying"
TITLE_AR = "مقالة طويلة للتجربة"


@dataclass
class Story:
    """What one chapter leaves to the next."""

    done: list[str] = field(default_factory=list)
    work_desk: str = ""
    workbench: str = ""
    edition: str = ""
    release: str = ""

    def needs(self, *chapters: str) -> None:
        """Leave a chapter out when one that it builds on did not end well."""
        for chapter in chapters:
            if chapter not in self.done:
                pytest.skip(f"“{chapter}” did not end well")


@pytest.fixture(scope="session")
def story() -> Story:
    """The story so far."""
    return Story()


@pytest.fixture(scope="session")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drawing of our own, with a remark in its bytes that no public copy may carry."""
    path = tmp_path_factory.mktemp("pictures") / "plan.jpg"
    drawing = Image.new("RGB", (1600, 1000), "#f4efe2")
    pen = ImageDraw.Draw(drawing)
    pen.line([(100, 900), (500, 300), (1500, 650)], fill="#7a2a22", width=12)
    pen.ellipse([(620, 380), (880, 640)], outline="#1f1b16", width=8)
    drawing.save(path, comment=b"taken by a witness whose name is nobody's business")
    return path
