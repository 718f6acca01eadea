"""The newest matches first: words as a column that PostgreSQL keeps by itself; on SQLite an index that knows kinds too."""

from django.db import migrations, models

POSTGRESQL = [
    # Without positions: nobody asks for phrases here, and what is smaller is read sooner.
    "ALTER TABLE archive_searchentry ADD COLUMN words tsvector "
    "GENERATED ALWAYS AS (strip(to_tsvector('simple', folded))) STORED",
    # The planner is told of the commonest words which they are: they are met by going back from the newest, all others
    # by the index of words.
    "ALTER TABLE archive_searchentry ALTER COLUMN words SET STATISTICS 300",
    # What waits to be put into the index is read with every question: little of it.
    "CREATE INDEX archive_search_words ON archive_searchentry USING gin (words) WITH (gin_pending_list_limit = 256)",
    "DROP INDEX archive_search_folded",
]
POSTGRESQL_BACK = [
    "CREATE INDEX archive_search_folded ON archive_searchentry USING gin (to_tsvector('simple', folded))",
    "DROP INDEX archive_search_words",
    "ALTER TABLE archive_searchentry DROP COLUMN words",
]


def _fts(columns):
    """Return the statements of an FTS5 index over some columns, kept in step by triggers and filled."""
    listed = ", ".join(columns)
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("old", "new"))
    gone = (
        f"INSERT INTO archive_search_fts(archive_search_fts, rowid, {listed}) VALUES ('delete', old.id, {old});"
    )
    added = f"INSERT INTO archive_search_fts(rowid, {listed}) VALUES (new.id, {new});"
    return [
        *(f"DROP TRIGGER archive_search_{name}" for name in ("added", "gone", "changed")),
        "DROP TABLE archive_search_fts",
        f"CREATE VIRTUAL TABLE archive_search_fts USING fts5({listed}, content='archive_searchentry', content_rowid='id', "
        "tokenize='unicode61 remove_diacritics 0')",
        f"CREATE TRIGGER archive_search_added AFTER INSERT ON archive_searchentry BEGIN {added} END",
        f"CREATE TRIGGER archive_search_gone AFTER DELETE ON archive_searchentry BEGIN {gone} END",
        f"CREATE TRIGGER archive_search_changed AFTER UPDATE ON archive_searchentry BEGIN {gone} {added} END",
        "INSERT INTO archive_search_fts(archive_search_fts) VALUES ('rebuild')",
    ]


def forwards(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    _run(schema_editor, POSTGRESQL if is_postgresql else _fts(["kind", "folded"]))


def backwards(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    _run(schema_editor, POSTGRESQL_BACK if is_postgresql else _fts(["folded"]))


def _run(schema_editor, statements):
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("archive", "0032_digests")]

    operations = [
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["kind", "id"], name="archive_search_newest"),
        ),
        migrations.RunPython(forwards, backwards),
    ]
