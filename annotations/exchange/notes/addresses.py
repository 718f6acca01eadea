"""What an address names here: a text, an image, a video, a note, a term; nothing, for all other sites."""

from __future__ import annotations

import re
from typing import NamedTuple

_ID = r"([0-9a-z]{1,16})"
_PATHS = (
    re.compile(rf"(?:/api)?/(texts|images|videos|terms|annotations)/{_ID}(?:[/?#]|\Z)"),
    re.compile(rf"/(?:ar|en)/workbench/(images|videos)/{_ID}/"),
    re.compile(rf"/(?:ar|en)/workbench/()(?!images/|videos/){_ID}/"),
    re.compile(rf"/(?:ar|en)/(notes)/{_ID}/"),
    re.compile(rf"/(?:ar|en)/(?:desk/)?(images|videos|terms)/{_ID}/"),
)
_URN = re.compile(rf"urn:hashiya:(text|image|video|term|note|annotation):{_ID}(?:[/#]|\Z)")
_RELEASED = re.compile(rf"#text-{_ID}-\d+\Z")
_KINDS = {
    "texts": "text",
    "images": "image",
    "videos": "video",
    "terms": "term",
    "annotations": "note",
    "notes": "note",
    "": "text",
}


class Named(NamedTuple):
    """A thing of this archive, which may or may not be there."""

    kind: str
    public_id: str


def named_here(address: str, site: str) -> Named | None:
    """Return what an address names in the archive at `site` (its public address, without a slash at the end)."""
    urn = _URN.match(address)
    if urn:
        return Named("note" if urn[1] == "annotation" else urn[1], urn[2])
    if not is_here(address, site):
        return None
    released = _RELEASED.search(address)
    if released:
        return Named("text", released[1])
    path = address.removeprefix(site)
    for pattern in _PATHS:
        found = pattern.match(path)
        if found:
            return Named(_KINDS[found[1] or ""], found[2])
    return None


def is_here(address: str, site: str) -> bool:
    """Whether an address is one of this site's."""
    return address == site or address.startswith((f"{site}/", f"{site}?", f"{site}#"))
