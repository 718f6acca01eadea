"""What was typed in the editor of a draft and no block holds: kept with the session until it is used or emptied."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from archive.models import TextDraft
from archive.presenters.draft_editor import Unplaced
from archive.views.desk_tools import DeskRequest

#: Saves that are remembered: a script that kept what was typed asks whether it was taken.
SAVES = 40
FIELD = re.compile(r"(lost|href)-([a-z0-9]{1,40})")


@dataclass(frozen=True, slots=True)
class Kept:
    """Words for blocks that are gone, by the blocks' numbers for people; addresses, by their problems."""

    request: DeskRequest
    key: str
    lost: dict[str, str]
    href: dict[str, str]
    #: Version and page of each save that was taken, newest last.
    taken: list[str]

    @property
    def unplaced(self) -> list[Unplaced]:
        """The words, in the order of their blocks."""
        return sorted(
            (Unplaced(int(number), text) for number, text in self.lost.items()), key=lambda each: each.number
        )

    def take_up(self) -> None:
        """Keep what came back with the form, and forget what was emptied."""
        for name, value in self.request.POST.items():
            field = FIELD.fullmatch(name)
            if not field or (field[1] == "lost" and not field[2].isdecimal()):
                continue
            kept: dict[str, str] = getattr(self, field[1])
            kept.pop(field[2], None)
            if str(value).strip():
                kept[field[2]] = str(value)
        self._store()

    def add(self, unplaced: Iterable[Unplaced]) -> None:
        """Keep words whose blocks are gone, after what is kept for the same block already."""
        for each in unplaced:
            before = self.lost.get(str(each.number), "")
            if each.text.strip() and each.text not in before:
                self.lost[str(each.number)] = f"{before}\n\n{each.text}" if before else each.text
        self._store()

    def saved(self, version: int) -> None:
        """Remember that what was sent with a version of the draft was taken."""
        name = f"{version}.{self.request.POST.get('page', '')[:9]}"
        self.taken[:] = [*(each for each in self.taken if each != name), name][-SAVES:]
        self._store()

    def used(self, problem_id: str) -> None:
        """Forget the address of a problem that was decided."""
        if self.href.pop(problem_id, None) is not None:
            self._store()

    def _store(self) -> None:
        session, now = self.request.session, {"lost": self.lost, "href": self.href, "taken": self.taken}
        if any(now.values()):
            if session.get(self.key) != now:
                session[self.key] = now
        else:
            session.pop(self.key, None)


def kept_of(request: DeskRequest, row: TextDraft) -> Kept:
    """Return what is kept of a draft for who asks."""
    key = f"draft:{row.public_id}"
    kept = request.session.get(key, {})
    return Kept(
        request, key, dict(kept.get("lost", {})), dict(kept.get("href", {})), list(kept.get("taken", []))
    )
