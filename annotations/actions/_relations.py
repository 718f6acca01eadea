"""What the actions on relations share: checking what one is called, its code, its lock."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils import timezone

from annotations.models import NamedRelation
from annotations.models.relation import CODE_LENGTH
from annotations.values import RelationInput
from archive.access import require
from archive.actions.record_event import record_event
from archive.errors import Invalid, NotVisible, Stale, VersionMissing
from archive.models import User
from archive.models.base import new_public_id

MAX_NAME, MAX_DESCRIPTION = 80, 500
#: Relations in use at once: more than anybody finds their way in.
MAX_RELATIONS = 200
_CODE = re.compile(rf"[a-z0-9_]{{1,{CODE_LENGTH}}}")


def fill(row: NamedRelation, given: RelationInput, *, alone: bool = True) -> None:
    """Put what was given into the row, unsaved; `alone`: no other relation in use may be called the same.

    Raises Invalid with the field that is wrong.
    """
    for name in ("name_ar", "name_en", "inverse_ar", "inverse_en", "description_ar", "description_en"):
        setattr(row, name, " ".join(getattr(given, name).split()))
    row.is_symmetric = given.is_symmetric
    if row.is_symmetric:
        row.inverse_ar, row.inverse_en = row.name_ar, row.name_en
    for name in ("name_ar", "name_en", "inverse_ar", "inverse_en"):
        if not getattr(row, name):
            raise Invalid("required", field=name)
        if len(getattr(row, name)) > MAX_NAME:
            raise Invalid("too_long", field=name, limit_length=MAX_NAME)
    for name in ("description_ar", "description_en"):
        if len(getattr(row, name)) > MAX_DESCRIPTION:
            raise Invalid("too_long", field=name, limit_length=MAX_DESCRIPTION)
    if alone:
        _alone(row)


def _alone(row: NamedRelation) -> None:
    """Refuse a name that another relation in use has, in either direction: nobody could choose between the two."""
    others = NamedRelation.objects.filter(retired_at=None).exclude(pk=row.pk)
    for name in ("name_ar", "name_en", "inverse_ar", "inverse_en"):
        value, language = getattr(row, name), name[-2:]
        taken = Q(**{f"name_{language}__iexact": value}) | Q(**{f"inverse_{language}__iexact": value})
        if others.filter(taken).exists():
            raise Invalid("relation_name_taken", field=name)


def free_code(given: RelationInput) -> str:
    """Return a code made of the English name, or a drawn one when that is taken."""
    made = re.sub(r"[^a-z0-9]+", "_", given.name_en.lower()).strip("_")[:CODE_LENGTH].strip("_")
    if made and not NamedRelation.objects.filter(code=made).exists():
        return made
    return f"r_{new_public_id()[: CODE_LENGTH - 2]}"


def locked_relation(public_id: str, *, version: int | None, by: User) -> NamedRelation:
    """Return the relation, locked and at this version.

    Raises NotVisible, NotAllowed, VersionMissing, Stale.
    """
    row = NamedRelation.objects.select_for_update(no_key=True).filter(public_id=public_id).first()
    if row is None:
        raise NotVisible("not_visible")
    require(by, "change", row)
    if version is None:
        raise VersionMissing("version_missing")
    if row.version != version:
        raise Stale("stale", current=row.version)
    return row


def bring_in_relation(code: str, named: Mapping[str, Any], *, by: User) -> NamedRelation:
    """Return the relation of a package that this archive does not have: one that is called the same, or a new row.

    A new one is retired from the start: its references are read, and keepers decide whether more are made with it.
    Raises ValueError, KeyError, Invalid.
    """
    if not _CODE.fullmatch(code):
        raise ValueError("code")
    names = {
        f"{kind}_{language}": str(named[kind].get(language) or "")
        for kind in ("name", "inverse")
        for language in ("ar", "en")
    }
    # What was named in one language only is called so in both.
    for kind in ("name", "inverse"):
        for one, other in (("ar", "en"), ("en", "ar")):
            names[f"{kind}_{one}"] = names[f"{kind}_{one}"] or names[f"{kind}_{other}"]
    symmetric = named.get("is_symmetric") is True
    alike = NamedRelation.objects.filter(is_symmetric=symmetric, **names).first()
    if alike is not None:
        return alike
    row = NamedRelation(code=code, created_by=by, retired_at=timezone.now(), order=32_000)
    fill(row, RelationInput(**names, is_symmetric=symmetric), alone=False)
    row.save()
    record_event("relation.brought_in", target=row, by=by, code=code)
    return row
