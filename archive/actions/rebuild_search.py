"""Throw the search table away and make it anew from the rest."""

from collections.abc import Callable

from archive import kinds
from archive.actions.index_entry import index_entry
from archive.models import SearchEntry


def rebuild_search(*, progress: Callable[[str, int], None] = lambda kind, count: None) -> int:
    """Index everything again, object by object, so that search goes on meanwhile; return how many entries.

    Entries of kinds and objects that are no more are dropped first.
    """
    SearchEntry.objects.exclude(kind__in=kinds.search_kinds).delete()
    total = 0
    for kind in kinds.search_kinds.values():
        ids = sorted(
            kind.all_ids()
        )  # What was there first gets the lower keys: search begins at the highest.
        SearchEntry.objects.filter(kind=kind.name).exclude(object_id__in=ids).delete()
        count = sum(index_entry(kind=kind.name, object_id=object_id) for object_id in ids)
        progress(kind.name, count)
        total += count
    return total
