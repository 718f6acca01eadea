"""The cover of a picture of which readers are warned."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from archive.presenters import veils

register = template.Library()
register.simple_tag(veils.veil)


@register.filter
def warned(kinds: Iterable[str]) -> str:
    """Return the words for kinds of warnings."""
    return veils.warned_of(kinds)
