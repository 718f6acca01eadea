"""What of annotations stands on images and recordings: while anything does, they cannot simply go."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from annotations.models import Edition, Locus, ReleaseFile, ReleaseMember
from archive.models import Image, Video


def written_on(images: Any) -> Any:
    """Return those of `images` (a subquery of keys) at which a note points, or which an edition shows.

    Which of both is not told: a note may be its author's alone.
    """
    places = Locus.objects.filter(image__in=images).values("image")
    members = ReleaseMember.objects.filter(kind="image", object_id__in=images).values("object_id")
    files = ReleaseFile.objects.filter(image__in=images).values("image")
    covers = Edition.objects.filter(cover__in=images).order_by().values("cover")
    return Image.objects.filter(
        Q(pk__in=places) | Q(pk__in=members) | Q(pk__in=files) | Q(pk__in=covers)
    ).values("pk")


def heard_in(videos: Any) -> Any:
    """Return those of `videos` (a subquery of keys) at which a note points, or which a sealed release names."""
    places = Locus.objects.filter(video__in=videos).values("video")
    members = ReleaseMember.objects.filter(kind="video", object_id__in=videos).values("object_id")
    return Video.objects.filter(Q(pk__in=places) | Q(pk__in=members)).values("pk")
