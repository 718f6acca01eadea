"""Begin an edition of a text."""

from __future__ import annotations

from django.db import transaction

from annotations.actions._edition_parts import chosen_texts, keep_parts
from annotations.actions._editions import fill
from annotations.actions._places import tick
from annotations.editions.addresses import is_taken, proposed_slug
from annotations.editions.given import EditionInput
from annotations.models import Edition
from archive.access import require_may, visible_to
from archive.actions.create_work import save_new
from archive.actions.once import once
from archive.actions.record_event import record_event
from archive.errors import Conflict, NotVisible
from archive.models import Text, User


@transaction.atomic
def compose_edition(*, text: str, plan: EditionInput, key: str = "", by: User) -> Edition:
    """Insert the plan of an edition of the text with this public id, or of the parts that the plan names; one key makes one.

    Raises NotAllowed, NotVisible, Invalid, Conflict("slug_taken").
    """
    require_may(by, "add", Edition)
    row = visible_to(Text, by).filter(public_id=text).select_related("work").first()
    if row is None:
        raise NotVisible("not_visible")

    def make() -> Edition:
        edition = Edition(work_id=row.work_id, text=row, created_by=by)
        fill(edition, plan, by=by)
        if plan.slug and is_taken(plan.slug):
            raise Conflict("slug_taken", field="slug", slug=plan.slug)
        edition.slug = plan.slug or proposed_slug(row.work, plan.title)
        texts = chosen_texts(edition, plan.parts or [text], by=by)
        edition.text = texts[0]
        save_new(edition)
        keep_parts(edition, texts)
        record_event("edition.composed", target=edition, by=by, text=text, slug=edition.slug)
        for one in sorted(one.pk for one in texts) if edition.independent_review else ():
            tick(one)  # What reviewers are told of the notes on it changed with it.
        return edition

    return once(Edition, scope="edition", key=key, make=make, by=by)
