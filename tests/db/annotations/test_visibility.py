"""Who sees which note in which state, written out by hand and compared with what the rules make of it."""

from __future__ import annotations

import itertools

import pytest

from annotations.access.note_facts import read_notes
from annotations.access.notes import acts_of, shown_to, with_acts
from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.enums import Outcome, Visibility
from annotations.models import Annotation, AnnotationVersion
from annotations.values import NoteInput
from archive.access import ANYBODY, allows, visible_to
from archive.enums import Access
from archive.models import Group
from tests.factories import make_user
from tests.factories_notes import decide_note, make_accepted, make_note, make_text, submit_note

pytestmark = pytest.mark.django_db

READERS = (
    "anonymous",
    "deactivated",
    "member",
    "archivist",
    "peer",
    "reviewer",
    "editor",
    "administrator",
    "author",
)
MEMBERS = set(READERS) - {"anonymous", "deactivated"}
DESK = {"author", "reviewer", "editor", "administrator"}

#: For each state those who see the note at all; nobody else does.
SEEN_BY = {
    "draft": {"author"},
    "submitted": DESK,
    "returned": DESK,
    "declined": DESK,
    "accepted": MEMBERS,
    "accepted and being rewritten": MEMBERS,
    "withdrawn draft": {"author"},
    "withdrawn after acceptance": {"author"},
    "private": {"author"},
    "group": {"author", "peer"},
    "accepted on a hidden text": {"author"},
}
#: Where the version differs, who is shown the newest; the others are shown the accepted one.
NEWEST_FOR = {"accepted and being rewritten": {"author"}}


@pytest.fixture
def readers(people):
    group = Group.objects.create(name="رفاق")
    peer, author = make_user("peer@example.org"), make_user("author@example.org", "scholar")
    peer.groups.add(group)
    author.groups.add(group)
    gone = make_user("gone@example.org", "reviewer", is_active=False)
    chosen = {name: people[name] for name in ("member", "archivist", "reviewer", "editor", "administrator")}
    return {"anonymous": ANYBODY, "deactivated": gone, "peer": peer, "author": author, **chosen}


def _in_state(state, readers):
    author, reviewer = readers["author"], readers["reviewer"]
    text = make_text()
    if state == "private":
        return make_note(text, by=author, visibility=Visibility.PRIVATE)
    if state == "group":
        group = author.groups.get()
        return make_note(text, by=author, visibility=Visibility.GROUP, group=group.public_id)
    if "accept" not in state:
        note = make_note(text, by=author)
        if state in ("submitted", "returned", "declined"):
            submit_note(note)
        if state in ("returned", "declined"):
            decide_note(note, Outcome.RETURN if state == "returned" else Outcome.DECLINE, by=reviewer)
    else:
        note = make_accepted(text, author=author, reviewer=reviewer)
    note.refresh_from_db()
    if state == "accepted and being rewritten":
        revise_annotation(
            annotation=note.public_id,
            version_id=note.newest_version.public_id,
            note=NoteInput(body="ب"),
            by=author,
        )
    if state.startswith("withdrawn"):
        withdraw_annotation(annotation=note.public_id, version_id=note.newest_version.public_id, by=author)
    if state.endswith("hidden text"):
        text.work.access = Access.DRAFT
        text.work.save()
    return note


@pytest.mark.parametrize("state", SEEN_BY)
def test_note_in_its_state_is_seen_by_just_these(readers, state):
    note = _in_state(state, readers)
    expected = SEEN_BY[state]
    if (
        state == "accepted on a hidden text"
    ):  # Keepers of the archive see hidden texts, and so what is on them.
        expected = expected | {"archivist", "editor", "administrator"}

    seen = {name for name, who in readers.items() if visible_to(Annotation, who).exists()}
    allowed = {name for name, who in readers.items() if allows(who, "view", note)}
    read = {name for name, who in readers.items() if read_notes(who, [note.pk], revision_id=None)}

    assert seen == allowed == read == expected


@pytest.mark.parametrize(("state", "reader"), list(itertools.product(SEEN_BY, READERS)))
def test_shown_version_is_one_that_may_be_seen(readers, state, reader):
    note = _in_state(state, readers)
    note.refresh_from_db()
    who = readers[reader]

    shown = list(shown_to(who).values_list("shown_id", flat=True))

    versions = set(visible_to(AnnotationVersion, who).values_list("pk", flat=True))
    assert set(shown) <= versions
    if shown and state in NEWEST_FOR:
        newest = reader in NEWEST_FOR[state]
        assert shown == [note.newest_version_id if newest else note.accepted_version_id]


#: What is offered, by state: to the author, to a reviewer, to an editor. Nobody else is offered anything.
OFFERED = {
    "draft": (["revise", "submit", "reattach", "withdraw"], [], []),
    "submitted": (["revise", "reattach", "withdraw"], ["decide"], ["reattach"]),
    "returned": (["revise", "reattach", "withdraw"], [], ["reattach"]),
    "declined": (["withdraw"], [], []),
    "accepted": (["revise", "reattach", "withdraw"], [], ["reattach"]),
    "accepted and being rewritten": (["revise", "submit", "reattach", "withdraw"], [], ["reattach"]),
    "withdrawn draft": ([], [], []),
    "private": (["revise", "reattach", "withdraw"], [], []),
}


@pytest.mark.parametrize("state", OFFERED)
def test_just_these_acts_are_offered(readers, state):
    _in_state(state, readers)

    def offered(name):
        return [act for note in with_acts(shown_to(readers[name]), readers[name]) for act in acts_of(note)]

    assert [offered(name) for name in ("author", "reviewer", "editor")] == list(OFFERED[state])
    assert not any(offered(name) for name in ("anonymous", "deactivated", "member", "peer", "archivist"))
