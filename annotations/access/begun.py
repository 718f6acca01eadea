"""From where somebody came to look for the other passages, and what is asked for then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from annotations.access.contents import content_of
from annotations.access.note_facts import tags_of
from annotations.access.notes import shown_to
from annotations.access.others import Scope, names_of, with_wording
from annotations.access.places import seen_anchors
from annotations.models import AnnotationVersion, Term
from archive.access import Viewer, visible_to
from archive.errors import NotVisible
from archive.models import Text
from archive.text.numbers import whole_number
from archive.text.phrases import Spelling


@dataclass(frozen=True, slots=True)
class Begin:
    """From where somebody came: a passage, a note or a term."""

    text: Text | None = None
    term: Term | None = None
    version: AnnotationVersion | None = None
    names: tuple[str, ...] = ()


def begin_of(viewer: Viewer, asked: Mapping[str, str]) -> Begin:
    """Return from where the address comes; raises NotVisible for what is not there."""
    if public_id := asked.get("note", ""):
        return _from_note(viewer, public_id)
    if public_id := asked.get("term", ""):
        term = visible_to(Term, viewer).filter(public_id=public_id, merged_into=None).first()
        if term is None:
            raise NotVisible("not_visible")
        return Begin(term=term, names=tuple(names_of(term)))
    text = _text(viewer, asked.get("text", ""))
    return Begin(text=text, names=_quoted(asked, text))


def _text(viewer: Viewer, public_id: str) -> Text | None:
    if not public_id:
        return None
    rows = visible_to(Text, viewer).filter(public_id=public_id, current_revision__isnull=False)
    text = with_wording(rows).first()
    if text is None:
        raise NotVisible("not_visible")
    return text


def _from_note(viewer: Viewer, public_id: str) -> Begin:
    rows = shown_to(viewer).filter(public_id=public_id, text__isnull=False)
    note = rows.select_related("text__work").first()
    text = _text(viewer, note.text.public_id) if note and note.text else None
    if note is None or text is None:
        raise NotVisible("not_visible")
    version = AnnotationVersion.objects.get(pk=note.shown_id)
    tags = tags_of([version.pk])[version.pk]
    sits = seen_anchors(viewer, [version.locus_id]).get(version.locus_id)
    return Begin(text, tags[0] if tags else None, version, (sits.exact,) if sits else ())


def _quoted(asked: Mapping[str, str], text: Text | None) -> tuple[str, ...]:
    """Return the words at `?at=START-END` of the text's current wording."""
    first, _dash, last = asked.get("at", "").partition("-")
    start, end = whole_number(first), whole_number(last)
    revision = text.current_revision if text else None
    if revision is None or start is None or end is None:
        return ()
    return (content_of(revision.pk, revision.sha256)[start:end],)


def question_of(asked: Mapping[str, str], begin: Begin) -> dict[str, Any]:
    """Return what is asked for: as the address says, or as one would from where one came."""
    if "words" in asked:
        return dict(asked.items())
    words = "\n".join(" ".join(name.split())[:80] for name in begin.names)
    scope = Scope.WORK if begin.text else Scope.ARCHIVE
    return {"words": words, "scope": scope, "spelling": Spelling.PREFIXES}
