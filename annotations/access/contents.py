"""The words of revisions, kept in memory: they never change, so only who may read them must be asked anew."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from archive.models import TextRevision

#: Code points kept by one process (two to four bytes each).
BUDGET = 20_000_000

_kept: OrderedDict[tuple[int, str], str] = OrderedDict()
_lock = Lock()


def content_of(revision_id: int, sha256: str) -> str:
    """Return the content of the revision with this hash; the caller has asked access."""
    key = (revision_id, sha256)
    with _lock:
        content = _kept.get(key)
        if content is not None:
            _kept.move_to_end(key)
            return content
    content = TextRevision.objects.values_list("content", flat=True).get(pk=revision_id)
    with _lock:
        _kept[key] = content
        while len(_kept) > 1 and sum(map(len, _kept.values())) > BUDGET:
            _kept.popitem(last=False)
    return content
