"""Which release an address means, for whom, and what of it may be shown now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now
from django.utils import timezone

from annotations.editions.canonical import snapshot_of
from annotations.editions.facts import file_name
from annotations.editions.values import Place, Snapshot
from annotations.enums import ReleaseEventKind, ReleaseStatus
from annotations.models import Edition, Release, ReleaseEvent, ReleasePart
from archive.access import ANYBODY, as_viewer, visible_to
from archive.access.pixels import STILL_SHOWN
from archive.access.sections import closed_texts
from archive.access.tombstones import Stone, stone_of
from archive.media import films
from archive.models import Capture, Derivative, Image, ImageTiles, SlugRedirect, Text, Video, Work

MODELS = {"work": Work, "image": Image, "video": Video}


def releases() -> QuerySet[Any]:
    """Return all releases without their snapshots, newest first, with `published_at` and `withdrawn_at`."""
    events = ReleaseEvent.objects.standing().filter(release=OuterRef("pk"))
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


def kept_back(slug: str, number: int | None = None) -> Any:
    """Return the newest release that anybody would read, were no section of its texts kept from them; else None.

    Without a number, any release of the edition.
    """
    rows = releases().filter(
        on_texts(closed_texts(ANYBODY)),
        edition__slug=slug, edition__work__in=visible_to(Work, ANYBODY).values("pk"), is_out=True,
    ).filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=Now())).select_related("edition__work")  # fmt: skip
    return (rows if number is None else rows.filter(number=number)).first()


def on_texts(texts: Any) -> Q:
    """Return the condition of releases of which one of these texts (keys, or a query of them) is a part, or all."""
    parts = ReleasePart.objects.order_by().filter(revision__text__in=texts)
    return Q(revision__text__in=texts) | Q(pk__in=parts.values("release"))


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


def status_of(release: Any, now: datetime) -> ReleaseStatus:
    """Return where a row of `releases()` stands."""
    if release.withdrawn_at:
        return ReleaseStatus.WITHDRAWN
    if not release.published_at:
        return ReleaseStatus.SEALED
    return ReleaseStatus.PUBLISHED if release.published_at <= now else ReleaseStatus.SCHEDULED


def scheduled_for(release: Any) -> datetime | None:
    """Return the moment at which a row of `releases()` becomes public; None when none is to come."""
    is_to_come = status_of(release, timezone.now()) == ReleaseStatus.SCHEDULED
    return release.published_at if is_to_come else None


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
    #: By the public id of a film that is lost now, or of a recording: the archive's capture, played in its place.
    kept: Mapping[str, Capture] = field(default_factory=dict)
    #: Public ids of images of which parts were covered after the release was sealed: its own copies show them still.
    covered: frozenset[str] = frozenset()
    #: Names of the release's pictures that are copies of their image's present state, of which there are tiles too.
    present: frozenset[str] = frozenset()
    #: Public ids of texts, in the works among the members, of which a section is kept from the reader.
    kept_back: frozenset[str] = frozenset()

    def has(self, kind: str, ident: str) -> bool:
        """Whether this member may be shown; of a "text", whether its words may be quoted."""
        if kind == "text":
            return ident not in self.kept_back
        return (kind, ident) in self.members

    def has_place(self, place: Place) -> bool:
        """Whether the far end of a reference may be shown, with the words that are there."""
        return self.has(*place.member) and (not place.text or self.has("text", place.text))

    def has_picture(self, ident: str) -> bool:
        """Whether the release's own copies of this image may be shown."""
        return self.has("image", ident) and ident not in self.covered


def shown_members(release: Release, who: object = ANYBODY) -> Shown:
    """Ask access for every member of the release, now."""
    pinned: dict[str, list[int]] = {}
    for kind, pk in release.members.values_list("kind", "object_id"):
        pinned.setdefault(kind, []).append(pk)
    covered = frozenset(_covered_since(release)) if "image" in pinned else frozenset()
    shown = _shown("pk", pinned, who, covered)
    return replace(shown, present=frozenset(_present(release))) if "image" in pinned else shown


def on_what_is_public(prefix: str) -> Q:
    """Return the condition of notes on a text, or on a picture or a film that anybody may see; `prefix` leads to the note."""
    found = Q()
    for name, model in (("image", Image), ("video", Video)):
        seen = visible_to(model, ANYBODY).order_by().values("pk")
        found &= Q(**{f"{prefix}{name}": None}) | Q(**{f"{prefix}{name}__in": seen})
    return found


def shown_in_preview(members: frozenset[tuple[str, str]]) -> Shown:
    """Return what a preview of these members shows: what the public will see, with its warnings and captures."""
    named: dict[str, list[str]] = {}
    for kind, ident in members:
        named.setdefault(kind, []).append(ident)
    shown = _shown("public_id", named, ANYBODY)
    return replace(shown, present=_to_be_present(named["image"])) if "image" in named else shown


def _shown(
    column: str, named: Mapping[str, Sequence[Any]], who: object, covered: frozenset[str] = frozenset()
) -> Shown:
    """Return what may be shown now of the members that `column` names."""
    rows = {
        kind: visible_to(MODELS[kind], who).filter(**{f"{column}__in": keys}) for kind, keys in named.items()
    }
    found = {
        (kind, ident): tuple(warnings)
        for kind, seen in rows.items()
        for ident, warnings in seen.values_list("public_id", "warnings")
    }
    warned = {member: kinds for member, kinds in found.items() if kinds}
    return Shown(
        members=frozenset(found), warnings=warned, covered=covered,
        kept=_kept(rows["video"], who) if "video" in rows else {},
        kept_back=frozenset(_kept_back(column, named.get("work", ()), who)),
    )  # fmt: skip


def _kept_back(column: str, works: Sequence[Any], who: object) -> QuerySet[Any, str]:
    rows = Text.objects.filter(pk__in=closed_texts(who), **{f"work__{column}__in": works})
    return rows.order_by().values_list("public_id", flat=True)


def _kept(videos: QuerySet[Any], who: object) -> dict[str, Capture]:
    """Return the captures that play in the place of those films that are lost, and all recordings, by public id."""
    lost = dict(videos.filter(films.LOST | ~films.AT_AN_ADDRESS).values_list("pk", "public_id"))
    kept = films.playable(lost, as_viewer(who)) if lost else {}
    return {lost[pk]: capture for pk, capture in kept.items()}


def _covered_since(release: Release) -> QuerySet[Any, str]:
    hidden = release.files.exclude(STILL_SHOWN.q())
    return hidden.order_by().values_list("image__public_id", flat=True).distinct()


def _present(release: Release) -> QuerySet[Any, str]:
    """Return the names of pictures whose tiles of today show what the release keeps, no more and no less.

    Of one image both are made of the same pixels when its present copies have the very bytes that were sealed.
    """
    copies = Derivative.objects.current().filter(image=OuterRef("image"), stored_file=OuterRef("stored_file"))
    sheets = ImageTiles.objects.current().filter(image=OuterRef("image"), page=OuterRef("page"))
    return release.files.filter(Exists(copies.filter(Exists(sheets)))).values_list("name", flat=True)


def _to_be_present(images: Sequence[str]) -> frozenset[str]:
    """Return the names that the present copies of these images would have in a release, where there are tiles too."""
    sheets = ImageTiles.objects.current().filter(image=OuterRef("image"), page=OuterRef("page"))
    copies = Derivative.objects.current().filter(Exists(sheets), image__public_id__in=images)
    rows = copies.select_related("image").order_by()
    return frozenset(file_name(row.image.public_id, row.address, row.media_type) for row in rows)


def edition_of_old_slug(slug: str) -> Edition | None:
    """Return the edition that was once at this address, if any."""
    moved = SlugRedirect.objects.filter(kind="edition", old_slug=slug).order_by("-pk").first()
    return Edition.objects.filter(pk=moved.target_id).first() if moved else None
