"""Change the plan of an edition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q

from annotations.actions._edition_parts import chosen_texts, keep_parts
from annotations.actions._editions import fill, locked_edition, save
from annotations.actions._places import tick
from annotations.editions.addresses import is_fixed, is_taken
from annotations.editions.given import EditionInput
from annotations.editions.wholes import text_keys
from annotations.enums import Visibility
from annotations.models import Annotation, Edition
from archive.access import visible_to
from archive.actions.record_event import record_event
from archive.errors import Conflict
from archive.models import User


@transaction.atomic
def change_edition(*, edition: str, version: int | None, plan: EditionInput, by: User) -> Edition:
    """Change the plan (public id) that was read at `version`; sealed releases stay as they are.

    Its address can be another until its first release is sealed. Raises NotVisible, NotAllowed, VersionMissing, Stale,
    Invalid, Conflict("slug_taken", "slug_fixed").
    """
    row = locked_edition(edition, act="change", version=version, by=by)
    told, texts = (row.independent_review, row.required_approvals), text_keys(row)
    fill(row, plan, by=by)
    if plan.slug and plan.slug != row.slug:
        _move(row, plan.slug)
    if plan.parts:
        keep_parts(row, chosen_texts(row, plan.parts, by=by))
    save(row)
    now = text_keys(row)
    facts: dict[str, Any] = {"parts": list(plan.parts)} if plan.parts else {}
    record_event("edition.changed", target=row, by=by, version=row.version, slug=row.slug, **facts)
    asks = told != (row.independent_review, row.required_approvals)
    # What reviewers are told of the notes on its texts changed with it.
    changed = {*texts, *now} if asks else set(texts) ^ set(now) if row.independent_review else set()
    for text in sorted(changed):
        tick(text)
    return row


def _move(row: Edition, slug: str) -> None:
    """Give an edition that nothing was sealed of another address; nobody was ever led to the one before."""
    if is_fixed(row):
        raise Conflict("slug_fixed", field="slug", slug=row.slug)
    if is_taken(slug, by_other_than=row):
        raise Conflict("slug_taken", field="slug", slug=slug)
    row.slug = slug


@transaction.atomic
def exclude_notes(*, edition: str, version: int | None, notes: Iterable[str], out: bool, by: User) -> Edition:
    """Take notes (public ids) out of the plan by hand, or let them in again.

    Notes that the editor may not see, or on a text that it does not take, are passed over. Raises as `change_edition`.
    """
    row = locked_edition(edition, act="change", version=version, by=by)
    rows = visible_to(Annotation, by).filter(public_id__in=list(notes))
    rows = rows.filter(Q(text__in=text_keys(row)) | Q(text=None))
    if out:
        row.excluded.add(*rows)
    else:
        row.excluded.remove(*rows)
    save(row)
    ids = sorted(rows.values_list("public_id", flat=True))
    record_event("edition.notes_chosen", target=row, by=by, version=row.version, out=out, notes=ids)
    return row


@transaction.atomic
def pick_notes(*, edition: str, version: int | None, notes: Iterable[str], picked: bool, by: User) -> Edition:
    """Take notes (public ids) into the plan by hand, or leave them to its rule again.

    They are on its text, or on any picture or film. Notes that the editor may not see, that are not open, or on a text
    that it does not take, are passed over. What had been taken out by hand is let in again. Raises as `change_edition`.
    """
    row = locked_edition(edition, act="change", version=version, by=by)
    rows = visible_to(Annotation, by).filter(public_id__in=list(notes), visibility=Visibility.OPEN)
    rows = rows.filter(Q(text__in=text_keys(row)) | Q(text=None))
    if picked:
        row.picked.add(*rows)
        row.excluded.remove(*rows)
    else:
        row.picked.remove(*rows)
    save(row)
    ids = sorted(rows.values_list("public_id", flat=True))
    record_event("edition.notes_picked", target=row, by=by, version=row.version, picked=picked, notes=ids)
    return row
