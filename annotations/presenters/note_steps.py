"""What a step changed about many notes, in words; and what can be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from annotations.enums import NoteChange, Visibility
from annotations.models import NoteStep, Term
from annotations.presenters.labels import CATEGORIES, VISIBILITIES
from archive.access import Viewer, visible_to
from archive.models import Group

_TAGS = (NoteChange.TAG, NoteChange.UNTAG)


def change_choices(who: Viewer) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what the page offers to change, by heading, as (value of the select, words)."""
    groups = Group.objects.filter(pk__in=who.group_ids).order_by("name")
    seen = [(f"visibility:{code}", str(VISIBILITIES[code])) for code in (Visibility.OPEN, Visibility.PRIVATE)]
    seen += [(f"group:{group.public_id}", group.name) for group in groups]
    return [
        (_("Tags"), [("tag", _("Put this tag on them")), ("untag", _("Take this tag off them"))]),
        (_("What they are about"), [(f"category:{code}", str(words)) for code, words in CATEGORIES.items()]),
        (_("Who may see them"), seen),
    ]


def names_by_id(who: Viewer, steps: Iterable[NoteStep]) -> dict[str, str]:
    """Return the names of the terms and groups of some steps, as far as the viewer knows them."""
    rows = list(steps)
    terms = visible_to(Term, who).filter(public_id__in=[row.value for row in rows if row.change in _TAGS])
    groups = Group.objects.filter(
        pk__in=who.group_ids, public_id__in=[row.value for row in rows if row.change == NoteChange.GROUP]
    )
    return {term.public_id: str(term) for term in terms} | {group.public_id: group.name for group in groups}


def step_words(step: NoteStep, names: Mapping[str, Any]) -> str:
    """Return what a step did, such as "Tag put on: Aleppo"."""
    value = str(names.get(step.value) or CATEGORIES.get(step.value) or VISIBILITIES.get(step.value) or "…")
    sentences = {
        NoteChange.TAG: _("Tag put on: %(value)s"), NoteChange.UNTAG: _("Tag taken off: %(value)s"),
        NoteChange.CATEGORY: _("About: %(value)s"), NoteChange.VISIBILITY: _("Who may see them: %(value)s"),
        NoteChange.GROUP: _("Who may see them: %(value)s"),
    }  # fmt: skip
    return sentences[NoteChange(step.change)] % {"value": f"\u2068{value}\u2069"}
