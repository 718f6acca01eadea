"""What changed from one release to another: notes added, gone, changed, moved; the text, block by block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from annotations.editions.parts import text_ids
from annotations.editions.values import Note, Snapshot

#: Words of a block; longer ones are shown as a whole, before and after.
LONGEST = 3000

#: (kind, words): kind is "same", "gone" or "new".
Piece = tuple[str, str]


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
    text: tuple[tuple[Piece, ...], ...]
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
) -> Comparison:
    """Return what a reader of `old` finds different in `new`; nothing is told of the `hidden` notes (ids).

    `covers` says of each whether its cover may be shown: of one that may not, nothing tells that there is one.
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
        text=text_changes(_blocks(old), _blocks(new)) if old.text.sha256 != new.text.sha256 else (),
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


def _blocks(snapshot: Snapshot) -> list[str]:
    return [snapshot.text.content[b["start"] : b["end"]] for b in snapshot.text.blocks]


def text_changes(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[Piece, ...], ...]:
    """Return the changed runs of blocks, each as pieces by words."""
    found = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            found.append(tuple(_pieces("\n".join(old[a:b]), "\n".join(new[c:d]))))
    return tuple(found)


def _pieces(before: str, after: str) -> list[Piece]:
    left, right = _words(before), _words(after)
    if not left or not right or len(left) + len(right) > LONGEST:
        return [piece for piece in (("gone", before), ("new", after)) if piece[1]]
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(("same", "".join(left[a:b])))
            continue
        pieces += [p for p in (("gone", "".join(left[a:b])), ("new", "".join(right[c:d]))) if p[1]]
    return pieces


def _words(text: str) -> list[str]:
    """Cut a text into words, each with the white space after it."""
    words: list[str] = []
    start = 0
    for index in range(1, len(text)):
        if text[index - 1].isspace() and not text[index].isspace():
            words.append(text[start:index])
            start = index
    return [*words, text[start:]] if text else []
