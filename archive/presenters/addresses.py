"""Which link targets may stand in a page."""

import re
from urllib.parse import urlsplit

from django.conf import settings

_SCHEMES = frozenset({"http", "https", "mailto"})


def is_address(words: str) -> bool:
    """Return whether words are nothing but the address of a page."""
    alone = words.strip()
    return alone.startswith(("http://", "https://", "www.")) and not any(char.isspace() for char in alone)


def safe_href(href: str) -> str:
    """Return the address if it is http(s), mailto or within this page or site; else nothing.

    `//host` is refused: it would leave the site without saying so.
    """
    href = href.strip()
    if not href or any(ord(char) < 32 for char in href) or href.startswith(("//", "\\", "/\\")):
        return ""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if parts.scheme:
        return href if parts.scheme.lower() in _SCHEMES else ""
    return href if href.startswith(("/", "#")) and href != "#" else ""


def in_language(url: str, language: str) -> str:
    """Return the address of a page of this site in a language, whichever it was written down in."""
    codes = "|".join(code for code, _name in settings.LANGUAGES)
    return re.sub(rf"^/(?:{codes})/", f"/{language}/", url)
