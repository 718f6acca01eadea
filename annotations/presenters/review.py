"""A submission as the page on which it is decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from annotations.access.contents import content_of
from annotations.access.reviewing import ItemFacts
from annotations.access.talk import talks_of
from annotations.models import Decision, Term
from annotations.presenters.annotation import reference_json, tag_json, workbench_url
from annotations.presenters.labels import CATEGORIES
from annotations.presenters.media_place import PlaceView, place_views
from annotations.presenters.talk import TalkView, talk_view
from annotations.presenters.wording import compared, worded_by
from archive.access import Viewer
from archive.presenters.differences import Part, shortened, words_diff
from archive.presenters.languages import language_label
from archive.presenters.listing import listed
from archive.presenters.markup import render_markdown

#: Code points of the text shown on each side of a passage.
AROUND = 120


@dataclass(frozen=True, slots=True)
class Passage:
    """The words that a note is about, within the text around them."""

    before: str
    words: str
    after: str
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing besides the body that the new version says otherwise."""

    what: str
    old: str
    new: str


@dataclass(slots=True)
class ItemView:
    """One note of a submission, ready for its template."""

    facts: ItemFacts
    passage: Passage | None
    #: Where it lies, outside of texts.
    place: PlaceView | None
    body: str
    tags: list[dict[str, str]]
    references: list[dict[str, object]]
    url: str
    #: The body against the version before; empty for a first version and where nothing changed.
    difference: Sequence[Part] = ()
    changes: Sequence[Change] = ()
    #: What the reviewer typed, when it could not be recorded.
    reason: str = ""
    error: str = ""
    #: The field that is at fault.
    wrong: str = ""
    #: The wording that the form offers: the note's own, until the reviewer writes another.
    wording: str = ""
    #: What that would change; nothing while it says the same.
    wording_parts: Sequence[Part] = ()
    #: The reviewer whose suggested wording this version has.
    worded_by: str = ""
    #: Of what a package told: what each wording suggested there would have changed, by event.
    past_parts: Mapping[int, Sequence[Part]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    talk: TalkView | None = None


def item_views(items: Sequence[ItemFacts], viewer: Viewer) -> list[ItemView]:
    """Return the items as the page shows them to this viewer."""
    places = [(item.version.public_id, item.note.public_id, item.version.locus) for item in items]
    views = place_views(viewer, places)
    talks = talks_of(viewer, [item.note for item in items])
    found = [_view(item, views.get(item.version.public_id)) for item in items]
    for view in found:
        view.talk = talk_view(talks[view.facts.note.pk])
    return found


def _view(item: ItemFacts, place: PlaceView | None) -> ItemView:
    version, note = item.version, item.note
    text = note.text.public_id if note.text else ""
    return ItemView(
        facts=item, passage=_passage(item), body=render_markdown(version.body) if version.body else "",
        tags=[tag_json(term) for term in item.tags],
        references=[reference_json(reference) for reference in item.references],
        url=workbench_url(text, note=note.public_id) if text else place.url if place else "", place=place,
        difference=_difference(item), changes=_changes(item), wording=version.body,
        worded_by=worded_by(version, item.before, _earlier(item)),
        past_parts={
            event.pk: compared(version.body, event.suggestion) if event.suggestion else () for event in item.past
        },
    )  # fmt: skip


def _earlier(item: ItemFacts) -> list[Decision]:
    return [decision for _version, decisions in item.history for decision in decisions]


def _passage(item: ItemFacts) -> Passage | None:
    """Return the passage where it stands in the current wording."""
    text, sits = item.note.text, item.sits
    revision = text.current_revision if text else None
    if sits is None or revision is None:
        return None
    if sits.start is None or sits.end is None:
        return Passage(sits.prefix, sits.exact, sits.suffix, revision.language, revision.direction)
    content = content_of(revision.pk, revision.sha256)
    before = content[max(0, sits.start - AROUND) : sits.start]
    after = content[sits.end : sits.end + AROUND]
    if sits.start > AROUND:
        before = f"…{before.partition(' ')[2]}"
    if sits.end + AROUND < len(content):
        after = f"{after.rpartition(' ')[0]}…"
    return Passage(before, content[sits.start : sits.end], after, revision.language, revision.direction)


def _difference(item: ItemFacts) -> Sequence[Part]:
    if item.before is None or item.before.body == item.version.body:
        return ()
    return shortened(words_diff(item.before.body, item.version.body))


def _changes(item: ItemFacts) -> list[Change]:
    before, version = item.before, item.version
    if before is None:
        return []
    found = []
    if before.category != version.category:
        found.append(Change("category", str(CATEGORIES[before.category]), str(CATEGORIES[version.category])))
    if before.language != version.language:
        found.append(Change("language", language_label(before.language), language_label(version.language)))
    if {t.pk for t in item.before_tags} != {t.pk for t in item.tags}:
        found.append(Change("tags", _names(item.before_tags), _names(item.tags)))
    if before.locus_id != version.locus_id:
        found.append(Change("place", "", ""))
    return found


def _names(terms: Iterable[Term]) -> str:
    return listed(terms) or "—"
