"""The texts beside the one that is worked in, ready for the workbench's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.safestring import SafeString

from annotations.access.beside import beside, candidates
from annotations.presenters.text_page import extras_of
from archive.access import Viewer
from archive.models import Text, TextRevision
from archive.presenters.article import render_article
from archive.presenters.languages import language_label
from archive.presenters.pairs import readable
from archive.text.alignment import spans
from archive.text.sections import Section, sections

#: Block of the one, block of the other: where each row of a pairing begins.
Pairs = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Pane:
    """One text beside the other."""

    text: Text
    revision: TextRevision
    language_label: str
    #: What the ids of its blocks begin with.
    ident: str
    article: SafeString
    #: Whether it scrolls together with the text that is worked in.
    is_paired: bool
    #: The page on which this is the one that is worked in, and the one without it.
    work_url: str
    close_url: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What the page shows beside the text."""

    panes: Sequence[Pane]
    #: For the script, by pane: `[block, block there]` for each row of the pairing.
    pairs: Sequence[dict[str, Any]]
    #: Texts that can be added, with what each is called.
    offered: Sequence[tuple[Text, str]]
    #: What they were looked for by.
    words: str

    @property
    def is_full(self) -> bool:
        """Whether no more fit."""
        return len(self.panes) >= 3


def beside_of(
    viewer: Viewer, active: TextRevision, section: Section, ids: Sequence[str], words: str
) -> Beside:
    """Return the panes of the texts that the address names, and what else can be put there."""
    revisions = beside(viewer, active.text, ids)
    keys = [revision.text.public_id for revision in revisions]
    panes, told = [], []
    for index, revision in enumerate(revisions):
        pairs = pairs_between(viewer, active, revision)
        ident = f"p{index}b"
        shown = _section(revision, section, pairs)
        panes.append(_pane(viewer, active, revision, shown, ident, keys, is_paired=bool(pairs)))
        told.append({"ident": ident, "pairs": _within(pairs, section, shown)})
    offered = [
        (text, f"{text.work} · {language_label(text.language)}")
        for text in candidates(viewer, active.text, words) if text.public_id not in keys
    ]  # fmt: skip
    return Beside(panes, told, offered, words)


def pairs_between(viewer: Viewer, active: TextRevision, other: TextRevision) -> Pairs:
    """Return where rows begin in both; empty unless one is a translation of the other, paired and approved as they stand."""
    pairings = readable([active.text, other.text], viewer)
    for one in pairings.filter(Q(original=active, translation=other) | Q(original=other, translation=active)):
        places = [(left, right) for left, _l_to, right, _r_to in spans(one.pairs)]
        return places if one.original_id == active.pk else [(right, left) for left, right in places]
    return []


def _section(revision: TextRevision, active: Section, pairs: Pairs) -> Section:
    """Return the section to show: the one that stands for the active one, where they are paired."""
    parts = sections(revision.content, revision.blocks)
    first = next((there for here, there in pairs if here >= active.first), 0)
    return next((part for part in parts if part.first <= first < part.last), parts[0])


def _within(pairs: Pairs, here: Section, there: Section) -> list[list[int]]:
    """Return the pairs of which both blocks are on the page, by the numbers in their ids."""
    return [
        [left + 1, right + 1] for left, right in pairs
        if here.first <= left < here.last and there.first <= right < there.last
    ]  # fmt: skip


def _pane(
    viewer: Viewer, active: TextRevision, revision: TextRevision, section: Section, ident: str, keys: list[str], *, is_paired: bool
) -> Pane:  # fmt: skip
    own = revision.text.public_id
    others = [key for key in keys if key != own]
    article = render_article(
        content=revision.content, blocks=revision.blocks, marks=revision.marks,
        extras=extras_of(revision, viewer, ident=ident), first=section.first, last=section.last,
    )  # fmt: skip
    return Pane(
        revision.text, revision, language_label(revision.language), ident, article, is_paired,
        _url(own, [active.text.public_id, *others]), _url(active.text.public_id, others),
    )  # fmt: skip


def _url(text: str, others: Sequence[str]) -> str:
    query = urlencode([("beside", one) for one in others])
    return f"{reverse('workbench', args=[text])}?{query}" if query else reverse("workbench", args=[text])
