"""What narrows the desk's lists of described items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet

from archive.access.sections import to_settle
from archive.enums import Access
from archive.media import films
from archive.models import Image, TextSection, Video, Work
from archive.presenters import desk_words

#: What narrows a list, as its address says it; handed on to whatever is done to all that it shows.
FILTERS = ("q", "access", "state", "show")


def filtered(items: QuerySet[Any], asked: Mapping[str, str]) -> QuerySet[Any]:
    """Return the items that a word ("q"), a kind of access and what is peculiar to images and videos leave."""
    query, access = asked.get("q", "").strip()[:200], asked.get("access", "")
    if query:
        items = items.filter(Q(title_ar__icontains=query) | Q(title_en__icontains=query) | Q(public_id=query))
    if access in set(Access):
        items = items.filter(access=access)
    if items.model is Image and asked.get("state") in desk_words.IMAGE_STATES:
        items = items.filter(state=asked["state"])
    if items.model is Video:
        items = films.worklist(items, asked.get("show", ""))
    if items.model is Work and asked.get("show") == "unsettled":
        items = items.filter(pk__in=to_settle(TextSection.objects.all()).values("text__work"))
    return items
