"""Change a term, or establish it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from annotations import transitions
from annotations.actions._steps import lock_tree
from annotations.actions._terms import broader_of, fill, free_slug, write_names
from annotations.enums import TermStatus
from annotations.models import Term
from annotations.values import TermInput
from archive.access import require
from archive.actions.bump_epoch import bump_epoch
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.errors import Conflict, NotVisible, Stale, VersionMissing
from archive.models import SlugRedirect, User


@transaction.atomic
def change_term(*, term: str, version: int | None, values: TermInput, by: User) -> Term:
    """Change the term with this public id, made from its version `version`; a renamed address leads on.

    Raises NotVisible, NotAllowed, VersionMissing, Stale, Conflict for a merged term, Invalid.
    """
    lock_tree()
    row = locked_term(term, version=version, act="change", by=by)
    fill(row, values, by=by)
    slug = free_slug(values, besides=row.pk) if values.slug else row.slug
    if slug != row.slug:
        SlugRedirect.objects.create(kind="term", old_slug=row.slug, target_id=row.pk)
        row.slug = slug
    _save(row)
    write_names(row, values)
    _after(row, by)
    record_event("term.changed", target=row, by=by, version=row.version)
    return row


@transaction.atomic
def move_term(*, term: str, version: int | None, broader: str, by: User) -> Term:
    """Put a term (public id) with all that is narrower below another, or with an empty id at the top.

    Raises NotVisible, NotAllowed, VersionMissing, Stale, Conflict for a merged term, Invalid for a circle.
    """
    lock_tree()
    row = locked_term(term, version=version, act="change", by=by)
    row.broader = broader_of(row, broader, by)
    _save(row)
    _after(row, by)
    record_event("term.moved", target=row, by=by, broader=broader)
    return row


@transaction.atomic
def establish_term(*, term: str, version: int | None, by: User) -> Term:
    """Make a proposed term (public id) public.

    Raises NotVisible, NotAllowed, VersionMissing, Stale, Conflict, InvalidTransition.
    """
    row = locked_term(term, version=version, act="establish", by=by)
    row.status = TermStatus(transitions.TERM.move(row.status, "establish"))
    _save(row)
    _after(row, by)
    record_event("term.established", target=row, by=by, version=row.version)
    return row


def locked_term(public_id: str, *, version: int | None, act: str, by: User) -> Term:
    """Return the term, locked and at this version.

    Raises NotVisible, NotAllowed, VersionMissing, Stale, Conflict for a term that was merged into another.
    """
    row = Term.objects.select_for_update(no_key=True).filter(public_id=public_id).first()
    if row is None:
        raise NotVisible("not_visible")
    require(by, act, row)
    if version is None:
        raise VersionMissing("version_missing")
    if row.version != version:
        raise Stale("stale", current=row.version)
    if row.merged_into_id is not None:
        raise Conflict("term_merged")
    return row


def _save(row: Term) -> None:
    row.version = F("version") + 1
    row.save()
    row.refresh_from_db(fields=["version"])


def _after(row: Term, by: User) -> None:
    refresh_search("term", row.pk, by=by)
    if row.status == TermStatus.ESTABLISHED:
        bump_epoch()
