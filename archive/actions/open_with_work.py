"""Describe a work and, when it is public then, let the public see chosen pictures and films that it shows."""

from __future__ import annotations

from collections.abc import Collection as Names
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from archive.access import require, viewer_of
from archive.access.shown_with import Hidden, hidden_with, published_by
from archive.actions.describe import describe
from archive.actions.describe_work import describe_work
from archive.enums import Access
from archive.errors import Conflict, Stale
from archive.models import BulkStep, User, Work


@transaction.atomic
def open_with_work(
    *, work_id: int, version: int | None, values: Mapping[str, Any], names: Names[str], by: User
) -> tuple[Work, int]:
    """Return the described work and how many of `names` (see `Hidden.name`) became public with it.

    None do while the work is not public. Where the work waits for the end of an embargo, they wait as long.
    Raises Conflict("shown_changed") when one is not as it was read, and what `describe` raises; nothing is saved then.
    """
    work = describe_work(work_id=work_id, version=version, values=values, by=by)
    if work.access != Access.PUBLIC or not names:
        return work, 0
    return work, _open_all([work], names, by)


@transaction.atomic
def open_with_step(*, step_id: int, names: Names[str], by: User) -> int:
    """Let the public see chosen pictures and films (`Hidden.name`) that works show which a step made public; return how many.

    Where all works that show one wait for the end of an embargo, it waits as long as the first of them.
    Raises Conflict("shown_changed"), NotAllowed, and what `describe` raises; nothing is saved then.
    """
    step = BulkStep.objects.select_for_update(no_key=True).get(pk=step_id)
    require(by, "change", step)
    return _open_all(published_by(step), names, by)


def _open_all(works: Sequence[Work], names: Names[str], by: User) -> int:
    """Open the named ones, each as the work does that lets the public see it first."""
    wanted = set(names)
    for work in sorted(
        works, key=lambda work: (work.embargo_until is not None, work.embargo_until or 0, work.pk)
    ):
        if not wanted:
            break
        hidden = {each.name: each for each in hidden_with(work, viewer_of(by))}
        for name in sorted(wanted & set(hidden)):
            _open(hidden[name], work, by)
        wanted -= set(hidden)
    if wanted:
        raise Conflict("shown_changed")
    return len(set(names))


def _open(hidden: Hidden, work: Work, by: User) -> None:
    item = hidden.item
    values: dict[str, Any] = {"access": Access.PUBLIC}
    if work.embargo_until and (item.embargo_until is None or item.embargo_until < work.embargo_until):
        values["embargo_until"] = work.embargo_until
    try:
        describe(type(item), pk=item.pk, version=item.version, values=values, by=by)
    except Stale as error:
        raise Conflict("shown_changed") from error
