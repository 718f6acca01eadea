"""What search is measured on: 100,000 passages and 1,000,000 notes in all states, of words as common as words are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Any

from tests.bench.corpora import PARTICLES, Writer

WORKS, BLOCKS, NOTES, TERMS = 100, 1_000, 1_000_000, 500
#: Different written words; the commonest stands in a third of all notes.
VOCABULARY = 40_000
PASSAGE_WORDS, NOTE_WORDS, QUOTED_WORDS = (30, 90), (6, 22), 4


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary, commonest first: as written, and as the search table has it."""

    written: list[str]
    folded: list[str]
    weights: list[float]


def vocabulary() -> Words:
    """Return words whose number falls with their rank, as Zipf found it."""
    from archive.search.tokens import indexed

    writer, seen = Writer(11, roots=4_000), dict.fromkeys(PARTICLES)
    while len(seen) < VOCABULARY:
        seen[writer.word()] = None
    written = list(seen)
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(written))))
    return Words(written, [indexed(word) for word in written], weights)


def fill(people: dict[str, Any], *, notes: int = NOTES) -> Words:
    """Insert the whole archive; `people` are an author of some notes, an editor and others who write."""
    from django.db import connection

    words = vocabulary()
    with connection.cursor() as cursor:
        # The rows are consistent by the way they are made: asking for every key would take longer than all of the rest.
        cursor.execute("SET session_replication_role = replica")
        indexes = _without_indexes(cursor)
        _catalogue(people["editor"])
        _copy(cursor, _entries(words, notes))
        authors = [person.pk for person in people.values()]
        for statement in _NOTES:
            cursor.execute(
                statement, {"notes": notes, "works": WORKS, "authors": authors, "editor": authors[0]}
            )
        for statement in indexes:
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")
    return words


def _without_indexes(cursor: Any) -> list[str]:
    """Drop the indexes of the search table, and return what makes them again: at once they are made sooner."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'archive_searchentry' AND indexname NOT LIKE '%%_pkey'"
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in found]


def _copy(cursor: Any, rows: Iterator[tuple[Any, ...]]) -> None:
    columns = "kind, owner_id, object_id, language, start, fragment, title, original, folded"
    with cursor.copy(f"COPY archive_searchentry ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _entries(words: Words, notes: int) -> Iterator[tuple[Any, ...]]:
    chance = Random(12)
    draw = _Drawing(words, chance)
    for number in range(1, WORKS + 1):
        title, folded = draw.some(3)
        yield "work", number, number, "", None, "", title, title, folded
    for number in range(1, TERMS + 1):
        title, folded = draw.some(2)
        yield "term", number, number, "", None, "", title, title, folded
    for text in range(1, WORKS + 1):
        for block in range(1, BLOCKS + 1):
            original, folded = draw.some(chance.randint(*PASSAGE_WORDS))
            yield "passage", text, text, "ar", block * 500, f"b{block}", "", original, folded
    for number in range(1, notes + 1):
        body, folded = draw.some(chance.randint(*NOTE_WORDS))
        quoted, folded_too = draw.some(QUOTED_WORDS)
        yield "annotation", number, number, "ar", None, "", quoted, body, f"{folded} {folded_too}"


class _Drawing:
    """Draws words by their weights, many at a time."""

    def __init__(self, words: Words, chance: Random) -> None:
        self.words, self.chance = words, chance
        self.ranks: list[int] = []

    def some(self, count: int) -> tuple[str, str]:
        """Return as many words, as written and as folded."""
        if len(self.ranks) < count:
            ranks = range(len(self.words.written))
            self.ranks = self.chance.choices(ranks, cum_weights=self.words.weights, k=500_000)
        drawn = [self.ranks.pop() for _ in range(count)]
        written, folded = self.words.written, self.words.folded
        return " ".join([written[rank] for rank in drawn]), " ".join([folded[rank] for rank in drawn])


def _catalogue(editor: Any) -> None:
    """Insert works (one in ten a draft, one in twenty for members), an edition of each (one in thirty withdrawn), terms."""
    from django.utils.timezone import now

    from annotations.models import Edition, Release, ReleaseEvent, Term
    from archive.models import Text, TextRevision, Work

    numbers = range(1, WORKS + 1)
    access = {
        number: "draft" if number % 10 == 0 else "members" if number % 20 == 1 else "public"
        for number in numbers
    }
    Work.objects.bulk_create(
        Work(pk=n, slug=f"book-{n}", title_ar=f"كتاب {n}", title_en=f"Book {n}", access=access[n])
        for n in numbers
    )
    Text.objects.bulk_create(
        Text(pk=n, work_id=n, language="ar", direction="rtl", current_revision_id=n) for n in numbers
    )
    TextRevision.objects.bulk_create(
        TextRevision(
            pk=n, text_id=n, number=1, language="ar", direction="rtl", content="", length=0, sha256="", blocks=[], marks=[]
        )
        for n in numbers
    )  # fmt: skip
    Edition.objects.bulk_create(
        Edition(pk=n, slug=f"edition-{n}", work_id=n, text_id=n, created_by=editor) for n in numbers
    )
    Release.objects.bulk_create(
        Release(pk=n, edition_id=n, number=1, revision_id=n, snapshot="{}", manifest_hash="", sealed_at=now())
        for n in numbers
    )
    ReleaseEvent.objects.bulk_create(
        ReleaseEvent(release_id=n, kind=kind, effective_at=now(), reason=reason)
        for n in numbers
        for kind, reason in (("published", ""), ("withdrawn", "…"))
        if kind == "published" or n % 30 == 7
    )
    Term.objects.bulk_create(
        Term(
            pk=n, slug=f"term-{n}", kind="concept", label_ar=f"لفظ {n}",
            status="proposed" if n % 10 == 0 else "established",
        )
        for n in range(1, TERMS + 1)
    )  # fmt: skip


#: Four notes of five accepted, most of them released; the others in all states, private and in drafts.
_NOTES = (
    "INSERT INTO annotations_locus (id, public_id, kind, text_id) SELECT n, 'locus' || n, 'text', 1 + abs(hashint4(n)) %% %(works)s "
    "FROM generate_series(1, %(notes)s) n",
    "INSERT INTO annotations_annotationversion (id, public_id, annotation_id, number, locus_id, category, body, language, "
    "content_hash, created_by_id, created_at) "
    "SELECT object_id, 'v' || object_id, object_id, 1, object_id, 'note', original, 'ar', md5(object_id::text), "
    "(%(authors)s::bigint[])[1 + object_id %% cardinality(%(authors)s::bigint[])], now() FROM archive_searchentry "
    "WHERE kind = 'annotation'",
    "INSERT INTO annotations_annotation (id, public_id, author_id, credited, text_id, visibility, status, newest_version_id, "
    "accepted_version_id, elsewhere, created_at, updated_at) "
    "SELECT n, 'n' || n, (%(authors)s::bigint[])[1 + n %% cardinality(%(authors)s::bigint[])], '', 1 + abs(hashint4(n)) %% %(works)s, "
    "CASE WHEN state >= 97 THEN 'private' ELSE 'open' END, "
    "CASE WHEN state < 80 THEN 'accepted' WHEN state < 86 THEN 'submitted' WHEN state < 89 THEN 'returned' "
    "WHEN state < 91 THEN 'declined' WHEN state < 92 THEN 'withdrawn' ELSE 'draft' END, n, "
    "CASE WHEN state < 80 THEN n END, '{}', now(), now() "
    "FROM (SELECT n, abs(hashint4(n + 7)) %% 100 AS state FROM generate_series(1, %(notes)s) n) drawn",
    "INSERT INTO annotations_submission (id, public_id, author_id, message, created_at) VALUES (1, 's', %(editor)s, '', now())",
    "INSERT INTO annotations_submissionitem (submission_id, version_id) "
    "SELECT 1, id FROM annotations_annotation WHERE status <> 'draft' AND visibility = 'open'",
    "INSERT INTO annotations_releasenote (release_id, version_id, annotation_id, number) "
    "SELECT text_id, id, id, id FROM annotations_annotation WHERE status = 'accepted' AND id %% 10 <> 0",
)
