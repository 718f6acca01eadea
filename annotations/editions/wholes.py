"""The texts of an edition in their current wordings, joined as a release would have them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from annotations.editions.facts import text_facts
from annotations.editions.joining import Joined, Wording, joined
from annotations.editions.values import TextFacts
from annotations.models import Edition, EditionPart
from archive.models import Text, TextRevision


def texts_of(edition: Edition) -> list[Text]:
    """Return the texts that an edition takes, in their order: mostly one."""
    further = EditionPart.objects.filter(edition=edition).select_related("text").order_by("position")
    return [edition.text, *(part.text for part in further)]


def text_keys(edition: Edition) -> list[int]:
    """Return the keys of the texts that an edition takes, in their order."""
    further = EditionPart.objects.filter(edition=edition).order_by("position")
    return [edition.text_id, *further.values_list("text_id", flat=True)]


def title_of_part(text: Text, revision: TextRevision) -> str:
    """Return what a text is called among the parts of its work, in its own language where it is told in that."""
    titles = [text.title_ar, text.title_en]
    first, second = titles if text.language.split("-")[0] == "ar" else reversed(titles)
    return first or second or revision.title


@dataclass(frozen=True)
class Whole:
    """The current wordings of texts, and what they make together."""

    #: In the order of the texts, each with its text.
    revisions: Sequence[TextRevision]
    joined: Joined

    @classmethod
    def of(cls, texts: Iterable[Text]) -> Whole | None:
        """Read the wordings of these texts, which are few; None while one of them has none."""
        numbers = [text.current_revision_id for text in texts]
        rows = TextRevision.objects.filter(pk__in=[n for n in numbers if n]).select_related("text")
        found = {row.pk: row for row in rows}
        if not numbers or any(number not in found for number in numbers):
            return None
        revisions = [found[number] for number in numbers if number]
        wordings = [Wording(text_facts(row), title_of_part(row.text, row)) for row in revisions]
        return cls(revisions, joined(wordings))

    @property
    def text(self) -> TextFacts:
        """The wording that they make."""
        return self.joined.text

    @cached_property
    def bases(self) -> dict[int, int]:
        """Where the content of each revision (its key) begins in the whole."""
        starts = [part.start for part in self.joined.parts] or [0]
        return {row.pk: start for row, start in zip(self.revisions, starts, strict=True)}

    def figure_key(self, text: int, key: str) -> str:
        """Return the key that a figure of one of the texts (its key) has in the whole; empty when it does not stand there."""
        pairs = zip(self.revisions, self.joined.keys, strict=True)
        return next((keys.get(key, "") for row, keys in pairs if row.text_id == text), "")

    @property
    def own_keys(self) -> dict[str, str]:
        """By the keys of figures in the whole, those that they have in their own texts, where these differ."""
        return {new: own for keys in self.joined.keys for own, new in keys.items() if own != new}
