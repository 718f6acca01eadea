"""Texts that are read beside the one that is worked in, and how their blocks stand to its."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from archive.access import Viewer, visible_to
from archive.models import Text, TextRevision

#: Texts beside the one that is worked in.
MOST = 3
#: Texts that a search for another finds.
FOUND = 20


def beside(viewer: Viewer, text: Text, ids: Sequence[str]) -> list[TextRevision]:
    """Return the current wordings of the texts of these public ids, in their order, as far as the viewer may read them whole."""
    wanted = list(dict.fromkeys(one[:16] for one in ids if one != text.public_id))[: 2 * MOST]
    rows = visible_to(Text, viewer).filter(public_id__in=wanted, current_revision__isnull=False)
    found = {
        row.public_id: row.current_revision for row in rows.select_related("current_revision__text__work")
    }
    return [found[one] for one in wanted if one in found][:MOST]


def candidates(viewer: Viewer, text: Text, words: str) -> list[Text]:
    """Return the other texts of the work, and those whose work has these words in its title."""
    asked = Q(work=text.work_id)
    if words:
        titled = Q()
        for column in ("work__title_ar", "work__title_en", "title_ar", "title_en"):
            titled |= Q(**{f"{column}__icontains": words})
        asked |= titled
    rows = visible_to(Text, viewer).filter(asked, current_revision__isnull=False).exclude(pk=text.pk)
    return list(rows.select_related("work").order_by("work__slug", "order", "pk")[:FOUND])
