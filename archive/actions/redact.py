"""Cover parts of an image, cover others, or uncover it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from archive.access import require
from archive.actions.add_image import MAKE_DERIVATIVES
from archive.actions.bump_epoch import bump_epoch
from archive.actions.enqueue import enqueue
from archive.actions.index_entry import index_entry
from archive.actions.record_event import record_event
from archive.actions.take_back_packages import take_back_packages
from archive.actions.trace_public import seen_publicly, trace_public
from archive.enums import ImageState
from archive.errors import Conflict, Invalid, Stale
from archive.media.areas import Area, checked
from archive.media.covering import covered_areas, page_sizes
from archive.models import Image, Redaction, User

LANGUAGES = ("ar", "en")


@transaction.atomic
def redact(
    *,
    image_id: int,
    version: int | None,
    areas: Iterable[Mapping[str, Any]],
    reason: str,
    because: Mapping[str, str] | None = None,
    by: User,
) -> Image:
    """Let exactly these parts of the image be covered from now on; without any, it is uncovered.

    At once nothing made of the earlier pixels is shown any more; a job makes copies and tiles anew from the original,
    which stays as it is. `reason` is kept with the act, `because` is what readers are told, by language.

    Raises Stale with the current version, Conflict, Invalid, NotAllowed, NotVisible.
    """
    image = Image.objects.select_for_update(no_key=True).get(pk=image_id)
    require(by, "redact", image)
    if version is not None and version != image.version:
        raise Stale("stale", current=image.version, yours=version)
    wanted = _wanted(image, areas)
    if not reason.strip():
        raise Invalid("required", field="reason")
    told = {language: (because or {}).get(language, "").strip() if wanted else "" for language in LANGUAGES}
    if image.state == ImageState.READY and wanted == covered_areas(image) and told == _told(image):
        return image
    seen = seen_publicly(image)
    _begin(image, covered=bool(wanted), told=told, by=by)
    Redaction.objects.create(image=image, pixels=image.pixels, areas=wanted, because=told, created_by=by)
    if image.words.exists():
        # What search knows of its pages is of the earlier pixels, and is not to be found for another moment.
        index_entry(kind="image", object_id=image.pk)
    if wanted:
        take_back_packages(image, descriptions=False)
    bump_epoch()
    trace_public(image, before=seen)
    record_event(
        "image.covered" if wanted else "image.uncovered", target=image, words=reason.strip(), by=by,
        pixels=image.pixels, areas=wanted,
    )  # fmt: skip
    return image


def _wanted(image: Image, areas: Iterable[Mapping[str, Any]]) -> list[Area]:
    """Return the checked areas."""
    sizes = page_sizes(image)
    if not sizes:
        raise Conflict("image_not_decoded")
    wanted = checked(areas, sizes)
    if not wanted and not image.covered:
        raise Invalid("areas_missing", field="areas")
    return wanted


def _told(image: Image) -> dict[str, str]:
    return {language: getattr(image, f"covered_because_{language}") or "" for language in LANGUAGES}


def _begin(image: Image, *, covered: bool, told: Mapping[str, str], by: User) -> None:
    """Take away what was shown so far, and promise what is shown instead."""
    image.pixels += 1
    image.covered = covered
    for language, words in told.items():
        setattr(image, f"covered_because_{language}", words)
    image.state, image.error_code = ImageState.WAITING, ""
    image.job = enqueue(MAKE_DERIVATIVES, dedupe_key=str(image.pk), by=by, image=image.pk)
    image.version = F("version") + 1
    image.save()
    image.refresh_from_db(fields=["version"])
