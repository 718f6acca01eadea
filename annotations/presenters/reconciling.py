"""What a reconciliation service answers (W3C Community Group, Reconciliation Service API 0.2).

Two kinds of service: one for each authority file that was loaded, and one for the vocabulary of the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.access.matching import MOST, Asked, Candidate, in_file, in_vocabulary, suggested
from annotations.authorities import SCHEMES, iri_of, page_of
from annotations.enums import TermKind
from annotations.models import AuthorityFile, AuthorityName, AuthorityRecord, Term, TermName
from annotations.presenters.labels import TERM_KINDS
from annotations.presenters.term_values import iri, scheme_iri
from archive.access import ANYBODY, visible_to

#: Queries of one request, and ids of one extension.
MOST_QUERIES, MOST_IDS = 50, 100
#: Properties of entries: what they are called, and how a value is written.
PROPERTIES = {
    "name": "Name", "language": "Language", "type": "Type", "description": "Description", "latitude": "Latitude",
    "longitude": "Longitude", "date": "Date (EDTF)", "variants": "Variant names", "address": "Address",
}  # fmt: skip

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Service:
    """One service; without a file, that of the vocabulary."""

    file: AuthorityFile | None = None

    @property
    def base(self) -> str:
        """The address of the service, without a slash at its end."""
        path = reverse("reconcile_file", args=[self.file.public_id]) if self.file else reverse("reconcile")
        return f"{settings.PUBLIC_URL}{path}".rstrip("/")

    def manifest(self) -> Json:
        """Return what the service is and where its parts are."""
        scheme = SCHEMES.get(self.file.scheme) if self.file else None
        address = self.file.address if self.file else ""
        space = (scheme.iri.replace("{}", "") if scheme else address) or f"{scheme_iri()}/"
        view = (scheme.page.replace("{}", "{{id}}") if scheme else "") or (
            f"{address}{{{{id}}}}" if address else ""
        )
        return {
            "versions": ["0.2"], "name": str(self.file) if self.file else _("Vocabulary of this archive"),
            "identifierSpace": space, "schemaSpace": f"{scheme_iri()}/kinds/",
            "view": {"url": view or f"{settings.PUBLIC_URL}/vocabulary/{{{{id}}}}"},
            "defaultTypes": [_type(kind) for kind in self.types()],
            "preview": {"url": f"{self.base}/preview?id={{{{id}}}}", "width": 420, "height": 220},
            "suggest": {
                name: {
                    "service_url": self.base, "service_path": f"/suggest/{name}",
                    # Without an address OpenRefine makes one up, which nobody answers.
                    "flyout_service_url": self.base, "flyout_service_path": f"/flyout/{name}?id=${{id}}",
                }
                for name in ("entity", "type", "property")
            },
            "extend": {
                "propose_properties": {"service_url": self.base, "service_path": "/properties"},
                "property_settings": [],
            },
        }  # fmt: skip

    def types(self) -> list[str]:
        """Return the types of the entries; of a file, the first twenty that it has."""
        if self.file is None:
            return [str(kind) for kind in TermKind]
        rows = (
            AuthorityRecord.objects.filter(file=self.file, load=self.file.load)
            .exclude(type="")
            .order_by("type")
        )
        return list(rows.values_list("type", flat=True).distinct()[:20])

    def named(self, what: str) -> dict[str, str]:
        """Return the names of the types, or of the properties, by their codes."""
        return (
            {kind["id"]: kind["name"] for kind in map(_type, self.types())} if what == "type" else PROPERTIES
        )

    def candidates(self, asked: Asked) -> list[Candidate]:
        """Return the likeliest entries."""
        return in_file(self.file, asked) if self.file else in_vocabulary(ANYBODY, asked)

    def answers(self, queries: Mapping[str, Any]) -> Json:
        """Return the candidates of each query, by its key."""
        return {
            key: {"result": [_result(one) for one in self.candidates(asked_of(query))]}
            for key, query in queries.items()
        }

    def suggestions(self, prefix: str) -> list[Json]:
        """Return entries whose names begin with a prefix."""
        if self.file:
            keys = suggested(
                AuthorityName.objects.filter(file=self.file, load=self.file.load), prefix, "record_id", MOST
            )
            rows: Mapping[int, Any] = AuthorityRecord.objects.in_bulk(keys)
            return [
                {"id": r.identifier, "name": r.name, "description": r.description, "notable": [_type(r.type)] if r.type else []}
                for key in keys if (r := rows.get(key))
            ]  # fmt: skip
        seen = visible_to(Term, ANYBODY).filter(merged_into=None).order_by().values("pk")
        keys = suggested(TermName.objects.filter(term__in=seen), prefix, "term_id", MOST)
        rows = Term.objects.in_bulk(keys)
        return [
            {"id": t.public_id, "name": str(t), "description": t.description or "", "notable": [_type(t.kind)]}
            for key in keys if (t := rows.get(key))
        ]  # fmt: skip

    def entries(self, ids: Sequence[str]) -> dict[str, Json]:
        """Return everything that is known of these entries, by id; what is not there is missing."""
        # PostgreSQL takes no NUL into a question, and no id has one.
        ids = [one for one in ids if "\x00" not in one]
        if self.file:
            rows = AuthorityRecord.objects.filter(
                file=self.file, load=self.file.load, identifier__in=ids
            ).prefetch_related("names")
            return {row.identifier: self._record(row) for row in rows}
        terms = visible_to(Term, ANYBODY).filter(public_id__in=ids, merged_into=None)
        return {term.public_id: _term(term) for term in terms.prefetch_related("names")}

    def _record(self, row: AuthorityRecord) -> Json:
        return {
            "name": row.name, "language": row.language, "type": row.type, "description": row.description,
            "latitude": row.latitude, "longitude": row.longitude, "date": row.date_edtf,
            "variants": [name.name for name in row.names.all() if name.name != row.name],
            "address": self.address_of(row.identifier),
        }  # fmt: skip

    def address_of(self, identifier: str) -> str:
        """Return the address of an entry's page; empty when none is known."""
        if self.file is None:
            return iri(identifier)
        if self.file.scheme:
            return page_of(self.file.scheme, identifier)
        return f"{self.file.address}{identifier}" if self.file.address else ""

    def iri_of(self, identifier: str) -> str:
        """Return the name of an entry in data."""
        return iri_of(self.file.scheme, identifier) if self.file else iri(identifier)

    def extended(self, ids: Sequence[str], names: Sequence[str]) -> Json:
        """Return the values of properties of entries."""
        entries = self.entries(ids)
        return {
            "meta": [{"id": name, "name": PROPERTIES[name]} for name in names],
            "rows": {one: {name: _cells(name, entries.get(one, {}).get(name)) for name in names} for one in ids},
        }  # fmt: skip


def asked_of(query: Any) -> Asked:
    """Return a query of the protocol; what it says wrongly is left out."""
    given: Mapping[str, Any] = query if isinstance(query, Mapping) else {}
    types = given.get("type") or ""
    first = types[0] if isinstance(types, list) and types else types
    kind = first.get("id", "") if isinstance(first, Mapping) else first
    limit = given.get("limit")
    wanted = {
        p.get("pid"): p.get("v") for p in given.get("properties") or () if isinstance(p, Mapping)
    } if isinstance(given.get("properties"), list) else {}  # fmt: skip
    return Asked(
        name=str(given.get("query") or "")[:300], type=str(kind or "")[:40],
        limit=limit if isinstance(limit, int) and not isinstance(limit, bool) and limit > 0 else 5,
        latitude=_number(wanted.get("latitude")), longitude=_number(wanted.get("longitude")),
    )  # fmt: skip


def _number(value: Any) -> float | None:
    try:
        number = float(value) if isinstance(value, (int, float, str)) and value != "" else nan
    except (ValueError, OverflowError):
        return None
    return number if isfinite(number) else None


def _result(one: Candidate) -> Json:
    return {
        "id": one.id, "name": one.name, "description": one.description[:300], "score": one.score, "match": one.match,
        "type": [_type(one.type)] if one.type else [],
        "features": [{"id": "name_likeness", "value": one.score}],
    }  # fmt: skip


def _type(code: str) -> Json:
    return {"id": code, "name": str(TERM_KINDS.get(code, code))}


def _term(term: Term) -> Json:
    names = [name for name in term.names.all() if not name.is_label and name.form != "hidden"]
    return {
        "name": str(term), "language": "", "type": term.kind, "description": term.description or "",
        "latitude": term.latitude, "longitude": term.longitude, "date": term.date_edtf,
        "variants": [name.name for name in names], "address": iri(term.public_id),
    }  # fmt: skip


def _cells(name: str, value: Any) -> list[Json]:
    values: Iterable[Any] = value if isinstance(value, list) else [value]
    kind = "float" if name in ("latitude", "longitude") else "str"
    return [{kind: one} for one in values if one not in (None, "")]
