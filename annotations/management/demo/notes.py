"""Notes, their submissions, and what was decided of them."""

from __future__ import annotations

from typing import Any

from annotations.actions.decide import decide
from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.submit import submit
from annotations.actions.write_annotation import write_annotation
from annotations.enums import Category, Outcome, Relation
from annotations.management.demo.material import Loaded, read
from annotations.models import Annotation
from annotations.values import (
    Citation,
    NoteInput,
    NoteTarget,
    Place,
    ReferenceInput,
    RegionPlace,
    TextPlace,
    TimePlace,
)
from archive.models import User

OUTCOMES = {"accepted": Outcome.ACCEPT, "returned": Outcome.RETURN, "declined": Outcome.DECLINE}


def load_notes(loaded: Loaded, *, phase: int) -> None:
    """Write the notes of a phase submission by submission, hand each in and decide on it; drafts come last.

    A note may point at another scholar's note only once that was handed in and accepted, so the order counts.
    """
    chosen = [entry for entry in read("notes")["notes"] if entry["phase"] == phase]
    for submission in read("notes")["submissions"]:
        if submission["phase"] == phase:
            entries = [entry for entry in chosen if entry.get("submission") == submission["key"]]
            for entry in entries:
                _write(loaded, entry)
            _hand_in(loaded, submission, entries)
    for entry in chosen:
        if not entry.get("submission"):
            _write(loaded, entry)


def _write(loaded: Loaded, entry: dict[str, Any]) -> None:
    """Write a note; versions that were returned before come first, each with its own submission and decision."""
    by = loaded.people[entry["author"]]
    bodies = [*(version["body"] for version in entry.get("earlier", [])), entry["body"]]
    note = write_annotation(
        place=_place(loaded, entry["place"]), note=_input(loaded, entry, bodies[0]), by=by
    ).annotation
    loaded.notes[entry["key"]] = note
    for before, body in zip(entry.get("earlier", []), bodies[1:], strict=True):
        _submit([note], "", by)
        _decide(loaded, note, before["outcome"], before.get("reason", ""))
        note.refresh_from_db()
        revise_annotation(
            annotation=note.public_id,
            version_id=_newest(note).public_id,
            note=_input(loaded, entry, body),
            by=by,
        )


def _newest(note: Annotation) -> Any:
    return Annotation.objects.select_related("newest_version").get(pk=note.pk).newest_version


def _input(loaded: Loaded, entry: dict[str, Any], body: str) -> NoteInput:
    return NoteInput(
        body=body, language=entry["language"], category=Category(entry["category"]),
        tags=tuple(loaded.terms[key].public_id for key in entry.get("tags", [])),
        references=tuple(_reference(loaded, reference) for reference in entry.get("references", [])),
    )  # fmt: skip


def _reference(loaded: Loaded, entry: dict[str, Any]) -> ReferenceInput:
    target, remark = entry["target"], entry.get("remark", "")
    relation = Relation(entry["relation"])
    if "annotation" in target:
        return ReferenceInput(relation, NoteTarget(loaded.notes[target["annotation"]].public_id), remark)
    if "place" in target:
        return ReferenceInput(relation, _place(loaded, target["place"]), remark)
    source = target["citation"]
    citation = Citation(
        url=source.get("url", ""), title=source.get("title", ""), pages=str(source.get("pages", ""))
    )
    return ReferenceInput(relation, citation, remark)


def _place(loaded: Loaded, entry: dict[str, Any]) -> Place:
    if entry["kind"] == "region":
        region = entry["region"]
        return RegionPlace(
            loaded.images[entry["image"]].public_id, region["shape"], [tuple(p) for p in region["points"]],
            entry.get("page", 1),
        )  # fmt: skip
    if entry["kind"] == "time":
        return TimePlace(loaded.videos[entry["video"]].public_id, entry["start"], entry["end"])
    of = entry.get("part", entry["work"])
    number = max(n for key, n in loaded.revisions if key == of)
    text, content = loaded.texts[of], loaded.revisions[of, number].content
    start = -1
    for _ in range(entry.get("occurrence", 1)):
        start = content.index(entry["quote"], start + 1)
    return TextPlace(text.public_id, number, start, start + len(entry["quote"]), entry["quote"])


def _hand_in(loaded: Loaded, submission: dict[str, Any], entries: list[dict[str, Any]]) -> None:
    by = loaded.people[submission["author"]]
    notes = [loaded.notes[entry["key"]] for entry in entries]
    if not notes:
        return
    _submit(notes, submission["message"][by.language], by)
    for entry, note in zip(entries, notes, strict=True):
        _decide(loaded, note, entry["outcome"], entry.get("reason", ""))


def _submit(notes: list[Annotation], message: str, by: User) -> None:
    submit(version_ids=[_newest(note).public_id for note in notes], message=message, by=by)


def _decide(loaded: Loaded, note: Annotation, outcome: str, reason: str) -> None:
    if outcome not in OUTCOMES:
        return
    version = _newest(note)
    decide(
        version_id=version.public_id, content_hash=version.content_hash, outcome=OUTCOMES[outcome], reason=reason,
        by=loaded.people["reviewer"],
    )  # fmt: skip
