"""Who may do what in the archive. Every sentence here is shown on the people page and tested row by row."""

from typing import Any

from django.db.models.expressions import RawSQL

from archive.access.pixels import behind_covers
from archive.access.registry import VIEW, declare
from archive.access.rules import EVERYONE, MEMBER, Among, Field, Has, IsNull, Own, Past, Rule, Through
from archive.access.section_rule import ReadWhole
from archive.access.shelves import OnOpenShelf
from archive.access.undone import undone_arrivals, undone_deposits, undone_tables
from archive.access.viewer import KEEPERS, Viewer
from archive.enums import Access, CaptureAccess, RoleCode
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
from archive.models.collection import DEEPEST
from archive.models.described import DescribedModel

KEEPER = Has(*KEEPERS)
ARCHIVIST = Has(RoleCode.ARCHIVIST, RoleCode.ADMINISTRATOR)
ADMINISTRATOR = Has(RoleCode.ADMINISTRATOR)


def _described(model: type[DescribedModel]) -> Rule:
    """A keeper sees all; others what their access grants, unless it stands on a shelf that is closed to them."""
    return KEEPER | (_granted(model) & OnOpenShelf("collection", CLOSED_SHELF))


def _shelved() -> Rule:
    """A keeper sees all; others what is granted to them all the way up: never more than of what lies around it."""
    granted = _granted(Collection)
    rule: Rule = granted & IsNull("parent")
    for _depth in range(DEEPEST - 1):
        rule = granted & (IsNull("parent") | Through("parent", rule))
    return KEEPER | rule


def _granted(model: type[DescribedModel]) -> Rule:
    """What an item's own access grants once its embargo is over, unless it was taken down."""
    granted = (
        Field("access", Access.PUBLIC)
        | (Field("access", Access.MEMBERS) & MEMBER)
        | (Field("access", Access.RESTRICTED) & named_for(model))
    )
    return granted & Past("embargo_until") & IsNull("takedown")


def named_for(model: type[DescribedModel] | type[TextSection]) -> Rule:
    """The viewer, or one of their groups, is named for the item."""
    groups, readers = (field.through._meta.db_table for field in (model.groups, model.readers))
    column = f"{model._meta.model_name}_id"

    def named(viewer: Viewer) -> Any:
        sql = f"SELECT {column} FROM {readers} WHERE user_id = %s"  # noqa: S608 - names of our own tables.
        if viewer.group_ids:
            marks = ", ".join(["%s"] * len(viewer.group_ids))
            sql += f" UNION ALL SELECT {column} FROM {groups} WHERE group_id IN ({marks})"  # noqa: S608
        return RawSQL(sql, [viewer.user_id, *sorted(viewer.group_ids)])  # noqa: S611

    return MEMBER & Among("pk", named)


#: Closed with all that is in it, to everybody but the keepers and those who are named.
CLOSED_SHELF = IsNull("takedown", is_null=False) | (
    Field("access", Access.RESTRICTED) & ~(named_for(Collection) & Past("embargo_until"))
)
COLLECTION_VISIBLE = _shelved()
WORK_VISIBLE = _described(Work)
IMAGE_VISIBLE = Field("undone", False) & _described(Image)
VIDEO_VISIBLE = Field("undone", False) & _described(Video)
#: Who reads a section that is kept from others; once it was given free, everybody who reads the text.
SECTION_GRANTED = (
    (
        Field("access", Access.PUBLIC)
        | (Field("access", Access.MEMBERS) & MEMBER)
        | (Field("access", Access.RESTRICTED) & named_for(TextSection))
    )
    & Past("embargo_until")
    & Field("down_because", "")
)


def reads_whole(name: str) -> Rule:
    """A column names a text of which no section is kept from the viewer."""
    return KEEPER | ReadWhole(name, SECTION_GRANTED)


#: Of a text, what is not kept from the viewer: for what can show it with gaps.
TEXT_IN_PART = Through("work", WORK_VISIBLE)
#: All of a text: nothing that shows it whole has it for those who may not read one of its sections.
TEXT_VISIBLE = TEXT_IN_PART & reads_whole("pk")


#: As long as it was not undone.
OPEN_DEPOSIT = IsNull("undone_at")


def _captured() -> Rule:
    """A keeper sees all; others those of a film that they may see, as far as the capture's own access goes."""
    through: Any = Capture.groups.through

    def in_groups(viewer: Viewer) -> Any:
        return through.objects.filter(group_id__in=viewer.group_ids).values("capture_id")

    granted = (
        Field("access", CaptureAccess.AS_VIDEO)
        | (Field("access", CaptureAccess.MEMBERS) & MEMBER)
        | (Field("access", CaptureAccess.RESTRICTED) & MEMBER & Among("pk", in_groups))
    )
    return Through("video", Field("undone", False)) & (KEEPER | (granted & Through("video", VIDEO_VISIBLE)))


def declare_all() -> None:
    """Fill the registry; called once when the app is ready."""
    for model, rule in (
        (Collection, COLLECTION_VISIBLE), (Work, WORK_VISIBLE), (Image, IMAGE_VISIBLE), (Video, VIDEO_VISIBLE),
    ):  # fmt: skip
        name = model._meta.model_name
        around = ", and who see the collection around it" if model is Collection else ""
        declare(
            model,
            VIEW,
            rule,
            f"A {name} is seen by those its access names{around}, once its embargo is over, while nothing around it is closed to them.",
        )
        declare(model, "add", ARCHIVIST, f"Archivists bring in a {name}.")
        declare(model, "change", ARCHIVIST, f"Archivists describe a {name} and set its rights and access.")
        declare(model, "take_down", ARCHIVIST, f"Archivists take a {name} down, and put it back.")
    for held in (Work, Collection):
        declare(
            held,
            "take_out",
            ARCHIVIST,
            f"Archivists take a {held._meta.model_name} out of the archive as a package.",
        )
    declare(
        TakeOut,
        VIEW,
        Own("created_by") & ARCHIVIST,
        "A package is for the archivist who asked for it, as long as they are one.",
    )
    declare(TakeOut, "add", ARCHIVIST, "Archivists ask for packages.")
    declare(
        PackageArrival,
        VIEW,
        Own("created_by") & ARCHIVIST,
        "A package that came is for the archivist who wants to bring it in, as long as they are one.",
    )
    declare(PackageArrival, "add", ARCHIVIST, "Archivists bring packages in.")
    declare(Consent, VIEW, ARCHIVIST, "Archivists see what people agreed to.")
    declare(Consent, "add", ARCHIVIST, "Archivists record what people agreed to.")
    declare(Consent, "change", ARCHIVIST, "Archivists record that a consent was withdrawn, and acted on.")
    declare(Takedown, VIEW, ARCHIVIST, "Archivists see what was taken down, why, and by whom.")
    declare(Takedown, "add", ARCHIVIST, "Archivists take down what may not be seen any more.")
    declare(
        Image,
        "original",
        ARCHIVIST
        | (
            KEEPER & Field("covered", False) & ~Among("arrival__stored_file", lambda _viewer: behind_covers())
        ),
        "Those who keep the archive may fetch the original bytes; only archivists those behind covered parts.",
    )
    declare(Image, "redact", ARCHIVIST, "Archivists cover parts of an image, and uncover them.")
    declare(Redaction, VIEW, ARCHIVIST, "Archivists see what of an image was covered when.")
    declare(
        Text, VIEW, TEXT_VISIBLE, "A text is seen with its work, by those from whom no section of it is kept."
    )
    declare(TextSection, VIEW, ARCHIVIST, "Archivists see which sections of texts are kept from whom.")
    for act in ("add", "change"):
        declare(TextSection, act, ARCHIVIST, "Archivists keep sections of texts from readers.")
    declare(Text, "correct", ARCHIVIST, "Archivists correct a text.")
    declare(TextRevision, VIEW, Through("text", TEXT_VISIBLE), "A revision is seen with its text.")
    both = Through("original__text", TEXT_VISIBLE) & Through("translation__text", TEXT_VISIBLE)
    declare(
        Alignment,
        VIEW,
        KEEPER | (both & Field("is_approved", True)),
        "The pairing of a text with its translation is seen by those who see both, once an archivist approved it.",
    )
    declare(Alignment, "add", ARCHIVIST, "Archivists pair a text with its translation.")
    declare(
        Figure,
        VIEW,
        Through("text", TEXT_VISIBLE),
        "A figure is seen with its text; its image by its own access.",
    )
    declare(Figure, "fill", ARCHIVIST, "Archivists put an image into a figure.")
    for sent, seen in (
        (FileArrival, ~Among("pk", undone_arrivals) & ~Among("pk", undone_tables)), (ImportRun, ~Among("arrival", undone_arrivals)),
        (TextDraft, ~Among("run__arrival", undone_arrivals)), (Deposit, EVERYONE), (DepositItem, EVERYONE),
    ):  # fmt: skip
        declare(
            sent,
            VIEW,
            ARCHIVIST & seen,
            "Archivists see what was sent in and is being prepared, but not what came of a deposit that was undone.",
        )
        declare(sent, "add", ARCHIVIST, "Archivists send in files and start drafts.")
        declare(sent, "change", ARCHIVIST, "Archivists work on drafts.")
    declare(Deposit, "change", ARCHIVIST & OPEN_DEPOSIT, "Archivists add to a deposit until it is undone.")
    declare(Deposit, "undo", ARCHIVIST & OPEN_DEPOSIT, "Archivists undo a deposit, once.")
    declare(
        DepositItem,
        "change",
        ARCHIVIST & Through("deposit", OPEN_DEPOSIT),
        "Archivists send in the files of a deposit until it is undone.",
    )
    declare(DepositAgreement, VIEW, ARCHIVIST, "Archivists see under which terms a deposit was given.")
    declare(DepositAgreement, "add", ARCHIVIST, "Archivists keep the agreement of a deposit with it.")
    declare(
        PrintedReceipt,
        VIEW,
        Own("created_by") & ARCHIVIST,
        "A printed receipt is for the archivist who asked for it, as long as they are one.",
    )
    declare(PrintedReceipt, "add", ARCHIVIST, "Archivists have receipts printed.")
    declare(
        FileArrival,
        "repair",
        ADMINISTRATOR,
        "Administrators put a replica's bytes in the place of damaged ones.",
    )
    declare(
        ImportProblem,
        VIEW,
        ARCHIVIST & ~Among("draft__run__arrival", undone_arrivals),
        "Archivists see an import's problems.",
    )
    declare(
        DescriptionChange,
        VIEW,
        ARCHIVIST,
        "Archivists see what a description said before, without the names of what they may not see.",
    )
    declare(
        BulkStep,
        VIEW,
        ARCHIVIST & ~Among("deposit", undone_deposits),
        "Archivists see what was changed in many descriptions at once.",
    )
    declare(BulkStep, "add", ARCHIVIST, "Archivists prepare changes of many descriptions.")
    declare(
        BulkStep, "change", ARCHIVIST, "Archivists apply changes of many descriptions and take them back."
    )
    declare(VideoCheck, VIEW, ARCHIVIST, "Archivists see what the checks of a video found.")
    declare(
        Capture,
        VIEW,
        _captured(),
        "A capture is seen by those who see its film, unless its own access says fewer.",
    )
    declare(Capture, "add", ARCHIVIST, "Archivists keep captures of films.")
    declare(Capture, "change", ARCHIVIST, "Archivists describe a capture and set who may see it.")
    declare(
        Transcript,
        VIEW,
        Through("video", VIDEO_VISIBLE) & Through("text", TEXT_VISIBLE),
        "That a text belongs to a film is seen by those who see both.",
    )
    for act in ("add", "change"):
        declare(Transcript, act, ARCHIVIST, "Archivists tie texts to films.")
    declare(Job, VIEW, Own("created_by") | ADMINISTRATOR, "A job is seen by who caused it.")
    declare(Job, "requeue", ADMINISTRATOR, "Administrators start again background work that was given up.")
    declare(Notice, VIEW, Own("user"), "A notice is seen by the person it is for.")
    declare(Page, VIEW, EVERYONE, "Editorial pages are public.")
    declare(Page, "change", ADMINISTRATOR, "Administrators edit the site's own pages.")
    declare(PublicRequest, VIEW, ARCHIVIST, "Archivists see what people outside ask of the archive.")
    declare(
        PublicRequest,
        "change",
        ARCHIVIST,
        "Archivists decide on requests and erase what is personal in them.",
    )
    declare(SiteSettings, VIEW, EVERYONE, "The site's name is public.")
    declare(SiteSettings, "change", ADMINISTRATOR, "Administrators set the site's name and logo.")
    declare(Role, VIEW, MEMBER, "Roles and their sentences are known to members.")
    declare(User, VIEW, ADMINISTRATOR | Own("pk"), "An account is seen by its owner and by administrators.")
    declare(User, "change", ADMINISTRATOR, "Administrators give roles and deactivate accounts.")
    declare(
        Group,
        VIEW,
        ARCHIVIST | Among("pk", lambda viewer: viewer.group_ids),
        "A group is seen by its members, and by archivists, who open items to it.",
    )
    declare(
        PersonalExport,
        VIEW,
        Own("account") | (Own("created_by") & ADMINISTRATOR),
        "A package of a person's data is seen by that person, and by the administrator who had it made.",
    )
    declare(
        Erasure,
        VIEW,
        Own("account") | ADMINISTRATOR,
        "That an account is to be erased is seen by its owner and by administrators.",
    )
    declare(Group, "add", ADMINISTRATOR, "Administrators make groups.")
    declare(Group, "change", ADMINISTRATOR, "Administrators change groups.")
    declare(Invitation, VIEW, ADMINISTRATOR, "Administrators see invitations.")
    declare(Invitation, "add", ADMINISTRATOR, "Administrators invite people.")
