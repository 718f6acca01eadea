"""News for everybody as feeds, in the language of their address: Atom and JSON Feed."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, SyndicationFeed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations.presenters.news import News, news
from annotations.presenters.released import site_words
from archive.views.shared import shared


class JsonFeed(SyndicationFeed):
    """Writes JSON Feed 1.1."""

    content_type = "application/feed+json"

    def write(self, outfile: Any, encoding: str) -> None:
        """Write the feed."""
        said = {
            "version": "https://jsonfeed.org/version/1.1", "title": self.feed["title"],
            "home_page_url": self.feed["link"], "feed_url": self.feed["feed_url"],
            "description": self.feed["description"], "language": self.feed["language"],
            "items": [_item(item) for item in self.items],
        }  # fmt: skip
        outfile.write(json.dumps(said, ensure_ascii=False, indent=1).encode(encoding))


def _item(item: dict[str, Any]) -> dict[str, Any]:
    said = {
        "id": item["unique_id"], "url": item["link"], "title": item["title"],
        "content_text": item["description"] or item["title"],
        "date_published": item["pubdate"].isoformat(), "date_modified": item["updateddate"].isoformat(),
        "authors": [{"name": name} for name in item["names"]], "tags": list(item["categories"]),
    }  # fmt: skip
    return {name: value for name, value in said.items() if value}


class Atom(Atom1Feed):
    """Writes Atom with every author of an entry, not the first alone."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """Write an entry."""
        super().add_item_elements(handler, item)
        for name in item["names"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")


class _News(Feed):
    """What both feeds say."""

    #: Name of the feed's address.
    at = "feed_atom"
    feed_type: type[SyndicationFeed] = Atom

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer without the day of the newest entry: it stays the same when an older one is withdrawn."""
        response = super().__call__(request, *args, **kwargs)
        del response["Last-Modified"]
        return response

    def title(self) -> str:
        return site_words("name") or "Hashiya"

    def description(self) -> str:
        return site_words("tagline") or _(
            "Annotated texts, published in numbered releases that never change."
        )

    subtitle = description

    def link(self) -> str:
        return f"{settings.PUBLIC_URL}{reverse('home')}"

    def feed_url(self) -> str:
        return f"{settings.PUBLIC_URL}{reverse(self.at)}"

    def feed_guid(self) -> str:
        return f"{settings.PUBLIC_URL}/{get_language()}/"

    author_name = title

    def items(self) -> list[News]:
        return news()

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.summary)

    def item_link(self, item: Any) -> str:
        return str(item.url)

    def item_guid(self, item: News) -> str:
        return item.ident

    def item_pubdate(self, item: News) -> datetime:
        return item.published

    def item_updateddate(self, item: News) -> datetime:
        return item.updated

    def item_categories(self, item: News) -> tuple[str, ...]:
        return (item.category,)

    def item_extra_kwargs(self, item: News) -> dict[str, Any]:
        return {"names": item.authors}


class _JsonNews(_News):
    at = "feed_json"
    feed_type = JsonFeed


atom = shared(_News())
json_feed = shared(_JsonNews())
