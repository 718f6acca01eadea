"""Who sees what: the rules of which the declarations of the archive, and those of annotations, are made."""

from typing import Any

from django.db.models.expressions import RawSQL

from archive.access.rules import MEMBER, Among, Field, Has, IsNull, Past, Rule, Through
from archive.access.section_rule import ReadWhole
from archive.access.shelves import OnOpenShelf
from archive.access.viewer import KEEPERS, Viewer
from archive.enums import Access, CaptureAccess, RoleCode
from archive.models import (
    Capture,
    Collection,
    Image,
    TextSection,
    Video,
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
        if viewer.reader_group_ids:
            marks = ", ".join(["%s"] * len(viewer.reader_group_ids))
            sql += f" UNION ALL SELECT {column} FROM {groups} WHERE group_id IN ({marks})"  # noqa: S608
        return RawSQL(sql, [viewer.user_id, *sorted(viewer.reader_group_ids)])  # noqa: S611

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
        return through.objects.filter(group_id__in=viewer.reader_group_ids).values("capture_id")

    granted = (
        Field("access", CaptureAccess.AS_VIDEO)
        | (Field("access", CaptureAccess.MEMBERS) & MEMBER)
        | (Field("access", CaptureAccess.RESTRICTED) & MEMBER & Among("pk", in_groups))
    )
    return Through("video", Field("undone", False)) & (KEEPER | (granted & Through("video", VIDEO_VISIBLE)))


CAPTURE_VISIBLE = _captured()
