"""Words and addresses as XML takes them."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from archive.presenters.xml_out import writable


def text(words: str) -> str:
    """Return words as text of an element."""
    return escape(writable(words), quote=False)


def attribute(words: str) -> str:
    """Return words as the value of an attribute in double quotes."""
    return escape(writable(words)).replace("\n", "&#10;")


def address(href: str) -> str:
    """Return an address as the value of an attribute: what no URI may hold is in hundredths."""
    return attribute(quote(href, safe="!#$%&'()*+,/:;=?@[]~-._"))


def outward(href: str, origin: str) -> str:
    """Return an address that leads out of a book: those within the site with the site before them; else nothing."""
    if href.startswith("/"):
        return origin + href
    return "" if href.startswith("#") else href
