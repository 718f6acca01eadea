"""A name for all that decides what an export of a release says besides its snapshot."""

from __future__ import annotations

import hashlib
import json

from annotations.editions.reading import Shown

#: Raised when the writers of exports change, so that kept files of before are made anew.
WRITERS = 3


def shown_key(shown: Shown, *, address: str, published: str) -> str:
    """Return a name: the same for the same release as long as nothing of it is hidden, covered, warned of or shown anew."""
    said = [
        WRITERS, address, published, sorted(shown.members), sorted(shown.covered), sorted(shown.kept_back),
        sorted((*member, *kinds) for member, kinds in shown.warnings.items()),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
