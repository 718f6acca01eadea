"""Say that a term is what an authority file calls so and so."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from annotations.actions._terms import check_input
from annotations.actions.change_term import locked_term
from annotations.authorities import SCHEMES
from annotations.models import AuthorityFile, AuthorityRecord, Term
from annotations.presenters.term_values import given, stored
from archive.access import visible_to
from archive.actions.bump_epoch import bump_epoch
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.errors import Invalid, NotVisible
from archive.models import User


@transaction.atomic
def link_authority(
    *, term: str, version: int | None, file: str, identifier: str, coordinates: bool = False, by: User
) -> Term:
    """Link a term (public id) to an entry of an authority file (public id).

    With `coordinates` it takes over where the entry is, if it has no place itself. Raises NotVisible, NotAllowed,
    VersionMissing, Stale, Conflict, Invalid.
    """
    row = locked_term(term, version=version, act="change", by=by)
    source = visible_to(AuthorityFile, by).filter(public_id=file).first()
    if source is None:
        raise NotVisible("not_visible")
    record = AuthorityRecord.objects.filter(file=source, load=source.load, identifier=identifier).first()
    if record is None:
        raise Invalid("authority_entry_unknown", field="identifier")
    if source.scheme in SCHEMES:
        row.authority = row.authority | {source.scheme: record.identifier}
    elif source.address:
        link = {"relation": "exact", "url": f"{source.address}{record.identifier}"}
        row.matches = [*(one for one in row.matches if one != link), link]
    else:
        raise Invalid("authority_without_address", field="identifier")
    if coordinates and row.latitude is None:
        row.latitude, row.longitude = record.latitude, record.longitude
    check_input(given(stored(row)))
    row.version = F("version") + 1
    row.save()
    row.refresh_from_db(fields=["version"])
    refresh_search("term", row.pk, by=by)
    bump_epoch()
    record_event("term.linked", target=row, by=by, authority=source.name, identifier=record.identifier)
    return row
