"""Short ways to texts and notes in a test."""

from __future__ import annotations

import hashlib
from typing import Any

from annotations.actions.decide import decide
from annotations.actions.submit import submit
from annotations.actions.write_annotation import write_annotation
from annotations.enums import Outcome
from annotations.models import Annotation, Decision, Submission
from annotations.values import NoteInput, RegionPlace, TextPlace, TimePlace
from archive.enums import Access
from archive.models import Text, TextRevision, User, Work

CONTENT = (
    "كتاب الجسور\n"
    "بنى أهل القرية جسرًا من حجر أبيض قرب الطاحونة.\n"
    "ثم عبر القادمون من السوق إلى الضفة الأخرى، وبقي الجسر زمنًا طويلًا.\n"
    "ولمّا فاض النهر سقط الجسر، فبنوا جسرًا غيره من خشب."
)


def make_text(
    content: str = CONTENT, *, access: str = Access.PUBLIC, slug: str = "bridges", language: str = "ar"
) -> Text:
    """Return a text with one revision, its paragraphs as blocks."""
    work = Work.objects.create(
        slug=slug, access=access, title_ar="كتاب الجسور", title_en="The Book of Bridges"
    )
    text = Text.objects.create(work=work, language=language, direction="rtl" if language == "ar" else "ltr")
    add_revision(text, content)
    return text


def add_revision(text: Text, content: str) -> TextRevision:
    """Make `content` the current wording of the text, without the import and its jobs."""
    before = text.current_revision
    revision = TextRevision.objects.create(
        text=text, number=(before.number if before else 0) + 1,
        language=text.language, direction=text.direction,
        content=content, length=len(content), sha256=hashlib.sha256(content.encode()).hexdigest(),
        blocks=_blocks(content), marks=[], parent=before,
    )  # fmt: skip
    text.current_revision = revision
    text.save()
    return revision


def _blocks(content: str) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = []
    start = 0
    for index, line in enumerate(content.split("\n")):
        kind, level = ("heading", 1) if index == 0 else ("paragraph", None)
        blocks.append(
            {
                "kind": kind,
                "start": start,
                "end": start + len(line),
                "path": str(index + 1),
                "level": level,
                "attrs": {},
            }
        )
        start += len(line) + 1
    return blocks


def place_of(text: Text, words: str, occurrence: int = 1) -> TextPlace:
    """Return the place of these words in the current wording."""
    revision = text.current_revision
    assert revision is not None
    start = -1
    for _time in range(occurrence):
        start = revision.content.index(words, start + 1)
    return TextPlace(text.public_id, revision.number, start, start + len(words), words)


def make_note(
    text: Text, words: str = "حجر أبيض", *, by: User, body: str = "حجر محلّي.", **note: Any
) -> Annotation:
    """Return a note on the first occurrence of `words`."""
    return write_annotation(place=place_of(text, words), note=NoteInput(body=body, **note), by=by).annotation


def make_placed(
    place: RegionPlace | TimePlace,
    *,
    author: User,
    reviewer: User | None = None,
    body: str = "الرحى.",
    **note: Any,
) -> Annotation:
    """Return a note on a part of a picture or on seconds of a film; accepted, if a reviewer is given."""
    made = write_annotation(place=place, note=NoteInput(body=body, **note), by=author).annotation
    if reviewer:
        submit_note(made)
        decide_note(made, Outcome.ACCEPT, by=reviewer)
    made.refresh_from_db()
    return made


def submit_note(note: Annotation, *, message: str = "") -> Submission:
    """Hand a note in, by its author."""
    note.refresh_from_db()
    assert note.newest_version is not None
    return submit(version_ids=[note.newest_version.public_id], message=message, by=note.author)


def decide_note(
    note: Annotation, outcome: Outcome, *, by: User, reason: str = "", suggestion: str | None = None
) -> Decision:
    """Decide on the newest version of a note."""
    note.refresh_from_db()
    version = note.newest_version
    assert version is not None
    return decide(
        version_id=version.public_id, content_hash=version.content_hash, outcome=outcome, by=by,
        reason=reason or ("" if outcome == Outcome.ACCEPT else "أضف المصدر."), suggestion=suggestion,
    )  # fmt: skip


def make_accepted(
    text: Text, words: str = "حجر أبيض", *, author: User, reviewer: User, **note: Any
) -> Annotation:
    """Return a note that was accepted."""
    made = make_note(text, words, by=author, **note)
    submit_note(made)
    decide_note(made, Outcome.ACCEPT, by=reviewer)
    made.refresh_from_db()
    return made
