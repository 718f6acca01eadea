"""What the writing actions share about references: checking what they say and what they point at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotations.access.notes import shown_to
from annotations.access.places import current_anchors
from annotations.actions._places import NewPlace, Places
from annotations.citing import Csl, checked
from annotations.citing.checking import address, clean
from annotations.models import Annotation, AnnotationVersion, CrossReference, Locus, NamedRelation, Term
from annotations.values import MAX_REFERENCE_NOTE, Citation, Kept, NoteTarget, ReferenceInput, is_language
from archive.errors import Invalid
from archive.models import User
from archive.presenters.addresses import safe_href


@dataclass(slots=True)
class Parts:
    """The checked parts of a version, with the rows that are to be inserted before it."""

    terms: list[Term] = field(default_factory=list)
    references: list[CrossReference] = field(default_factory=list)
    #: What references point at and has no rows yet.
    places: list[NewPlace] = field(default_factory=list)
    #: Public ids of the references that were in the version before.
    kept: set[str] = field(default_factory=set)


def relations_in_use(codes: Iterable[str]) -> dict[str, NamedRelation]:
    """Return the relations of new references by their codes.

    Raises Invalid for one that there is not, and for one that was retired.
    """
    wanted = set(codes)
    rows = {row.code: row for row in NamedRelation.objects.filter(code__in=wanted)} if wanted else {}
    if wanted - rows.keys():
        raise Invalid("choice_unknown", field="relation", value=min(wanted - rows.keys())[:40])
    for row in rows.values():
        if row.retired_at is not None:
            raise Invalid("relation_retired", field="references")
    return rows


def kept_reference(kept: Kept, before: AnnotationVersion | None) -> CrossReference:
    rows = CrossReference.objects.filter(version=before, public_id=kept.reference)
    row = rows.select_related("target", "target_annotation").first() if before else None
    if row is None:
        raise Invalid("target_unknown", field="references")
    return CrossReference(
        relation=row.relation, is_inverse=row.is_inverse, target=row.target,
        target_annotation=row.target_annotation, citation=row.citation, note=row.note,
        note_language=row.note_language,
    )  # fmt: skip


def new_reference(
    given: ReferenceInput, relation: NamedRelation, parts: Parts, places: Places, by: User
) -> CrossReference:
    row = CrossReference(
        relation=relation.code, note=given.note,
        # What reads alike from both ends has no direction.
        is_inverse=given.is_inverse and not relation.is_symmetric,
        note_language=given.note_language if given.note else "",
    )  # fmt: skip
    _check_remark(row)
    match given.target:
        case Citation():
            row.citation = citation_of(given.target)
        case NoteTarget(annotation=public_id):
            # A note on what is elsewhere has no place here that could be pointed at.
            notes = shown_to(by).exclude(text=None, image=None, video=None)
            note = notes.filter(public_id=public_id).first()
            if note is None:
                raise Invalid("target_unknown", field="references")
            row.target_annotation = note
            row.target = AnnotationVersion.objects.select_related("locus").get(pk=note.shown_id).locus  # type: ignore[attr-defined]
        case _ as place:
            new = places.new(place, field="references")
            row.target = new.locus
            parts.places.append(new)
    return row


def _check_remark(row: CrossReference) -> None:
    """Refuse a note on a relation that no reference may have; raises Invalid."""
    if len(row.note) > MAX_REFERENCE_NOTE:
        raise Invalid("too_long", field="references", limit_length=MAX_REFERENCE_NOTE)
    if "\x00" in row.note:
        raise Invalid("control_character", field="references")
    if row.note_language and not is_language(row.note_language):
        raise Invalid("language_code", field="references")


def citation_of(citation: Citation) -> dict[str, Any]:
    """Return what is kept of a source outside: address, title and pages, and the CSL data where it is known so well.

    Raises Invalid.
    """
    item: Csl | None = None
    if citation.csl is not None:
        if not isinstance(citation.csl, Mapping):
            raise Invalid("citation_unreadable", field="references")
        item = checked(citation.csl)
    known = item or {}
    url = citation.url.strip() or known.get("URL", "") or _doi_address(known)
    title = clean(citation.title or known.get("title", ""), field="references")
    pages = clean(citation.pages, field="references")
    if len(url) > 500:
        raise Invalid("too_long", field="references", limit_length=500)
    if url and not safe_href(address(url, field="references")):
        raise Invalid("address_refused", field="references")
    if not url and not title and not known:
        raise Invalid("required", field="references")
    return {"url": url, "title": title, "pages": pages, **({"csl": item} if item else {})}


def _doi_address(item: Mapping[str, Any]) -> str:
    return f"https://doi.org/{item['DOI']}" if item.get("DOI") else ""


#: What a reference points at, comparable: the words of one kind of place and its numbers.
Key = tuple[object, ...]


def key_of(locus: Locus, span: tuple[int | None, int | None]) -> Key:
    """Return what a place is, whichever row it has; `span` is where a text place sits now."""
    if locus.text_id:
        return ("text", locus.text_id, *span)
    region = json.dumps([locus.region, locus.target], sort_keys=True)
    return (
        locus.kind,
        locus.image_id,
        locus.video_id,
        locus.work_id,
        region,
        locus.start_time,
        locus.end_time,
    )


def check_references(parts: Parts, *, note: Annotation, own: Key) -> None:
    """Refuse a note that points at itself or its own place (`own`), or at one thing twice with one relation.

    Raises Invalid. What stands in the version before stays as it is.
    """
    fresh = [row for row in parts.references if row.public_id not in parts.kept]
    if not fresh:
        return
    keys = _keys(parts)
    for row in fresh:
        if keys[row.public_id] == own or (note.pk and row.target_annotation_id == note.pk):
            raise Invalid("reference_to_itself", field="references")
    said = [(row.relation, row.is_inverse, keys[row.public_id]) for row in parts.references]
    if len(said) != len(set(said)):
        raise Invalid("reference_twice", field="references")


def _keys(parts: Parts) -> dict[str, Key]:
    """Return by reference what it points at; places of the version before are read at once."""
    spans: dict[int, tuple[int | None, int | None]] = {}
    known = [row.target.pk for row in parts.references if row.target and row.target.pk]
    for sits in current_anchors(known).values() if known else ():
        spans[sits.locus_id] = (sits.start, sits.end)
    new = {id(place.locus): place.anchor for place in parts.places}
    found: dict[str, Key] = {}
    for row in parts.references:
        if row.target_annotation is not None:
            found[row.public_id] = ("note", row.target_annotation.pk)
        elif row.target is None:
            found[row.public_id] = ("outside", json.dumps(row.citation, sort_keys=True))
        else:
            anchor = new.get(id(row.target))
            span = (anchor.start, anchor.end) if anchor else spans.get(row.target.pk, (None, None))
            found[row.public_id] = key_of(row.target, span)
    return found
