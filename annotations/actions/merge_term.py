"""Make two terms one."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from annotations.actions.change_term import locked_term
from annotations.models import Term, TermName
from archive.access import require
from archive.actions.bump_epoch import bump_epoch
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.errors import Invalid, NotVisible
from archive.models import SlugRedirect, User


@transaction.atomic
def merge_term(*, term: str, version: int | None, into: str, by: User) -> Term:
    """Merge a term into another (public ids); return the one that stays.

    The merged one keeps its row, so that notes and sealed releases that name it stay as they are; pages and
    pickers go on to the other, which takes over its names. What was narrower than it becomes narrower than
    the other.

    Raises NotVisible, NotAllowed, VersionMissing, Stale, Conflict, Invalid.
    """
    row = locked_term(term, version=version, act="establish", by=by)
    target = Term.objects.select_for_update(no_key=True).filter(public_id=into).first()
    if target is None:
        raise NotVisible("not_visible")
    require(by, "establish", target)
    if target.pk == row.pk or target.merged_into_id is not None:
        raise Invalid("merge_target", field="into")
    if target.broader_id == row.pk:
        target.broader = row.broader
    Term.objects.filter(broader=row).exclude(pk=target.pk).update(broader=target, version=F("version") + 1)
    Term.objects.filter(merged_into=row).update(merged_into=target)
    Term.objects.filter(pk=row.pk).update(merged_into=target, broader=None, version=F("version") + 1)
    Term.objects.filter(pk=target.pk).update(broader=target.broader, version=F("version") + 1)
    _take_names(row, target)
    SlugRedirect.objects.create(kind="term", old_slug=row.slug, target_id=target.pk)
    for one in (row, target):
        refresh_search("term", one.pk, by=by)
    bump_epoch()
    record_event("term.merged", target=row, by=by, into=target.public_id)
    target.refresh_from_db()
    return target


def _take_names(row: Term, target: Term) -> None:
    known = set(target.names.values_list("language", "name"))
    TermName.objects.bulk_create(
        [
            TermName(term=target, language=name.language, name=name.name, folded=name.folded)
            for name in row.names.all()
            if (name.language, name.name) not in known
        ]
    )
