"""Which releases leave in a package, and which of their words and pictures."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from annotations.editions.reading import MODELS, read_snapshot, releases, tombstones
from annotations.models import Edition, EditionPart, Release, ReleaseFile, ReleasePart
from archive.access import Viewer, may, visible_to
from archive.exports.holding import never_packed, standing
from archive.kinds import Held
from archive.models import Text


def releases_for(held: Held, viewer: Viewer) -> list[Any]:
    """Return the releases of the texts in a package that the viewer sees, by edition and number, and public tombstones.

    Of a release of several parts all must be in the package. `is_readable` says of each whether its words are seen too.
    """
    rows = releases().filter(edition__in=editions_in(held, viewer), revision__text__in=held.texts)
    rows = rows.exclude(pk__in=_elsewhere(ReleasePart, held, "revision__text").values("release"))
    rows = rows.select_related("edition__text", "revision__text", "previous").defer(*_HEAVY)
    readable = {row.pk: row for row in visible_to(rows, viewer)}
    gone = {row.pk: row for row in rows.filter(pk__in=tombstones().order_by().values("pk"))}
    found = {**gone, **readable}
    for pk, row in found.items():
        row.is_readable = pk in readable
    return sorted(found.values(), key=lambda row: (row.edition_id, row.number))


def editions_in(held: Held, viewer: Viewer) -> QuerySet[Edition]:
    """Return the editions of the works in a package; for editors, who are given their plans, those of which all texts are in it.

    To all others nothing tells which texts are planned.
    """
    rows = Edition.objects.filter(work__in=held.works)
    if not may(viewer, "change", Edition):
        return rows
    return rows.filter(text__in=held.texts).exclude(
        pk__in=_elsewhere(EditionPart, held, "text").values("edition")
    )


def _elsewhere(model: type[EditionPart | ReleasePart], held: Held, path: str) -> QuerySet[Any]:
    """Return the parts whose text is not in the package."""
    return model.objects.order_by().exclude(**{f"{path}__in": held.texts})


_HEAVY = [
    "snapshot", "previous__snapshot", "revision__content", "revision__blocks", "revision__marks",
]  # fmt: skip


def may_leave(release: Release, viewer: Viewer) -> bool:
    """Whether the snapshot may leave: all that it shows stands, is seen by the viewer, and may be quoted."""
    pinned: dict[str, set[int]] = {}
    for kind, key in release.members.values_list("kind", "object_id"):
        pinned.setdefault(kind, set()).add(key)
    for kind, keys in pinned.items():
        if standing(MODELS[kind], viewer).filter(pk__in=keys).count() != len(keys):
            return False
    targets = (one.target for note in read_snapshot(release).notes for one in note.references if one.target)
    quoted = {target.text for target in targets if target.text}
    return not Text.objects.filter(public_id__in=quoted, pk__in=never_packed()).exists()


def packed_files(release: Release, held: Held, viewer: Viewer) -> list[ReleaseFile]:
    """Return the release's own pictures of images in the package, as far as they show no more than these do now."""
    rows: QuerySet[ReleaseFile] = visible_to(ReleaseFile, viewer)
    rows = rows.filter(release=release, image__in=held.images).select_related("image", "stored_file")
    return list(rows.order_by("name"))
