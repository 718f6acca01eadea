"""Keep what somebody is typing."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction

from annotations.models import Annotation, NoteDraft
from archive.access import require_may, visible_to
from archive.errors import Invalid, NotVisible
from archive.models import Text, User

MAX_KEY = 120
#: Characters of JSON.
MAX_DATA = 200_000
#: Drafts of one person; the oldest gives way.
MAX_DRAFTS = 200


@transaction.atomic
def save_draft(*, key: str, data: dict[str, Any], text: str = "", by: User) -> NoteDraft:
    """Keep `data` under the page's own key, in place of what was there; nobody else ever sees it.

    Not audited: it is nothing yet, and comes with every few letters typed.

    Raises NotAllowed, NotVisible for a text (public id) that is not there, Invalid.
    """
    require_may(by, "add", Annotation)
    if not key or len(key) > MAX_KEY:
        raise Invalid("bad_key", field="key")
    if len(json.dumps(data)) > MAX_DATA:
        raise Invalid("too_long", field="data", limit_length=MAX_DATA)
    place = visible_to(Text, by).filter(public_id=text).first() if text else None
    if text and place is None:
        raise NotVisible("not_visible")
    draft, made = NoteDraft.objects.update_or_create(
        user=by, key=key, defaults={"data": data, **({"text": place} if place else {})}
    )
    if made:
        surplus = NoteDraft.objects.filter(user=by).order_by("-updated_at")[MAX_DRAFTS:]
        NoteDraft.objects.filter(pk__in=list(surplus.values_list("pk", flat=True))).delete()
    return draft
