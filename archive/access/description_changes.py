"""What descriptions, and the site's own pages, said before."""

from __future__ import annotations

from django.db.models import Model, QuerySet

from archive.access.registry import visible_to
from archive.models import DescriptionChange


def changes_of(item: Model, who: object) -> QuerySet[DescriptionChange]:
    """Return the changes of an item that `who` may know of, the newest first."""
    kind = str(item._meta.model_name)
    rows: QuerySet[DescriptionChange] = visible_to(DescriptionChange, who).filter(kind=kind, item_id=item.pk)
    return rows.select_related("created_by").order_by("-pk")
