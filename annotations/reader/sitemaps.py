"""What search engines are told of: every public page in every language, in parts, and when it changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as of_django
from django.db.models import F, Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from annotations.editions.reading import public_releases
from annotations.models import Term
from annotations.presenters.contributors import contributors
from archive.access import ANYBODY, harvest, visible_to
from archive.models import Collection, Page
from archive.views.shared import shared


class InLanguages(Sequence[Any]):
    """Rows of a query, each in every language: read a page at a time."""

    def __init__(self, rows: Any, languages: Sequence[str]) -> None:
        self.rows, self.languages = rows, languages
        self.each = len(languages)

    def __len__(self) -> int:
        rows = self.rows
        return (rows.count() if isinstance(rows, QuerySet) else len(rows)) * self.each

    def __getitem__(self, at: Any) -> Any:
        assert isinstance(at, slice), "pages are slices"
        start, stop = at.start or 0, min(at.stop, len(self))
        first = start // self.each
        rows = list(self.rows[first : -(-stop // self.each)])
        pairs = [(row, language) for row in rows for language in self.languages]
        return pairs[start - first * self.each : stop - first * self.each]


class Section(Sitemap):
    """One kind of page; a subclass says which rows there are: the parts of the address, then the time of its change."""

    i18n = alternates = x_default = True
    limit = 5000
    protocol = urlsplit(settings.PUBLIC_URL).scheme
    #: Name of the address.
    page = ""
    #: Column of the time at which a page changed; empty where nobody knows.
    changed = ""

    def _items(self) -> Any:
        return InLanguages(self.items(), self._languages())

    def get_domain(self, site: Any = None) -> str:
        """The host by which readers reach the site, whatever host was asked."""
        return urlsplit(settings.PUBLIC_URL).netloc

    def location(self, item: Any) -> str:
        """Return the path of a row's page."""
        return reverse(self.page, args=item[:-1])

    def lastmod(self, item: Any) -> datetime | None:
        """Return when the page changed."""
        return item[-1] or None

    def get_latest_lastmod(self) -> datetime | None:
        """Return when any page of the kind changed last."""
        if not self.changed:
            return None
        found: datetime | None = self.items().order_by().aggregate(latest=Max(self.changed))["latest"]
        return found


class Pages(Section):
    """The pages that are one of a kind, and the editorial ones."""

    names = ("home", "catalogue", "editions", "terms", "contributors")

    def items(self) -> list[Any]:
        """Return names of addresses; the archive's own pages by their slugs, guides by the name of all and theirs."""
        written = set(visible_to(Page, ANYBODY).values_list("slug", flat=True))
        once = [(name,) for name in (*self.names, *sorted(written.intersection(Page.BUILT_IN)))]
        guides = [("page", slug) for slug in sorted(written.difference(Page.BUILT_IN))]
        return [*once, *([("guides",)] if guides else []), *guides]

    def location(self, item: Any) -> str:
        """Return the path."""
        name, *slug = item
        return reverse(name, args=slug)

    def lastmod(self, item: Any) -> None:
        """Say nothing: these pages change with what they list."""


class Works(Section):
    """Works, told as harvesters are."""

    page, kind, part = "work", "work", "slug"
    changed = "stamp"

    def items(self) -> Any:
        """Return slugs, or ids, with when what anybody sees of them changed."""
        return harvest.seen(self.kind).order_by("pk").values_list(self.part, "stamp")


class Images(Works):
    """Images."""

    page, kind, part = "image", "image", "public_id"


class Videos(Works):
    """Videos and recordings."""

    page, kind, part = "video", "video", "public_id"


class Collections(Section):
    """Shelves."""

    page, changed = "collection", "updated_at"

    def items(self) -> Any:
        """Return slugs with when they were described last."""
        return visible_to(Collection, ANYBODY).order_by("pk").values_list("slug", "updated_at")


class Terms(Section):
    """Terms that stand for themselves."""

    page = "term"

    def items(self) -> Any:
        """Return slugs."""
        rows = visible_to(Term, ANYBODY).filter(merged_into=None).order_by("pk")
        return [(slug, None) for slug in rows.values_list("slug", flat=True)]


class People(Section):
    """Contributors."""

    page = "contributor"

    def items(self) -> Any:
        """Return their keys."""
        return [(key, None) for key in contributors().people]


class Releases(Section):
    """Every release that anybody may read, each with its own lasting page."""

    page, changed = "release", "published_at"

    def items(self) -> Any:
        """Return slugs and numbers with when they were published."""
        rows = public_releases().order_by("pk").annotate(slug=F("edition__slug"))
        return rows.values_list("slug", "number", "published_at")


SECTIONS: dict[str, type[Section]] = {
    "pages": Pages, "works": Works, "images": Images, "videos": Videos, "collections": Collections, "terms": Terms,
    "releases": Releases, "people": People,
}  # fmt: skip


@shared
def index(request: HttpRequest) -> HttpResponse:
    """Name the parts of the map."""
    parts = [{"location": at, "last_mod": changed} for at, changed in _parts()]
    return TemplateResponse(request, "sitemap_index.xml", {"sitemaps": parts}, content_type="application/xml")


def _parts() -> Iterator[tuple[str, datetime | None]]:
    for name, kind in SECTIONS.items():
        section = kind()
        at, changed = f"{settings.PUBLIC_URL}{reverse('sitemap', args=[name])}", section.get_latest_lastmod()
        if section.paginator.count:
            for number in section.paginator.page_range:
                yield (at if number == 1 else f"{at}?p={number}"), changed


@shared
def section(request: HttpRequest, section: str) -> HttpResponse:
    """Send one part."""
    return of_django.sitemap(request, SECTIONS, section)
