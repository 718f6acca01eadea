"""Give out no package any more that was packed, or is being packed, of what is withdrawn from readers."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Q
from django.db.models.functions import Now

from archive.enums import PackageFormat
from archive.models import Collection, Image, PersonalExport, TakeOut, Video, Work
from archive.models.described import DescribedModel
from archive.presenters.collection_tree import whole_tree

#: Packages that hold no bytes of pictures or films.
DESCRIPTIONS = (PackageFormat.CSV, PackageFormat.JSONLD)


def take_back_packages(*items: DescribedModel, descriptions: bool) -> None:
    """End the time of every package that holds one of these items, or what stands on one that is a shelf.

    Those with descriptions alone only when asked to. A package that does not say what it holds may hold anything, and
    is taken back; whoever misses one asks for it again.
    """
    given_out = Q(expires_at=None) | Q(expires_at__gt=Now())
    # A person's own data quotes texts and holds files; what it holds is not written down, so that all of them go.
    PersonalExport.objects.filter(given_out).update(expires_at=Now())
    rows = TakeOut.objects.filter(given_out)
    if not descriptions:
        rows = rows.exclude(format__in=DESCRIPTIONS)
    withdrawn: dict[str, set[int]] = defaultdict(set)
    for item in items:
        for kind, found in _withdrawn(item).items():
            withdrawn[kind] |= found
    keys = [pk for pk, holds in rows.values_list("pk", "holds").iterator() if _holds(holds, withdrawn)]
    # Asked again by the statement itself: one that began to be packed meanwhile does not say yet what it holds.
    rows.filter(Q(pk__in=keys) | Q(holds=None)).update(expires_at=Now())


def _withdrawn(item: DescribedModel) -> dict[str, set[int]]:
    """Return the keys of what goes with an item, by kind."""
    found = {str(item._meta.model_name): {item.pk}}
    if isinstance(item, Collection):
        shelves = whole_tree().branch(item.pk)
        found["collection"] = set(shelves)
        for model in (Work, Image, Video):
            rows = model._default_manager.filter(collection__in=shelves).order_by()
            found[str(model._meta.model_name)] = set(rows.values_list("pk", flat=True))
    if isinstance(item, Image):
        # The same bytes may lie in it under the name of another image, of a capture or of a text.
        found["stored_file"] = {item.arrival.stored_file_id}
    return found


def _holds(holds: Any, withdrawn: dict[str, set[int]]) -> bool:
    return holds is None or any(keys.intersection(holds.get(kind, ())) for kind, keys in withdrawn.items())
