"""Draw docs/states.md from the state tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from annotations.presenters.states import states_page


class Command(BaseCommand):
    """Writes the page, or with --check says whether it is as the tables are."""

    help = "Draw docs/states.md from the state tables."

    def add_arguments(self, parser: Any) -> None:
        """Take --check."""
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail if the page is out of step"
        )

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        """Write or compare."""
        path = Path(settings.ROOT) / "docs/states.md"
        drawn = states_page()
        if check:
            if not path.exists() or path.read_text() != drawn:
                raise SystemExit(
                    "docs/states.md is out of step with the tables: run manage.py state_diagrams."
                )
            return
        path.write_text(drawn)
        self.stdout.write(f"Wrote {path}.")
