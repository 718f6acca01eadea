"""Full-text indexes over the search table: FTS5 kept in step by triggers on SQLite, GIN on PostgreSQL."""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE archive_search_fts USING fts5(folded, content='archive_searchentry', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER archive_search_added AFTER INSERT ON archive_searchentry BEGIN "
    "INSERT INTO archive_search_fts(rowid, folded) VALUES (new.id, new.folded); END",
    "CREATE TRIGGER archive_search_gone AFTER DELETE ON archive_searchentry BEGIN "
    "INSERT INTO archive_search_fts(archive_search_fts, rowid, folded) VALUES ('delete', old.id, old.folded); END",
    "CREATE TRIGGER archive_search_changed AFTER UPDATE ON archive_searchentry BEGIN "
    "INSERT INTO archive_search_fts(archive_search_fts, rowid, folded) VALUES ('delete', old.id, old.folded); "
    "INSERT INTO archive_search_fts(rowid, folded) VALUES (new.id, new.folded); END",
]
POSTGRESQL = [
    "CREATE INDEX archive_search_folded ON archive_searchentry USING gin (to_tsvector('simple', folded))"
]


def create(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("added", "gone", "changed"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS archive_search_{name}")
        schema_editor.execute("DROP TABLE IF EXISTS archive_search_fts")
    else:
        schema_editor.execute("DROP INDEX IF EXISTS archive_search_folded")


class Migration(migrations.Migration):
    dependencies = [("archive", "0003_first_rows")]

    operations = [migrations.RunPython(create, drop)]
