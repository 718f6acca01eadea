"""Two workers that index the same thing take turns."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection, connections, transaction

from archive.actions.index_entry import index_entry
from archive.models import SearchEntry
from tests.factories_notes import make_text

on_postgres = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite's writers are alone anyway."
)


@pytest.mark.django_db
def test_indexing_twice_leaves_one_entry():
    work = make_text().work

    index_entry(kind="work", object_id=work.pk)
    index_entry(kind="work", object_id=work.pk)

    assert SearchEntry.objects.filter(kind="work", object_id=work.pk).count() == 1


@on_postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_second_worker_waits_for_the_first():
    work = make_text().work
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"search:work:{work.pk}"]
            )

        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '200ms'")
            with pytest.raises(OperationalError, match="lock timeout"):
                index_entry(kind="work", object_id=work.pk)
    finally:
        other.close()

    assert index_entry(kind="work", object_id=work.pk) == 1
