"""Guides for those who try the demonstration."""

from __future__ import annotations

from annotations.management.demo.material import FOLDER, Loaded, bilingual, read
from archive.actions.change_site import add_page


def load_guides(loaded: Loaded) -> None:
    """Add the guides to the site's own pages."""
    for entry in read("guides")["guides"]:
        slug = entry["slug"]
        bodies = {
            f"body_{code}": (FOLDER / f"guides/{slug}.{code}.md").read_text().strip() for code in ("ar", "en")
        }
        values = {**bilingual(entry, "title"), **bodies, "order": entry["order"]}
        add_page(slug=slug, values=values, by=loaded.people["administrator"])
