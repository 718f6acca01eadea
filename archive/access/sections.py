"""Sections of texts that are kept from a viewer, and what of their texts is left to read.

Whatever shows a text whole asks for the text, its wordings or its notes by `visible_to`, which leaves out every text
of which a section is closed to the viewer. Only what can show a text with gaps asks by `in_part`, and cuts it by
`gaps_of`.
"""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from archive.access.registry import as_viewer
from archive.access.section_rule import closed_to
from archive.access.viewer import KEEPERS, Viewer
from archive.access.visible import SECTION_GRANTED, TEXT_IN_PART
from archive.enums import SectionFit
from archive.models import SectionPlace, Text, TextSection


def in_part(rows: QuerySet[Text], who: object) -> QuerySet[Text]:
    """Return those texts of which `who` may read what is not kept from them; for what shows texts with gaps."""
    viewer = as_viewer(who)
    found = rows.filter(TEXT_IN_PART.q(viewer))
    return found if viewer.behind is None else found.filter(TEXT_IN_PART.q(viewer.behind))


def closed_sections(who: object) -> QuerySet[TextSection]:
    """Return the sections in force that `who` may not read; the keepers read them all."""
    viewer = as_viewer(who)
    eyes = [one for one in (viewer, viewer.behind) if one is not None and not one.has(*KEEPERS)]
    rows = TextSection.objects.none()
    for one in eyes:
        rows = closed_to(one, SECTION_GRANTED) if one is eyes[0] else rows | closed_to(one, SECTION_GRANTED)
    return rows


def closed_texts(who: object) -> QuerySet[TextSection, Any]:
    """Return the keys of the texts of which `who` may not read all, for a condition."""
    return closed_sections(who).order_by().values("text_id")


def gaps_of(text: Text, revision_id: int, viewer: Viewer) -> list[Any] | None:
    """Return the sections of a wording that are closed to the viewer, each with its `first` and `last` block.

    None when the place of one of them is not sure: then nothing of the text may be shown.
    """
    places = SectionPlace.objects.filter(section=OuterRef("pk"), revision=revision_id).order_by("-pk")
    rows = closed_sections(viewer).filter(text=text).annotate(
        first=Subquery(places.values("first")[:1]), last=Subquery(places.values("last")[:1])
    )  # fmt: skip
    found = list(rows.order_by("first", "pk"))
    return None if any(row.first is None or row.last is None for row in found) else found


def closes_some_of(work_id: int, who: object) -> bool:
    """Whether a text of this work has a section that is closed to `who`."""
    return closed_sections(who).filter(text__work=work_id).exists()


def to_settle(rows: QuerySet[TextSection]) -> QuerySet[TextSection]:
    """Return those in force of whose place in the current wording nobody is sure, with their `fit`."""
    newest = SectionPlace.objects.filter(
        section=OuterRef("pk"), revision=OuterRef("text__current_revision")
    ).order_by("-pk")
    waiting = rows.filter(lifted_at=None, text__current_revision__isnull=False)
    waiting = waiting.annotate(fit=Subquery(newest.values("fit")[:1]))
    return waiting.filter(Q(fit=None) | Q(fit__in=[SectionFit.LOST, SectionFit.WIDER]))
