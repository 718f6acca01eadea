"""References of a package, as rows; see `_package_notes`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from annotations.access.declarations import loci_in_what_is_visible
from annotations.actions._references import citation_of
from annotations.actions._relations import bring_in_relation
from annotations.models import Annotation, CrossReference, Locus, NamedRelation
from annotations.values import MAX_REFERENCE_NOTE, Citation, is_language
from archive.actions._packages import Line, id_of, words_of
from archive.models import User


def reference_of_line(
    line: Line, *, loci: Mapping[str, Locus], notes: Mapping[str, Annotation | None], relations: dict[str, str],
    by: User,
) -> CrossReference:  # fmt: skip
    """Return the reference that a line tells of, unsaved.

    `loci` and `notes` are what was loaded so far, by public id; `relations` is filled with the codes here.
    Raises ValueError, KeyError, Invalid for what is no reference.
    """
    note = words_of(line["note"])
    if len(note) > MAX_REFERENCE_NOTE:
        raise ValueError("too long")
    language = words_of(line.get("note_language", ""))
    if language and not is_language(language):
        raise ValueError("language")
    row = CrossReference(
        public_id=id_of(line), relation=_relation(line, relations, by), note=note, note_language=language,
        is_inverse=line.get("inverse") is True,
    )  # fmt: skip
    if line["target"] is None:
        citation = {name: words_of(line["citation"].get(name, "")) for name in ("url", "title", "pages")}
        row.citation = citation_of(Citation(**citation, csl=line["citation"].get("csl")))
        return row
    row.target = loci.get(line["target"]) or _here(line["target"], by)
    if row.target is None:
        elsewhere = line["elsewhere"]
        title, url = words_of(elsewhere["title"])[:500], words_of(elsewhere["url"])
        row.citation = citation_of(Citation(url=url, title=title))
        return row
    row.target_annotation = notes.get(line["annotation"] or "")
    return row


def _relation(line: Line, relations: dict[str, str], by: User) -> str:
    """Return the code here of a reference's relation; one that this archive does not have comes in by its names."""
    code = words_of(line["relation"])
    if code not in relations:
        known = NamedRelation.objects.filter(code=code).exists()
        relations[code] = code if known else bring_in_relation(code, line["named"], by=by).code
    return relations[code]


def _here(public_id: Any, by: User) -> Locus | None:
    """Return a place that the package does not hold, when this archive has it and the one who brings in sees it."""
    found = Locus.objects.filter(public_id=words_of(public_id)).first()
    return found if found is not None and found.pk in visible_places([found.pk], by) else None


def visible_places(keys: Sequence[int], by: User) -> set[int]:
    """Return which of these places are in what the one who brings in may see."""
    rows = loci_in_what_is_visible(by).filter(pk__in=keys)  # type: ignore[arg-type]
    return set(rows.values_list("pk", flat=True))
