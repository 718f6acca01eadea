"""What the newest public releases of other editions say of a text: the far ends of their cross-references."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from annotations.editions.reading import on_what_is_public, public_releases
from annotations.models import Anchor, CrossReference, Release
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


def from_elsewhere(*, text: str, revision: int, edition: str) -> list[FromElsewhere]:
    """Return what other editions say of a text (public id) in one of its wordings; `edition` is its own slug.

    Only what anybody may read counts, so that the page is the same for everyone.
    """
    others = list(public_releases().exclude(edition__slug=edition).select_related("edition__work"))
    releases: dict[int, Any] = {}
    for release in others:
        releases.setdefault(release.edition_id, release)
    by_pk = {release.pk: release for release in releases.values()}
    rows = list(_rows(by_pk, text))
    places = _places(
        {row["version__locus"] for row in rows} | {row["target"] for row in rows},
        {release.revision_id for release in by_pk.values()}, text, revision,
    )  # fmt: skip
    found = [_told(row, by_pk[row["version__released_in__release"]], places) for row in rows]
    return sorted(found, key=lambda one: (one.start is None, one.start or 0, one.slug, one.number))


def _rows(releases: Iterable[int], text: str) -> Iterable[Any]:
    rows = CrossReference.objects.filter(
        target__text__public_id=text, version__released_in__release__in=list(releases)
    )
    rows = rows.filter(on_what_is_public("version__annotation__"))
    return rows.order_by("pk").values(
        "public_id", "relation", "is_inverse", "note", "note_language", "target", "version__locus",
        "version__released_in__release", "version__released_in__number",
        "version__annotation__public_id",
    )[:MOST]  # fmt: skip


#: By locus and revision; None is the wording that is read.
Places = dict[tuple[int, int | None], list[Anchor]]


def _places(loci: set[int], revisions: set[int], text: str, revision: int) -> Places:
    anchors = (
        Anchor.objects.filter(locus__in=loci)
        .select_related("revision__text")
        .only("locus", "start", "end", "exact", "created_at", "revision__number", "revision__text__public_id")
        .order_by("attempt")
    )
    found: Places = {}
    for anchor in anchors:
        if anchor.revision.text.public_id == text and anchor.revision.number == revision:
            found.setdefault((anchor.locus_id, None), []).append(anchor)
        if anchor.revision_id in revisions:
            found.setdefault((anchor.locus_id, anchor.revision_id), []).append(anchor)
    return found


def _told(row: Any, release: Any, places: Places) -> FromElsewhere:
    # What was put elsewhere by hand after the sealing is no part of the release.
    sealed = [
        anchor for anchor in places.get((row["version__locus"], release.revision_id), ())
        if anchor.created_at <= release.sealed_at
    ]  # fmt: skip
    found = places.get((row["target"], None), [])
    here = found[-1] if found else None
    return FromElsewhere(
        id=row["public_id"], relation=row["relation"], is_inverse=row["is_inverse"], note_on_it=row["note"],
        note_language=row["note_language"], sealed=release, work=release.edition.work, slug=release.edition.slug, release=release.number,
        note=row["version__annotation__public_id"], number=row["version__released_in__number"],
        words=sealed[-1].exact if sealed else "",
        start=here.start if here else None, end=here.end if here else None, target=here.exact if here else "",
    )  # fmt: skip
