"""The notes of a plan, and those that it could take in by hand, as lines of the editor's list."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from annotations.access.independent import withheld
from annotations.editions.parts import part_of_block
from annotations.editions.plan import Candidate, Plan
from annotations.enums import AnnotationStatus, Visibility
from annotations.models import Annotation, Edition
from annotations.presenters.annotation import workbench_url
from annotations.presenters.clock import seconds_words
from annotations.presenters.placed import place_label, quotation
from annotations.presenters.site_cards import title_of
from annotations.presenters.words import said
from archive.access import Viewer, visible_to


def to_pick(edition: Edition, plan: Plan, viewer: Viewer) -> QuerySet[Annotation]:
    """Return the accepted notes on pictures and films that do not stand in the text and were not picked, the newest first.

    Of what `viewer` has still to decide on independently it is not told that it was accepted.
    """
    rows = visible_to(Annotation, viewer).filter(
        text=None, visibility=Visibility.OPEN, accepted_version__isnull=False
    )
    here = [candidate.id for candidate in (*plan.candidates, *plan.left_out) if candidate.place]
    rows = (
        rows.exclude(withheld(viewer)).exclude(public_id__in=here).exclude(pk__in=edition.picked.values("pk"))
    )
    return rows.select_related("image", "video", "author", "accepted_version__locus").order_by("-pk")


def line_of_plan(candidate: Candidate, plan: Plan, *, is_picked: bool) -> dict[str, Any]:
    """Return a note of the plan as a line of its list."""
    label, on = "", {"language": "", "direction": "auto"}
    if candidate.place:
        label = place_label(said(candidate.label).text, candidate.place)
    elif plan.text:
        label, on = (
            quotation(candidate.exact),
            {"language": plan.text.language, "direction": plan.text.direction},
        )
    return {
        "id": candidate.id, "label": label, "body": candidate.body, "body_language": candidate.language,
        "category": candidate.category, "author": candidate.author.name, "status": candidate.status,
        "anchor": candidate.anchor, "is_picked": is_picked, **on, "url": _place_of(candidate),
    }  # fmt: skip


def _place_of(candidate: Candidate) -> str:
    """Return the workbench of what a note is on, at the note."""
    if candidate.place is None:
        return workbench_url(candidate.text, note=candidate.id) if candidate.text else ""
    kind, ident = candidate.place.member
    return f"{reverse(f'workbench_{kind}', args=[ident])}?note={candidate.id}#note-{candidate.id}"


def line_to_pick(note: Annotation) -> dict[str, Any]:
    """Return a note that the plan could take in as a line of its list."""
    version, item = note.accepted_version, note.image or note.video
    assert version is not None
    seconds = seconds_words(version.locus.start_time, version.locus.end_time)
    label = quotation(title_of(item).text) + (f" ({seconds})" if seconds else "")
    return {
        "id": note.public_id, "label": label, "language": "", "direction": "auto", "body": version.body,
        "body_language": version.language, "category": version.category, "author": note.author_name,
        "status": AnnotationStatus.ACCEPTED, "anchor": "", "is_picked": False,
    }  # fmt: skip


def part_lines(plan: Plan) -> list[dict[str, Any]]:
    """Return the parts of a plan of several, each with how many of its notes the plan takes in."""
    counts = Counter(_part_of(candidate, plan) for candidate in plan.taken)
    return [
        {
            "id": part.id, "title": part.title, "language": part.language, "revision": part.revision,
            "notes": counts[part.id],
        }
        for part in plan.parts
    ]  # fmt: skip


def _part_of(candidate: Candidate, plan: Plan) -> str:
    """Return the text (public id) in which a note is read; empty for what does not stand in the text."""
    block = candidate.place.block if candidate.place else None
    part = part_of_block(plan.parts, block) if block is not None else None
    return part.id if part else candidate.text
