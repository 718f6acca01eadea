"""What the writing actions share about versions: checking what a note is made of and inserting it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import rfc8785
from django.db.models import Model

from annotations.actions._places import NewPlace, Places
from annotations.actions._references import (
    Parts,
    kept_reference,
    new_reference,
    relations_in_use,
)
from annotations.models import Annotation, AnnotationVersion, CrossReference, Locus, Term, VersionTag
from annotations.values import (
    MAX_BODY,
    MAX_REFERENCES,
    MAX_TAGS,
    Kept,
    NoteInput,
    ReferenceInput,
    is_language,
)
from archive.access import visible_to
from archive.errors import Invalid
from archive.models import User
from archive.models.inserting import number
from archive.text.letters import is_visible


def check_words(note: NoteInput) -> None:
    """Refuse what no version may be.

    Raises Invalid.
    """
    if len(note.body) > MAX_BODY:
        raise Invalid("too_long", field="body", limit_length=MAX_BODY)
    if "\x00" in note.body:
        raise Invalid("control_character", field="body")
    if not note.language:
        raise Invalid("required", field="language")
    if not is_language(note.language):
        raise Invalid("language_code", field="language")
    if len(note.tags) > MAX_TAGS:
        raise Invalid("too_many", field="tags", limit_count=MAX_TAGS)
    if len(note.references) > MAX_REFERENCES:
        raise Invalid("too_many", field="references", limit_count=MAX_REFERENCES)
    if not (is_visible(note.body) or note.tags or note.references):
        raise Invalid("note_empty", field="body")


def parts_of(note: NoteInput, *, places: Places, by: User, before: AnnotationVersion | None = None) -> Parts:
    """Return the parts that `note` names, each of them visible to `by`, or kept from the version before.

    Raises Invalid, with the field, for what is not there for them.
    """
    parts = Parts()
    if note.tags:
        parts.terms = _terms(note.tags, by)
    relations = relations_in_use(one.relation for one in note.references if isinstance(one, ReferenceInput))
    for reference in note.references:
        if isinstance(reference, Kept):
            parts.references.append(kept_reference(reference, before))
            parts.kept.add(parts.references[-1].public_id)
        else:
            relation = relations[reference.relation]
            parts.references.append(new_reference(reference, relation, parts, places, by))
    return parts


def _terms(ids: Sequence[str], by: User) -> list[Term]:
    found = {
        t.public_id: t for t in visible_to(Term, by).filter(public_id__in=ids).select_related("merged_into")
    }
    missing = [one for one in ids if one not in found]
    if missing:
        raise Invalid("term_unknown", field="tags", ids=missing)
    terms = [found[one].merged_into or found[one] for one in ids]
    return list({term.pk: term for term in terms}.values())


def new_version(
    annotation: Annotation, note: NoteInput, parts: Parts, *, number: int, locus: Locus, exact: str, by: User
) -> AnnotationVersion:
    """Return a version that is not inserted yet."""
    digest = content_hash(note, terms=parts.terms, references=parts.references, locus=locus, exact=exact)
    return AnnotationVersion(
        annotation=annotation, number=number, locus=locus, category=note.category, body=note.body,
        language=note.language, created_by=by, content_hash=digest,
    )  # fmt: skip


def rows_of(version: AnnotationVersion, parts: Parts, *, places: Sequence[NewPlace]) -> list[Model]:
    """Return the rows of a new version, numbered: new places, the version itself, its tags and references.

    A note that has no key yet gets one, and the version as its newest; the caller inserts it.
    """
    note, loci = version.annotation, [place.locus for place in places]
    new_notes = [note] if note.pk is None else []
    number([version, *new_notes, *loci])
    for annotation in new_notes:
        annotation.newest_version = version
    # Set again, now that they have keys.
    version.annotation, version.locus = note, version.locus
    anchors = [place.anchor for place in places if place.anchor]
    for anchor in anchors:
        anchor.locus = anchor.locus
    for reference in parts.references:
        reference.version, reference.target = version, reference.target
    tags = [VersionTag(version=version, term=term) for term in parts.terms]
    return [*loci, *anchors, version, *tags, *parts.references]


def content_hash(
    note: NoteInput, *, terms: Iterable[Term], references: Iterable[CrossReference], locus: Locus, exact: str
) -> str:
    """Return the SHA-256 that a decision binds: what the version says, and the words that it says it of."""
    value: dict[str, Any] = {
        "body": note.body, "language": note.language, "category": str(note.category),
        "tags": sorted(term.public_id for term in terms),
        "references": [_bound(reference) for reference in references],
        "locus": locus.public_id, "exact": exact,
    }  # fmt: skip
    return hashlib.sha256(rfc8785.dumps(value)).hexdigest()


def _bound(reference: CrossReference) -> dict[str, Any]:
    """Return what a decision binds of a reference; what was not said leaves no key, so that older hashes stay."""
    return {
        "relation": str(reference.relation), "note": reference.note, "citation": reference.citation,
        "target": reference.target.public_id if reference.target else None,
        "annotation": reference.target_annotation.public_id if reference.target_annotation else None,
        **({"inverse": True} if reference.is_inverse else {}),
        **({"note_language": reference.note_language} if reference.note_language else {}),
    }  # fmt: skip
