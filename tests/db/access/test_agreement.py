"""Who may do what to which thing in which state: the sentences of the plan, against both faces of access.

The table is written from the plan alone and knows nothing of how the rules are declared. A declaration without
a row here fails the first test; a new act or model needs its own sentence before it is let in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from django.db.models import Model, Q

from annotations.models import (
    Anchor,
    Annotation,
    AnnotationVersion,
    Assignment,
    AuthorityFile,
    AuthorityName,
    AuthorityRecord,
    CrossReference,
    Decision,
    Dismissal,
    Edition,
    Locus,
    Mention,
    NamedRelation,
    NoteDraft,
    NoteImport,
    NoteImportRow,
    NoteStep,
    NoteStepItem,
    PastEvent,
    PickedPlace,
    Release,
    ReleaseExport,
    ReleaseFile,
    ReleaseNote,
    Reply,
    ReplyReport,
    ReplyVersion,
    Report,
    Spread,
    SpreadNote,
    Submission,
    TagMove,
    TalkTurn,
    Term,
    VisibilityChange,
    VocabularyRow,
    VocabularyStep,
)
from archive.access import VIEW, allows, as_viewer, declared, may, permitted, visible_by_row, visible_to
from archive.access.rules import OfViewer
from archive.kinds import search_kinds
from archive.models import (
    Alignment,
    BulkStep,
    Capture,
    Collection,
    Consent,
    Deposit,
    DepositAgreement,
    DepositItem,
    DescriptionChange,
    Erasure,
    Figure,
    FileArrival,
    Group,
    GroupInvitation,
    Image,
    ImportProblem,
    ImportRun,
    Invitation,
    Job,
    Notice,
    PackageArrival,
    Page,
    PersonalExport,
    PrintedReceipt,
    PublicRequest,
    Redaction,
    Role,
    SiteSettings,
    Takedown,
    TakeOut,
    Text,
    TextDraft,
    TextRevision,
    TextSection,
    Transcript,
    User,
    Video,
    VideoCheck,
    Work,
)
from tests.db.access.worlds import NOTES, STATES, World, make_world

People = frozenset[str]

EVERYONE: People = frozenset(
    {
        "anonymous", "deactivated", "member", "insider", "scholar", "author", "reviewer", "editor", "archivist",
        "administrator",
    }
)  # fmt: skip
MEMBERS = EVERYONE - {"anonymous", "deactivated"}
NOBODY: People = frozenset()
KEEPERS: People = frozenset({"archivist", "editor", "administrator"})
ARCHIVISTS: People = frozenset({"archivist", "administrator"})
REVIEWERS: People = frozenset({"reviewer", "administrator"})
EDITORS: People = frozenset({"editor", "administrator"})
DESK = REVIEWERS | EDITORS
WRITERS: People = frozenset({"scholar", "author", "reviewer", "editor", "administrator"})
ADMINISTRATORS: People = frozenset({"administrator"})
AUTHOR: People = frozenset({"author"})
INSIDER: People = frozenset({"insider"})

#: What came of a deposit that was undone: nobody sees it.
UNDONE = "of an undone deposit"
#: "Until then only the archive's keepers see it"; then public, members, the named groups, or still the keepers.
DESCRIBED: Mapping[str, People] = {
    "public": EVERYONE,
    "draft": KEEPERS,
    "members": MEMBERS,
    "restricted": KEEPERS | INSIDER,
    "restricted to others": KEEPERS,
    "embargoed": KEEPERS,
    "embargoed for members": KEEPERS,
    "embargoed for a group": KEEPERS,
    "embargo just over": EVERYONE,
    "embargo just over for members": MEMBERS,
    "draft whose embargo is over": KEEPERS,
    "restricted to named people": KEEPERS | {"member"},
    # What was taken down, and all that stands on it, is the keepers' alone.
    "taken down": KEEPERS,
    "public on a shelf that was taken down": KEEPERS,
    # Nothing is seen by more people than the restricted shelf that it stands on.
    "public on a restricted shelf": KEEPERS | INSIDER,
    "public on a shelf restricted to others": KEEPERS,
    "for named people on a shelf for another": KEEPERS,
    "public deep in a shelf restricted to others": KEEPERS,
    # A shelf that is only a draft closes nothing: what stands on it says itself who may see it.
    "public on a draft shelf": EVERYONE,
}

#: "A capture is never for more people than its film, and may be for fewer"; the keepers see all.
CAPTURE_SEEN: Mapping[str, People] = {
    "of a public film": EVERYONE,
    "of a public film, for members": MEMBERS,
    "of a public film, restricted": KEEPERS | INSIDER,
    "of a public film, restricted to others": KEEPERS,
    "of a public film, for the keepers": KEEPERS,
    "of a draft film": KEEPERS,
    "of an embargoed film": KEEPERS,
    "of a members' film": MEMBERS,
    "of a restricted film": KEEPERS | INSIDER,
}
#: "That a text belongs to a film is seen by those who see both."
TRANSCRIPT_SEEN: Mapping[str, People] = {
    "of a public film and work": EVERYONE,
    "of a public film and a draft work": KEEPERS,
    "of a draft film and a public work": KEEPERS,
    "of a members' film and a restricted work": KEEPERS | INSIDER,
}

#: "Of a text nobody is shown a section that is kept from them": what shows texts whole has none of it for them.
SECTION_READ: Mapping[str, People] = {
    "a section for the keepers": KEEPERS,
    "a section for members": MEMBERS,
    "a section for a group": KEEPERS | INSIDER,
    "a section for another group": KEEPERS,
    "a section for named people": KEEPERS | {"member"},
    "a section under embargo": KEEPERS,
    "a section under embargo for members": KEEPERS,
    "a section whose embargo is just over": EVERYONE,
    "a section that was taken down": KEEPERS,
    "a section that was given free": EVERYONE,
}

#: "A note is seen by its author; once handed in by reviewers; once accepted by members; once released by all";
#: a group's note by the group; and never by those who may not see what it is on.
NOTE_SEEN: Mapping[str, People] = {
    "draft": AUTHOR,
    "submitted": AUTHOR | DESK,
    "returned": AUTHOR | DESK,
    "declined": AUTHOR | DESK,
    "accepted": MEMBERS,
    "accepted and being rewritten": MEMBERS,
    "withdrawn": AUTHOR,
    "private": AUTHOR,
    "private, elsewhere": AUTHOR,
    "group": AUTHOR | INSIDER,
    "reviewer's own, submitted": DESK,
    "leaver's draft": NOBODY,
    "submitted on a draft work": AUTHOR | EDITORS,
    "accepted on a draft work": AUTHOR | KEEPERS,
    "accepted on an embargoed work": AUTHOR | KEEPERS,
    "accepted on a restricted work": AUTHOR | KEEPERS | INSIDER,
    "group on a draft work": AUTHOR,
    "accepted on a text with a section for members": MEMBERS,
    "submitted on a text with a section for the keepers": AUTHOR | EDITORS,
    "in a public release, with a section for a group": AUTHOR | KEEPERS | INSIDER,
    "accepted on a public image": MEMBERS,
    "accepted on a draft image": AUTHOR | KEEPERS,
    "accepted on a members' video": MEMBERS,
    "in a public release": EVERYONE,
    "in a public release, taken back": EVERYONE,
    "in a public release, being rewritten": EVERYONE,
    "in a sealed release": MEMBERS,
    "in a scheduled release": MEMBERS,
    "in a withdrawn release": MEMBERS,
    "in a public release of a draft work": AUTHOR | KEEPERS,
    "in a public release, on a public image": EVERYONE,
    "in a public release, on a draft image": AUTHOR | KEEPERS,
    "in a public release, on a members' video": MEMBERS,
    "in a public release, on an image that was taken down": AUTHOR | KEEPERS,
    # Who may not read the release knows no more of the note than that it was accepted.
    "in a public release of a draft work, on a public image": MEMBERS,
    "in a release with a section for a group, on a public video": MEMBERS,
}
#: Of a note being rewritten, the next version is its author's alone until it is handed in.
VERSION_SEEN = {
    **NOTE_SEEN,
    "accepted and being rewritten: the next": AUTHOR,
    "in a public release, being rewritten: the next": AUTHOR,
}
_WITHDRAWN = ("withdrawn", "in a public release, taken back")
OWN_NOTES = [name for name, values in NOTES.items() if "by" not in values]
SUBMITTED = {"submitted": DESK, "submitted on a draft work": EDITORS}
#: Who sees what a note can be on.
SEEN = {**DESCRIBED, **SECTION_READ}

RELEASE_SEEN: Mapping[str, People] = {
    "public": EVERYONE,
    "public just now": EVERYONE,
    "sealed": EDITORS,
    "scheduled": EDITORS,
    "withdrawn": EDITORS,
    "of a draft work": KEEPERS,
    "of a members' work": MEMBERS,
    "of an embargoed work": KEEPERS,
    "of a text with a section for a group": KEEPERS | INSIDER,
    "of a text with a section that was given free": EVERYONE,
}


def each(names: Any, people: People) -> dict[str, People]:
    """Return the same people for each of these rows."""
    return dict.fromkeys(names, people)


def places() -> dict[str, People]:
    """Return who sees each note's place: whoever sees what it is in, and some version of the note."""
    # What is not of this archive anybody may see; that somebody wrote on it, nobody else.
    seen = {**SEEN, "elsewhere": EVERYONE}
    return {name: NOTE_SEEN[name] & seen[_place(values)] for name, values in NOTES.items()}


def _place(values: dict[str, Any]) -> str:
    """Return the state of what a note is on."""
    if "web" in values:
        return "elsewhere"
    return str(values.get("image") or values.get("video") or values.get("on", "public"))


_SHOWN = {**DESCRIBED, "public, covered": EVERYONE, UNDONE: NOBODY}


def reports(world: World) -> dict[str, People]:
    """Return who sees each report: reviewers who see what it is about, and of a note did not write any of it."""
    found = {}
    for name in world.rows[Report]:
        kind, _space, about = name.partition(" ")
        if kind == "note":
            wrote = frozenset({NOTES[about].get("by", "author")})
            found[name] = (REVIEWERS & SEEN.get(_place(NOTES[about]), NOBODY)) - wrote
        else:
            found[name] = REVIEWERS & (SEEN if kind == "text" else _SHOWN)[about]
    return found


def reviewed(model: str) -> dict[str, People]:
    """Return who sees each: its author; a submission reviewers who see the place; a decision, and what was told, those who read its version."""
    found = {}
    for name, values in NOTES.items():
        handed_in = values["status"] not in ("draft", "withdrawn") or values.get("accepted")
        decided = values.get("accepted") or values["status"] == "returned"
        if decided if model == "decision" else handed_in:
            own = frozenset({values.get("by", "author")})
            read = (REVIEWERS | EDITORS) & VERSION_SEEN[name]
            found[name] = own | (REVIEWERS & SEEN[_place(values)] if model == "submission" else read)
    return found


def accepters() -> dict[str, People]:
    """Return who has accepted each note: nobody accepts the same version twice."""
    return {name: frozenset({"reviewer"} if values.get("accepted") else ()) for name, values in NOTES.items()}


def release_files() -> dict[str, People]:
    """Return who sees each picture of a release: whoever sees the release and the image, unless that shows less now."""
    covered = {f"{name}, public, covered image": NOBODY for name in RELEASE_SEEN}
    return covered | {
        f"{name}, {image} image": seen & DESCRIBED[image]
        for name, seen in RELEASE_SEEN.items()
        for image in ("public", "draft")
    }


def table(world: World) -> dict[tuple[type[Model], str], dict[str, People]]:
    """Return who may do what to each row."""
    held = world.rows[ReleaseNote]
    own = {name: frozenset({name}) for name in world.people if world.people[name] is not None}
    found: dict[tuple[type[Model], str], dict[str, People]] = {}
    for model in (Work, Collection, Image, Video):
        found[model, VIEW] = dict(DESCRIBED)
        found[model, "add"] = found[model, "change"] = found[model, "take_down"] = each(STATES, ARCHIVISTS)
    # Of a collection nobody sees more than of what lies around it.
    found[Collection, VIEW]["public on a draft shelf"] = KEEPERS
    for act in (VIEW, "add", "change"):
        found[Consent, act] = {"a consent": ARCHIVISTS}
    found[Takedown, VIEW] = found[Takedown, "add"] = each(world.rows[Takedown], ARCHIVISTS)
    found[Work, "take_out"] = found[Collection, "take_out"] = each(STATES, ARCHIVISTS)
    found[TakeOut, VIEW] = {"the archivist's": frozenset({"archivist"}), "a former archivist's": NOBODY}
    found[TakeOut, "add"] = {"the archivist's": ARCHIVISTS & {"archivist"}, "a former archivist's": NOBODY}
    found[Figure, VIEW] = dict(DESCRIBED)
    found[Text, VIEW] = found[TextRevision, VIEW] = dict(SEEN)
    for act in (VIEW, "add", "change"):
        found[TextSection, act] = each(SECTION_READ, ARCHIVISTS)
    for act in (VIEW, "add"):
        found[PackageArrival, act] = dict(found[TakeOut, act])
    found[Alignment, VIEW] = dict(DESCRIBED) | {"not approved": KEEPERS}
    found[Alignment, "add"] = each(found[Alignment, VIEW], ARCHIVISTS)
    covered = "public, covered"
    found[Image, VIEW][covered] = EVERYONE
    for act in ("add", "change", "redact", "take_down"):
        found[Image, act] = each([*STATES, covered], ARCHIVISTS)
    found[Image, "original"] = each(STATES, KEEPERS) | {covered: ARCHIVISTS}
    found[Image, "offer"] = each([*STATES, covered], KEEPERS)
    for act in (VIEW, "add", "change", "offer", "redact", "take_down", "original"):
        found[Image, act][UNDONE] = NOBODY
    found[Redaction, VIEW] = {"a covered part": ARCHIVISTS}
    found[Figure, "fill"] = each(STATES, ARCHIVISTS)
    found[Text, "correct"] = each(SEEN, ARCHIVISTS)
    for model, name in (
        (FileArrival, "a file"), (ImportRun, "an import"), (TextDraft, "a draft"), (Deposit, "a deposit"),
        (DepositItem, "a sent file"),
    ):  # fmt: skip
        for act in (VIEW, "add", "change"):
            found[model, act] = {name: ARCHIVISTS, UNDONE: NOBODY}
    # The deposit that was undone and its list of files stay as the record; nothing is added to them.
    for model in (Deposit, DepositItem):
        found[model, VIEW][UNDONE] = found[model, "add"][UNDONE] = ARCHIVISTS
    found[Deposit, "undo"] = dict(found[Deposit, "change"])
    for act in (VIEW, "add"):
        found[DepositAgreement, act] = {"an agreement": ARCHIVISTS}
    found[PrintedReceipt, VIEW] = dict(found[TakeOut, VIEW])
    found[PrintedReceipt, "add"] = dict(found[TakeOut, "add"])
    found[FileArrival, "repair"] = {"a file": ADMINISTRATORS, UNDONE: NOBODY}
    found[ImportProblem, VIEW] = {"a problem": ARCHIVISTS, UNDONE: NOBODY}
    found[DescriptionChange, VIEW] = {"a change": ARCHIVISTS}
    for act in (VIEW, "add", "change"):
        found[BulkStep, act] = {"a step": ARCHIVISTS, UNDONE: NOBODY}
    found[Capture, VIEW] = dict(CAPTURE_SEEN)
    found[Capture, "add"] = found[Capture, "change"] = each(CAPTURE_SEEN, ARCHIVISTS)
    found[Transcript, VIEW] = dict(TRANSCRIPT_SEEN)
    found[Transcript, "add"] = found[Transcript, "change"] = {
        name: ARCHIVISTS & seen for name, seen in TRANSCRIPT_SEEN.items()
    }
    found[VideoCheck, VIEW] = {"a check": ARCHIVISTS}
    found[Job, VIEW] = {
        "the member's": frozenset({"member"}) | ADMINISTRATORS,
        "the system's": ADMINISTRATORS,
    }
    found[Job, "requeue"] = each(found[Job, VIEW], ADMINISTRATORS)
    found[Notice, VIEW] = {"the member's": frozenset({"member"})}
    member = frozenset({"member"})
    found[PersonalExport, VIEW] = {
        "the member's": member,
        "made by an administrator": member | (ADMINISTRATORS & {"administrator"}),
        "made by a former one": member,
    }
    found[Erasure, VIEW] = {"the member's": member | ADMINISTRATORS}
    unseen = {"a guide that is not shown": ADMINISTRATORS}
    found[Page, VIEW] = {"a page": EVERYONE, **unseen}
    found[Page, "change"] = found[Page, "add"] = {"a page": ADMINISTRATORS, **unseen}
    found[PublicRequest, VIEW] = found[PublicRequest, "change"] = {"a request": ARCHIVISTS}
    found[SiteSettings, VIEW] = {"the settings": EVERYONE}
    found[SiteSettings, "change"] = {"the settings": ADMINISTRATORS}
    found[Role, VIEW] = {"a role": MEMBERS}
    found[User, VIEW] = {name: (them & MEMBERS) | ADMINISTRATORS for name, them in own.items()}
    found[User, "change"] = each(own, ADMINISTRATORS)
    found[Group, VIEW] = {
        "of the insider": INSIDER | ARCHIVISTS, "of nobody here": ARCHIVISTS,
        "kept by the insider": INSIDER | ADMINISTRATORS,
    }  # fmt: skip
    found[Group, "add"] = found[Group, "change"] = each(found[Group, VIEW], ADMINISTRATORS)
    found[Group, "begin"] = {name: WRITERS & seen for name, seen in found[Group, VIEW].items()}
    found[Group, "keep"] = found[Group, "leave"] = each(found[Group, VIEW], NOBODY) | {
        "kept by the insider": INSIDER
    }
    found[GroupInvitation, VIEW] = {"to the member": INSIDER | member}
    found[Invitation, VIEW] = found[Invitation, "add"] = {"an invitation": ADMINISTRATORS}

    found[Annotation, VIEW] = dict(NOTE_SEEN)
    found[Annotation, "add"] = {name: WRITERS & seen for name, seen in NOTE_SEEN.items()}
    found[Annotation, "revise"] = each(NOTES, NOBODY) | each(
        [name for name in OWN_NOTES if name not in _WITHDRAWN], AUTHOR
    ) | {"reviewer's own, submitted": frozenset({"reviewer"})}  # fmt: skip
    found[Annotation, "withdraw"] = found[Annotation, "revise"]
    found[Annotation, "submit"] = each(NOTES, NOBODY) | {
        "draft": AUTHOR, "returned": AUTHOR, "accepted and being rewritten": AUTHOR,
        "in a public release, being rewritten": AUTHOR,
    }  # fmt: skip
    found[Annotation, "decide"] = each(NOTES, NOBODY) | {
        "submitted": REVIEWERS, "submitted on a draft work": ADMINISTRATORS,
        "submitted on a text with a section for the keepers": ADMINISTRATORS,
        "reviewer's own, submitted": ADMINISTRATORS,
    }  # fmt: skip
    found[Annotation, "vouch"] = each(NOTES, NOBODY) | {
        name: (seen & REVIEWERS) - accepters()[name]
        for name, seen in NOTE_SEEN.items()
        # What is being written anew stands as it was accepted: nobody else knows of the new words.
        if NOTES[name]["status"] == "accepted" or (NOTES[name]["status"] == "draft" and NOTES[name].get("accepted"))
    }  # fmt: skip
    found[Annotation, "reattach"] = {
        name: seen & (EDITORS | frozenset({NOTES[name].get("by", "author")}))
        for name, seen in NOTE_SEEN.items()
    }
    found |= talk()
    found[AnnotationVersion, VIEW] = found[CrossReference, VIEW] = dict(VERSION_SEEN)
    found[Locus, VIEW] = places()
    found[Anchor, VIEW] = {name: places()[name] for name in world.rows[Anchor]}
    found[NoteStep, VIEW] = found[NoteStepItem, VIEW] = {
        name: frozenset({name}) for name in ("author", "reviewer")
    }
    found[Spread, VIEW] = found[SpreadNote, VIEW] = {
        name: frozenset({name}) for name in ("author", "reviewer")
    }
    found[Dismissal, VIEW] = found[Dismissal, "add"] = {name: WRITERS & seen for name, seen in SEEN.items()}
    sent_in = {name: AUTHOR & seen for name, seen in SEEN.items()} | {"on nothing": frozenset({"reviewer"})}
    for key in ((NoteImport, VIEW), (NoteImport, "add"), (NoteImport, "change"), (NoteImportRow, VIEW)):
        found[key] = sent_in
    found[Report, VIEW] = found[Report, "answer"] = reports(world)
    found[NoteDraft, VIEW] = {name: frozenset({name}) for name in ("author", "reviewer")}
    found[PickedPlace, VIEW] = {name: frozenset({name}) for name in ("author", "reviewer")}
    # What relations are called is public; those who keep the vocabulary keep them.
    found[NamedRelation, VIEW] = {"in use": EVERYONE, "retired": EVERYONE}
    for act in ("add", "change"):
        found[NamedRelation, act] = each(found[NamedRelation, VIEW], KEEPERS | REVIEWERS)
    found[Submission, VIEW] = reviewed("submission")
    found[Submission, "add"] = {name: WRITERS & seen for name, seen in reviewed("submission").items()}
    found[Submission, "assign"] = found[Assignment, VIEW] = {
        name: (REVIEWERS & seen) - frozenset({NOTES[name].get("by", "author")})
        for name, seen in reviewed("submission").items()
    }
    found[Decision, VIEW] = reviewed("decision")
    found[PastEvent, VIEW] = reviewed("past")
    found[Decision, "add"] = {name: REVIEWERS & seen for name, seen in reviewed("decision").items()}

    proposed = {"proposed": NOBODY, "proposed by the author": AUTHOR}
    keepers = KEEPERS | REVIEWERS
    found[Term, VIEW] = each(proposed, MEMBERS) | {"established": EVERYONE}
    found[Term, "add"] = each(found[Term, VIEW], WRITERS)
    found[Term, "establish"] = each(found[Term, VIEW], keepers)
    found[Term, "change"] = {
        "proposed": keepers | {"member"}, "proposed by the author": keepers | AUTHOR, "established": keepers,
    }  # fmt: skip
    for model in (VocabularyStep, VocabularyRow, TagMove):
        found[model, VIEW] = {"a step": keepers}
    for act in ("add", "change"):
        found[VocabularyStep, act] = {"a step": keepers}
        found[AuthorityFile, act] = {"open": keepers, "closed": keepers}
    for model in (AuthorityFile, AuthorityRecord, AuthorityName):
        found[model, VIEW] = {"open": EVERYONE, "closed": keepers}
    found[Edition, VIEW] = {"planned": EDITORS} | {
        name: EDITORS | seen if name != "withdrawn" else EDITORS for name, seen in RELEASE_SEEN.items()
    }
    for act in ("add", "change", "put_away", "seal", "publish", "withdraw"):
        found[Edition, act] = each(found[Edition, VIEW], EDITORS)
    found[Release, VIEW] = dict(RELEASE_SEEN)
    found[ReleaseNote, VIEW] = {
        name: RELEASE_SEEN[release] & SEEN[_place(NOTES[note])]
        for name in held
        for release, _colon, note in [name.partition(": ")]
    }
    found[ReleaseExport, VIEW] = dict(RELEASE_SEEN)
    found[ReleaseFile, VIEW] = release_files()
    return found


def talk() -> dict[tuple[type[Model], str], dict[str, People]]:
    """Who reads and says what about notes: members who see the note, and what was said within a group its members."""
    own = {name: frozenset({values.get("by", "author")}) for name, values in NOTES.items()}
    own |= {"said within the group": AUTHOR, "taken back": AUTHOR, "the member's": frozenset({"member"})}
    seen = {name: people & MEMBERS for name, people in NOTE_SEEN.items()}
    seen |= {"said within the group": AUTHOR | INSIDER, "taken back": MEMBERS, "the member's": MEMBERS}
    gone = {"taken back": NOBODY}
    found: dict[tuple[type[Model], str], dict[str, People]] = {(Reply, VIEW): seen}
    found[Reply, "revise"] = found[Reply, "withdraw"] = {
        name: people & own[name] for name, people in seen.items()
    } | gone
    found[Reply, "report"] = {name: people - own[name] for name, people in seen.items()} | gone
    found[Reply, "moderate"] = {name: (people & REVIEWERS) - own[name] for name, people in seen.items()}
    found[ReplyVersion, VIEW] = seen | {"taken back": AUTHOR}
    found[Mention, VIEW] = {"by the member": MEMBERS}
    found[TalkTurn, VIEW] = {"settled": MEMBERS}
    found[ReplyReport, VIEW] = {"by the scholar": REVIEWERS | frozenset({"scholar"})}
    found[VisibilityChange, VIEW] = {"of a draft": AUTHOR}
    found[Annotation, "reply"] = {
        name: (people & MEMBERS) - (own[name] if name in _WITHDRAWN else NOBODY)
        for name, people in NOTE_SEEN.items()
    }
    found[Annotation, "settle"] = {
        name: people & (REVIEWERS | own[name]) for name, people in NOTE_SEEN.items()
    }
    return found


@pytest.fixture
def world(db):
    return make_world()


def test_every_declaration_has_its_sentence_and_a_row_in_each_state(world):
    expected = table(world)

    assert set(declared()) == set(expected)
    for (model, act), rows in expected.items():
        assert set(rows) == set(world.rows[model]), (model.__name__, act)


def test_both_faces_of_access_say_what_the_plan_says(world):
    wrong = []
    for (model, act), rows in table(world).items():
        for person, user in world.people.items():
            shown = set(permitted(model, user, act).values_list("pk", flat=True))
            for name, people in rows.items():
                row = world.rows[model][name]
                listed, allowed, right = row.pk in shown, allows(user, act, row), person in people
                if not listed == allowed == right:
                    wrong.append((model.__name__, act, name, person, f"{listed=} {allowed=} {right=}"))

    assert not wrong


def test_what_is_visible_is_what_one_may_view(world):
    for model in world.rows:
        for user in world.people.values():
            assert set(visible_to(model, user)) == set(permitted(model, user, VIEW))


def test_what_is_asked_row_by_row_is_what_is_visible(world):
    viewers = {name: as_viewer(user) for name, user in world.people.items()}
    borrowed = [
        replace(viewers["author"], behind=viewers["editor"]),
        replace(viewers["editor"], behind=viewers["member"]),
    ]
    for model in world.rows:
        for viewer in (*viewers.values(), *borrowed):
            assert set(visible_by_row(model, viewer)) == set(visible_to(model, viewer)), (
                model.__name__,
                viewer,
            )


def test_search_finds_entries_of_what_is_visible_on_what_is_visible(world):
    elsewhere = Q(annotation__text=None, annotation__image=None, annotation__video=None)
    for user in world.people.values():
        on = elsewhere | Q(annotation__text__in=visible_to(Text, user).order_by().values("pk"))
        on |= Q(annotation__image__in=visible_to(Image, user).order_by().values("pk"))
        on |= Q(annotation__video__in=visible_to(Video, user).order_by().values("pk"))
        right = {
            "annotation": visible_to(AnnotationVersion, user).filter(on), "term": visible_to(Term, user),
            "work": visible_to(Work, user), "image": visible_to(Image, user), "video": visible_to(Video, user),
            "collection": visible_to(Collection, user), "passage": visible_to(Text, user),
        }  # fmt: skip

        for name, kind in search_kinds.items():
            assert set(kind.visible(as_viewer(user))) == set(right[name]), (name, user)


def test_acts_without_a_row_follow_the_role_alone(world):
    expected = table(world)
    for (model, act), rule in declared().items():
        if not isinstance(rule, OfViewer):
            continue
        for person, user in world.people.items():
            someone = any(person in people for people in expected[model, act].values())
            assert may(user, act, model) or not someone, (model.__name__, act, person)
            if person in ("anonymous", "deactivated") and act != VIEW:
                assert not may(user, act, model)


def test_what_nobody_declared_nobody_may(world):
    for model in (ReleaseNote, Work, Annotation):
        for user in world.people.values():
            assert not permitted(model, user, "burn").exists()
