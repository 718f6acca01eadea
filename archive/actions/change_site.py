"""Set the site's name, logo and own pages."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F

from archive.access import require, require_may
from archive.actions.bump_epoch import bump_epoch
from archive.actions.create_work import save_new
from archive.actions.record_event import record_event
from archive.errors import Invalid, Stale
from archive.models import DescriptionChange, Page, SiteSettings, User
from archive.presenters.slugs import slug_of

#: What of a page is kept in the history of descriptions.
PAGE_WORDS = ("title_ar", "body_ar", "title_en", "body_en")
#: Addresses that no guide can have: those of other pages, also at the desk.
RESERVED = (*Page.BUILT_IN, "new", "health")


@transaction.atomic
def change_site(*, version: int, values: dict[str, Any], by: User) -> SiteSettings:
    """Set the site's words and logo.

    Raises NotAllowed, Stale.
    """
    row = SiteSettings.objects.select_for_update(no_key=True).get(pk=1)
    return _change(row, version, values, "site.changed", by)  # type: ignore[return-value]


@transaction.atomic
def add_page(*, slug: str, values: dict[str, Any], by: User) -> Page:
    """Add a guide to the site's own pages.

    Raises NotAllowed, Invalid("bad_slug"), Conflict("slug_taken").
    """
    require_may(by, "add", Page)
    if not slug or slug in RESERVED or slug_of(slug, longest=60) != slug:
        raise Invalid("bad_slug", field="slug", slug=slug)
    page = Page(slug=slug, **_lines(values))
    save_new(page)
    bump_epoch()
    record_event("page.added", target=page, by=by, slug=slug)
    return page


@transaction.atomic
def change_page(*, slug: str, version: int, values: dict[str, Any], by: User) -> Page:
    """Set an editorial page's words; what they were before is kept.

    Raises NotAllowed, Stale.
    """
    row = Page.objects.select_for_update(no_key=True).get(slug=slug)
    was = words_of(row)
    changed: Page = _change(row, version, _lines(values), "page.changed", by)  # type: ignore[assignment]
    became = {name: words for name, words in words_of(changed).items() if words != was[name]}
    if became:
        DescriptionChange.objects.create(
            kind=str(row._meta.model_name),
            item_id=row.pk,
            version=version,
            was=was,
            became=became,
            created_by=by,
        )
    return changed


def _lines(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values without the line ends of two characters that forms send, which are no other words."""
    return {
        name: (value or "").replace("\r\n", "\n") if name in PAGE_WORDS else value
        for name, value in values.items()
    }


def words_of(page: Page) -> dict[str, str]:
    """Return what a page says, in both languages."""
    return {name: getattr(page, name) or "" for name in PAGE_WORDS}


def _change(
    row: SiteSettings | Page, version: int, values: dict[str, Any], verb: str, by: User
) -> SiteSettings | Page:
    require(by, "change", row)
    if row.version != version:
        raise Stale("stale", current={name: str(getattr(row, name) or "") for name in values})
    for name, value in values.items():
        setattr(row, name, value)
    row.version = F("version") + 1
    row.save()
    row.refresh_from_db()
    bump_epoch()
    record_event(verb, target=row, by=by, version=row.version)
    return row
