"""One page of a list, from an address that may say anything."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest


def page_of(request: HttpRequest, rows: Any, size: int, *, name: str = "page") -> Page[Any]:
    """Return the page that `?page=` (or another name) says, the nearest one when there is no such page."""
    given = request.GET.get(name, "1")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 1
    return Paginator(rows, size).get_page(number)
