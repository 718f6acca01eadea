"""Promise that search will say what a thing says now."""

from archive.actions.enqueue import enqueue
from archive.actions.index_entry import REFRESH_SEARCH
from archive.models import User


def refresh_search(kind: str, object_id: int, *, by: User | None) -> None:
    """Queue one refresh of the search entries of an object; several before it runs are one."""
    enqueue(REFRESH_SEARCH, dedupe_key=f"{kind}:{object_id}", by=by, kind=kind, object_id=object_id)
