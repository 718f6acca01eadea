"""Taken out, brought into an empty archive, taken out again: field by field the same, but for what is named here.

The table below has every column of every model of which a package holds rows. A column is either carried, and then
compared row by row, or left out for the reason that stands beside it; a new column is neither, and fails.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models, transaction

from annotations.models import (
    Anchor,
    Annotation,
    AnnotationVersion,
    CrossReference,
    Decision,
    Edition,
    EditionPart,
    Locus,
    PastEvent,
    Release,
    ReleaseEvent,
    ReleaseFile,
    ReleaseMember,
    ReleaseNote,
    ReleasePart,
    Submission,
    SubmissionItem,
    Term,
    TermName,
    VersionTag,
)
from archive.actions.bring_in import bring_in
from archive.actions.check_chain import check_chain
from archive.models import (
    AgreementWithdrawal,
    Alignment,
    Capture,
    Collection,
    Consent,
    Deposit,
    DepositAgreement,
    DepositItem,
    DescriptionChange,
    Figure,
    FileArrival,
    Image,
    SectionPlace,
    StoredFile,
    Text,
    TextRevision,
    TextSection,
    Transcript,
    Video,
    Work,
)
from tests.db.archive.test_translations_side_by_side import declared
from tests.factories_parts import make_parted
from tests.factories_round_trip import make_everything

pytestmark = pytest.mark.django_db

ACCOUNT = "accounts are of one archive; whoever brings in stands for it"
ENTERED = "when it came into an archive is a fact of that archive"
ARCHIVE = "how it stands in one archive: found anew where it is brought in"
MADE = "made anew of the bytes"
CLOSED = "names accounts"
DOWN = "what was taken down leaves in no package"
COVERED = "what is covered leaves without its bytes, and so without its row"
PRIVATE = "what nobody decided stays where it is"
CARRIED = ""

_DESCRIBED = {
    **dict.fromkeys(
        [f"{name}_{code}" for name in ("title", "description", "rights_holder", "provenance", "content_warning")
         for code in ("ar", "en")], CARRIED,
    ),
    **dict.fromkeys(["public_id", "version", "creators", "date_edtf", "places", "details"], CARRIED),
    **dict.fromkeys(["rights_uri", "identifiers", "access", "groups", "embargo_until"], CARRIED),
    **dict.fromkeys(["title", "description", "rights_holder", "provenance", "content_warning"], "the two languages of it are carried"),
    "readers": CLOSED, "takedown": DOWN, "created_at": ENTERED, "updated_at": ENTERED, "created_by": ACCOUNT,
}  # fmt: skip


def carried(*names: str, **left_out: str) -> dict[str, str]:
    """Return the columns of a model."""
    return {**dict.fromkeys(names, CARRIED), **left_out}


COLUMNS: dict[type[models.Model], dict[str, str]] = {
    Work: {**_DESCRIBED, **carried("slug", "kind", "collection", "language", "cover", "warnings")},
    Collection: {**_DESCRIBED, **carried("slug", "parent", "order")},
    Image: {
        **_DESCRIBED,
        **carried(
            "arrival", "collection", "alternative_ar", "alternative_en", "warnings", alternative="the two languages of it are carried",
            width=MADE, height=MADE, pages=MADE, state=MADE, error_code=MADE, embedded_metadata=MADE, job=ARCHIVE,
            pixels=COVERED, covered=COVERED, undone="what was undone is seen by nobody", covered_because=COVERED,
            covered_because_ar=COVERED, covered_because_en=COVERED,
        ),
    },
    Video: {
        **_DESCRIBED,
        **carried(
            "provider", "external_id", "url", "collection", "duration", "warnings", state=ARCHIVE, last_checked_at=ARCHIVE,
            last_outcome=ARCHIVE, found_title=ARCHIVE, undone="what was undone is seen by nobody",
        ),
    },
    StoredFile: carried("sha256", "size", "media_type", received_at=ENTERED),
    FileArrival: carried("public_id", "stored_file", "filename", sent_by=ACCOUNT, arrived_at=ENTERED),
    Text: carried(
        "public_id", "work", "role", "language", "direction", "order", "title_ar", "title_en", "translation_of", "translator",
        "current_revision", "image", version=ARCHIVE,
    ),
    TextRevision: carried(
        "text", "number", "language", "direction", "content", "length", "sha256", "blocks", "marks", "title", "parent", "message",
        draft="the file and the importer are; reading the same bytes again gives the report", created_by=ACCOUNT, created_at=ENTERED,
    ),
    Figure: carried("text", "key", "image", "page"),
    Alignment: carried(
        "public_id", "original", "translation", "rows", "is_approved", origin=ARCHIVE, before="only the pairing that counts is",
        restores="only the pairing that counts is", created_by=ACCOUNT, created_at=ENTERED,
    ),
    Capture: carried(
        "public_id", "video", "kind", "arrival", "media_type", "url", "captured_at", "captured_by", "tool", "note", "access",
        "groups", version=ARCHIVE, created_at=ENTERED, created_by=ACCOUNT, embedded_metadata=MADE,
    ),
    Transcript: carried("public_id", "video", "text", "kind", version=ARCHIVE, created_at=ENTERED, created_by=ACCOUNT),
    DescriptionChange: carried("public_id", "kind", "item_id", "version", "was", "became", "way", "created_at", created_by=ACCOUNT),
    TextSection: carried(
        "public_id", "version", "text", "access", "groups", "embargo_until", "down_because", "sentence_ar", "sentence_en", "since",
        "created_at", "lifted_at", readers=CLOSED, created_by=ACCOUNT, lifted_by=ACCOUNT,
    ),
    SectionPlace: carried("section", "revision", "first", "last", "fit", "created_at", created_by=ACCOUNT),
    Consent: carried(
        "public_id", "work", "person", "purposes", "given_on", "until", "note", "created_at", "withdrawn_at", "withdrawal_note",
        "settled_at", created_by=ACCOUNT, settled_by=ACCOUNT,
    ),
    Deposit: carried(
        "public_id", "note", "collection", "language", "created_at", created_by=ACCOUNT, undone_at="what was undone leaves in no package",
        undone_by="what was undone leaves in no package",
    ),
    DepositItem: carried(
        "public_id", "deposit", "key", "filename", "path", "size", "offset", "state", "arrival", "image", "video", "created_at", "touched_at",
        "told_sha256", hash_follows="what became something waits for nothing",
        error="only what became something is in a package", run="found anew by the file that it read",
    ),
    DepositAgreement: carried("public_id", "deposit", "giver", "terms", "arrival", "signed_on", "created_at", created_by=ACCOUNT),
    AgreementWithdrawal: carried("agreement", "reason", "created_at", created_by=ACCOUNT),
    Term: carried(
        "public_id", "slug", "kind", "label_ar", "label_en", "description_ar", "description_en", "broader", "authority", "latitude",
        "longitude", "date_edtf", "date_start", "date_end", "status", "notation", "matches", "scope_note_ar", "scope_note_en",
        scope_note="the two languages of it are carried", label="the two languages of it are carried",
        description="the two languages of it are carried", merged_into="what a term became is the term that is carried",
        version=ARCHIVE, created_by=ACCOUNT, created_at=ENTERED,
    ),
    TermName: carried("term", "language", "name", "folded", "is_label", "form"),
    Annotation: carried(
        "public_id", "author", "text", "image", "video", "visibility", "group", "newest_version", "accepted_version", "elsewhere",
        "created_at", credited="carried as the author's name", status="what still waited there is a draft here", updated_at=ENTERED,
    ),
    AnnotationVersion: carried(
        "public_id", "annotation", "number", "locus", "category", "body", "language", "tags", "content_hash", "created_at",
        created_by=ACCOUNT,
    ),
    VersionTag: carried("version", "term"),
    CrossReference: carried("public_id", "version", "relation", "target", "target_annotation", "citation", "note", "is_inverse", "note_language"),
    Locus: carried(
        "public_id", "kind", "text", "image", "video", "work", "region", "start_time", "end_time",
        target="notes on what lies elsewhere are their author's alone",
    ),
    Anchor: carried(
        "locus", "revision", "attempt", "start", "end", "exact", "prefix", "suffix", "status", "score", "method", "candidates",
        created_by=ACCOUNT, created_at=ENTERED,
    ),
    Submission: carried("public_id", "author", "message", "created_at"),
    SubmissionItem: carried("submission", "version"),
    Decision: carried(
        "public_id", "version", "reviewer", "outcome", "reason", "suggestion", "content_hash", "created_at", author="the version's author, who is carried",
    ),
    Edition: carried(
        "public_id", "version", "slug", "work", "text", "title_ar", "title_en", "introduction_ar", "introduction_en", "change_note_ar",
        "change_note_en", "credits", "license_uri", "rule", "excluded", "picked", "required_approvals",
        "independent_review", "cover", title="the two languages of it are carried",
        introduction="the two languages of it are carried", change_note="the two languages of it are carried", created_by=ACCOUNT,
        created_at=ENTERED,
    ),
    Release: carried(
        "public_id", "edition", "number", "revision", "previous", "snapshot", "manifest_hash", "sealed_at", sealed_by=ACCOUNT,
    ),
    EditionPart: carried("edition", "text", "position"),
    ReleasePart: carried("release", "revision", "position", "start"),
    ReleaseNote: carried("release", "version", "annotation", "number"),
    ReleaseMember: carried("release", "kind", "object_id"),
    ReleaseFile: carried("public_id", "release", "name", "media_type", "stored_file", "image"),
    ReleaseEvent: carried(
        "release", "kind", "effective_at", "reason", after="no package tells of days that were called off", created_by=ACCOUNT, created_at=ENTERED,
    ),
}  # fmt: skip
#: What no row here fills in, since it cannot stand beside the rest.
NEVER_FILLED = {(TextSection, "down_because"), (Locus, "work")}
_KEYS: dict[type[models.Model], tuple[str, ...]] = {
    AgreementWithdrawal: ("agreement",),
    StoredFile: ("sha256",), TextRevision: ("text", "number"), Figure: ("text", "key"), SectionPlace: ("section", "revision", "fit"),
    TermName: ("term", "language", "name"), VersionTag: ("version", "term"), Anchor: ("locus", "revision", "attempt"),
    SubmissionItem: ("submission", "version"), ReleaseNote: ("release", "number"), ReleaseMember: ("release", "kind", "object_id"),
    ReleaseEvent: ("release", "kind"), EditionPart: ("edition", "position"), ReleasePart: ("release", "position"),
}  # fmt: skip
_ITEMS = {"work": Work, "image": Image, "video": Video, "collection": Collection}
Rows = dict[str, dict[str, Any]]


def test_every_column_is_carried_or_left_out_for_a_reason():
    for model, columns in COLUMNS.items():
        found = {
            field.name for field in model._meta.get_fields()
            if field.concrete and not field.auto_created and not getattr(field, "primary_key", False)
        }  # fmt: skip
        assert found == set(columns), model.__name__


def test_every_model_of_a_package_is_in_the_table(people, tmp_path):
    """Models of which bringing in makes rows, but for the work behind the scenes."""
    behind = {"AuditEvent", "AuditDetail", "AuditHead", "Job", "SearchEntry", "SearchToken", "PublicTrace", "Epoch", "NoteClock",
              "Group", "ImportRun", "TextDraft", "PastEvent", "Submission", "SubmissionItem"}  # fmt: skip
    everything, point = made(people)
    export(everything.root, tmp_path / "bag")
    transaction.savepoint_rollback(point)
    before = counts()

    bring_in(path=tmp_path / "bag", by=people["administrator"])

    grown = {name for name, count in counts().items() if count > before[name]}
    behind |= {
        name for name in grown if name.endswith(("_groups", "_excluded", "_picked"))
    }  # Columns of the others.
    assert grown - behind <= {model.__name__ for model in COLUMNS}


def test_everything_comes_back_field_by_field(people, tmp_path):
    everything, point = made(people)
    export(everything.root, tmp_path / "bag")
    before = {model: rows_of(model) for model in COLUMNS}
    transaction.savepoint_rollback(point)
    assert not Work.objects.exists()

    root = bring_in(path=tmp_path / "bag", by=people["administrator"])

    after = {model: rows_of(model, told=True) for model in COLUMNS}
    empty, differing = [], []
    for model, columns in COLUMNS.items():
        kept = [name for name, why in columns.items() if why == CARRIED]
        assert after[model], model.__name__
        for key, row in after[model].items():
            told = before[model].get(key)
            if told is None:
                differing.append((model.__name__, key, "not there before"))
                continue
            differing += [
                (model.__name__, key, name, told[name], row[name]) for name in kept if told[name] != row[name]
            ]
        empty += [
            (model.__name__, name) for name in kept
            if (model, name) not in NEVER_FILLED and not any(row[name] or row[name] is False for row in after[model].values())
        ]  # fmt: skip
    assert differing == []
    assert empty == [], "a column that nothing fills in proves nothing"
    export(root, tmp_path / "again")
    for name in ("catalogue", "history", "papers", "notes", "editions"):
        assert lines(tmp_path / "again", name) == lines(tmp_path / "bag", name), name
    assert list(check_chain()) == []


def made(people):
    point = transaction.savepoint()
    everything = make_everything(people)
    text = declared(everything.shelf.text, people, words="# The Bridge\n\nA white stone.\n")
    text.title_ar, text.title_en = "الجسر", "The Bridge"
    text.save()
    make_parted(people, collection=everything.root).seal()
    return everything, point


def export(item: Any, target: Path) -> None:
    options = ["--collection"] if isinstance(item, Collection) else []
    call_command("export_work", item.slug, "--to", str(target), *options)


def counts() -> dict[str, int]:
    return {
        model.__name__: model._base_manager.count()
        for label in ("archive", "annotations")
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    }


def lines(bag: Path, name: str) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in (bag / f"data/{name}.jsonl").read_text().splitlines()]
    for line in found:
        for told in ("entered", "arrived", "accepted", "made"):
            line.pop(told, None)
        if line["is"] == "note":
            # Whose account it is; and what waited there is a draft here.
            line["author"].pop("person")
            line["status"] = {"returned": "draft", "submitted": "draft"}.get(line["status"], line["status"])
    return found


def rows_of(model: type[models.Model], *, told: bool = False) -> Rows:
    """Return the rows of a model by what names them everywhere, each with its columns as they read everywhere.

    `told`: what happened in the archive that they came from is told by rows of another model.
    """
    found = _TOLD[model]() if told and model in _TOLD else map(row_of, model._base_manager.all())
    return {str([row[name] for name in _KEYS.get(model, ("public_id",))]): row for row in found}


def row_of(row: Any) -> dict[str, Any]:
    found = {
        field.name: value_of(row, field) for field in row._meta.get_fields()
        if field.concrete and not field.auto_created and not getattr(field, "primary_key", False)
    }  # fmt: skip
    match row:
        case Annotation():
            found["author"] = row.author_name
        case AnnotationVersion():
            said = row.past.filter(kind="said").first()
            found["created_at"] = said.at if said else row.created_at
        case Submission() | Decision():
            who = "author" if isinstance(row, Submission) else "reviewer"
            found[who] = str(getattr(row, who))
        case DescriptionChange():
            found["item_id"] = _ITEMS[row.kind].objects.get(pk=row.item_id).public_id
            for state in (found["was"], found["became"]):
                state["groups"] = "same" if "groups" in state else None
        case ReleaseMember():
            found["object_id"] = _ITEMS[row.kind].objects.get(pk=row.object_id).public_id
    return found


def value_of(row: Any, field: Any) -> Any:
    value = getattr(row, field.name)
    if field.many_to_many:
        return sorted(name_of(one) for one in value.all())
    if value is None and field.name.endswith(("_ar", "_en")):
        return ""  # What nobody wrote in a language.
    return name_of(value) if isinstance(value, models.Model) else value


def name_of(row: Any) -> str:
    if hasattr(row, "name") and row._meta.model_name == "group":
        return str(row.name)
    names = _KEYS.get(type(row))
    if names is None:
        return str(getattr(row, "public_id", row.pk))
    return "/".join(str(value_of(row, row._meta.get_field(name))) for name in names)


def _events(*kinds: str, of: str) -> Iterable[PastEvent]:
    return PastEvent.objects.filter(kind__in=kinds).exclude(**{of: None}).select_related(of).order_by("pk")


def _told_submissions() -> Iterable[dict[str, Any]]:
    for event in _events("handed_in", of="version"):
        yield {"public_id": event.ref, "author": event.name, "message": event.words, "created_at": event.at}


def _told_items() -> Iterable[dict[str, Any]]:
    for event in _events("handed_in", of="version"):
        yield {"submission": event.ref, "version": event.version.public_id}


def _told_decisions() -> Iterable[dict[str, Any]]:
    for event in _events("accept", "return", "decline", of="version"):
        yield {
            "public_id": event.ref, "version": event.version.public_id, "reviewer": event.name, "outcome": event.kind,
            "reason": event.words, "suggestion": event.suggestion, "content_hash": event.content_hash, "created_at": event.at,
        }  # fmt: skip


def _told_events() -> Iterable[dict[str, Any]]:
    for event in _events("published", "withdrawn", of="release"):
        yield {
            "release": event.release.public_id,
            "kind": event.kind,
            "effective_at": event.at,
            "reason": event.words,
        }


_TOLD: dict[type[models.Model], Callable[[], Iterable[dict[str, Any]]]] = {
    Submission: _told_submissions, SubmissionItem: _told_items, Decision: _told_decisions, ReleaseEvent: _told_events,
}  # fmt: skip
