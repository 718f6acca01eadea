"""Sections of texts as archivists see them: runs to choose from, what a run holds, what happened to a section."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from archive.models import AuditDetail, AuditEvent, TextRevision, TextSection, User
from archive.text.words import shortened

#: Letters of a block that are shown, headings that are offered, acts that are told.
EXCERPT, HEADINGS, HISTORY = 140, 300, 50


def heading_runs(revision: TextRevision) -> list[dict[str, Any]]:
    """Return the headings with what each holds: as far as the next that is not below it. Blocks count from one."""
    heads = [
        (index, int(block.get("level") or 2)) for index, block in enumerate(revision.blocks)
        if block["kind"] == "heading"
    ]  # fmt: skip
    found = []
    for at, (index, level) in enumerate(heads[:HEADINGS]):
        end = next((other for other, below in heads[at + 1 :] if below <= level), len(revision.blocks))
        found.append(
            {
                "first": index + 1,
                "last": end,
                "level": level,
                "words": _excerpt(revision, index),
                "count": end - index,
            }
        )
    return found


def lines_of(revision: TextRevision, places: Iterable[int]) -> list[dict[str, Any]]:
    """Return these blocks with their numbers from one, their kind and how they begin."""
    return [
        {"number": index + 1, "kind": revision.blocks[index]["kind"], "words": _excerpt(revision, index)}
        for index in places
    ]


def shown_run(revision: TextRevision, first: int, last: int) -> dict[str, Any]:
    """Return the ends of a run, so that a person can tell it is the right one."""
    return {
        "first": first + 1, "last": last, "count": last - first, "begins": _excerpt(revision, first),
        "ends": _excerpt(revision, last - 1), "language": revision.language, "direction": revision.direction,
    }  # fmt: skip


def _excerpt(revision: TextRevision, index: int) -> str:
    block = revision.blocks[index]
    return shortened(revision.content[block["start"] : block["end"]], EXCERPT)


def history_of(section: TextSection) -> list[dict[str, Any]]:
    """Return who did what to a section, when and why, the newest first."""
    events = AuditEvent.objects.filter(target_kind="textsection", target_id=section.public_id)
    rows = list(events.order_by("-sequence")[:HISTORY])
    reasons = dict(
        AuditDetail.objects.filter(sequence__in=[row.sequence for row in rows]).values_list(
            "sequence", "words"
        )
    )
    people = User.objects.in_bulk({row.actor_id for row in rows if row.actor_id})
    return [
        {
            "act": row.action, "at": row.at, "who": people.get(row.actor_id or 0),
            "reason": reasons.get(row.sequence, ""), "access": row.facts.get("access", ""),
        }
        for row in rows
    ]  # fmt: skip
