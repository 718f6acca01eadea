"""Who may do what in the archive. Every sentence here is shown on the people page and tested row by row."""

from typing import Any

from archive.access.registry import VIEW, declare
from archive.access.rules import EVERYONE, MEMBER, Among, Field, Has, Own, Past, Rule, Through
from archive.access.viewer import KEEPERS, Viewer
from archive.enums import Access, RoleCode
from archive.models import (
    Collection,
    Deposit,
    DepositItem,
    Figure,
    FileArrival,
    Group,
    Image,
    ImportProblem,
    ImportRun,
    Invitation,
    Job,
    Notice,
    Page,
    PublicRequest,
    Redaction,
    Role,
    SiteSettings,
    TakeOut,
    Text,
    TextDraft,
    TextRevision,
    User,
    Video,
    VideoCheck,
    Work,
)
from archive.models.described import DescribedModel

KEEPER = Has(*KEEPERS)
ARCHIVIST = Has(RoleCode.ARCHIVIST, RoleCode.ADMINISTRATOR)
ADMINISTRATOR = Has(RoleCode.ADMINISTRATOR)


def _described(model: type[DescribedModel]) -> Rule:
    """A keeper sees all; others what their access grants once its embargo is over."""
    through: Any = model.groups.through
    column = f"{model._meta.model_name}_id"

    def in_groups(viewer: Viewer) -> Any:
        return through.objects.filter(group_id__in=viewer.group_ids).values(column)

    granted = (
        Field("access", Access.PUBLIC)
        | (Field("access", Access.MEMBERS) & MEMBER)
        | (Field("access", Access.RESTRICTED) & MEMBER & Among("pk", in_groups))
    )
    return KEEPER | (granted & Past("embargo_until"))


COLLECTION_VISIBLE = _described(Collection)
WORK_VISIBLE = _described(Work)
IMAGE_VISIBLE = _described(Image)
VIDEO_VISIBLE = _described(Video)
TEXT_VISIBLE = Through("work", WORK_VISIBLE)


def declare_all() -> None:
    """Fill the registry; called once when the app is ready."""
    for model, rule in (
        (Collection, COLLECTION_VISIBLE), (Work, WORK_VISIBLE), (Image, IMAGE_VISIBLE), (Video, VIDEO_VISIBLE),
    ):  # fmt: skip
        name = model._meta.model_name
        declare(model, VIEW, rule, f"A {name} is seen by those its access names, once its embargo is over.")
        declare(model, "add", ARCHIVIST, f"Archivists bring in a {name}.")
        declare(model, "change", ARCHIVIST, f"Archivists describe a {name} and set its rights and access.")
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
        Image,
        "original",
        ARCHIVIST | (KEEPER & Field("covered", False)),
        "Those who keep the archive may fetch the original bytes; only archivists those behind covered parts.",
    )
    declare(Image, "redact", ARCHIVIST, "Archivists cover parts of an image, and uncover them.")
    declare(Redaction, VIEW, ARCHIVIST, "Archivists see what of an image was covered when.")
    declare(Text, VIEW, TEXT_VISIBLE, "A text is seen with its work.")
    declare(Text, "correct", ARCHIVIST, "Archivists correct a text.")
    declare(TextRevision, VIEW, Through("text", TEXT_VISIBLE), "A revision is seen with its work.")
    declare(
        Figure,
        VIEW,
        Through("text", TEXT_VISIBLE),
        "A figure is seen with its text; its image by its own access.",
    )
    declare(Figure, "fill", ARCHIVIST, "Archivists put an image into a figure.")
    for sent in (FileArrival, ImportRun, TextDraft, Deposit, DepositItem):
        declare(sent, VIEW, ARCHIVIST, "Archivists see what was sent in and is being prepared.")
        declare(sent, "add", ARCHIVIST, "Archivists send in files and start drafts.")
        declare(sent, "change", ARCHIVIST, "Archivists work on drafts.")
    declare(
        FileArrival,
        "repair",
        ADMINISTRATOR,
        "Administrators put a replica's bytes in the place of damaged ones.",
    )
    declare(ImportProblem, VIEW, ARCHIVIST, "Archivists see an import's problems.")
    declare(VideoCheck, VIEW, ARCHIVIST, "Archivists see what the checks of a video found.")
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
    declare(Group, "add", ADMINISTRATOR, "Administrators make groups.")
    declare(Group, "change", ADMINISTRATOR, "Administrators change groups.")
    declare(Invitation, VIEW, ADMINISTRATOR, "Administrators see invitations.")
    declare(Invitation, "add", ADMINISTRATOR, "Administrators invite people.")
