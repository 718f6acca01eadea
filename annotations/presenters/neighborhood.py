"""References around one thing, as a table and a drawing show them, wherever they were read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from annotations.values import RelationWords

KIND_LABELS: dict[str, str | Promise] = {
    "note": _("Notes"), "passage": _("Passages"), "image": _("Pictures"), "video": _("Films"), "work": _("Works"),
    "outside": _("Sources outside"),
}  # fmt: skip
KIND_ICONS = {
    "note": "note",
    "passage": "quote",
    "image": "image",
    "video": "video",
    "work": "text",
    "outside": "book",
}
DIRECTIONS: dict[str, str | Promise] = {
    "out": pgettext_lazy("references", "From here"), "in": pgettext_lazy("references", "To here"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which references somebody asked for; what an address says that is no choice counts as nothing said."""

    relation: str = ""
    direction: str = ""
    kind: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Wanted:
        """Return what an address asks for."""
        direction, kind = asked.get("direction", ""), asked.get("kind", "")
        return cls(
            asked.get("relation", "")[:14].replace("\x00", ""), direction if direction in DIRECTIONS else "",
            kind if kind in KIND_LABELS else "",
        )  # fmt: skip

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return not (self.relation or self.direction or self.kind)


@dataclass(frozen=True, slots=True)
class Node:
    """One end of a reference."""

    #: One of `KIND_LABELS`.
    kind: str
    #: What it is in: the same for all places of one work, picture, film or source.
    key: str
    title: str
    #: The words, seconds or pages that are meant.
    words: str = ""
    url: str = ""
    #: Lasting name for other programs.
    iri: str = ""

    @property
    def label(self) -> str:
        """Title and words in one."""
        return (
            f"{self.title}: \u2068{self.words}\u2069"
            if self.title and self.words
            else self.title or self.words
        )

    @property
    def icon(self) -> str:
        """The name of its icon."""
        return KIND_ICONS[self.kind]


@dataclass(frozen=True, slots=True)
class Tie:
    """One reference, read from the side of the thing that the page is about."""

    id: str
    relation: str
    #: In the interface language, for this direction.
    label: str
    #: "out" or "in".
    direction: str
    here: Node
    there: Node
    note: str = ""
    note_language: str = ""
    #: The relation by both its names; None in releases that are older than these.
    words: RelationWords | None = None
    is_backwards: bool = False
