"""The notes of a package without loss, one JSON object a line: what is read back when it is brought in.

Terms come first, each after the one above it, then notes, then places with where they sit in each wording, then
versions with their tags and references, and what became of them. Of each note there are the versions that the package's asker may see.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import override

from annotations.access.independent import withheld_of
from annotations.access.notes import shown_to, with_status
from annotations.access.places import current_anchors
from annotations.access.references import ReferenceFacts, references_of
from annotations.enums import NameForm, Relation
from annotations.exports.past_lines import Past, pasts_of
from annotations.models import Anchor, Annotation, AnnotationVersion, CrossReference, Locus, Term, VersionTag
from annotations.models.read_tags import as_read
from archive.access import Viewer, visible_to
from archive.exports.holding import come_back
from archive.kinds import Held

PATH = "notes.jsonl"
#: Since 2: when versions were handed in and decided, by whom, and why.
VERSION = 2
BATCH = 200
Line = dict[str, Any]


def write(held: Held, viewer: Any) -> Iterator[bytes]:
    """Yield the lines; the same notes give the same bytes. Those on a picture that stays behind stay with it."""
    for value in _lines(come_back(held, viewer), viewer):
        yield (json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n").encode()


def names(held: Held, viewer: Any) -> Iterator[tuple[str, int]]:
    """Yield kinds and keys of what the notes point at beyond the package: their titles stand in it."""
    for batch in _batches(_versions(come_back(held, viewer), viewer)):
        targets = Locus.objects.filter(pointed_at_by__version__in=batch)
        for kind, path in (("work", "text__work"), ("work", "work"), ("image", "image"), ("video", "video")):
            keys = targets.exclude(**{path: None}).order_by().values_list(f"{path}_id", flat=True)
            yield from ((kind, pk) for pk in keys.distinct())


def _lines(held: Held, viewer: Viewer) -> Iterator[Line]:
    yield {"is": "notes", "version": VERSION}
    for term in _terms(held, viewer):
        yield _term(term)
    notes = _notes(held, viewer).select_related("author", "group", "text", "image", "video")
    for note in notes.iterator(chunk_size=BATCH):
        yield _note(note)
    told: set[int] = set()  # Keys of places.
    for batch in _batches(_versions(held, viewer)):
        references = _References(held, viewer, batch)
        places = list(_places(batch, references, told))
        anchors = _anchors(places, held)
        for place in places:
            yield _place(place, anchors.get(place.pk, []))
    for batch in _batches(_versions(held, viewer)):
        references, pasts = _References(held, viewer, batch), pasts_of(viewer, batch)
        kept_back = withheld_of(viewer, {version.annotation_id for version in batch})
        for version in batch:
            line = _version(version, references, pasts.get(version.pk) or Past())
            yield line | ({"is_accepted": False} if version.annotation_id in kept_back else {})


def _notes(held: Held, viewer: Viewer) -> QuerySet[Annotation]:
    on_held = Q(text__in=held.texts) | Q(image__in=held.images) | Q(video__in=held.videos)
    # The status is told as the asker may know it: of what is written anew, others know only what was accepted.
    return with_status(shown_to(viewer), viewer).filter(on_held).order_by("public_id")


def _versions(held: Held, viewer: Viewer) -> QuerySet[AnnotationVersion]:
    notes = _notes(held, viewer).order_by().values("pk")
    rows = visible_to(AnnotationVersion, viewer).filter(annotation__in=notes)
    # As merges and splits have them: what the note says here today is what it says wherever it is brought in.
    told = Coalesce(
        "move__term__merged_into__public_id", "move__term__public_id", "term__merged_into__public_id", "term__public_id"
    )  # fmt: skip
    tags = VersionTag.objects.annotate(told=told).order_by("pk")
    rows = rows.select_related("annotation", "locus__text", "locus__image", "locus__video", "locus__work")
    rows = rows.prefetch_related(Prefetch("version_tags", tags, to_attr="told_tags"))
    return rows.order_by("annotation__public_id", "number")


def _batches(rows: QuerySet[AnnotationVersion]) -> Iterator[list[AnnotationVersion]]:
    each = rows.iterator(chunk_size=BATCH)
    while batch := list(islice(each, BATCH)):
        yield batch


def _terms(held: Held, viewer: Viewer) -> list[Term]:
    """Return the terms on the versions and those above them, as far as they are seen, outermost first."""
    tags = VersionTag.objects.filter(version__in=_versions(held, viewer).order_by().values("pk"))
    used = as_read(tags).order_by().values("read_id")
    seen = visible_to(Term, viewer)
    waiting = list(seen.filter(pk__in=used).order_by("public_id"))
    found: dict[int, Term] = {}
    while waiting:
        found |= {term.pk: term for term in waiting}
        above = {term.broader_id for term in waiting} - set(found) - {None}
        waiting = list(seen.filter(pk__in=above).order_by("public_id"))
    rows = Term.objects.prefetch_related("names").select_related("broader").in_bulk(list(found))
    return sorted(rows.values(), key=lambda term: (_depth(term, rows), term.public_id))


def _depth(term: Term, rows: dict[int, Term]) -> int:
    depth, at = 0, term.broader_id
    while at in rows and depth <= len(rows):
        depth, at = depth + 1, rows[at].broader_id
    return depth


def _term(term: Term) -> Line:
    return {
        "is": "term", "id": term.public_id, "slug": term.slug, "kind": term.kind, "status": term.status,
        **{f"{name}_{code}": getattr(term, f"{name}_{code}") or "" for name in ("label", "description") for code in ("ar", "en")},
        "names": sorted([one.language, one.name] for one in term.names.all() if not one.is_label),
        "forms": sorted([one.language, one.name, one.form] for one in term.names.all() if not one.is_label and one.form != NameForm.ALTERNATIVE),
        "notation": term.notation, "matches": term.matches,
        **{f"scope_note_{code}": getattr(term, f"scope_note_{code}") or "" for code in ("ar", "en")},
        "broader": term.broader.public_id if term.broader else None, "authority": term.authority,
        "latitude": term.latitude, "longitude": term.longitude, "date_edtf": term.date_edtf,
    }  # fmt: skip


def _id(item: Any) -> str | None:
    return item.public_id if item is not None else None


def _note(note: Annotation) -> Line:
    return {
        "is": "note", "id": note.public_id,
        "author": {"name": note.author_name, "person": "" if note.credited else note.author.public_id},
        "text": _id(note.text), "image": _id(note.image), "video": _id(note.video),
        "visibility": note.visibility, "group": note.group.name if note.group else None,
        "elsewhere": note.elsewhere, "status": note.told_status,  # type: ignore[attr-defined]
        "written": note.created_at.isoformat(),
    }  # fmt: skip


class _References:
    """The references of some versions as far as the viewer sees what they point at."""

    def __init__(self, held: Held, viewer: Viewer, versions: list[AnnotationVersion]) -> None:
        self.held = {
            name: frozenset(getattr(held, f"{name}s")) for name in ("text", "image", "video", "work")
        }
        sits = current_anchors({version.locus_id for version in versions})
        facts = references_of(viewer, versions, sits=sits, revision_id=None)
        self.seen = {pk: [one for one in facts[pk] if not one.inward] for pk in facts}
        keys = [one.id for rows in self.seen.values() for one in rows]
        rows = CrossReference.objects.filter(public_id__in=keys)
        rows = rows.select_related("target__text", "target__image", "target__video", "target__work")
        self.rows = {row.public_id: row for row in rows}

    def holds(self, locus: Locus) -> bool:
        """Whether the package holds what a place is in."""
        return any(getattr(locus, f"{name}_id") in keys for name, keys in self.held.items())

    def targets(self, version: AnnotationVersion) -> Iterator[Locus]:
        """Yield the places within the package that a version points at."""
        for one in self.seen.get(version.pk, ()):
            target = self.rows[one.id].target
            if target is not None and self.holds(target):
                yield target

    def lines(self, version: AnnotationVersion) -> list[Line]:
        """Return what a version points at."""
        return [self._line(one) for one in self.seen.get(version.pk, ())]

    def _line(self, seen: ReferenceFacts) -> Line:
        row = self.rows[seen.id]
        outside = row.target is not None and not self.holds(row.target)
        return {
            "id": row.public_id, "relation": row.relation, "note": row.note, "citation": row.citation,
            "target": _id(row.target), "annotation": seen.end.note or None,
            **({"inverse": True} if row.is_inverse else {}),
            **({"note_language": row.note_language} if row.note_language else {}),
            **({} if row.relation in set(Relation) else {"named": asdict(seen.words)}),
            **({"elsewhere": _elsewhere(seen)} if outside else {}),
        }  # fmt: skip


def _elsewhere(seen: ReferenceFacts) -> Line:
    """Return title and address of what is not in the package: all that is left of it where it is not."""
    item: Any = seen.end.title
    with override(settings.LANGUAGE_CODE):  # Whoever packs, the same bytes.
        return {"title": str(item), "url": f"{settings.PUBLIC_URL}{item.get_absolute_url()}"}


def _places(batch: Iterable[AnnotationVersion], references: _References, told: set[int]) -> Iterator[Locus]:
    """Yield the places of some versions and of what they point at, each once."""
    for version in batch:
        for locus in (version.locus, *references.targets(version)):
            if locus.pk not in told:
                told.add(locus.pk)
                yield locus


def _anchors(places: list[Locus], held: Held) -> dict[int, list[Anchor]]:
    """Return where places sit in each wording of their text."""
    rows = Anchor.objects.filter(locus__in=[place.pk for place in places], revision__text__in=held.texts)
    rows = rows.order_by("revision__number", "attempt").select_related("revision")
    found: dict[int, list[Anchor]] = {}
    for row in rows.only(*_ANCHOR, "candidates", "locus", "revision__number"):
        found.setdefault(row.locus_id, []).append(row)
    return found


def _place(locus: Locus, anchors: list[Anchor]) -> Line:
    return {
        "is": "place", "id": locus.public_id, "kind": locus.kind,
        "text": _id(locus.text), "image": _id(locus.image), "video": _id(locus.video), "work": _id(locus.work),
        "region": locus.region, "start_time": locus.start_time, "end_time": locus.end_time,
        "anchors": [
            {"revision": anchor.revision.number, "candidates": anchor.candidates}
            | {name: getattr(anchor, name) for name in _ANCHOR}
            for anchor in anchors
        ],
    }  # fmt: skip


_ANCHOR = ("attempt", "start", "end", "exact", "prefix", "suffix", "status", "score", "method")


def _version(version: AnnotationVersion, references: _References, past: Past) -> Line:
    note = version.annotation
    return {
        "is": "version", "id": version.public_id, "annotation": note.public_id, "number": version.number,
        "place": version.locus.public_id, "category": version.category, "body": version.body,
        "language": version.language, "sha256": version.content_hash, "said": (past.said or version.created_at).isoformat(),
        "past": past.lines,
        "tags": list(dict.fromkeys(tag.told for tag in version.told_tags)),  # type: ignore[attr-defined]
        "references": references.lines(version),
        "is_newest": version.pk == note.newest_version_id, "is_accepted": version.pk == note.accepted_version_id,
    }  # fmt: skip
