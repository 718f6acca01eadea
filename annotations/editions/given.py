"""What an editor fills in: the words and the rule of a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotations.editions.values import Words


@dataclass(frozen=True, slots=True)
class EditionInput:
    """The plan of an edition, as a form, the API or a command hands it in."""

    #: Address; empty: made of the title, or kept.
    slug: str = ""
    #: `{"ar": …, "en": …}`, like the two below.
    title: Words = field(default_factory=dict)
    introduction: Words = field(default_factory=dict)
    change_note: Words = field(default_factory=dict)
    license_uri: str = ""
    #: `[{"name": …, "role": …}]`, by choice with `name_ar`, `name_en`, `roles` (of CRediT) and `orcid`.
    credits: Sequence[Mapping[str, Any]] = ()
    #: `{"categories": […], "tags": [public ids], "languages": […], "places": ["text" | "region" | "time"],
    #: "authors": [their keys], "groups": [public ids]}`; empty lists take all, the last two together. By choice `"order"`,
    #: what numbers the notes: "place", "kind" or "author"; and `"only_picked"`, whether it takes in none by itself.
    rule: Mapping[str, Any] = field(default_factory=dict)
    #: Public id of the picture that stands for it; empty for none.
    cover: str = ""
    required_approvals: int = 1
    #: Whether reviewers decide without knowing what others decided; of notes that need more than one approval.
    independent_review: bool = False
    #: Public ids of the texts of its work that it takes, in their order; empty: as it is, else the one that it is begun with.
    parts: Sequence[str] = ()
