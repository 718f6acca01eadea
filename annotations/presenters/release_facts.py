"""The few facts of a release that lists show, taken from its snapshot once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from annotations.editions.reading import public_releases, read_snapshot
from annotations.editions.values import Json, PictureFacts, Words
from annotations.models import Release
from annotations.presenters.covers import Cover, covers_of
from annotations.presenters.labels import early_label, relation_label
from annotations.presenters.words import Said, said
from annotations.values import RelationWords
from archive.presenters.roles import role_code


@dataclass(frozen=True, slots=True)
class Facts:
    """What a card says of a release; the same for ever."""

    title: Words
    credits: tuple[Json, ...]
    notes: int
    language: str
    work_title: Words
    introduction: Words
    change_note: Words
    #: Who wrote the notes: public id and name of each.
    authors: tuple[tuple[str, str], ...]
    #: Who made the text, with their roles.
    creators: tuple[Json, ...]
    #: What the relations of its references are called, by code.
    relations: Mapping[str, RelationWords]
    #: Whether it may be shown is asked for each reader.
    cover: PictureFacts | None


_facts: dict[str, Facts] = {}


def facts_of(release: Release) -> Facts:
    """Return the facts of a release; kept in memory under its hash, since they never change."""
    found = _facts.get(release.manifest_hash)
    if found is None:
        snapshot = read_snapshot(release)
        found = Facts(
            snapshot.title, snapshot.credits, len(snapshot.notes), snapshot.text.language,
            snapshot.work.title, snapshot.introduction, snapshot.change_note,
            tuple((one.id, one.name) for one in snapshot.authors), snapshot.work.creators,
            {row.code: row for row in snapshot.relations}, snapshot.cover,
        )  # fmt: skip
        _facts[release.manifest_hash] = found
    return found


def pinned_label(release: Release, code: str, *, backwards: bool) -> str:
    """Return what a relation is called in a release, for one of its directions."""
    words = facts_of(release).relations.get(code)
    return relation_label(words, backwards=backwards) if words else early_label(code, backwards=backwards)


@dataclass(frozen=True, slots=True)
class ReleaseCard:
    """A release on a shelf."""

    url: str
    number: int
    title: Said
    people: tuple[str, ...]
    notes: int
    published_at: Any
    language: str
    work: Said
    cover: Cover | None = None


def release_cards(releases: Iterable[Any]) -> list[ReleaseCard]:
    """Return the cards of rows of `public_releases()`, with the covers that anybody may see."""
    rows = list(releases)
    covers = covers_of(rows, (facts_of(row).cover for row in rows))
    return [_card(row, covers.get(row.pk)) for row in rows]


def _card(release: Any, cover: Cover | None) -> ReleaseCard:
    facts = facts_of(release)
    title = said(facts.title)
    editors = [c for c in facts.credits if role_code(str(c.get("role") or "")) == "editor"]
    editors = editors or list(facts.credits)
    people = names_in(editors[:2], title.language)
    return ReleaseCard(
        url=reverse("release", args=[release.edition.slug, release.number]), number=release.number,
        title=title, people=people, notes=facts.notes, published_at=release.published_at,
        language=facts.language, work=said(facts.work_title), cover=cover,
    )  # fmt: skip


def names_in(credits: Iterable[Any], language: str) -> tuple[str, ...]:
    """Return the names of those who are credited, as they are written in a language where that is told."""
    named = (one for one in credits if isinstance(one, Mapping))
    return tuple(filter(None, (str(c.get(f"name_{language}") or c.get("name") or "") for c in named)))


def newest(rows: Iterable[Any] | None = None) -> list[Any]:
    """Return the newest public release of each edition, latest publication first."""
    found: dict[int, Any] = {}
    for release in public_releases() if rows is None else rows:
        found.setdefault(release.edition_id, release)
    return sorted(found.values(), key=lambda release: release.published_at, reverse=True)
