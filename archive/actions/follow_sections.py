"""Find the sections that are kept of a text in its next wording, before anybody can read that."""

from __future__ import annotations

from typing import Any

from archive.enums import SectionFit
from archive.models import SectionPlace, TextRevision, TextSection, User
from archive.text.kept_runs import LOST, Run, followed


def found_again(revision: TextRevision, *, by: User | None) -> dict[str, Any]:
    """Insert where each section in force stands in a new wording; in the transaction that makes it current.

    Its text is locked by the caller. What cannot be found surely is lost, and keeps the whole text back. Returns
    for the record how surely each was found, by its public id; nothing where none is kept.
    """
    sections = list(TextSection.objects.filter(text=revision.text_id, lifted_at=None).order_by("pk"))
    before, fits = revision.parent, {}
    after = _words(revision) if sections else []
    earlier = _words(before) if sections and before is not None else []
    for section in sections:
        was = section.places.filter(revision=before).order_by("-pk").first() if before is not None else None
        run = _followed(was, earlier, after)
        SectionPlace.objects.create(
            section=section, revision=revision, first=run.first, last=run.last, fit=run.fit, created_by=by
        )
        fits[section.public_id] = str(run.fit)
    return {"sections": fits} if fits else {}


def _followed(was: SectionPlace | None, before: list[str], after: list[str]) -> Run:
    if was is None or was.first is None or was.last is None:
        return LOST
    # A person said that it is gone from the text: what comes in is looked at again.
    if was.first == was.last:
        return Run(0, 0, SectionFit(was.fit)) if before == after else LOST
    return followed(before, after, was.first, was.last)


def _words(revision: TextRevision) -> list[str]:
    return [revision.content[block["start"] : block["end"]] for block in revision.blocks]
