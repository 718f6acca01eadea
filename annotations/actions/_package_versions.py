"""How the versions of a package's notes become rows: their words, tags, references and what became of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from annotations.actions._package_pasts import past_of_version
from annotations.actions._package_references import reference_of_line
from annotations.actions._versions import check_words, content_hash
from annotations.enums import Category, Visibility
from annotations.models import (
    Anchor,
    Annotation,
    AnnotationVersion,
    CrossReference,
    Locus,
    PastEvent,
    Term,
    VersionTag,
)
from annotations.values import MAX_REFERENCES, MAX_TAGS, NoteInput
from archive.actions._packages import Line, Loading, id_of, words_of
from archive.errors import Invalid


@dataclass(slots=True)
class Notes:
    """What was loaded so far, by public id; notes that are here already are None."""

    loading: Loading
    terms: dict[str, Term] = field(default_factory=dict)
    notes: dict[str, Annotation | None] = field(default_factory=dict)
    loci: dict[str, Locus] = field(default_factory=dict)
    anchors: dict[str, list[Anchor]] = field(default_factory=dict)
    newest: dict[str, AnnotationVersion] = field(default_factory=dict)
    accepted: dict[str, AnnotationVersion] = field(default_factory=dict)
    written: dict[str, datetime] = field(default_factory=dict)
    pasts: list[PastEvent] = field(default_factory=list)
    #: Codes of relations, by the codes that the package has for them.
    relations: dict[str, str] = field(default_factory=dict)


def load_version(state: Notes, line: Line) -> None:
    """Insert a version, unless its note was here already; raises ValueError, KeyError, TypeError, Invalid."""
    note = state.notes[line["annotation"]]
    if note is None:
        return
    locus = state.loci[line["place"]]
    if any(
        getattr(locus, f"{name}_id") != getattr(note, f"{name}_id") for name in ("text", "image", "video")
    ):
        raise ValueError("elsewhere")
    given = NoteInput(
        body=words_of(line["body"]), language=words_of(line["language"]), category=Category(line["category"]),
        tags=tuple(line["tags"]), visibility=Visibility(note.visibility),
    )  # fmt: skip
    terms = list({term.pk: term for term in (state.terms[tag] for tag in given.tags)}.values())
    references = [
        reference_of_line(
            one, loci=state.loci, notes=state.notes, relations=state.relations, by=state.loading.by
        )
        for one in line["references"]
    ]
    _check(given, references)
    version = AnnotationVersion(
        public_id=id_of(line), annotation=note, number=line["number"], locus=locus, category=given.category,
        body=given.body, language=given.language, created_by=state.loading.by,
    )  # fmt: skip
    hashes = [
        content_hash(given, terms=terms, references=references, locus=locus, exact=exact)
        for exact in _words_at(state, line["place"])
    ]
    # The one that was approved, unless what it says is not the same here: terms that are one, places that are not here.
    version.content_hash = line["sha256"] if line["sha256"] in hashes else hashes[0]
    version.clean_fields(exclude=["annotation", "locus", "created_by"])
    version.save()
    for reference in references:
        reference.version = version
    VersionTag.objects.bulk_create([VersionTag(version=version, term=term) for term in terms])
    CrossReference.objects.bulk_create(references)
    before = state.newest.get(note.public_id)
    if before is None or before.number < version.number:
        state.newest[note.public_id] = version
    state.pasts += past_of_version(version, line, by=state.loading.by)
    if line["is_accepted"] is True:
        state.accepted[note.public_id] = version


def _check(given: NoteInput, references: list[CrossReference]) -> None:
    """Refuse what no version may be."""
    if len(given.tags) > MAX_TAGS or len(references) > MAX_REFERENCES:
        raise ValueError("too many")
    try:
        # What a version says by its tags or references alone is not nothing.
        check_words(replace(given, body=given.body if given.body.strip() or not references else "…"))
    except Invalid as error:
        raise ValueError("no version") from error


def _words_at(state: Notes, place: str) -> list[str]:
    """Return the words at a place in each wording, oldest first: a version's hash binds those of its own."""
    return list(dict.fromkeys(anchor.exact for anchor in state.anchors.get(place, []))) or [""]
