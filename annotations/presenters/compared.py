"""Wordings of two releases compared, once in a process: their hashes name them, so what was found never ages."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from functools import cached_property

from annotations.editions.values import Snapshot
from annotations.editions.wordings import Change, Run, changed_runs, word_changes
from annotations.presenters.issue import Issue


@dataclass
class Compared:
    """What differs in the text from an earlier release to a later one."""

    before: Snapshot
    after: Snapshot

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The changed runs of blocks."""
        return changed_runs(self.before.text, self.after.text)

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The places at which words changed."""
        return word_changes(self.runs)

    @cached_property
    def first_of_run(self) -> tuple[int, ...]:
        """The number of the first change in each run."""
        starts = [run.after[0] for run in self.runs]
        numbers, found = iter(self.changes), []
        for start in starts:
            found.append(next((one.number for one in numbers if one.after[0] >= start), 0))
        return tuple(found)


_kept: OrderedDict[tuple[str, str], Compared] = OrderedDict()
#: Pairs that one process keeps.
KEPT = 8


def compared(before: Issue, after: Issue) -> Compared:
    """Return the comparison of two sealed releases."""
    key = (before.manifest_hash, after.manifest_hash)
    found = _kept.pop(key, None) or Compared(before.snapshot, after.snapshot)
    _kept[key] = found
    while len(_kept) > KEPT:
        _kept.popitem(last=False)
    return found


def forget() -> None:
    """Compare anew from now on (measurements start from nothing)."""
    _kept.clear()
