"""What is said of a term as plain values, for comparing, keeping and putting back; and as an entry for others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.enums import NameForm, TermKind
from annotations.exchange.records import TermRecord
from annotations.models import Term
from annotations.values import Match, Name, TermInput

PLAIN = (
    "label_ar", "label_en", "description_ar", "description_en", "scope_note_ar", "scope_note_en", "notation", "date_edtf",
)  # fmt: skip
FIELDS: Mapping[str, str | Promise] = {
    "kind": _("Kind"), "label_ar": _("Name in Arabic"), "label_en": _("Name in English"), "names": _("Names"),
    "description_ar": _("Description in Arabic"), "description_en": _("Description in English"),
    "scope_note_ar": _("How it is used, in Arabic"), "scope_note_en": _("How it is used, in English"),
    "notation": _("Notation"), "broader": _("Broader term"), "authority": _("In other vocabularies"),
    "matches": _("Further links"), "latitude": _("Latitude"), "longitude": _("Longitude"), "date_edtf": _("When"),
}  # fmt: skip
#: Rows that are read at once.
_CHUNK = 500

Values = dict[str, Any]


def stored(term: Term) -> Values:
    """Return what is said of a term, as JSON holds it; its names are at hand or read."""
    names = [
        [name.language, name.name, str(name.form)]
        for name in sorted(term.names.all(), key=lambda one: (one.language, one.name))
        if not name.is_label
    ]
    return {
        "kind": str(term.kind), **{name: getattr(term, name) or "" for name in PLAIN}, "names": names,
        "broader": term.broader.public_id if term.broader else "", "authority": dict(sorted(term.authority.items())),
        "matches": [[one["relation"], one["url"]] for one in term.matches],
        "latitude": term.latitude, "longitude": term.longitude,
    }  # fmt: skip


def given(values: Values, *, slug: str = "") -> TermInput:
    """Return stored values as what the actions take."""
    return TermInput(
        kind=TermKind(values["kind"]), names=tuple(Name(a, b, NameForm(c)) for a, b, c in values["names"]),
        broader=values["broader"], authority=values["authority"], latitude=values["latitude"],
        longitude=values["longitude"], matches=tuple(Match(*one) for one in values["matches"]), slug=slug,
        **{name: values[name] for name in PLAIN},
    )  # fmt: skip


def merged(before: Values | None, record: TermRecord, *, broader: str) -> Values:
    """Return the values after a record: what it says replaces, its names and links are added, the rest stays."""
    after: Values = dict(before) if before else {
        "kind": record.kind or str(TermKind.CONCEPT), **dict.fromkeys(PLAIN, ""), "names": [], "broader": "",
        "authority": {}, "matches": [], "latitude": None, "longitude": None,
    }  # fmt: skip
    if record.kind:
        after["kind"] = record.kind
    for name in PLAIN:
        after[name] = getattr(record, name).strip() or after[name]
    labels = {("ar", after["label_ar"]), ("en", after["label_en"])}
    names = {(a, b): c for a, b, c in after["names"]}
    names |= {(name.language, name.name): str(name.form) for name in record.names}
    after["names"] = sorted([a, b, c] for (a, b), c in names.items() if (a, b) not in labels)
    after["authority"] = dict(sorted((after["authority"] | record.authority).items()))
    pairs = [tuple(one) for one in after["matches"]] + [(one.relation, one.url) for one in record.matches]
    after["matches"] = [list(pair) for pair in dict.fromkeys(pairs)]
    if record.latitude is not None or record.longitude is not None:
        after |= {"latitude": record.latitude, "longitude": record.longitude}
    after["broader"] = broader or after["broader"]
    return after


def differences(
    before: Values, after: Values, names: Mapping[str, str]
) -> Iterator[tuple[str | Promise, str, str]]:
    """Yield (field, what it says, what it will say) of what differs; `names` are those of terms by public id."""
    for field, label in FIELDS.items():
        was, now = before.get(field), after.get(field)
        if was != now and (was or now):
            yield label, _words(field, was, names), _words(field, now, names)


def _words(field: str, value: Any, names: Mapping[str, str]) -> str:
    if value in (None, "", [], {}):
        return ""
    if field == "names":
        return "\n".join(f"{language}: {name}" for language, name, _form in value)
    if field == "matches":
        return "\n".join(url for _relation, url in value)
    if field == "authority":
        return "\n".join(f"{code}: {identifier}" for code, identifier in value.items())
    if field == "broader":
        return names.get(value, value)
    return str(value)


def iri(public_id: str) -> str:
    """Return the lasting name of a term in data."""
    return f"{settings.PUBLIC_URL}/vocabulary/{public_id}"


def scheme_iri() -> str:
    """Return the name of the whole vocabulary in data."""
    return f"{settings.PUBLIC_URL}/vocabulary"


def records(terms: QuerySet[Term], *, as_iri: bool) -> Iterator[TermRecord]:
    """Yield the terms as entries, a chunk at a time; keys are IRIs or public ids.

    A broader term is named only when it is among those that are handed out.
    """
    rows = terms.order_by("slug").prefetch_related("names").select_related("broader")
    known = set(terms.order_by().values_list("pk", flat=True))
    name = iri if as_iri else str
    for term in rows.iterator(chunk_size=_CHUNK):
        values = stored(term)
        above = term.broader if term.broader_id in known else None
        yield TermRecord(
            key=name(term.public_id), kind=values["kind"], names=[Name(a, b, NameForm(c)) for a, b, c in values["names"]],
            broader=name(above.public_id) if above else "", authority=values["authority"],
            matches=[Match(*one) for one in values["matches"]], latitude=term.latitude, longitude=term.longitude,
            slug=term.slug, **{field: values[field] for field in PLAIN},
        )  # fmt: skip


def labels_of(ids: Iterable[str]) -> dict[str, str]:
    """Return the names of terms by public id."""
    return {term.public_id: str(term) for term in Term.objects.filter(public_id__in=list(ids))}
