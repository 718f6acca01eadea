"""What the benches are made on: a public text of many words with many notes on it.

The notes are inserted in bulk, as rows that the actions would have written; one by one they would take minutes.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from typing import Any

from tests.bench.corpora import rendered, varied

WORDS = 100_000
BODY = "حاشيةٌ قصيرة تشرح الموضع وتحيل إلى ما قبله."
#: Notes that are inserted at once.
BATCH = 5_000


def content(words: int = WORDS) -> str:
    """Return a text of invented words, a paragraph a line."""
    return rendered(varied(words)).rstrip("\n")


def blocks_of(text: str) -> list[dict[str, Any]]:
    """Return a paragraph for each line."""
    blocks: list[dict[str, Any]] = []
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        block = {"kind": "paragraph", "start": start, "end": start + len(line), "path": str(number)}
        blocks.append({**block, "level": None, "attrs": {}})
        start += len(line) + 1
    return blocks


def spans(text: str, count: int, *, seed: int = 5) -> list[tuple[int, int]]:
    """Return spans of 10 to 80 code points that begin with a letter at random places, so that some overlap."""
    chance = random.Random(seed)
    drawn = (chance.randrange(len(text) - 90) for _ in range(count))
    starts = sorted(
        place + len(text[place : place + 9]) - len(text[place : place + 9].lstrip()) for place in drawn
    )
    found = [(start, start + chance.randint(10, 80)) for start in starts]
    return sorted(found, key=lambda span: (span[0], -span[1]))


def make_text(slug: str, words: int = WORDS) -> Any:
    """Insert a public work with one text."""
    from archive.enums import Access
    from archive.models import Text, TextRevision, Work

    work = Work.objects.create(
        slug=slug, access=Access.PUBLIC, title_ar=f"كتاب القياس {slug}", title_en=f"The book of {slug}",
        rights_uri="https://creativecommons.org/publicdomain/zero/1.0/",
    )  # fmt: skip
    text = Text.objects.create(work=work, language="ar", direction="rtl")
    words_of = content(words)
    text.current_revision = TextRevision.objects.create(
        text=text, number=1, language="ar", direction="rtl", content=words_of, length=len(words_of),
        sha256=hashlib.sha256(words_of.encode()).hexdigest(), blocks=blocks_of(words_of), marks=[],
    )  # fmt: skip
    text.save()
    return text


def add_notes(text: Any, count: int, *, author: Any, seed: int = 5) -> None:
    """Insert drafts of this author at random places of the text, with what search knows of them."""
    chosen = spans(text.current_revision.content, count, seed=seed)
    for first in range(0, count, BATCH):
        _insert(text, chosen[first : first + BATCH], author, f"{seed}-{first}")
    _statement(
        "UPDATE annotations_annotation SET newest_version_id = v.id FROM annotations_annotationversion v "
        "WHERE v.annotation_id = annotations_annotation.id AND newest_version_id IS NULL"
    )


def accept_all(text: Any, *, reviewer: Any) -> None:
    """Accept every note of the text."""
    from annotations.enums import Outcome
    from annotations.models import AnnotationVersion, Decision

    versions = AnnotationVersion.objects.filter(annotation__text=text)
    Decision.objects.bulk_create(
        [
            Decision(
                version=version, author_id=version.created_by_id, reviewer=reviewer, outcome=Outcome.ACCEPT,
                content_hash=version.content_hash,
            )
            for version in versions
        ],
        batch_size=BATCH,
    )  # fmt: skip
    _statement(
        "UPDATE annotations_annotation SET status = 'accepted', accepted_version_id = newest_version_id"
    )


def new_ids(count: int, *, seed: str) -> list[str]:
    """Return different ids as short and as random as those of notes."""
    from annotations.models.annotation import NOTE_ID_LENGTH
    from archive.models.base import _ALPHABET as LETTERS

    numbers = random.Random(seed).sample(range(len(LETTERS) ** NOTE_ID_LENGTH), count)
    return [
        "".join(LETTERS[n // len(LETTERS) ** at % len(LETTERS)] for at in range(NOTE_ID_LENGTH))
        for n in numbers
    ]


def _insert(text: Any, places: Sequence[tuple[int, int]], author: Any, name: str) -> None:
    from annotations.enums import AnchorStatus, Category, LocusKind
    from annotations.models import Anchor, Annotation, AnnotationVersion, Locus
    from annotations.presenters.search_kinds import note_entry
    from archive.models import SearchEntry

    revision, words, categories = text.current_revision, text.current_revision.content, list(Category)
    loci = Locus.objects.bulk_create([Locus(kind=LocusKind.TEXT, text=text) for _ in places])
    ids = new_ids(len(places), seed=f"{text.pk}-{name}")
    notes = Annotation.objects.bulk_create([Annotation(author=author, text=text, public_id=i) for i in ids])
    Anchor.objects.bulk_create(
        [
            Anchor(
                locus=locus, revision=revision, start=start, end=end, exact=words[start:end],
                prefix=words[max(0, start - 32) : start], suffix=words[end : end + 32],
                status=AnchorStatus.EXACT, created_by=author,
            )
            for locus, (start, end) in zip(loci, places, strict=True)
        ]
    )  # fmt: skip
    versions = AnnotationVersion.objects.bulk_create(
        [
            AnnotationVersion(
                annotation=note, number=1, locus=locus, body=BODY, language="ar", created_by=author,
                category=categories[number % len(categories)],
                content_hash=hashlib.sha256(f"{name}-{number}".encode()).hexdigest(),
            )
            for number, (note, locus) in enumerate(zip(notes, loci, strict=True))
        ]
    )  # fmt: skip
    SearchEntry.objects.bulk_create(
        note_entry(note.pk, version, words[start:end])
        for note, version, (start, end) in zip(notes, versions, places, strict=True)
    )


def _statement(sql: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")


def publish_edition(text: Any, *, editor: Any) -> str:
    """Publish an edition of the text with all its accepted notes; return the path of its release."""
    from annotations.actions.compose_edition import compose_edition
    from annotations.actions.publish import publish
    from annotations.actions.seal import seal
    from annotations.editions.given import EditionInput
    from archive.queue import held

    plan = EditionInput(
        slug=f"{text.work.slug}-edition", title={"ar": "طبعة القياس", "en": "The measured edition"},
        license_uri="https://creativecommons.org/licenses/by/4.0/",
        credits=[{"name": "القائس", "role": "annotator"}],
    )  # fmt: skip
    with held():
        edition = compose_edition(text=text.public_id, plan=plan, by=editor)
        release = seal(edition=edition.public_id, version=edition.version, by=editor)
        publish(release=release.public_id, by=None)
    return f"/ar/editions/{edition.slug}/{release.number}/"


def people() -> dict[str, Any]:
    """Insert a scholar, a reviewer and an editor."""
    from tests.factories import make_user

    return {role: make_user(f"{role}@bench.example", role) for role in ("scholar", "reviewer", "editor")}
