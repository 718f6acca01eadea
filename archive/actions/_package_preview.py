"""What a package would make here: what is new, what is here already, what stands in the way."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Model

from archive import kinds
from archive.actions._package_lines import Line, lines_of
from archive.actions._packages import Loading
from archive.exports.catalogue import PATH
from archive.models import Capture, Collection, FileArrival, Image, Text, Video, Work
from archive.models.described import DescribedModel

#: Items that are told by name, and obstacles; of the rest there is the count.
MOST_ROWS, MOST_OBSTACLES = 100, 50
_MODELS: dict[str, type[Model]] = {
    "collection": Collection, "file": FileArrival, "image": Image, "video": Video, "work": Work, "text": Text,
    "capture": Capture,
}  # fmt: skip
#: What is told by its title.
_NAMED = frozenset({"collection", "image", "video", "work"})
#: Lines that are part of something that is told.
_SILENT = frozenset({"package", "transcript", "alignment"})
BATCH = 500


def preview(loading: Loading) -> dict[str, Any]:
    """Return counts by kind (new, here already), the first items by name, and what is in the way.

    Assumes a bag that was verified. Raises Invalid("bag_line") for lines that are no objects.
    """
    told = _Told()
    batch: list[Line] = []
    for _number, line in lines_of(loading, f"data/{PATH}", code="bag_line"):
        batch.append(line)
        if len(batch) == BATCH:
            told.add(batch)
            batch = []
    told.add(batch)
    counts = {kind: [told.new[kind], told.here[kind]] for kind in sorted(told.new | told.here)}
    for part in kinds.package_parts:
        if part.tell is not None and f"data/{part.path}" in loading.payload:
            counts |= {kind: list(pair) for kind, pair in part.tell(loading, f"data/{part.path}").items()}
    return {"counts": counts, "items": told.rows, "obstacles": told.obstacles}


class _Told:
    def __init__(self) -> None:
        self.new: Counter[str] = Counter()
        self.here: Counter[str] = Counter()
        self.rows: list[dict[str, Any]] = []
        self.obstacles: list[dict[str, Any]] = []

    def add(self, lines: list[Line]) -> None:
        """Tell some lines; what they lie of is refused when they are tried."""
        known = {kind: _known(model, lines, kind) for kind, model in _MODELS.items()}
        films = _known_films(lines)
        texts = _known(Text, [{"is": "text", "id": line.get("text")} for line in lines], "text")
        slugs = _taken_slugs(lines)
        for line in lines:
            kind = str(line.get("is", ""))
            if kind in _SILENT or not kind:
                continue
            public_id = str(line.get("id", ""))
            is_here = public_id in known.get(kind, ()) or (kind == "video" and _film(line) in films)
            is_here |= kind == "revision" and line.get("text") in texts
            (self.here if is_here else self.new)[kind] += 1
            obstacle = ""
            if kind == "work" and is_here:
                obstacle = "here"
            elif not is_here and (kind, line.get("slug")) in slugs:
                obstacle = "address"
            self._tell(kind, line, is_here, obstacle)

    def _tell(self, kind: str, line: Line, is_here: bool, obstacle: str) -> None:
        if kind not in _NAMED:
            return
        titles = {code: str(line.get(f"title_{code}", ""))[:300] for code in ("ar", "en")}
        row = {
            "kind": kind,
            "id": str(line.get("id", ""))[:16],
            "title": titles,
            "here": is_here,
            "obstacle": obstacle,
        }
        if len(self.rows) < MOST_ROWS:
            self.rows.append(row)
        if obstacle and len(self.obstacles) < MOST_OBSTACLES:
            self.obstacles.append(row)


def _known(model: type[Model], lines: list[Line], kind: str) -> set[str]:
    ids = [str(line.get("id", ""))[:16] for line in lines if line.get("is") == kind]
    return set(model._default_manager.filter(public_id__in=ids).values_list("public_id", flat=True))


def _film(line: Line) -> tuple[str, str]:
    return str(line.get("provider", "")), str(line.get("external_id", ""))


def _known_films(lines: list[Line]) -> set[tuple[str, str]]:
    wanted = {_film(line) for line in lines if line.get("is") == "video"}
    rows = Video.objects.filter(external_id__in={film for _provider, film in wanted})
    return {pair for pair in rows.values_list("provider", "external_id") if pair in wanted}


def _taken_slugs(lines: list[Line]) -> set[tuple[str, str]]:
    models: dict[str, type[DescribedModel]] = {"work": Work, "collection": Collection}
    return {
        (kind, slug)
        for kind, model in models.items()
        for slug in model._default_manager.filter(
            slug__in=[str(line.get("slug", ""))[:200] for line in lines if line.get("is") == kind]
        ).values_list("slug", flat=True)
    }
