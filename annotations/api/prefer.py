"""What a client of the protocol would like to be sent (RFC 7240, and the three preferences of the protocol)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rest_framework.request import Request

from archive.errors import Invalid

_MINIMAL = "http://www.w3.org/ns/ldp#PreferMinimalContainer"
_IRIS = "http://www.w3.org/ns/oa#PreferContainedIRIs"
_INCLUDE = re.compile(r'\binclude\s*=\s*"([^"]*)"', re.IGNORECASE)
_MAX_PAGE = 10_000_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much of the container is told."""

    #: Addresses of the notes instead of the notes.
    iris: bool
    #: The description alone.
    minimal: bool
    #: Counted from 0; None for the container itself.
    page: int | None
    #: Whether a preference was named.
    named: bool


def wanted(request: Request) -> Wanted:
    """Read the preference from `Prefer`, or from `?iris=` and `?page=`, as the addresses of pages have them.

    Raises Invalid for a page that is no number.
    """
    include = _INCLUDE.search(request.headers.get("Prefer", ""))
    asked = set(include[1].split()) if include else set()
    iris = request.query_params.get("iris")
    by_address = iris == "1" if iris in ("0", "1") else None
    return Wanted(
        iris=_IRIS in asked if by_address is None else by_address,
        minimal=_MINIMAL in asked, page=_page(request.query_params.get("page")), named=bool(asked),
    )  # fmt: skip


def _page(given: str | None) -> int | None:
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and int(given[:9]) < _MAX_PAGE):
        raise Invalid("number_required", field="page")
    return int(given[:9])
