"""Terms as a file: SKOS in Turtle or JSON-LD, or a table; written as it is sent."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from annotations.exchange.csv_terms import table_rows
from annotations.exchange.skos_out import json_ld, turtle
from annotations.models import Term
from annotations.presenters.term_values import records, scheme_iri
from archive.presenters import cells

#: Endings of files, and their media types.
FORMS = {"ttl": "text/turtle", "jsonld": "application/ld+json", "csv": "text/csv"}


def written(terms: QuerySet[Term], form: str, *, title: str) -> Iterator[str]:
    """Yield the file of these terms; `form` is one of `FORMS`."""
    if form == "csv":
        yield "\ufeff"
        for row in table_rows(records(terms, as_iri=False)):
            yield cells.row(row)
    else:
        write = turtle if form == "ttl" else json_ld
        yield from write(records(terms, as_iri=True), scheme=scheme_iri(), title=title)
