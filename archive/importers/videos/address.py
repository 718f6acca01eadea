"""An address taken apart, without what makes two spellings of one address differ."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

#: Markdown's escapes, once or twice over.
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
#: Addresses that people write without their beginning.
BARE = re.compile(
    r"(?:[a-z-]+\.)?(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|dai\.ly|archive\.org"
    r"|facebook\.com|fb\.watch)/",
    re.IGNORECASE,
)
DEFAULT_PORTS = {"http": 80, "https": 443}
LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Address:
    """A web address: the host as DNS knows it, the first value of each name in the query."""

    scheme: str
    #: In lower case, without "www."; international names in their ASCII form.
    host: str
    #: As written, with "www." and any port that is not the scheme's own.
    site: str
    path: str
    query: str
    fragment: str
    values: Mapping[str, str]

    def value(self, *names: str) -> str:
        """Return the first of these parameters that says something, "" when none does."""
        return next((self.values[name] for name in names if self.values.get(name)), "")


def read_address(text: str) -> Address | None:
    """Return what an address is made of; None when it is none, or hides what it is.

    Names and passwords in an address are refused: they make one host look like another, and are nobody's to keep.
    """
    text = _bared(text)
    if not text or len(text) > LONGEST or any(_is_hidden(letter) for letter in text):
        return None
    if text.startswith("//"):
        text = "https:" + text
    elif BARE.match(text):
        text = "https://" + text
    try:
        parts = urlsplit(text)
        named, port = _ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not named or "@" in parts.netloc:
        return None
    if any(unquote(part) in {".", ".."} for part in parts.path.split("/")):
        return None
    known = port is None or port == DEFAULT_PORTS[parts.scheme]
    query = parts.query.replace("&amp;", "&")
    return Address(
        scheme=parts.scheme, host=named.removeprefix("www.") + ("" if known else f":{port}"),
        site=named + ("" if known else f":{port}"), path=parts.path, query=query, fragment=parts.fragment,
        values=_values(query),
    )  # fmt: skip


def _bared(text: str) -> str:
    """Return the address without the space, the invisible marks and the escapes that came with it."""
    start, end = 0, len(text)
    while start < end and _is_hidden(text[start]):
        start += 1
    while end > start and _is_hidden(text[end - 1]):
        end -= 1
    return ESCAPED.sub(r"\1", text[start:end].replace("\\\\", "\\"))


def _is_hidden(letter: str) -> bool:
    """Whether a letter is none that an address shows: space, control, mark of direction, half a letter."""
    return (
        letter.isspace() or letter == "\\" or unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    )


def _ascii_host(host: str) -> str:
    """Return the host in ASCII, as a browser asks for it.

    Raises ValueError.
    """
    host = host.removesuffix(".").lower()
    if ":" in host:
        return f"[{host}]"
    return host if host.isascii() else host.encode("idna").decode("ascii")


def _values(query: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        values.setdefault(name, value)
    return values
