"""Where the marks of notes stand in print, so that the notes at the feet of pages follow each other by their numbers."""

from __future__ import annotations

from annotations.editions.values import Note, Snapshot
from annotations.enums import NoteOrder


class Feet:
    """Gives out marks in the order in which the text comes to the ends of its notes.

    Of two notes that begin at one word the longer has the smaller number and the later end: its mark is set beside that of
    the shorter, before it. Where notes are numbered otherwise than by place, each mark stands at its own end.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.is_by_place = snapshot.order == NoteOrder.PLACE
        self._notes, self._next = snapshot.notes, 0
        #: Numbers of the marks that stand.
        self._standing: set[int] = set()

    def at(self, note: Note) -> list[Note]:
        """Return the notes whose marks stand where this one ends; none when its own stands already."""
        if note.number in self._standing:
            return []
        due = [note]
        if self.is_by_place:
            first = self._next
            while self._next < len(self._notes) and self._notes[self._next].number <= note.number:
                self._next += 1
            due = list(self._notes[first : self._next])
        self._standing.update(one.number for one in due)
        return due

    def rest(self) -> list[Note]:
        """Return the notes whose ends the text never came to."""
        return [note for note in self._notes if note.number not in self._standing]
