"""The newest matches first: words as a column that PostgreSQL keeps by itself; on SQLite an index that knows kinds too."""

from django.db import migrations, models

#: The newest entries of a kind that have the words, below a key, as many as asked for. Whether the words are common is
#: tried on the newest entries. Common ones are met by going back through the entries, and soon are enough. Others are taken
#: from the index of words, in stretches of keys from the newest on: the index is quick, to fetch all the rows that it names
#: is not. The planner chooses wrongly here: it does not know that rows are asked for until there are enough, and takes the
#: cost of disks for that of memory. BETWEEN, and not "=", makes it go through one kind by the index that has kinds first.
NEWEST = """
CREATE FUNCTION archive_search_newest(of_kind text, asked tsquery, below bigint, enough integer)
RETURNS TABLE (id bigint, owner_id bigint, object_id bigint) LANGUAGE plpgsql
SET work_mem = '32MB' SET jit = off SET max_parallel_workers_per_gather = 0 SET enable_seqscan = off
SET enable_indexscan = on SET enable_bitmapscan = on SET enable_sort = on SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    columns constant text := 'SELECT e.id, e.owner_id, e.object_id FROM archive_searchentry e WHERE ';
    rows_of text := columns || format('e.kind = %L AND e.words @@ $1', of_kind);
    lowest bigint; highest bigint; low bigint; width numeric; found integer;
    share numeric;
BEGIN
    SELECT min(t.id), max(t.id), count(*) FILTER (WHERE t.words @@ asked)::numeric / 400 INTO low, highest, share FROM (
        SELECT e.id, e.words FROM archive_searchentry e WHERE e.kind BETWEEN of_kind AND of_kind AND e.id < below
        ORDER BY e.kind DESC, e.id DESC LIMIT 400) t;
    IF highest IS NULL THEN RETURN; END IF;
    SELECT e.id INTO lowest FROM archive_searchentry e WHERE e.kind BETWEEN of_kind AND of_kind ORDER BY e.kind, e.id LIMIT 1;
    -- Of several words the index goes through all that have one of them.
    IF low = lowest OR share * share * (highest - lowest) > (CASE WHEN asked::text LIKE '%&%' THEN 1.5 ELSE 8 END) * enough THEN
        PERFORM set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true);
        RETURN QUERY EXECUTE columns || format('e.kind BETWEEN %1$L AND %1$L AND e.words @@ $1 AND e.id <= $2 '
            'ORDER BY e.kind DESC, e.id DESC LIMIT $3', of_kind) USING asked, highest, enough;
        RETURN;
    END IF;
    PERFORM set_config('enable_indexscan', 'off', true);
    -- Of rare ones all are fetched: to find out which of them are in a stretch would take longer.
    width := highest - lowest + 1;
    IF share * share * width * 8 > enough THEN
        width := least(ceil(2 * enough / share), width);
    END IF;
    WHILE highest >= lowest AND enough > 0 LOOP
        low := greatest(lowest, highest - width);
        RETURN QUERY EXECUTE rows_of || CASE WHEN low > lowest THEN ' AND e.id >= $2' ELSE '' END
            || ' AND e.id <= $3 ORDER BY e.id DESC LIMIT $4' USING asked, low, highest, enough;
        GET DIAGNOSTICS found = ROW_COUNT;
        enough := enough - found;
        width := least(greatest(1.5 * enough / greatest(found, 1), 2), 20) * (highest - low + 1);
        highest := low - 1;
    END LOOP;
END $$
"""
POSTGRESQL = [
    # Without positions: nobody asks for phrases here, and what is smaller is read sooner.
    "ALTER TABLE archive_searchentry ADD COLUMN words tsvector "
    "GENERATED ALWAYS AS (strip(to_tsvector('simple', folded))) STORED",
    # Of the kinds that are very many each has its own index. What waits to be put into one is read with every question:
    # little of it.
    "CREATE INDEX archive_search_notes ON archive_searchentry USING gin (words) WITH (gin_pending_list_limit = 256) "
    "WHERE kind = 'annotation'",
    "CREATE INDEX archive_search_passages ON archive_searchentry USING gin (words) WITH (gin_pending_list_limit = 256) "
    "WHERE kind = 'passage'",
    "CREATE INDEX archive_search_others ON archive_searchentry USING gin (words) WITH (gin_pending_list_limit = 256) "
    "WHERE kind <> 'annotation' AND kind <> 'passage'",
    "DROP INDEX archive_search_folded",
    NEWEST,
]
POSTGRESQL_BACK = [
    "DROP FUNCTION archive_search_newest",
    "CREATE INDEX archive_search_folded ON archive_searchentry USING gin (to_tsvector('simple', folded))",
    *(f"DROP INDEX archive_search_{name}" for name in ("notes", "passages", "others")),
    "ALTER TABLE archive_searchentry DROP COLUMN words",
]


def _fts(columns):
    """Return the statements of an FTS5 index over some columns, kept in step by triggers and filled."""
    listed = ", ".join(columns)
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("old", "new"))
    gone = f"INSERT INTO archive_search_fts(archive_search_fts, rowid, {listed}) VALUES ('delete', old.id, {old});"  # noqa: S608 - our own words.
    added = f"INSERT INTO archive_search_fts(rowid, {listed}) VALUES (new.id, {new});"  # noqa: S608
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
        schema_editor.execute(statement, params=None)  # Its per cent signs are its own.


class Migration(migrations.Migration):
    dependencies = [("archive", "0032_digests")]

    operations = [
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(fields=["kind", "id"], name="archive_search_newest"),
        ),
        migrations.RunPython(forwards, backwards),
    ]
