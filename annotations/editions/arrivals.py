"""What the newest public releases of other editions say of a text: the far ends of their cross-references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from annotations.editions.reading import on_what_is_public, public_releases
from annotations.editions.values import Snapshot
from annotations.models import Anchor, CrossReference, Release, ReleasePart
from archive.models import Work

#: Of the references from elsewhere, how many are listed.
MOST = 200


@dataclass(frozen=True, slots=True)
class FromElsewhere:
    """One reference of a released note in another edition."""

    #: Public id of the reference.
    id: str
    relation: str
    #: The reference is read backwards: from this text to the note's passage.
    is_inverse: bool
    note_on_it: str
    note_language: str
    #: The other edition's work: public, or its release would not be.
    work: Work
    slug: str
    release: int
    #: The release itself, without its snapshot.
    sealed: Release
    #: Public id and number of the note, and the words that it is on.
    note: str
    number: int
    words: str
    #: Where it points in the wording that is read, and the words there; None when it has no place in it.
    start: int | None
    end: int | None
    target: str


#: Where the texts of a release begin in its wording, by public id and number of the revision.
Bases = Mapping[tuple[str, int], int]


def from_elsewhere(snapshot: Snapshot) -> list[FromElsewhere]:
    """Return what other editions say of the texts of a release, in the wordings that it pins, at places in its own.

    Only what anybody may read counts, so that the page is the same for everyone.
    """
    others = list(public_releases().exclude(edition__slug=snapshot.slug).select_related("edition__work"))
    releases: dict[int, Any] = {}
    for release in others:
        releases.setdefault(release.edition_id, release)
    by_pk = {release.pk: release for release in releases.values()}
    pinned = _pinned(by_pk)
    bases = {(part.id, part.revision): part.start for part in snapshot.parts}
    bases = bases or {(snapshot.text.id, snapshot.text.revision): 0}
    rows = list(_rows(by_pk, {text for text, _number in bases}))
    places = _places(
        {row["version__locus"] for row in rows} | {row["target"] for row in rows}, set().union(*pinned.values()), bases
    )  # fmt: skip
    found = [
        _told(row, by_pk[row["version__released_in__release"]], pinned, places, bases) for row in rows
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.start is None, one.start or 0, one.slug, one.number))


def _pinned(releases: Mapping[int, Any]) -> dict[int, set[int]]:
    """Return the revisions (keys) that each of these releases pins."""
    found = {pk: {release.revision_id} for pk, release in releases.items()}
    parts = ReleasePart.objects.filter(release__in=list(releases)).order_by()
    for release, revision in parts.values_list("release_id", "revision_id"):
        found[release].add(revision)
    return found


def _rows(releases: Iterable[int], texts: Iterable[str]) -> Iterable[Any]:
    rows = CrossReference.objects.filter(
        target__text__public_id__in=list(texts), version__released_in__release__in=list(releases)
    )
    rows = rows.filter(on_what_is_public("version__annotation__"))
    return rows.order_by("pk").values(
        "public_id", "relation", "is_inverse", "note", "note_language", "target", "version__locus",
        "version__released_in__release", "version__released_in__number",
        "version__annotation__public_id",
    )[:MOST]  # fmt: skip


#: By locus and revision; None is the wording that is read.
Places = dict[tuple[int, int | None], list[Anchor]]


def _places(loci: set[int], revisions: set[int], bases: Bases) -> Places:
    anchors = (
        Anchor.objects.filter(locus__in=loci)
        .select_related("revision__text")
        .only("locus", "start", "end", "exact", "created_at", "revision__number", "revision__text__public_id")
        .order_by("attempt")
    )
    found: Places = {}
    for anchor in anchors:
        if _named(anchor) in bases:
            found.setdefault((anchor.locus_id, None), []).append(anchor)
        if anchor.revision_id in revisions:
            found.setdefault((anchor.locus_id, anchor.revision_id), []).append(anchor)
    return found


def _named(anchor: Anchor) -> tuple[str, int]:
    return anchor.revision.text.public_id, anchor.revision.number


def _told(
    row: Any, release: Any, pinned: Mapping[int, set[int]], places: Places, bases: Bases
) -> FromElsewhere:
    # What was put elsewhere by hand after the sealing is no part of the release.
    sealed = [
        anchor for revision in pinned[release.pk] for anchor in places.get((row["version__locus"], revision), ())
        if anchor.created_at <= release.sealed_at
    ]  # fmt: skip
    found = places.get((row["target"], None), [])
    here = found[-1] if found and found[-1].start is not None else None
    base = bases[_named(here)] if here else 0
    return FromElsewhere(
        id=row["public_id"], relation=row["relation"], is_inverse=row["is_inverse"], note_on_it=row["note"],
        note_language=row["note_language"], sealed=release, work=release.edition.work, slug=release.edition.slug, release=release.number,
        note=row["version__annotation__public_id"], number=row["version__released_in__number"],
        words=sealed[-1].exact if sealed else "",
        start=(here.start or 0) + base if here else None, end=(here.end or 0) + base if here else None,
        target=here.exact if here else "",
    )  # fmt: skip
