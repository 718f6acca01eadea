"""Which releases leave in a package, and which of their words and pictures."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from annotations.editions.reading import MODELS, read_snapshot, releases, tombstones
from annotations.models import Release, ReleaseFile
from archive.access import Viewer, visible_to
from archive.exports.holding import never_packed, standing
from archive.kinds import Held
from archive.models import Text


def releases_for(held: Held, viewer: Viewer) -> list[Any]:
    """Return the releases of the texts in a package that the viewer sees, by edition and number, and public tombstones.

    `is_readable` says of each whether its words are seen too.
    """
    rows = releases().filter(edition__work__in=held.works, edition__text__in=held.texts)
    rows = rows.select_related("edition", "revision", "previous").defer(*_HEAVY)
    readable = {row.pk: row for row in visible_to(rows, viewer)}
    gone = {row.pk: row for row in rows.filter(pk__in=tombstones().order_by().values("pk"))}
    found = {**gone, **readable}
    for pk, row in found.items():
        row.is_readable = pk in readable
    return sorted(found.values(), key=lambda row: (row.edition_id, row.number))


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
