"""Set the site's name, logo and own pages."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F

from archive.access import require
from archive.actions.bump_epoch import bump_epoch
from archive.actions.record_event import record_event
from archive.errors import Stale
from archive.models import DescriptionChange, Page, SiteSettings, User

#: What of a page is kept in the history of descriptions.
PAGE_WORDS = ("title_ar", "body_ar", "title_en", "body_en")


@transaction.atomic
def change_site(*, version: int, values: dict[str, Any], by: User) -> SiteSettings:
    """Set the site's words and logo.

    Raises NotAllowed, Stale.
    """
    row = SiteSettings.objects.select_for_update(no_key=True).get(pk=1)
    return _change(row, version, values, "site.changed", by)  # type: ignore[return-value]


@transaction.atomic
def change_page(*, slug: str, version: int, values: dict[str, Any], by: User) -> Page:
    """Set an editorial page's words; what they were before is kept.

    Raises NotAllowed, Stale.
    """
    row = Page.objects.select_for_update(no_key=True).get(slug=slug)
    was = words_of(row)
    # Forms send line ends of two characters, which are no other words.
    values = {name: (value or "").replace("\r\n", "\n") for name, value in values.items()}
    changed: Page = _change(row, version, values, "page.changed", by)  # type: ignore[assignment]
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
