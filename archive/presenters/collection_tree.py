"""The tree of collections as one viewer sees it, read with one query: paths, branches, counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count

from archive.access import visible_to
from archive.models import Collection, Image, Video, Work


@dataclass
class Tree:
    """Collections by their keys; one whose surroundings are not among them stands by itself."""

    parents: dict[int, int | None] = field(default_factory=dict)

    @cached_property
    def children(self) -> dict[int | None, list[int]]:
        """Return what lies directly in each; under None what stands by itself."""
        found: dict[int | None, list[int]] = {}
        for pk, parent in self.parents.items():
            found.setdefault(parent if parent in self.parents else None, []).append(pk)
        return found

    def add(self, pk: int, parent: int | None) -> None:
        """Put up a new collection in another one, or at the top."""
        around = self.children  # Of those that were there before.
        self.parents[pk] = parent
        around.setdefault(parent if parent in self.parents else None, []).append(pk)

    def move(self, pk: int, parent: int | None) -> None:
        """Put a collection into another one, or to the top."""
        was = self.parents.get(pk)
        self.children[was if was in self.parents else None].remove(pk)
        self.parents[pk] = parent
        self.children.setdefault(parent if parent in self.parents else None, []).append(pk)

    def path(self, pk: int | None) -> list[int]:
        """Return a collection and those around it, outermost first."""
        found: list[int] = []
        while pk is not None and pk in self.parents and pk not in found:
            found.insert(0, pk)
            pk = self.parents[pk]
        return found

    def branch(self, pk: int) -> list[int]:
        """Return a collection and all within it, each after the one around it."""
        found = [pk]
        for one in found:
            found += [child for child in self.children.get(one, []) if child not in found]
        return found

    def height(self, pk: int) -> int:
        """Return how many collections lie one in the other from this one on, itself counted."""
        return max(len(self.path(one)) for one in self.branch(pk)) - len(self.path(pk)) + 1

    def in_order(self) -> list[int]:
        """Return all of them as a reader goes through a tree: each before what lies in it."""
        found: list[int] = []
        waiting = list(reversed(self.children.get(None, [])))
        while waiting:
            pk = waiting.pop()
            found.append(pk)
            waiting += reversed(self.children.get(pk, []))
        return found

    def totals(self, counts: Mapping[int, int]) -> dict[int, int]:
        """Return for each collection what stands in it and in all within it."""
        found: Counter[int] = Counter()
        for pk, count in counts.items():
            for around in self.path(pk):
                found[around] += count
        return found


def tree_for(who: object) -> Tree:
    """Return the tree of the collections that somebody sees, in their order."""
    rows = visible_to(Collection, who).order_by("order", "pk").values_list("pk", "parent_id")
    return Tree(dict(rows))


def whole_tree() -> Tree:
    """Return the tree of all collections, whoever sees them."""
    return Tree(dict(Collection.objects.order_by("order", "pk").values_list("pk", "parent_id")))


def counts_for(who: object, shelves: Iterable[int] | None = None) -> Counter[int]:
    """Return how many works, images and videos that somebody sees stand directly in each collection: three queries."""
    found: Counter[int] = Counter()
    models: tuple[type[Any], ...] = (Work, Image, Video)
    for model in models:
        rows = visible_to(model, who).order_by().exclude(collection=None)
        if shelves is not None:
            rows = rows.filter(collection__in=list(shelves))
        found.update(dict(rows.values_list("collection").annotate(n=Count("pk"))))
    return found
