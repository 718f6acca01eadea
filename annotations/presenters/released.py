"""Makes an issue of a release row: for the public, or for an editor before it is public."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse

from annotations.editions.reading import read_snapshot, shown_members
from annotations.editions.values import Snapshot
from annotations.models import Release
from annotations.presenters.citation import Citation, cite
from annotations.presenters.issue import Issue
from annotations.presenters.snapshot import book_of
from annotations.presenters.words import said_of
from archive.access import ANYBODY
from archive.models import SiteSettings


def issue_of(
    release: Release, *, base: str = "", picture: Callable[[str], str] | None = None, who: object = ANYBODY
) -> Issue:
    """Return a sealed release as `who` may read it now; `base` is the page's path, else the public one."""
    slug, number = release.edition.slug, release.number
    return Issue(
        book=book_of(release.manifest_hash, read_snapshot(release)),
        base=base or reverse("release", args=[slug, number]),
        permalink=permalink(slug, number),
        shown=shown_members(release, who),
        picture=picture or (lambda name: reverse("release_file", args=[slug, number, name])),
        manifest_hash=release.manifest_hash,
        published_at=getattr(release, "published_at", None),
        release=release.public_id,
        sealed_at=release.sealed_at,
    )


def permalink(slug: str, number: int) -> str:
    """Return the lasting address of a release, which leads to the reader's own language."""
    return f"{settings.PUBLIC_URL}/editions/{slug}/{number}/"


def citation_of(issue: Issue, snapshot: Snapshot | None = None) -> Citation:
    """Return how to cite an issue, with the site's name as it is now."""
    return cite(
        snapshot or issue.snapshot,
        site=site_name(),
        url=issue.permalink,
        published_at=issue.published_at,
        manifest_hash=issue.manifest_hash,
    )


def site_name() -> str:
    """Return what the site is called now, in the interface language."""
    return site_words("name")


def site_words(field: str) -> str:
    """Return what the site says of itself in one of its fields, in the interface language; "" where it says nothing."""
    site = SiteSettings.objects.filter(pk=1).first()
    return said_of(site, field).text if site else ""
