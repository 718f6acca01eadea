"""Tags that templates share: built assets, the other language, icons."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from archive.presenters.markup import plain_excerpt

register = template.Library()


@lru_cache(maxsize=1)
def _manifest_of(stamp: float) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(settings.VITE_MANIFEST.read_text())
    return data


def _entry(name: str) -> dict[str, Any]:
    """Return what the front-end build made of one entry; an empty dict when it has not been built."""
    if not settings.VITE_MANIFEST.exists():
        return {}
    manifest = _manifest_of(settings.VITE_MANIFEST.stat().st_mtime)
    return next((item for item in manifest.values() if item.get("name") == name and item.get("isEntry")), {})


@register.simple_tag
def asset_css(name: str) -> SafeString:
    """Link the style sheets of a built entry."""
    entry = _entry(name)
    files = [*entry.get("css", []), *([entry["file"]] if entry.get("file", "").endswith(".css") else [])]
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(file),) for file in files))


@register.simple_tag
def asset_js(name: str) -> SafeString:
    """Load the script of a built entry as a module."""
    file = _entry(name).get("file", "")
    if not file.endswith(".js"):
        return SafeString("")
    return format_html('<script type="module" src="{}"></script>', static(file))


@register.simple_tag
def asset_url(source: str) -> str:
    """Return the address of a file that the build emitted under a name (icons, fonts)."""
    return static(source)


@register.simple_tag(takes_context=True)
def switch_language_url(context: dict[str, Any], language: str) -> str:
    """Return this page's address in the other interface language."""
    request = context.get("request")
    if request is None:
        return f"/{language}/"
    url: str = translate_url(request.get_full_path(), language)
    return url if url != request.get_full_path() or language == get_language() else f"/{language}/"


@register.filter
def excerpt(source: str, length: int = 200) -> str:
    """Return the first words of a Markdown source as a reader sees them: the one way to shorten a note's body."""
    return plain_excerpt(source or "", length=length)


@register.filter
def in_language(value: Any, language: str) -> str:
    """Return what a translated field says in one language: `work|in_language:"title_en"` style lookups."""
    return getattr(value, language, "") or ""


@register.filter
def language_name(code: str) -> str:
    """Return a language's name in the interface language, from its BCP 47 code."""
    from archive.presenters.languages import language_label

    return language_label(code)
