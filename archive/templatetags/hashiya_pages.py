"""What `components/pagination.html` asks of a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page

register = template.Library()


@register.filter
def page_numbers(page: Page[Any]) -> Iterable[int | str]:
    """Return the numbers to link, with an ellipsis where some are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
