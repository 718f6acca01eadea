"""One world with a thing in every state, and a person of every kind: what the access tests ask about."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils import timezone

from annotations.enums import AnnotationStatus, SuggestionKind, Visibility
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
    ReleaseEvent,
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
    SubmissionItem,
    TagMove,
    TalkTurn,
    Term,
    VersionTag,
    VisibilityChange,
    VocabularyRow,
    VocabularyStep,
)
from archive.enums import Access
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
    StoredFile,
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
from tests.factories import make_people, make_user

HOUR = datetime.timedelta(hours=1)
JUST = datetime.timedelta(seconds=1)

#: How an item of the catalogue can stand, by the columns that say so.
STATES: dict[str, dict[str, Any]] = {
    "public": {"access": Access.PUBLIC},
    "draft": {"access": Access.DRAFT},
    "members": {"access": Access.MEMBERS},
    "restricted": {"access": Access.RESTRICTED},
    "restricted to others": {"access": Access.RESTRICTED},
    "embargoed": {"access": Access.PUBLIC, "embargo": HOUR},
    "embargoed for members": {"access": Access.MEMBERS, "embargo": HOUR},
    "embargoed for a group": {"access": Access.RESTRICTED, "embargo": HOUR},
    "embargo just over": {"access": Access.PUBLIC, "embargo": -JUST},
    "embargo just over for members": {"access": Access.MEMBERS, "embargo": -JUST},
    "draft whose embargo is over": {"access": Access.DRAFT, "embargo": -JUST},
    "restricted to named people": {"access": Access.RESTRICTED},
    "taken down": {"access": Access.PUBLIC, "down": True},
    "public on a restricted shelf": {"access": Access.PUBLIC, "shelf": "restricted"},
    "public on a shelf restricted to others": {"access": Access.PUBLIC, "shelf": "restricted to others"},
    "for named people on a shelf for another": {
        "access": Access.RESTRICTED, "shelf": "restricted to named people",
    },
    "public deep in a shelf restricted to others": {
        "access": Access.PUBLIC, "shelf": "public on a shelf restricted to others",
    },
    "public on a shelf that was taken down": {"access": Access.PUBLIC, "shelf": "taken down"},
    "public on a draft shelf": {"access": Access.PUBLIC, "shelf": "draft"},
}  # fmt: skip
#: Those who are named one by one, beside the groups: of each such state one person.
NAMED = {
    "restricted to named people": "member", "for named people on a shelf for another": "scholar",
}  # fmt: skip


#: Texts of the public work by what is kept of each: the columns of its section.
SECTIONS: dict[str, dict[str, Any]] = {
    "a section for the keepers": {"access": Access.DRAFT},
    "a section for members": {"access": Access.MEMBERS},
    "a section for a group": {"access": Access.RESTRICTED},
    "a section for another group": {"access": Access.RESTRICTED},
    "a section for named people": {"access": Access.RESTRICTED},
    "a section under embargo": {"access": Access.PUBLIC, "embargo": HOUR},
    "a section under embargo for members": {"access": Access.MEMBERS, "embargo": HOUR},
    "a section whose embargo is just over": {"access": Access.PUBLIC, "embargo": -JUST},
    "a section that was taken down": {"access": Access.PUBLIC, "down_because": "safety"},
    "a section that was given free": {"access": Access.DRAFT, "free": True},
}


@dataclass
class World:
    """The people by what they are called here, and the rows of each model by what they are called."""

    people: dict[str, User | None]
    rows: dict[type[Model], dict[str, Any]] = field(default_factory=dict)

    def add(self, name: str, row: Any) -> Any:
        """Keep a row under a name."""
        self.rows.setdefault(type(row), {})[name] = row
        return row


def make_world() -> World:
    """Return a world with everything in it."""
    people: dict[str, User | None] = {**make_people(), "anonymous": None}
    people["author"] = make_user("author@example.org", "scholar")
    people["insider"] = make_user("insider@example.org")
    people["deactivated"] = make_user("leaver@example.org", "scholar", "reviewer", "editor", "administrator")
    world = World(people)
    group = world.add("of the insider", Group.objects.create(name="الداخل"))
    others = world.add("of nobody here", Group.objects.create(name="الخارج"))
    kept = world.add("kept by the insider", Group.objects.create(name="حلقة", keeper=people["insider"]))
    asked = {"email": "member@example.org", "invited_by": people["insider"]}
    world.add("to the member", GroupInvitation.objects.create(group=kept, **asked))
    people["insider"].groups.add(group, kept)
    people["deactivated"].groups.add(group)
    _catalogue(world, group, others)
    _sections(world, group, others)
    _desk(world)
    _notes(world, group)
    _talk(world, group)
    _editions(world)
    people["deactivated"].is_active = False
    people["deactivated"].save()
    for name, user in people.items():
        if user is not None:
            world.add(name, user)
            people[name] = User.objects.get(pk=user.pk)
    return world


def _described(world: World, model: type[Any], group: Group, others: Group, **fields: Any) -> Iterator[Any]:
    for index, (state, values) in enumerate(STATES.items()):
        values = dict(values)
        embargo, down, shelf = (values.pop(name, None) for name in ("embargo", "down", "shelf"))
        own = {name: value(index) for name, value in fields.items()}
        if shelf:
            own["parent" if model is Collection else "collection"] = world.rows[Collection][shelf]
        row = model.objects.create(
            title_ar=state, embargo_until=timezone.now() + embargo if embargo else None, **values, **own
        )
        if state in NAMED:
            row.readers.add(world.people[NAMED[state]])
        else:
            row.groups.add(others if state == "restricted to others" else group)
        if down:
            row.takedown = world.add(
                f"of a {row._meta.model_name}: {state}",
                Takedown.objects.create(
                    kind=row._meta.model_name, item_id=row.pk, reason="court", was_public=True,
                    created_by=world.people["archivist"],
                ),
            )  # fmt: skip
            row.save()
        yield world.add(state, row)


def _catalogue(world: World, group: Group, others: Group) -> None:
    stored = StoredFile.objects.create(sha256="a" * 64, size=1, media_type="image/png")
    arrival = world.add("a file", FileArrival.objects.create(stored_file=stored, filename="a.png"))
    list(_described(world, Collection, group, others, slug="shelf-{}".format))
    list(_described(world, Image, group, others, arrival=lambda _index: arrival))
    # Of a file of its own: the same bytes under another name are hidden as well.
    behind = StoredFile.objects.create(sha256="c" * 64, size=1, media_type="image/png")
    covered = Image.objects.create(
        title_ar="covered", access=Access.PUBLIC, covered=True, pixels=1,
        arrival=FileArrival.objects.create(stored_file=behind, filename="c.png"),
    )  # fmt: skip
    world.add("public, covered", covered)
    areas = [{"page": 1, "x": 0, "y": 0, "width": 9, "height": 9}]
    world.add("a covered part", Redaction.objects.create(image=covered, pixels=1, areas=areas))
    videos = {
        "provider": lambda _index: "youtube",
        "external_id": str,
        "url": "https://example.org/{}".format,
    }
    list(_described(world, Video, group, others, **videos))
    for work in _described(world, Work, group, others, slug="work-{}".format):
        state = work.title_ar
        text = world.add(state, Text.objects.create(work=work, language="ar", direction="rtl"))
        revision = TextRevision.objects.create(
            text=text, number=1, language="ar", direction="rtl", content="بيت قديم", length=8, sha256="0" * 64,
            blocks=[], marks=[],
        )  # fmt: skip
        world.add(state, revision)
        Text.objects.filter(pk=text.pk).update(current_revision=revision)
        world.add(state, Figure.objects.create(text=text, key="f1"))
        _translated(world, state, work, text, revision)


def _translated(world: World, state: str, work: Work, text: Text, revision: TextRevision) -> None:
    """Pair each text with a translation of its own; of the public one there is a pairing not approved besides."""
    other = Text.objects.create(work=work, language="en", direction="ltr", order=1, translation_of=text)
    words = TextRevision.objects.create(
        text=other, number=1, language="en", direction="ltr", content="house", length=5, sha256="0" * 64,
        blocks=[], marks=[],
    )  # fmt: skip
    pair = {"original": revision, "translation": words, "rows": [], "origin": "proposed"}
    world.add(state, Alignment.objects.create(**pair, is_approved=True))
    if state == "public":
        world.add("not approved", Alignment.objects.create(**pair))


def _sections(world: World, group: Group, others: Group) -> None:
    for order, (name, values) in enumerate(SECTIONS.items(), start=10):
        values = dict(values)
        embargo, free = values.pop("embargo", None), values.pop("free", False)
        by = world.people["archivist"]
        text = Text.objects.create(
            work=world.rows[Work]["public"], language="ar", direction="rtl", order=order
        )
        revision = TextRevision.objects.create(
            text=text, number=1, language="ar", direction="rtl", content="بيت قديم", length=8, sha256="0" * 64,
            blocks=[], marks=[],
        )  # fmt: skip
        Text.objects.filter(pk=text.pk).update(current_revision=revision)
        section = TextSection.objects.create(
            text=text, since=timezone.now(), embargo_until=timezone.now() + embargo if embargo else None,
            lifted_at=timezone.now() if free else None, lifted_by=by if free else None, created_by=by, **values,
        )  # fmt: skip
        if name == "a section for named people":
            section.readers.add(world.people["member"])
        else:
            section.groups.add(others if "another" in name else group)
        for row in (text, revision, section):
            world.add(name, row)


def _undone(world: World) -> None:
    """A deposit that was undone, with what came of it, its agreement and its receipts."""
    archivist, day = world.people["archivist"], timezone.localdate()
    undone = Deposit.objects.create(created_by=archivist, undone_at=timezone.now(), undone_by=archivist)
    stored = StoredFile.objects.create(sha256="d" * 64, size=1, media_type="text/plain")
    arrival = FileArrival.objects.create(stored_file=stored, filename="b.txt")
    run = ImportRun.objects.create(arrival=arrival, importer="plain", language="ar")
    draft = TextDraft.objects.create(
        run=run, language="ar", direction="rtl", content="بيت", blocks=[], marks=[], sha256="0" * 64
    )
    image = Image.objects.create(title_ar="undone", access=Access.PUBLIC, undone=True, arrival=arrival)
    step = BulkStep.objects.create(kind="image", deposit=undone, created_by=archivist)
    problem = ImportProblem.objects.create(draft=draft, kind="dead_link", start=0, end=1)
    for row in (undone, arrival, run, draft, image, step, problem):
        world.add("of an undone deposit", row)
    item = {
        "deposit": undone,
        "filename": "b.txt",
        "size": 1,
        "state": "kept",
        "arrival": arrival,
        "run": run,
    }
    world.add("of an undone deposit", DepositItem.objects.create(key="u", image=image, **item))
    agreed = {"giver": "س", "terms": "ش", "signed_on": day, "created_by": archivist}
    world.add("an agreement", DepositAgreement.objects.create(deposit=undone, **agreed))
    for name, asker in (("the archivist's", "archivist"), ("a former archivist's", "member")):
        printed = PrintedReceipt.objects.create(deposit=undone, language="ar", created_by=world.people[asker])
        world.add(name, printed)


def _desk(world: World) -> None:
    arrival = world.rows[FileArrival]["a file"]
    run = world.add("an import", ImportRun.objects.create(arrival=arrival, importer="plain", language="ar"))
    draft = TextDraft.objects.create(
        run=run, language="ar", direction="rtl", content="بيت", blocks=[], marks=[], sha256="0" * 64
    )
    world.add("a draft", draft)
    deposit = world.add("a deposit", Deposit.objects.create(created_by=world.people["archivist"]))
    world.add("a sent file", DepositItem.objects.create(deposit=deposit, key="k", filename="a.png", size=1))
    _undone(world)
    world.add(
        "a consent",
        Consent.objects.create(
            work=world.rows[Work]["public"], person="س", purposes=["archive"], given_on=timezone.localdate(),
            created_by=world.people["archivist"],
        ),
    )  # fmt: skip
    world.add("a problem", ImportProblem.objects.create(draft=draft, kind="dead_link", start=0, end=1))
    public = world.rows[Work]["public"]
    for name, asker in (("the archivist's", "archivist"), ("a former archivist's", "member")):
        made = TakeOut.objects.create(work=public, format="bagit", created_by=world.people[asker])
        world.add(name, made)
        world.add(name, PackageArrival.objects.create(arrival=arrival, created_by=world.people[asker]))
    world.add(
        "a check", VideoCheck.objects.create(video=world.rows[Video]["public"], outcome="there", title="بيت")
    )
    world.add("a step", BulkStep.objects.create(kind="work", created_by=world.people["archivist"]))
    change = {"kind": "work", "item_id": public.pk, "version": 1, "was": {}, "became": {}}
    world.add("a change", DescriptionChange.objects.create(**change))
    _films(world)
    member = world.people["member"]
    world.add("the member's", Job.objects.create(kind="x", created_by=member))
    world.add("the system's", Job.objects.create(kind="x"))
    world.add("the member's", Notice.objects.create(user=member, code="x"))
    administrator = world.people["administrator"]
    world.add("the member's", PersonalExport.objects.create(account=member, created_by=member))
    world.add(
        "made by an administrator", PersonalExport.objects.create(account=member, created_by=administrator)
    )
    world.add(
        "made by a former one",
        PersonalExport.objects.create(account=member, created_by=world.people["scholar"]),
    )
    world.add("the member's", Erasure.objects.create(account=member, asked_by=member, due_at=timezone.now()))
    world.add("a page", Page.objects.first() or Page.objects.create(slug="about"))
    world.add("a guide that is not shown", Page.objects.create(slug="hidden-guide", is_shown=False))
    world.add("the settings", SiteSettings.objects.get_or_create(pk=1)[0])
    world.add("a role", Role.objects.first())
    world.add("a request", PublicRequest.objects.create(kind="removal", relation="named", about="x"))
    invitation = Invitation.objects.create(
        email="new@example.org", token_sha256="b" * 64, expires_at=timezone.now() + HOUR,
        invited_by=world.people["administrator"],
    )  # fmt: skip
    world.add("an invitation", invitation)


#: Captures by name: the state of their film, and their own access.
CAPTURES: dict[str, tuple[str, str]] = {
    "of a public film": ("public", "as_video"),
    "of a public film, for members": ("public", "members"),
    "of a public film, restricted": ("public", "restricted"),
    "of a public film, restricted to others": ("public", "restricted"),
    "of a public film, for the keepers": ("public", "draft"),
    "of a draft film": ("draft", "as_video"),
    "of an embargoed film": ("embargoed", "as_video"),
    "of a members' film": ("members", "as_video"),
    "of a restricted film": ("restricted", "as_video"),
}
#: Ties by name: the state of the film, and that of the work.
TRANSCRIPTS: dict[str, tuple[str, str]] = {
    "of a public film and work": ("public", "public"),
    "of a public film and a draft work": ("public", "draft"),
    "of a draft film and a public work": ("draft", "public"),
    "of a members' film and a restricted work": ("members", "restricted"),
}


def _films(world: World) -> None:
    groups = world.rows[Group]
    for name, (state, access) in CAPTURES.items():
        url = f"https://web.archive.org/web/20160717120000/https://example.org/{len(world.rows.get(Capture, ()))}"
        capture = Capture.objects.create(
            video=world.rows[Video][state], kind="address", url=url, access=access
        )
        capture.groups.add(groups["of nobody here" if "others" in name else "of the insider"])
        world.add(name, capture)
    for name, (film, work) in TRANSCRIPTS.items():
        values = {"video": world.rows[Video][film], "text": world.rows[Text][work]}
        world.add(name, Transcript.objects.create(kind="captions", **values))


#: Notes of "author" on the public text, unless the name says otherwise: their columns.
_OPEN = {
    status.value: {"status": status}
    for status in AnnotationStatus
    if status not in (AnnotationStatus.ACCEPTED, AnnotationStatus.WITHDRAWN)
}
_REPORT = {"language": "ar", "address": "/x/", "label": "x"}

NOTES: dict[str, dict[str, Any]] = {
    **_OPEN,
    "accepted": {"status": AnnotationStatus.ACCEPTED, "accepted": True},
    "accepted and being rewritten": {"status": AnnotationStatus.DRAFT, "accepted": True, "versions": 2},
    "withdrawn": {"status": AnnotationStatus.WITHDRAWN},
    "private": {"status": AnnotationStatus.DRAFT, "visibility": Visibility.PRIVATE},
    "private, elsewhere": {
        "status": AnnotationStatus.DRAFT, "visibility": Visibility.PRIVATE, "web": "https://elsewhere.example/",
    },
    "group": {"status": AnnotationStatus.DRAFT, "visibility": Visibility.GROUP},
    "reviewer's own, submitted": {"status": AnnotationStatus.SUBMITTED, "by": "reviewer"},
    "leaver's draft": {"status": AnnotationStatus.DRAFT, "by": "deactivated"},
    "submitted on a draft work": {"status": AnnotationStatus.SUBMITTED, "on": "draft"},
    "accepted on a draft work": {"status": AnnotationStatus.ACCEPTED, "accepted": True, "on": "draft"},
    "accepted on an embargoed work": {"status": AnnotationStatus.ACCEPTED, "accepted": True, "on": "embargoed"},
    "accepted on a restricted work": {"status": AnnotationStatus.ACCEPTED, "accepted": True, "on": "restricted"},
    "accepted on a text with a section for members": {
        "status": AnnotationStatus.ACCEPTED, "accepted": True, "on": "a section for members",
    },
    "submitted on a text with a section for the keepers": {
        "status": AnnotationStatus.SUBMITTED, "on": "a section for the keepers",
    },
    "in a public release, with a section for a group": {
        "status": AnnotationStatus.ACCEPTED, "accepted": True, "on": "a section for a group",
    },
    "group on a draft work": {"status": AnnotationStatus.DRAFT, "visibility": Visibility.GROUP, "on": "draft"},
    "accepted on a public image": {"status": AnnotationStatus.ACCEPTED, "accepted": True, "image": "public"},
    "accepted on a draft image": {"status": AnnotationStatus.ACCEPTED, "accepted": True, "image": "draft"},
    "accepted on a members' video": {"status": AnnotationStatus.ACCEPTED, "accepted": True, "video": "members"},
    "in a public release": {"status": AnnotationStatus.ACCEPTED, "accepted": True},
    "in a public release, taken back": {"status": AnnotationStatus.WITHDRAWN},
    "in a public release, being rewritten": {"status": AnnotationStatus.DRAFT, "accepted": True, "versions": 2},
    "in a sealed release": {"status": AnnotationStatus.ACCEPTED, "accepted": True},
    "in a scheduled release": {"status": AnnotationStatus.ACCEPTED, "accepted": True},
    "in a withdrawn release": {"status": AnnotationStatus.ACCEPTED, "accepted": True},
    "in a public release of a draft work": {"status": AnnotationStatus.ACCEPTED, "accepted": True, "on": "draft"},
    "in a public release, on a public image": {
        "status": AnnotationStatus.ACCEPTED, "accepted": True, "image": "public",
    },
    "in a public release, on a draft image": {
        "status": AnnotationStatus.ACCEPTED, "accepted": True, "image": "draft",
    },
    "in a public release, on a members' video": {
        "status": AnnotationStatus.ACCEPTED, "accepted": True, "video": "members",
    },
    "in a public release, on an image that was taken down": {
        "status": AnnotationStatus.ACCEPTED, "accepted": True, "image": "taken down",
    },
    "in a public release of a draft work, on a public image": {
        "status": AnnotationStatus.ACCEPTED, "accepted": True, "image": "public",
    },
    "in a release with a section for a group, on a public video": {
        "status": AnnotationStatus.ACCEPTED, "accepted": True, "video": "public",
    },
}  # fmt: skip


def _notes(world: World, group: Group) -> None:
    terms = {"proposed": "member", "proposed by the author": "author", "established": "member"}
    for name, owner in terms.items():
        status = "established" if name == "established" else "proposed"
        term = Term.objects.create(
            slug=name.replace(" ", "-"),
            kind="place",
            label_ar=name,
            status=status,
            created_by=world.people[owner],
        )
        world.add(name, term)
    for name, text in list(world.rows[Text].items()):
        given = {
            "kind": SuggestionKind.DATE,
            "words": "كلمه",
            "proposed": "2016",
            "by": world.people["author"],
        }
        world.add(name, Dismissal.objects.create(text=text, **given))
        _note_import(world, name, text=text, created_by=world.people["author"])
        world.add(f"text {name}", Report.objects.create(reason="wrong", text=text, **_REPORT))
    _note_import(world, "on nothing", created_by=world.people["reviewer"])
    for name, values in NOTES.items():
        _note(world, name, group, **values)
    for name, handed_in in list(world.rows[Submission].items()):
        asked = world.people["reviewer"]
        world.add(name, Assignment.objects.create(submission=handed_in, reviewer=asked, assigned_by=asked))
    for name, note in list(world.rows[Annotation].items()):
        world.add(f"note {name}", Report.objects.create(reason="wrong", annotation=note, **_REPORT))
    for kind, model in (("work", Work), ("image", Image), ("video", Video)):
        for name, row in list(world.rows[model].items()):
            world.add(f"{kind} {name}", Report.objects.create(reason="wrong", **{kind: row}, **_REPORT))
    _vocabulary(world)
    for name in ("author", "reviewer"):
        world.add(name, NoteDraft.objects.create(user=world.people[name], key=name, data={}))
        picked = {"work": Work.objects.earliest("pk"), "digest": name}
        world.add(name, PickedPlace.objects.create(user=world.people[name], **picked))
    # Every archive begins with relations; these two stand for all.
    NamedRelation.objects.exclude(code__in=("cites", "quotes")).delete()
    NamedRelation.objects.filter(code="quotes").update(retired_at=timezone.now())
    for name, code in (("in use", "cites"), ("retired", "quotes")):
        world.add(name, NamedRelation.objects.get(code=code))
    for name, note in (("author", "draft"), ("reviewer", "reviewer's own, submitted")):
        spread = world.add(name, Spread.objects.create(author=world.people[name], words="كلمة"))
        step = world.add(
            name, NoteStep.objects.create(author=world.people[name], change="category", value="place")
        )
        version = world.rows[AnnotationVersion][note]
        item = NoteStepItem.objects.create(step=step, before=version, after=version, visibility_before="open")
        world.add(name, item)
        world.add(name, SpreadNote.objects.create(spread=spread, annotation=world.rows[Annotation][note]))


def _talk(world: World, group: Group) -> None:
    """A reply to each note, by its author; and what else is said about the accepted one."""
    for name, note in list(world.rows[Annotation].items()):
        _reply(world, name, note, note.author, visibility=note.visibility, group=note.group)
    accepted = world.rows[Annotation]["accepted"]
    author, member = accepted.author, world.people["member"]
    _reply(world, "said within the group", accepted, author, visibility=Visibility.GROUP, group=group)
    _reply(world, "taken back", accepted, author, gone="withdrawn")
    _reply(world, "the member's", accepted, member)
    version = world.rows[ReplyVersion]["the member's"]
    world.add("by the member", Mention.objects.create(version=version, person=world.people["scholar"]))
    said = {"annotation": accepted, "visibility": Visibility.OPEN}
    world.add(
        "settled", TalkTurn.objects.create(state="settled", created_by=world.people["reviewer"], **said)
    )
    report = {
        "reply": world.rows[Reply]["the member's"],
        "reason": "سبب",
        "created_by": world.people["scholar"],
    }
    world.add("by the scholar", ReplyReport.objects.create(**report))
    draft = world.rows[Annotation]["draft"]
    change = VisibilityChange(annotation=draft, visibility=Visibility.OPEN, created_by=draft.author)
    change.save()
    world.add("of a draft", change)


def _reply(world: World, name: str, note: Annotation, by: User, **values: Any) -> None:
    reply = Reply.objects.create(
        **{"annotation": note, "author": by, "visibility": Visibility.OPEN, **values}
    )
    version = ReplyVersion.objects.create(reply=reply, number=1, body="كلمة")
    reply.newest_version = version
    reply.save()
    world.add(name, reply)
    world.add(name, version)


def _note_import(world: World, name: str, **values: Any) -> None:
    """A file of notes, with one in it."""
    step = world.add(name, NoteImport.objects.create(**values))
    world.add(name, NoteImportRow.objects.create(step=step, place=1, outcome="out", how="none"))


def _vocabulary(world: World) -> None:
    """Steps on the vocabulary, and authority files for all and for keepers."""
    keeper, term = world.people["reviewer"], world.rows[Term]["established"]
    step = world.add("a step", VocabularyStep.objects.create(act="split", term=term, created_by=keeper))
    world.add("a step", VocabularyRow.objects.create(step=step, place=1, aspect="term", outcome="done"))
    version = AnnotationVersion.objects.order_by("pk").first()
    assert version is not None
    tag = VersionTag.objects.create(version=version, term=term)
    world.add("a step", TagMove.objects.create(tag=tag, term=world.rows[Term]["proposed"], step=step))
    for name in ("open", "closed"):
        file = world.add(
            name, AuthorityFile.objects.create(name=name, is_open=name == "open", created_by=keeper)
        )
        record = world.add(name, AuthorityRecord.objects.create(file=file, identifier="Q1", name=name))
        world.add(name, AuthorityName.objects.create(record=record, file=file, name=name, folded=name))


def _note(world: World, name: str, group: Group, **values: Any) -> None:
    author = world.people[values.get("by", "author")]
    place = _place(world, values)
    note = Annotation.objects.create(
        author=author, status=values["status"], visibility=values.get("visibility", Visibility.OPEN),
        group=group if values.get("visibility") == Visibility.GROUP else None, **place,
    )  # fmt: skip
    locus = world.add(name, _locus(world, name, place, values))
    handed_in = note.status not in (AnnotationStatus.DRAFT, AnnotationStatus.WITHDRAWN) or values.get(
        "accepted"
    )
    for number in range(1, values.get("versions", 1) + 1):
        version = AnnotationVersion.objects.create(
            annotation=note, number=number, locus=locus, body="كلمة", created_by=author, content_hash="0" * 64
        )
        world.add(name if number == 1 else f"{name}: the next", version)
        world.add(
            name if number == 1 else f"{name}: the next",
            CrossReference.objects.create(version=version, relation="cites", citation={"title": "كتاب"}),
        )
        if number == 1:
            first = version
    note.newest_version, note.accepted_version = version, first if values.get("accepted") else None
    note.save()
    world.add(name, note)
    if handed_in:
        _review(world, name, author, first, values)


def _place(world: World, values: dict[str, Any]) -> dict[str, Any]:
    if "image" in values:
        return {"image": world.rows[Image][values["image"]]}
    if "video" in values:
        return {"video": world.rows[Video][values["video"]]}
    if "web" in values:
        return {}
    return {"text": world.rows[Text][values.get("on", "public")]}


def _locus(world: World, name: str, place: dict[str, Any], values: dict[str, Any]) -> Locus:
    if "image" in place:
        return Locus.objects.create(
            kind="region", region={"shape": "rect", "points": [[0, 0], [1, 1]]}, **place
        )
    if "video" in place:
        return Locus.objects.create(kind="time", start_time=0, end_time=1, **place)
    if "web" in values:
        return Locus.objects.create(kind="web", target=values["web"])
    locus = Locus.objects.create(kind="text", **place)
    state = values.get("on", "public")
    anchor = Anchor.objects.create(
        locus=locus, revision=world.rows[TextRevision][state], start=0, end=3, exact="بيت", status="exact"
    )
    anchors = world.rows.setdefault(Anchor, {})
    if all(row.revision_id != anchor.revision_id for row in anchors.values()):
        world.add(name, anchor)
    return locus


def _review(world: World, name: str, author: Any, version: AnnotationVersion, values: dict[str, Any]) -> None:
    submission = world.add(name, Submission.objects.create(author=author))
    SubmissionItem.objects.create(submission=submission, version=version)
    if values.get("accepted"):
        decision = Decision.objects.create(
            version=version,
            author=author,
            reviewer=world.people["reviewer"],
            outcome="accept",
            content_hash="0" * 64,
        )
        world.add(name, decision)
    elif values["status"] == AnnotationStatus.RETURNED:
        returned = Decision.objects.create(
            version=version, author=author, reviewer=world.people["reviewer"], outcome="return", reason="سبب",
            suggestion="كلمة أخرى", content_hash="0" * 64,
        )  # fmt: skip
        world.add(name, returned)
    for kind in ("said", "handed_in"):
        past = PastEvent(version=version, kind=kind, at=timezone.now(), created_by=author)
        past.save()
        if kind == "handed_in":
            world.add(name, past)


#: Releases by name: the state of their work, and their events with how far they are from now.
RELEASES: dict[str, tuple[str, dict[str, datetime.timedelta]]] = {
    "public": ("public", {"published": -HOUR}),
    "public just now": ("public", {"published": -JUST}),
    "sealed": ("public", {}),
    "scheduled": ("public", {"published": HOUR}),
    "withdrawn": ("public", {"published": -HOUR, "withdrawn": -JUST}),
    "of a draft work": ("draft", {"published": -HOUR}),
    "of a members' work": ("members", {"published": -HOUR}),
    "of an embargoed work": ("embargoed", {"published": -HOUR}),
    "of a text with a section for a group": ("a section for a group", {"published": -HOUR}),
    "of a text with a section that was given free": ("a section that was given free", {"published": -HOUR}),
}
_HOLDS = {
    "public": [
        "in a public release", "in a public release, taken back", "in a public release, being rewritten",
        "in a public release, on a public image", "in a public release, on a draft image",
        "in a public release, on a members' video", "in a public release, on an image that was taken down",
    ],
    "sealed": ["in a sealed release"], "scheduled": ["in a scheduled release"],
    "withdrawn": ["in a withdrawn release"],
    "of a draft work": [
        "in a public release of a draft work", "in a public release of a draft work, on a public image",
    ],
    "of a text with a section for a group": [
        "in a public release, with a section for a group",
        "in a release with a section for a group, on a public video",
    ],
}  # fmt: skip


def _editions(world: World) -> None:
    stored = StoredFile.objects.get(sha256="a" * 64)
    unreleased = Edition.objects.create(
        slug="planned", work=world.rows[Work]["public"], text=world.rows[Text]["public"], title_ar="خطة"
    )
    world.add("planned", unreleased)
    for index, (name, (state, events)) in enumerate(RELEASES.items()):
        edition = Edition.objects.create(
            slug=f"edition-{index}",
            work=world.rows[Text][state].work,
            text=world.rows[Text][state],
            title_ar=name,
        )
        world.add(name, edition)
        release = Release.objects.create(
            edition=edition, number=1, revision=world.rows[TextRevision][state], snapshot="{}",
            manifest_hash="0" * 64, sealed_at=timezone.now(),
        )  # fmt: skip
        world.add(name, release)
        for kind, distance in events.items():
            ReleaseEvent.objects.create(
                release=release, kind=kind, effective_at=timezone.now() + distance, reason="سبب"
            )
        export = ReleaseExport.objects.create(
            release=release, form="tei", media_type="application/tei+xml", ending="xml"
        )
        world.add(name, export)
        for picture in ("public", "draft", "public, covered"):
            image = world.rows[Image][picture]
            file = ReleaseFile.objects.create(
                release=release,
                name=f"{picture}.webp",
                media_type="image/webp",
                stored_file=stored,
                image=image,
            )
            world.add(f"{name}, {picture} image", file)
        for number, note in enumerate(_HOLDS.get(name, ()), start=1):
            held = ReleaseNote.objects.create(
                release=release, number=number, annotation=world.rows[Annotation][note],
                version=world.rows[AnnotationVersion][note],
            )  # fmt: skip
            world.add(f"{name}: {note}", held)
