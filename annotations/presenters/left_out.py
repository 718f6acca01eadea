"""The accepted notes that the rule of an edition leaves out, for its editor to find and to pick."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from annotations.editions.plan import Candidate, Plan
from annotations.models import Annotation
from annotations.presenters.edition_lines import line_of_plan
from annotations.presenters.labels import Words
from archive.access import Viewer, visible_to
from archive.presenters.listing import listed
from archive.text.context import words_after, words_before
from archive.text.folding import fold_key
from archive.text.words import shortened

#: Code points of the text on each side of a passage, and the most of the passage itself.
AROUND, MOST_WORDS = 80, 300
#: Keys that are asked for at once; a database takes only so many parameters.
CHUNK = 5000
#: By what a rule leaves a note out (`annotations.editions.candidates.leaving_out`).
REASONS: Words = {
    "categories": _("its kind"), "tags": _("its tags"), "people": _("its author"),
    "languages": _("its language"), "places": _("what it is on"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sought:
    """What an editor looks for among them; an empty value means all."""

    #: Words of the note, of its passage, or of what it is on.
    q: str = ""
    #: Key of an author.
    author: str = ""
    category: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Sought:
        """Return what an address asks for."""
        return cls(*(query.get(name, "").replace("\x00", "")[:200].strip() for name in cls.__slots__))

    @property
    def is_narrow(self) -> bool:
        """Whether it asks for anything."""
        return self != Sought()


def left_out_of(plan: Plan, viewer: Viewer) -> list[Candidate]:
    """Return those that `viewer` may see, in the order of the text."""
    keys, seen = [one.id for one in plan.left_out], set[str]()
    for start in range(0, len(keys), CHUNK):
        rows = visible_to(Annotation, viewer).filter(public_id__in=keys[start : start + CHUNK]).order_by()
        seen.update(rows.values_list("public_id", flat=True))
    return [one for one in plan.left_out if one.id in seen]


def found(rows: list[Candidate], sought: Sought) -> list[Candidate]:
    """Return those that an editor looks for; words are found in any spelling, all of them in one note."""
    words = fold_key(sought.q).split()
    return [
        one
        for one in rows
        if (not sought.author or one.author.id == sought.author)
        and (not sought.category or one.category == sought.category)
        and (not words or _says(one, words))
    ]


def _says(candidate: Candidate, words: list[str]) -> bool:
    folded = fold_key(" ".join((candidate.body, candidate.exact, *candidate.label.values())))
    return all(word in folded for word in words)


def authors_of(rows: list[Candidate]) -> list[tuple[str, str]]:
    """Return who wrote them, by key and name, in the order of the names."""
    return sorted({one.author.id: one.author.name for one in rows}.items(), key=lambda pair: pair[1])


def left_line(candidate: Candidate, plan: Plan) -> dict[str, Any]:
    """Return one as a line of the list: within the text around it, and why the rule leaves it out."""
    why = listed(REASONS[name] for name in candidate.left_out if name in REASONS)
    return {
        **line_of_plan(candidate, plan, is_picked=False),
        "passage": _passage(candidate, plan),
        "why": why,
    }


def _passage(candidate: Candidate, plan: Plan) -> dict[str, str] | None:
    if candidate.place or plan.text is None or candidate.start is None or candidate.end is None:
        return None
    content, start, end = plan.text.content, candidate.start, candidate.end
    return {
        "before": words_before(content, start, AROUND), "words": shortened(content[start:end], MOST_WORDS),
        "after": words_after(content, end, AROUND),
    }  # fmt: skip
