"""What changed from one release to another: notes added, gone, changed, moved; the text, block by block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotations.editions.parts import text_ids
from annotations.editions.values import Note, Snapshot
from annotations.editions.wordings import Piece, Run, changed_runs

__all__ = ["Comparison", "Piece", "Run", "compare"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The differences of two snapshots, from `old` to `new`."""

    old: Snapshot
    new: Snapshot
    added: tuple[Note, ...]
    removed: tuple[Note, ...]
    #: (before, after): other words, tags, references or category.
    changed: tuple[tuple[Note, Note], ...]
    #: (before, after): the same note on other words of the text.
    moved: tuple[tuple[Note, Note], ...]
    #: (before, after): the same note on a picture or a film of which the release keeps other bytes.
    shown_otherwise: tuple[tuple[Note, Note], ...]
    #: Each a changed run of blocks.
    text: tuple[Run, ...]
    #: What changed besides: "title", "introduction", "credits", "license", "cover", "order", and "parts" when it is made of
    #: other texts than before, or of the same in another order.
    front: tuple[str, ...]

    @property
    def words_changed(self) -> bool:
        """Whether the words around the text changed."""
        return bool(set(self.front) - {"cover", "order", "parts"})

    @property
    def is_empty(self) -> bool:
        """Whether nothing that is read differs."""
        return not (
            self.added
            or self.removed
            or self.changed
            or self.moved
            or self.shown_otherwise
            or self.text
            or self.front
        )


def compare(
    old: Snapshot,
    new: Snapshot,
    *,
    hidden: frozenset[str] = frozenset(),
    covers: tuple[bool, bool] = (True, True),
    runs: Sequence[Run] | None = None,
) -> Comparison:
    """Return what a reader of `old` finds different in `new`; nothing is told of the `hidden` notes (ids).

    `covers` says of each whether its cover may be shown: of one that may not, nothing tells that there is one.
    `runs` are the changed runs of their text, where somebody knows them already.
    """
    before = {note.id: note for note in old.notes if note.id not in hidden}
    after = {note.id: note for note in new.notes if note.id not in hidden}
    both = [(before[i], after[i]) for i in after if i in before]
    alike = [pair for pair in both if pair[0].content_hash == pair[1].content_hash]
    return Comparison(
        old=old, new=new,
        added=tuple(note for ident, note in after.items() if ident not in before),
        removed=tuple(note for ident, note in before.items() if ident not in after),
        changed=tuple(pair for pair in both if pair[0].content_hash != pair[1].content_hash),
        moved=tuple(pair for pair in alike if pair[0].exact != pair[1].exact),
        shown_otherwise=tuple(pair for pair in alike if _bytes(pair[0]) != _bytes(pair[1])),
        text=tuple(changed_runs(old.text, new.text) if runs is None else runs),
        front=_front(_seen(old, has_cover=covers[0]), _seen(new, has_cover=covers[1])),
    )  # fmt: skip


def _bytes(note: Note) -> str:
    return note.place.sha256 if note.place else ""


_FRONT = ("title", "introduction", "credits", "license", "cover", "order")


def _seen(snapshot: Snapshot, *, has_cover: bool) -> Snapshot:
    return snapshot if has_cover else replace(snapshot, cover=None)


def _front(old: Snapshot, new: Snapshot) -> tuple[str, ...]:
    found = tuple(name for name in _FRONT if getattr(old, name) != getattr(new, name))
    return found if text_ids(old) == text_ids(new) else (*found, "parts")
