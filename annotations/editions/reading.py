"""Which release an address means, for whom, and what of it may be shown now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Now

from annotations.editions.canonical import snapshot_of
from annotations.editions.values import Snapshot
from annotations.enums import ReleaseEventKind
from annotations.models import Edition, Release, ReleaseEvent
from archive.access import ANYBODY, as_viewer, visible_to
from archive.access.pixels import STILL_SHOWN
from archive.access.tombstones import Stone, stone_of
from archive.media import films
from archive.models import Capture, Image, SlugRedirect, Video, Work

MODELS = {"work": Work, "image": Image, "video": Video}


def releases() -> QuerySet[Any]:
    """Return all releases without their snapshots, newest first, with `published_at` and `withdrawn_at`."""
    events = ReleaseEvent.objects.filter(release=OuterRef("pk"))
    return (
        Release.objects.defer("snapshot")
        .select_related("edition")
        .annotate(
            published_at=Subquery(events.filter(kind=ReleaseEventKind.PUBLISHED).values("effective_at")[:1]),
            withdrawn_at=Subquery(events.filter(kind=ReleaseEventKind.WITHDRAWN).values("effective_at")[:1]),
            is_out=Exists(events.filter(kind=ReleaseEventKind.PUBLISHED, effective_at__lte=Now())),
        )
        .order_by("-number")
    )


def public_releases() -> QuerySet[Any]:
    """Return the releases that anybody may read now, newest first within an edition."""
    return visible_to(releases(), ANYBODY)


def tombstones() -> QuerySet[Any]:
    """Return the releases that were public once, are withdrawn, and whose work is still public."""
    return (
        releases()
        .filter(
            edition__work__in=visible_to(Work, ANYBODY).values("pk"), is_out=True, withdrawn_at__lte=Now()
        )
        .filter(published_at__lte=F("withdrawn_at"))
    )


def stone_of_release(slug: str, number: int | None = None) -> Stone | None:
    """Return the tombstone of the work of a release that was out when its work was taken down.

    Without a number, of any release of the edition.
    """
    rows = releases().filter(edition__slug=slug, is_out=True).select_related("edition__work__takedown")
    row = (rows if number is None else rows.filter(number=number)).order_by("number").first()
    if row is None:
        return None
    stone = stone_of(row.edition.work)
    return stone if stone and row.published_at <= stone.since else None


def status_of(release: Any, now: datetime) -> str:
    """Return "sealed", "scheduled", "published" or "withdrawn" for a row of `releases()`."""
    if release.withdrawn_at:
        return "withdrawn"
    if not release.published_at:
        return "sealed"
    return "published" if release.published_at <= now else "scheduled"


def read_snapshot(release: Release) -> Snapshot:
    """Return the frozen value of a release; its column is fetched only when no process memory has it."""
    return snapshot_of(
        release.manifest_hash, lambda: Release.objects.values_list("snapshot", flat=True).get(pk=release.pk)
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """The members that may be shown now, as (kind, public id); whatever is not in it is a labelled gap."""

    members: frozenset[tuple[str, str]]
    #: What readers are warned of now, by member; those without a warning are missing.
    warnings: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    #: By the public id of a film that is lost now: the archive's capture, played in its place.
    kept: Mapping[str, Capture] = field(default_factory=dict)
    #: Public ids of images of which parts were covered after the release was sealed: its own copies show them still.
    covered: frozenset[str] = frozenset()

    def has(self, kind: str, ident: str) -> bool:
        """Whether this member may be shown."""
        return (kind, ident) in self.members

    def has_picture(self, ident: str) -> bool:
        """Whether the release's own copies of this image may be shown."""
        return self.has("image", ident) and ident not in self.covered


def shown_members(release: Release, who: object = ANYBODY) -> Shown:
    """Ask access for every member of the release, now."""
    pinned: dict[str, list[int]] = {}
    for kind, pk in release.members.values_list("kind", "object_id"):
        pinned.setdefault(kind, []).append(pk)
    found = {
        (kind, ident): tuple(warnings)
        for kind, ids in pinned.items()
        for ident, warnings in visible_to(MODELS[kind], who)
        .filter(pk__in=ids)
        .values_list("public_id", "warnings")
    }
    return Shown(
        frozenset(found),
        {member: kinds for member, kinds in found.items() if kinds},
        _kept(pinned.get("video", ()), who),
        frozenset(_covered_since(release)) if "image" in pinned else frozenset(),
    )


def shown_in_preview(members: frozenset[tuple[str, str]]) -> Shown:
    """Return what a preview of these members shows: what the public will see, with its warnings and captures."""
    named: dict[str, list[str]] = {}
    for kind, ident in members:
        named.setdefault(kind, []).append(ident)
    warnings = {
        (kind, ident): tuple(kinds)
        for kind, idents in named.items()
        for ident, kinds in MODELS[kind]
        ._default_manager.filter(public_id__in=idents)
        .values_list("public_id", "warnings")
        if kinds
    }
    films = Video.objects.filter(public_id__in=named.get("video", ())).values_list("pk", flat=True)
    return Shown(members, warnings, _kept(list(films), ANYBODY))


def _kept(ids: Collection[int], who: object) -> dict[str, Capture]:
    if not ids:
        return {}
    lost = [video for video in visible_to(Video, who).filter(pk__in=ids) if films.is_lost(video)]
    kept = films.playable([video.pk for video in lost], as_viewer(who)) if lost else {}
    return {video.public_id: kept[video.pk] for video in lost if video.pk in kept}


def _covered_since(release: Release) -> QuerySet[Any, str]:
    hidden = release.files.exclude(STILL_SHOWN.q())
    return hidden.order_by().values_list("image__public_id", flat=True).distinct()


def edition_of_old_slug(slug: str) -> Edition | None:
    """Return the edition that was once at this address, if any."""
    moved = SlugRedirect.objects.filter(kind="edition", old_slug=slug).order_by("-pk").first()
    return Edition.objects.filter(pk=moved.target_id).first() if moved else None
