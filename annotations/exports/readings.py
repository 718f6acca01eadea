"""The text and the notes of a release as trees and as plain words, read once in a process for all forms of it."""

from __future__ import annotations

from functools import cached_property

from annotations.editions.values import Snapshot
from annotations.exports.books.bodies import body_tree
from annotations.exports.books.tree import Node, text_tree
from archive.text.plain import plain_words


class Readings:
    """What is read of a snapshot. All of it, shown now or not: what may be told is asked by those who write."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._bodies: dict[str, list[Node]] = {}
        self._words: dict[str, str] = {}

    @cached_property
    def text(self) -> list[Node]:
        """The text; nobody changes it."""
        return text_tree(self._snapshot)

    def body(self, source: str) -> list[Node]:
        """Return what a note says, as blocks; nobody changes them."""
        found = self._bodies.get(source)
        if found is None:
            found = self._bodies[source] = body_tree(source)
        return found

    def words(self, source: str) -> str:
        """Return what a note says, without its markup."""
        found = self._words.get(source)
        if found is None:
            found = self._words[source] = plain_words(source)
        return found


#: Of the release that was written last, by its hash.
_kept: tuple[str, Readings] | None = None


def readings_of(digest: str, snapshot: Snapshot) -> Readings:
    """Return what is read of a sealed snapshot, kept until another release is written: its hash names it, so it never ages."""
    global _kept
    kept = _kept
    if not digest:
        return Readings(snapshot)
    if kept is None or kept[0] != digest:
        kept = _kept = (digest, Readings(snapshot))
    return kept[1]
