"""Who may do what to notes, terms, submissions and editions."""

from functools import lru_cache

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Now

from annotations.access.part_rule import ReadParts
from annotations.enums import AnnotationStatus as Status
from annotations.enums import ReleaseEventKind, Visibility
from annotations.models import (
    Anchor,
    Annotation,
    AnnotationVersion,
    CrossReference,
    Decision,
    Dismissal,
    Locus,
    NoteDraft,
    NoteImport,
    NoteImportRow,
    NoteStep,
    NoteStepItem,
    PickedPlace,
    Release,
    ReleaseEvent,
    ReleaseNote,
    Spread,
    SpreadNote,
    SubmissionItem,
)
from archive.access.registry import VIEW, declare
from archive.access.rules import (
    MEMBER,
    Among,
    Field,
    Has,
    InGroup,
    IsNull,
    NotOwn,
    Own,
    Rule,
    ShorterForVisitors,
    Through,
)
from archive.access.viewer import Viewer
from archive.access.visible import (
    IMAGE_VISIBLE,
    KEEPER,
    SECTION_GRANTED,
    TEXT_VISIBLE,
    VIDEO_VISIBLE,
    WORK_VISIBLE,
    reads_whole,
)
from archive.enums import RoleCode

WRITER = Has(RoleCode.SCHOLAR, RoleCode.REVIEWER, RoleCode.EDITOR, RoleCode.ADMINISTRATOR)
#: Those who go on with notes of their own; an archivist has those that came in with a text.
OWNER = Has(RoleCode.SCHOLAR, RoleCode.REVIEWER, RoleCode.EDITOR, RoleCode.ADMINISTRATOR, RoleCode.ARCHIVIST)
REVIEWER = Has(RoleCode.REVIEWER, RoleCode.ADMINISTRATOR)
EDITOR = Has(RoleCode.EDITOR, RoleCode.ADMINISTRATOR)
VOCABULARY_KEEPER = Has(RoleCode.ARCHIVIST, RoleCode.REVIEWER, RoleCode.EDITOR, RoleCode.ADMINISTRATOR)


def on_visible_place() -> Rule:
    """The note's text, image or video may be seen."""
    return (
        (IsNull("text", is_null=False) & Through("text", TEXT_VISIBLE))
        | (IsNull("image", is_null=False) & Through("image", IMAGE_VISIBLE))
        | (IsNull("video", is_null=False) & Through("video", VIDEO_VISIBLE))
    )


#: What was sealed cannot be shown in part: a section that is kept from the viewer, of any of its texts, closes it.
_ON_READABLE_TEXT = (
    Through("edition", Through("work", WORK_VISIBLE))
    & Through("revision", reads_whole("text"))
    & (KEEPER | ReadParts("pk", SECTION_GRANTED))
)


def _public_releases(viewer: Viewer) -> object:
    """Releases that are published and not withdrawn, by the database clock."""
    events = ReleaseEvent.objects.standing().filter(effective_at__lte=Now())
    published = events.filter(kind=ReleaseEventKind.PUBLISHED).values("release_id")
    withdrawn = events.filter(kind=ReleaseEventKind.WITHDRAWN).values("release_id")
    return Release.objects.filter(pk__in=published).exclude(pk__in=withdrawn).values("pk")


def release_moments() -> int:
    """Return how many publications and withdrawals are in force: planned moments of cached pages."""
    return ReleaseEvent.objects.standing().filter(effective_at__lte=Now()).count()


def released_to(viewer: Viewer) -> QuerySet[ReleaseNote]:
    """Return what is in the public releases that the viewer may read: a note on a picture can be in that of another work.

    Joined, not nested: SQLite's parser takes only so many levels.
    """
    rows = ReleaseNote.objects.filter(release__in=_public_releases(viewer))
    return rows.filter(_ON_READABLE_TEXT.q(viewer, "release__")).order_by()


def _released_notes(viewer: Viewer) -> object:
    return released_to(viewer).values("annotation_id")


def _released_versions(viewer: Viewer) -> object:
    return released_to(viewer).values("version_id")


def _accepted_versions(viewer: Viewer) -> object:
    return Annotation.objects.exclude(accepted_version=None).values("accepted_version_id")


def _decided_versions(viewer: Viewer) -> object:
    return Decision.objects.filter(reviewer=viewer.user_id).values("version_id")


def _written_notes(viewer: Viewer) -> object:
    return AnnotationVersion.objects.filter(created_by=viewer.user_id).values("annotation_id")


OPEN = Field("visibility", Visibility.OPEN)
RELEASED = Among("pk", _released_notes)
ACCEPTED = Field("status", Status.ACCEPTED) | IsNull("accepted_version", is_null=False)
REVIEWABLE = Field("status", Status.SUBMITTED, Status.RETURNED, Status.DECLINED)

#: A note can pass through several hands; its words stay those of everybody who wrote a version of it.
WROTE_SOME_OF_IT = Among("pk", _written_notes)

#: Its author always; its group; reviewers and editors what was handed in; members what was accepted; all what was released.
NOTE_VISIBLE = (
    Own("author")
    | (Field("visibility", Visibility.GROUP) & InGroup("group") & MEMBER & on_visible_place())
    | (OPEN & (REVIEWER | EDITOR) & (REVIEWABLE | ACCEPTED) & on_visible_place())
    | (OPEN & ACCEPTED & MEMBER & on_visible_place())
    | (OPEN & RELEASED & on_visible_place())
)


#: A file of notes is its sender's; of what the sender may not see now it tells nothing.
IMPORT_VISIBLE = Own("created_by") & (
    IsNull("text") | (IsNull("text", is_null=False) & Through("text", TEXT_VISIBLE))
)


_RELEASED_VERSION = Among("pk", _released_versions)
HANDED_IN = Among("pk", lambda viewer: SubmissionItem.objects.values("version_id"))
#: Of a note that one may see, the versions: its author all; reviewers and editors those that were handed in; others
#: the accepted or released one.
VERSION_VISIBLE = ShorterForVisitors(
    Through("annotation", NOTE_VISIBLE)
    & (
        Through("annotation", Own("author"))
        | ((REVIEWER | EDITOR) & HANDED_IN)
        | (Among("pk", _accepted_versions) & MEMBER)
        | _RELEASED_VERSION
        | (Through("annotation", Field("visibility", Visibility.GROUP)) & MEMBER)
    ),
    # A note of which a version is released need not be asked whether it is itself.
    Through("annotation", OPEN & on_visible_place()) & _RELEASED_VERSION,
)
RELEASE_PUBLIC = Among("pk", _public_releases)
RELEASE_VISIBLE = EDITOR | (RELEASE_PUBLIC & _ON_READABLE_TEXT)
_IN_WHAT_IS_VISIBLE = (
    (IsNull("text", is_null=False) & Through("text", TEXT_VISIBLE))
    | (IsNull("image", is_null=False) & Through("image", IMAGE_VISIBLE))
    | (IsNull("video", is_null=False) & Through("video", VIDEO_VISIBLE))
    | (IsNull("work", is_null=False) & Through("work", WORK_VISIBLE))
)


def loci_in_what_is_visible(viewer: Viewer) -> QuerySet[Locus]:
    """Return the places in what the viewer may see; for those who have the reference that names one."""
    return _loci(viewer, connection.vendor).all()


@lru_cache(maxsize=128)
def _loci(viewer: Viewer, _vendor: str) -> QuerySet[Locus]:
    """Return the query; kept, as in `archive.access.registry`."""
    return Locus.objects.filter(_IN_WHAT_IS_VISIBLE.q(viewer))


def _loci_of_versions(viewer: Viewer) -> object:
    return AnnotationVersion.objects.filter(VERSION_VISIBLE.q(viewer)).values("locus_id")


#: The place of a private note would tell what somebody is writing about.
LOCUS_VISIBLE = (_IN_WHAT_IS_VISIBLE | IsNull("target", is_null=False)) & Among("pk", _loci_of_versions)


def declare_all() -> None:
    """Fill the registry; called once when the app is ready."""
    declare(
        Annotation,
        VIEW,
        NOTE_VISIBLE,
        "A note is seen by its author; once handed in by reviewers; once accepted by members; once released by all.",
    )
    declare(Annotation, "add", WRITER, "Scholars, reviewers and editors write notes.")
    declare(
        Annotation,
        "revise",
        Own("author") & OWNER & ~Field("status", Status.WITHDRAWN),
        "Authors revise their own notes.",
    )
    declare(
        Annotation,
        "withdraw",
        Own("author") & ~Field("status", Status.WITHDRAWN),
        "Authors withdraw their own notes.",
    )
    declare(
        Annotation,
        "submit",
        Own("author") & OWNER & Field("status", Status.DRAFT, Status.RETURNED) & OPEN,
        "Authors hand in their own drafts.",
    )
    declare(
        Annotation,
        "decide",
        REVIEWER & NotOwn("author") & ~WROTE_SOME_OF_IT & Field("status", Status.SUBMITTED),
        "Reviewers decide on what others wrote and handed in.",
    )
    declare(
        Annotation,
        "vouch",
        REVIEWER
        & NotOwn("author")
        & ~WROTE_SOME_OF_IT
        # One that its author is writing anew stands as it was accepted: nobody else knows of the new words.
        & Field("status", Status.ACCEPTED, Status.DRAFT)
        & IsNull("accepted_version", is_null=False)
        & ~Among("accepted_version", _decided_versions),
        "Reviewers vouch for what another of them accepted.",
    )
    declare(
        Annotation,
        "reattach",
        (Own("author") & OWNER) | EDITOR,
        "Authors and editors put a note back on its passage.",
    )
    declare(AnnotationVersion, VIEW, VERSION_VISIBLE, "A version is seen as its note allows.")
    declare(
        CrossReference,
        VIEW,
        Through("version", VERSION_VISIBLE),
        "A reference is seen with the version that has it.",
    )
    declare(
        Locus,
        VIEW,
        LOCUS_VISIBLE,
        "A place is seen with what it is in, and a note that sits there.",
    )
    declare(Anchor, VIEW, Through("locus", LOCUS_VISIBLE), "An anchor is seen with its place.")
    declare(NoteDraft, VIEW, Own("user"), "What somebody types is theirs alone.")
    declare(PickedPlace, VIEW, Own("user"), "What somebody picked up is theirs alone.")
    declare(
        NoteImport,
        VIEW,
        IMPORT_VISIBLE,
        "A file of notes is seen by who sent it in, while they see its text.",
    )
    declare(NoteImport, "add", WRITER, "Those who write notes bring notes in.")
    declare(
        NoteImport,
        "change",
        IMPORT_VISIBLE & WRITER,
        "Those who sent a file in bring its notes in, and take them back.",
    )
    declare(
        NoteImportRow, VIEW, Through("step", IMPORT_VISIBLE), "A note of such a file is seen with the file."
    )
    declare(NoteStep, VIEW, Own("author"), "What somebody changed about many notes is theirs.")
    declare(NoteStepItem, VIEW, Through("step", Own("author")), "What a step changed is told to who took it.")
    declare(Spread, VIEW, Own("author"), "What somebody put on many passages is theirs.")
    declare(
        SpreadNote, VIEW, Through("spread", Own("author")), "A note of a step is named to who took the step."
    )
    declare(
        Dismissal,
        VIEW,
        WRITER & Through("text", TEXT_VISIBLE),
        "What was dismissed in a text is seen by those who write notes and may read it whole.",
    )
    declare(Dismissal, "add", WRITER, "Those who write notes dismiss suggestions, for everybody.")
