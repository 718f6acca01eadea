"""Cuts what is to be set into parts, so that the typesetter holds one of them and not the whole of a long book."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

Json = dict[str, Any]


class Part(NamedTuple):
    """Blocks that follow each other, with the notes at their foot."""

    nodes: Sequence[Json]
    #: By their numbers.
    notes: Mapping[str, Json]
    #: Level of the last heading before it, under which it goes on; the title of the book is the first.
    above: int


def cut(nodes: Sequence[Json], notes: Mapping[str, Json], most: int) -> list[Part]:
    """Return parts of at most so many letters of JSON, notes included; what their setting costs grows by these.

    Each begins with the highest heading that the latter half of the one before has: readers see a chapter on a page of its
    own. Without one it begins with the block for which there was no room. Nothing is cut inside a block, nor
    between a heading and what it is over: these are set together, however long they are.
    """
    weights = [_weight(node, notes) for node in nodes]
    begins, weight = [0], 0
    for at, one in enumerate(weights):
        if weight + one > most and (border := _border(nodes, weights, begins[-1], at)):
            begins.append(border)
            weight = sum(weights[border:at])
        weight += one
    return list(_parts(nodes, notes, begins))


def _parts(nodes: Sequence[Json], notes: Mapping[str, Json], begins: Sequence[int]) -> Iterator[Part]:
    above = 1
    for begin, end in zip(begins, [*begins[1:], len(nodes)], strict=True):
        held = list(nodes[begin:end])
        yield Part(held, {number: notes[number] for number in _numbers(held)}, above)
        above = next(reversed(_levels(held)), above)


def _weight(node: Json, notes: Mapping[str, Json]) -> int:
    held = (node, *(notes[number] for number in _numbers(node)))
    return sum(len(json.dumps(value, ensure_ascii=False)) for value in held)


def _border(nodes: Sequence[Json], weights: Sequence[int], begin: int, end: int) -> int | None:
    """Return where the next part begins when the block at `end` has no room in the one from `begin` on."""
    half, passed, found = sum(weights[begin:end]) / 2, 0, list[int]()
    for at in range(begin + 1, end + 1):
        passed += weights[at - 1]
        if passed >= half and not _is_heading(nodes[at - 1]):
            found.append(at)
    headings = [at for at in found if _is_heading(nodes[at])]
    highest = min((nodes[at]["level"] for at in headings), default=0)
    return max([at for at in headings if nodes[at]["level"] == highest] or found, default=None)


def _is_heading(node: Json) -> bool:
    return bool(node["k"] == "heading")


def _numbers(value: object) -> list[str]:
    return [str(one["n"]) for one in _objects(value) if "n" in one]


def _levels(value: object) -> list[int]:
    return [one["level"] for one in _objects(value) if one.get("k") == "heading"]


def _objects(value: object) -> Iterator[Json]:
    """Yield all objects in a value, in the order of its words."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _objects(one)
