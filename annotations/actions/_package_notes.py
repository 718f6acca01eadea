"""How the notes of a package become rows: terms, notes, places, versions, in the archive's own transaction."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext, override

from annotations.actions._many import MOST
from annotations.actions._package_pasts import moment_of
from annotations.actions._package_places import anchors_of_line, new_locus
from annotations.actions._package_references import visible_places
from annotations.actions._package_terms import load_term
from annotations.actions._package_versions import Notes, load_version
from annotations.actions._places import tick
from annotations.enums import AnnotationStatus as Status
from annotations.enums import PastKind, Visibility
from annotations.exports.package_lines import VERSION
from annotations.models import (
    Anchor,
    Annotation,
    Locus,
    PastEvent,
    Submission,
    SubmissionItem,
    Term,
)
from archive.actions._package_lines import lines_of, load_lines
from archive.actions._packages import Line, Loading, group_of, id_of, words_of
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.errors import Conflict, Invalid
from archive.models import User

#: Versions of the file that are understood.
READ = frozenset(range(1, VERSION + 1))
CODE = "bag_notes_line"
BATCH = 500
_NOTE_ID = re.compile(r"[23456789abcdefghjkmnpqrstuvwxyz]{7,16}")
#: Code points of a name that a note has elsewhere, and how many it can have.
LONGEST_IRI, MOST_NAMES = 500, 20
_IRI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`]+\Z")
#: What stays as the package has it; what waits for somebody there is a draft here, to be handed in anew.
_KEPT = frozenset({Status.ACCEPTED, Status.WITHDRAWN})


def read(loading: Loading, path: str) -> None:
    """Make rows of the notes of a package; all in the caller's transaction.

    Who brings them in stands for them, and whoever wrote them is credited by name: a name in a package speaks for
    no account. What was accepted elsewhere is accepted, and is in no edition here before a reviewer vouches for it.
    Raises Invalid("bag_notes_line", "bag_format", "group_missing"), Conflict("already_here").
    """
    lines = lines_of(loading, path, code=CODE)
    _number, head = next(lines, (0, {}))
    if head.get("is") != "notes" or head.get("version") not in READ:
        raise Invalid("bag_format")
    state = Notes(loading)
    load_lines(lines, lambda line: _LOADERS[line["is"]](state, line), code=CODE)
    _settle(state)


def tell(loading: Loading, path: str) -> dict[str, tuple[int, int]]:
    """Return how many notes and terms of a package are new, and how many are here; raises Invalid(CODE)."""
    counts = {"note": [0, 0], "term": [0, 0]}
    models: dict[str, type[Annotation] | type[Term]] = {"note": Annotation, "term": Term}
    for kind, model in models.items():
        ids = [
            str(line.get("id"))[:16]
            for _n, line in lines_of(loading, path, code=CODE)
            if line.get("is") == kind
        ]
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            here = model._default_manager.filter(public_id__in=batch).count()
            counts[kind][0] += len(batch) - here
            counts[kind][1] += here
    return {kind: (new, here) for kind, (new, here) in counts.items()}


def _term(state: Notes, line: Line) -> None:
    state.terms[line["id"]] = load_term(line, known=state.terms, by=state.loading.by)


def _note(state: Notes, line: Line) -> None:
    loading, public_id = state.loading, words_of(line["id"])
    if not _NOTE_ID.fullmatch(public_id) or public_id in state.notes:
        raise ValueError("no id")
    on: dict[str, Any] = {
        name: _of(getattr(loading, f"{name}s"), line[name]) for name in ("text", "image", "video")
    }
    if sum(item is not None for item in on.values()) != 1:
        raise ValueError("on one thing")
    known = Annotation.objects.filter(public_id=public_id).select_related("image", "video").first()
    if known is not None:
        if known.text_id is not None or any(getattr(known, name) != item for name, item in on.items()):
            raise Conflict("already_here", id=public_id)
        state.notes[public_id] = None
        return
    visibility = Visibility(line["visibility"])
    group = group_of(loading, words_of(line["group"])) if visibility == Visibility.GROUP else None
    written = moment_of(line["written"])
    note = Annotation(
        public_id=public_id, author=loading.by, credited=_credit(line["author"], loading.by),
        visibility=visibility, group=group, status=_status(line["status"]), elsewhere=_elsewhere(line["elsewhere"]), **on,
    )  # fmt: skip
    note.clean_fields(
        exclude=["author", "text", "image", "video", "group", "newest_version", "accepted_version"]
    )
    note.save()
    state.notes[public_id], state.written[public_id] = note, written


def _of(rows: dict[str, Any], named: Any) -> Any:
    return None if named is None else rows[named]


def _credit(author: Any, by: User) -> str:
    """Return whom a note credits; nobody besides the one who brings in what they wrote themselves."""
    name = words_of(author["name"]).strip()
    if words_of(author["person"]) == by.public_id:
        return ""
    if not name:
        raise ValueError("nobody")
    return name


def _elsewhere(names: Any) -> dict[str, Any]:
    """Return the names that a note has elsewhere; raises ValueError for what is no absolute IRI."""
    found: dict[str, Any] = {}
    if "canonical" in names:
        found["canonical"] = _iri(names["canonical"])
    if "via" in names:
        found["via"] = [_iri(one) for one in list(names["via"])[:MOST_NAMES]]
    if found != names:
        raise ValueError("other names")
    return found


def _iri(value: Any) -> str:
    if len(words_of(value)) > LONGEST_IRI or not _IRI.match(value):
        raise ValueError("no IRI")
    return str(value)


def _status(told: Any) -> Status:
    status = Status(told)
    return status if status in _KEPT else Status.DRAFT


def _place(state: Notes, line: Line) -> None:
    known = Locus.objects.filter(public_id=id_of(line)).first()
    if known is not None:
        # Of a picture or a film that was here with its notes.
        if known.text_id is not None or known.pk not in visible_places([known.pk], state.loading.by):
            raise Conflict("already_here", id=line["id"])
        state.loci[line["id"]] = known
        return
    locus = new_locus(state.loading, line)
    locus.save()
    anchors = anchors_of_line(state.loading, line, locus)
    Anchor.objects.bulk_create(anchors, batch_size=BATCH)
    state.loci[line["id"]], state.anchors[line["id"]] = locus, anchors


_LOADERS = {"term": _term, "note": _note, "place": _place, "version": load_version}


def _settle(state: Notes) -> None:
    """Let every note stand as it came, hand what was accepted to reviewers here, and tell search."""
    by = state.loading.by
    notes = [note for note in state.notes.values() if note is not None]
    for note in notes:
        if note.public_id not in state.newest:
            raise Invalid("bag_format")
        note.newest_version = state.newest[note.public_id]
        note.accepted_version = state.accepted.get(note.public_id)
        if (note.status == Status.ACCEPTED) and note.accepted_version_id != note.newest_version_id:
            note.status = Status.DRAFT
        note.created_at = state.written[note.public_id]
    fields = ["newest_version", "accepted_version", "status", "created_at"]
    Annotation.objects.bulk_update(notes, fields, batch_size=BATCH)
    handed_over = _hand_over([note for note in notes if note.accepted_version_id], by)
    for event in state.pasts:
        if event.kind == PastKind.SAID:
            event.handed_over = handed_over.get(event.version_id)
    PastEvent.objects.bulk_create(state.pasts, batch_size=BATCH)
    for note in notes:
        refresh_search("annotation", note.pk, by=by)
    for text_id in sorted({note.text_id for note in notes if note.text_id}):
        tick(text_id)
    if notes:
        target = notes[0].text or notes[0].image or notes[0].video
        assert target is not None
        record_event("notes.brought_in", target=target, by=by, notes=len(notes), accepted=len(state.accepted))


def _hand_over(notes: list[Annotation], by: User) -> dict[int | None, Submission]:
    """Put what was accepted elsewhere before the reviewers here, who may vouch for it; return the submissions by version."""
    found: dict[int | None, Submission] = {}
    with override(by.language):
        message = gettext("Accepted where it comes from, and brought in with a package.")
    for start in range(0, len(notes), MOST):
        submission = Submission(author=by, message=message)
        submission.save()
        SubmissionItem.objects.bulk_create(
            SubmissionItem(submission=submission, version_id=note.accepted_version_id)
            for note in notes[start : start + MOST]
        )
        found |= {note.accepted_version_id: submission for note in notes[start : start + MOST]}
    return found
