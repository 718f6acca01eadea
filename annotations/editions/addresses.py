"""Which address an edition is given: readable Latin letters, proposed at first, fixed once a release bears it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count

from annotations.editions.facts import words_of
from annotations.models import Edition
from archive.models import SlugRedirect, Work
from archive.models.base import new_public_id
from archive.presenters.slugs import slug_of


def proposed_slug(work: Work, title: Mapping[str, str]) -> str:
    """Return a free address for an edition of a work.

    It is made of the English title, else it is the work's own, else it spells the Arabic title in Latin letters; numbered
    when taken.
    """
    stem = slug_of(title.get("en", "")) or _spoken(work) or slug_of(title.get("ar", "")) or new_public_id()
    return next(slug for slug in _numbered(stem) if not is_taken(slug))


def is_taken(slug: str, *, by_other_than: Edition | None = None) -> bool:
    """Whether an edition has the address, or had it before: what was cited leads where it led."""
    own = by_other_than.pk if by_other_than else None
    moved = SlugRedirect.objects.filter(kind="edition", old_slug=slug).exclude(target_id=own)
    return Edition.objects.filter(slug=slug).exclude(pk=own).exists() or moved.exists()


def is_fixed(edition: Edition) -> bool:
    """Whether a release was sealed, which bears the address for ever."""
    return edition.releases.exists()


def _spoken(work: Work) -> str:
    """Return the work's address unless it is a bare id, which tells a reader nothing."""
    return work.slug if any(slug_of(words) for words in words_of(work, "title").values()) else ""


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}-{number}" for number in count(2))
