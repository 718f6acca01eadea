"""Paragraphs that are a picture or a film and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from archive.importers import videos
from archive.importers.ast.builder import Run
from archive.importers.ast.inlines import Node, unwrapped
from archive.importers.ast.source import SourceLines

BREAKS = frozenset({"Space", "SoftBreak", "LineBreak"})
LONGEST_ADDRESS = 2_000


def images_alone(nodes: list[Node]) -> list[tuple[Node, str]]:
    """Return the images, each with the address that it links to, of a paragraph that has nothing else.

    Else none.
    """
    found = []
    for node, _ in _significant(nodes):
        href = ""
        if node["t"] == "Link":
            inner = list(_significant(node["c"][1]))
            if len(inner) != 1:
                return []
            href, node = node["c"][2][0], inner[0][0]
        if node["t"] != "Image":
            return []
        found.append((node, href))
    return found


def video_alone(nodes: list[Node], run: Run, source: SourceLines | None) -> dict[str, Any] | None:
    """Return what a video block says, when the paragraph is one link to a video or its bare address."""
    significant = list(_significant(nodes)) if len(nodes) < 4 else []
    if len(significant) == 1 and significant[0][0]["t"] == "Link":
        node, attr = significant[0]
        place = source.place(attr) if source and attr else None
        href, spelling = node["c"][2][0], "link"
        if source and place and source.text(place).startswith("<"):
            spelling = "autolink"
    elif run.length < LONGEST_ADDRESS and not run.marks:
        href, spelling = run.text.strip(), "bare"
    else:
        return None
    video = videos.recognise(href)
    return {**video.attrs, "spelling": spelling} if video else None


def _significant(nodes: list[Node]) -> Iterator[tuple[Node, Any]]:
    return (pair for pair in unwrapped(nodes) if pair[0]["t"] not in BREAKS)
