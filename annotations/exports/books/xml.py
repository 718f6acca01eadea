"""Words and addresses as XML takes them."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

#: What XML 1.0 cannot hold at all.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(words: str) -> str:
    """Return words as text of an element."""
    return escape(_FORBIDDEN.sub("\ufffd", words), quote=False)


def attribute(words: str) -> str:
    """Return words as the value of an attribute in double quotes."""
    return escape(_FORBIDDEN.sub("\ufffd", words)).replace("\n", "&#10;")


def address(href: str) -> str:
    """Return an address as the value of an attribute: what no URI may hold is in hundredths."""
    return attribute(quote(href, safe="!#$%&'()*+,/:;=?@[]~-._"))


def outward(href: str, origin: str) -> str:
    """Return an address that leads out of a book: those within the site with the site before them; else nothing."""
    if href.startswith("/"):
        return origin + href
    return "" if href.startswith("#") else href
