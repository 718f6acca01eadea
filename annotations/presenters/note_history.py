"""The past of a note, ready for its page: what each version says that the one before did not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from annotations.access.note_history import NoteHistory, VersionFacts
from annotations.models import Annotation, AnnotationVersion, Decision, Submission, VisibilityChange
from annotations.presenters.annotation import reference_json
from annotations.presenters.labels import CATEGORIES
from annotations.presenters.media_place import PlaceView, place_views
from annotations.presenters.wording import worded_by
from archive.access import Viewer
from archive.presenters.differences import Part, shortened, words_diff
from archive.presenters.languages import language_label
from archive.presenters.listing import listed
from archive.presenters.markup import render_markdown


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing besides the words that a version says otherwise."""

    #: "category", "language", "tags", "references" or "place".
    what: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to a note; exactly one of the five is set."""

    at: datetime
    version: AnnotationVersion | None = None
    decision: Decision | None = None
    #: With the version that was handed in.
    submission: Submission | None = None
    handed_in: AnnotationVersion | None = None
    visibility: VisibilityChange | None = None
    #: Why its author took it back.
    taken_back: str = ""
    #: Of a version: who wrote it, its words, and what is new in it.
    author: str = ""
    #: The reviewer who suggested its words, which the author took.
    worded_by: str = ""
    body: SafeString | str = ""
    parts: Sequence[Part] = ()
    differences: Sequence[Difference] = ()
    is_first: bool = False
    place: PlaceView | None = None
    passage: str = ""


def happened(history: NoteHistory, note: Annotation, viewer: Viewer) -> list[Happened]:
    """Return everything that the viewer may know, the newest first."""
    keyed = [(str(one.version.pk), note.public_id, one.version.locus) for one in history.versions]
    places = place_views(viewer, keyed)
    before: list[VersionFacts | None] = [None, *history.versions]
    found = [
        _version(one, old, note, places.get(str(one.version.pk)), history.decisions)
        for one, old in zip(history.versions, before, strict=False)
    ]
    found += [Happened(one.created_at, decision=one) for one in history.decisions]
    found += [
        Happened(one.created_at, submission=one, handed_in=version) for version, one in history.handed_in
    ]
    found += [Happened(one.created_at, visibility=one) for one in history.visibility]
    if history.taken_back:
        found.append(Happened(history.taken_back[0], taken_back=history.taken_back[1]))
    return sorted(found, key=lambda one: one.at, reverse=True)


def _version(
    one: VersionFacts,
    old: VersionFacts | None,
    note: Annotation,
    place: PlaceView | None,
    decisions: Sequence[Decision],
) -> Happened:
    version = one.version
    # Of what came from elsewhere nobody is told who brought it, whoever goes on with it.
    is_authors = bool(note.credited) or version.created_by_id == note.author_id
    differs = old is not None and old.version.body != version.body
    return Happened(
        version.created_at, version=version, author=note.author_name if is_authors else str(version.created_by),
        worded_by=worded_by(version, old.version if old else None, decisions),
        body=render_markdown(version.body) if version.body else "",
        parts=shortened(words_diff(old.version.body, version.body)) if old and differs else (),
        differences=_differences(old, one) if old else (), is_first=old is None, place=place,
        passage=one.sits.exact if one.sits else "",
    )  # fmt: skip


def _differences(old: VersionFacts, new: VersionFacts) -> list[Difference]:
    before, after = old.version, new.version
    found = []
    if before.category != after.category:
        found.append(
            Difference("category", str(CATEGORIES[before.category]), str(CATEGORIES[after.category]))
        )
    if before.language != after.language:
        found.append(Difference("language", language_label(before.language), language_label(after.language)))
    if {term.pk for term in old.tags} != {term.pk for term in new.tags}:
        found.append(Difference("tags", listed(old.tags) or "—", listed(new.tags) or "—"))
    said = [listed(_references(facts)) or "—" for facts in (old, new)]
    if said[0] != said[1]:
        found.append(Difference("references", said[0], said[1]))
    if before.locus_id != after.locus_id:
        words = [facts.sits.exact if facts.sits else "" for facts in (old, new)]
        found.append(Difference("place", words[0], words[1]))
    return found


def _references(facts: VersionFacts) -> list[str]:
    told = [reference_json(one) for one in facts.references if not one.inward]
    return [f"{one['relation_label']}: {one['target_label']}" for one in told]
