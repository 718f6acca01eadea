"""Which terms of the vocabulary the tags of other systems mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings

from annotations.access.terms import all_named
from annotations.authorities import recognized
from annotations.exchange.notes.addresses import named_here
from annotations.exchange.notes.records import Tag
from annotations.models import Term
from archive.access import visible_to
from archive.text.folding import fold_key


def terms_of(tags: Iterable[Tag], who: Any) -> dict[Tag, str]:
    """Return the public id of the visible term that each tag means; tags that nobody knows are left out."""
    listed = list(tags)
    here = {
        tag: named.public_id
        for tag in listed
        if (named := named_here(tag.address, settings.PUBLIC_URL)) and named.kind == "term"
    }
    terms = visible_to(Term, who).filter(merged_into=None)
    known = _staying(set(here.values()), terms) if here else {}
    linked = _linked(listed, terms)
    names = all_named(who, [tag.name for tag in listed if tag.name]) if listed else {}
    found = {}
    for tag in listed:
        meant = (
            known.get(here.get(tag, ""), "")
            or linked.get(tag, "")
            or names.get(fold_key(tag.name).strip(), "")
        )
        if meant:
            found[tag] = meant
    return found


def _staying(ids: set[str], terms: Any) -> dict[str, str]:
    """Return which of `terms` the terms of these public ids are now: themselves, or what they were merged into."""
    meant = {ident: ident for ident in terms.filter(public_id__in=ids).values_list("public_id", flat=True)}
    merged = Term.objects.filter(public_id__in=ids, merged_into__in=terms.order_by().values("pk"))
    return meant | dict(merged.values_list("public_id", "merged_into__public_id"))


def _linked(tags: Iterable[Tag], terms: Any) -> dict[Tag, str]:
    """Return the terms that are linked to the same entry of an authority."""
    of: dict[str, dict[str, list[Tag]]] = defaultdict(lambda: defaultdict(list))
    for tag in tags:
        entry = recognized(tag.address) if tag.address else None
        if entry:
            of[entry[0]][entry[1]].append(tag)
    found = {}
    for code, entries in of.items():
        rows = terms.filter(**{f"authority__{code}__in": list(entries)}).order_by("-pk")
        for public_id, authority in rows.values_list("public_id", "authority"):
            for tag in entries.get(str(authority[code]), []):
                found[tag] = public_id
    return found
