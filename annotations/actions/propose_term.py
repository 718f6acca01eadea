"""Add a term to the vocabulary."""

from __future__ import annotations

from django.db import transaction

from annotations.actions._steps import lock_tree
from annotations.actions._terms import fill, free_slug, write_names
from annotations.enums import TermStatus
from annotations.models import Term
from annotations.values import TermInput
from archive.access import may, require_may
from archive.actions.bump_epoch import bump_epoch
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.errors import NotAllowed
from archive.models import User


@transaction.atomic
def propose_term(*, term: TermInput, establish: bool = False, by: User) -> Term:
    """Add a term: a proposal that members see, or with `establish` one that is public at once.

    Raises NotAllowed, Invalid.
    """
    require_may(by, "add", Term)
    if establish and not may(by, "establish", Term):
        raise NotAllowed("not_allowed", action="establish")
    if term.broader:
        lock_tree()
    row = Term(created_by=by, status=TermStatus.ESTABLISHED if establish else TermStatus.PROPOSED)
    fill(row, term, by=by)
    row.slug = free_slug(term)
    row.save()
    write_names(row, term)
    refresh_search("term", row.pk, by=by)
    if establish:
        bump_epoch()
    record_event("term.proposed", target=row, by=by, kind=str(row.kind), status=str(row.status))
    return row
