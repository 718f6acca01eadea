"""Seal a release: freeze what the plan gives, for ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from annotations.actions._editions import locked_edition, save
from annotations.editions.build import build_snapshot
from annotations.editions.canonical import dumps, manifest_hash
from annotations.editions.facts import LANGUAGES, file_name
from annotations.editions.gather import gather
from annotations.editions.plan import Plan
from annotations.editions.preflight import Finding, Severity, preflight, stops
from annotations.editions.values import PictureFile, Snapshot
from annotations.editions.wholes import text_keys
from annotations.errors import PreflightFailed
from annotations.models import (
    Annotation,
    AnnotationVersion,
    Edition,
    Release,
    ReleaseFile,
    ReleaseMember,
    ReleaseNote,
    ReleasePart,
)
from annotations.presenters.told_plan import told_to
from archive.access import as_viewer
from archive.actions.record_event import record_event
from archive.models import Derivative, Text, TextRevision, User

BATCH = 1000


@transaction.atomic
def seal(*, edition: str, version: int | None, by: User | None) -> Release:
    """Check the plan (public id, read at `version`) once more and insert the release that it gives.

    The same plan always gives the same bytes. What changed is told once, so its words leave the plan.
    Without `by`, the site's operator seals.

    Raises NotVisible, NotAllowed, VersionMissing, Stale, PreflightFailed.
    """
    row = locked_edition(edition, act="seal", version=version, by=by)
    lock_texts(row)
    plan = gather(row)
    found = stops(preflight(plan))
    if found:
        told = stops(preflight(told_to(as_viewer(by), plan))) if by else found
        raise PreflightFailed("preflight_failed", problems=[finding.as_json() for finding in told])
    previous = row.releases.order_by("-number").first()
    number = previous.number + 1 if previous else 1
    snapshot = build_snapshot(plan, number=number, previous=previous.manifest_hash if previous else "")
    canonical = dumps(snapshot)
    release = Release.objects.create(
        edition=row, number=number, revision=_revision(row, snapshot), previous=previous, snapshot=canonical,
        manifest_hash=manifest_hash(canonical), sealed_by=by, sealed_at=timezone.now(),
    )  # fmt: skip
    _pin(release, plan, snapshot)
    for language in LANGUAGES:
        setattr(row, f"change_note_{language}", "")
    save(row)
    record_event(
        "release.sealed", target=release, by=by, edition=row.public_id, number=number,
        manifest_hash=release.manifest_hash, notes=len(snapshot.notes),
    )  # fmt: skip
    return release


def lock_texts(edition: Edition) -> None:
    """Hold the wordings of an edition still, always in one order, so that two who seal never wait for each other."""
    rows = Text.objects.select_for_update(no_key=True).filter(pk__in=text_keys(edition))
    list(rows.order_by("pk").values_list("pk"))


def _revision(edition: Edition, snapshot: Snapshot) -> TextRevision:
    return TextRevision.objects.only("pk").get(text=edition.text_id, number=snapshot.text.revision)


def _pin(release: Release, plan: Plan, snapshot: Snapshot) -> None:
    """Insert the rows by which the database knows what the snapshot holds."""
    notes = _keys(Annotation, [note.id for note in snapshot.notes])
    versions = _keys(AnnotationVersion, [note.version for note in snapshot.notes])
    ReleaseNote.objects.bulk_create(
        [
            ReleaseNote(
                release=release, number=note.number,
                annotation_id=notes[note.id], version_id=versions[note.version],
            )
            for note in snapshot.notes
        ],
        batch_size=BATCH,
    )  # fmt: skip
    ReleaseMember.objects.bulk_create(
        [ReleaseMember(release=release, kind=m.kind, object_id=m.pk) for m in plan.members], batch_size=BATCH
    )
    _pin_files(release, snapshot)
    if snapshot.parts:
        # The texts are held still, so what was joined is what stands.
        rows = TextRevision.objects.filter(
            text__in=text_keys(release.edition), pk=F("text__current_revision")
        ).select_related("text")
        rows = rows.only("number", "text__public_id")
        pin_parts(release, snapshot, {(row.text.public_id, row.number): row for row in rows})


def pin_parts(
    release: Release, snapshot: Snapshot, revisions: Mapping[tuple[str, int], TextRevision]
) -> None:
    """Insert the wordings of a release that is made of several; `revisions` are named by text (public id) and number."""
    ReleasePart.objects.bulk_create(
        ReleasePart(
            release=release, revision=revisions[part.id, part.revision], position=at, start=part.start
        )
        for at, part in enumerate(snapshot.parts, start=1)
    )


def _keys(model: type[Annotation | AnnotationVersion], ids: Sequence[str]) -> dict[str, int]:
    """Return the primary keys of these rows; a database takes only so many parameters at once."""
    found: dict[str, int] = {}
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        found |= model.objects.filter(public_id__in=part).order_by().values_list("public_id", "pk")
    return found


def _pin_files(release: Release, snapshot: Snapshot) -> None:
    """Insert the public copies of its pictures; raises PreflightFailed when one has other copies by now."""
    pictures = snapshot.all_pictures
    ids = {picture.id for picture in pictures}
    wanted = {file.name for picture in pictures for file in picture.files}
    copies = (
        Derivative.objects.current().filter(image__public_id__in=ids).select_related("image", "stored_file")
    )
    files = {file_name(c.image.public_id, c.address, c.media_type): c for c in copies}
    for picture in pictures:
        if not all(_is_same(file, files.get(file.name)) for file in picture.files):
            # Covered or made anew since the plan was read: what was read must not be sealed as if it were public.
            unready = Finding(
                "image_unready", Severity.STOPS, "image", picture.id, {"caption": dict(picture.title)}
            )
            raise PreflightFailed("preflight_failed", problems=[unready.as_json()])
    ReleaseFile.objects.bulk_create(
        [
            ReleaseFile(
                release=release, name=name, media_type=files[name].media_type, image=files[name].image,
                stored_file_id=files[name].stored_file_id,
            )
            for name in sorted(wanted)
        ],
        batch_size=BATCH,
    )  # fmt: skip


def _is_same(file: PictureFile, copy: Derivative | None) -> bool:
    return copy is not None and copy.stored_file.sha256 == file.sha256
