"""The newest matches sooner: the index of words knows, beside the words, in which stretch of keys an entry lies.

PostgreSQL's index of words goes through everything that has a word before the first row is looked at. Asked for some
stretches of keys as well, it skips what lies elsewhere, so that the newest entries of the commonest word cost as much as they
are many.
"""

from importlib import import_module

from django.db import migrations

#: As many keys as lie in one stretch, as a power of two.
_BITS = 11


def _stretch(key):
    return f"(ARRAY[({key} >> {_BITS})::int4])"


#: Of each index which entries it has. Written so that no index of kinds can be taken in its place, by which all words of a
#: kind would be compared.
_KINDS = {
    "notes": "(kind || '') = 'annotation'",
    "passages": "(kind || '') = 'passage'",
    "others": "(kind || '') <> 'annotation' AND (kind || '') <> 'passage'",
}


def _newest(name):
    """Return the function that gives the newest entries of a kind that have some words, below a key, as many as asked for.

    `also` is what further words ask, or null: asked for by itself, each is skipped through by what the other has. The function
    goes from the newest stretches on, at first as many as are given, then as many at once as promise enough by what the
    last ones had, at last all that are left. The planner is kept from the indexes of keys ("+ 0"): it does not know how few
    rows are asked for, and would go through a million keys beside. It plans once for a connection.
    """
    return f"""
CREATE FUNCTION archive_search_newest_{name}(
    of_kind text, asked tsquery, also tsquery, below bigint, stretches numeric, enough integer
)
RETURNS TABLE (id bigint, owner_id bigint, object_id bigint) LANGUAGE plpgsql
SET max_parallel_workers_per_gather = 0 SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    highest bigint; lowest bigint; low bigint; found integer; left_over numeric; among integer[];
BEGIN
    SELECT e.id INTO highest FROM archive_searchentry e
    WHERE e.kind BETWEEN of_kind AND of_kind AND e.id < below ORDER BY e.kind DESC, e.id DESC LIMIT 1;
    IF highest IS NULL THEN RETURN; END IF;
    SELECT e.id INTO lowest FROM archive_searchentry e
    WHERE e.kind BETWEEN of_kind AND of_kind ORDER BY e.kind, e.id LIMIT 1;
    WHILE highest >= lowest AND enough > 0 LOOP
        low := greatest(lowest::numeric, (((highest >> {_BITS}) - stretches + 1) * {1 << _BITS}));
        among := ARRAY(SELECT generate_series(low >> {_BITS}, highest >> {_BITS}));
        IF low > lowest AND also IS NULL THEN {_rows(name, stretches=True)};
        ELSIF low > lowest THEN {_rows(name, stretches=True, also=True)};
        ELSIF also IS NULL THEN {_rows(name)};
        ELSE {_rows(name, also=True)};
        END IF;
        GET DIAGNOSTICS found = ROW_COUNT;
        enough := enough - found;
        highest := low - 1;
        left_over := ((highest - lowest) >> {_BITS}) + 1;
        -- What is left over is taken at once where it does not promise many more than are asked for.
        stretches := CASE WHEN (found + 1) * left_over < 6 * enough * stretches THEN left_over + 1
            ELSE ceil(stretches * least(greatest(1.5 * enough / greatest(found, 1), 1), 32)) END;
    END LOOP;
END $$
"""  # noqa: S608 - our own words.


def _rows(name, *, stretches=False, also=False):
    conditions = [
        _KINDS[name].replace("kind", "e.kind"),
        "(e.kind || '') = of_kind",
        "e.id + 0 <= highest",
        "e.words @@ asked",
        *(["e.words @@ also"] if also else []),
        *([f"{_stretch('e.id')} && among"] if stretches else []),
    ]
    return (
        "RETURN QUERY SELECT e.id, e.owner_id, e.object_id FROM archive_searchentry e "  # noqa: S608 - our own words.
        f"WHERE {' AND '.join(conditions)} ORDER BY e.id + 0 DESC LIMIT enough"
    )


def _indexes(columns):
    for name, condition in _KINDS.items():
        yield f"DROP INDEX archive_search_{name}"
        yield (
            f"CREATE INDEX archive_search_{name} ON archive_searchentry USING gin ({columns}) "
            f"WITH (gin_pending_list_limit = 256) WHERE {condition}"
        )


def forwards(apps, schema_editor):
    _run(
        schema_editor,
        "DROP FUNCTION archive_search_newest",
        *_indexes(f"{_stretch('id')}, words"),
        *map(_newest, _KINDS),
    )


def backwards(apps, schema_editor):
    before = import_module("archive.migrations.0033_search_words").NEWEST
    _run(
        schema_editor,
        *(f"DROP FUNCTION archive_search_newest_{name}" for name in _KINDS),
        *_indexes("words"),
        before,
    )


def _run(schema_editor, *statements):
    if schema_editor.connection.vendor == "postgresql":
        for statement in statements:
            schema_editor.execute(statement, params=None)  # Its per cent signs are its own.


class Migration(migrations.Migration):
    dependencies = [("archive", "0036_words_warn_too")]

    operations = [migrations.RunPython(forwards, backwards)]
