"""Make the search table anew."""

from typing import Any

from django.core.management.base import BaseCommand

from archive.actions.rebuild_search import rebuild_search


class Command(BaseCommand):
    """Rebuilds every search entry from works, texts, notes and terms."""

    help = "Throw the search table away and rebuild it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, naming each kind as it is done."""
        total = rebuild_search(progress=lambda kind, count: self.stdout.write(f"{kind}: {count}"))
        self.stdout.write(f"{total} entries.")
