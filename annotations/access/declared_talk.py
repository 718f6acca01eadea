"""Who reads and says what in the talk about notes: never more people than may see the note."""

from __future__ import annotations

from annotations.access.declarations import NOTE_VISIBLE, OPEN, REVIEWER
from annotations.enums import AnnotationStatus, Gone, Visibility
from annotations.models import (
    Annotation,
    AnnotationVersion,
    Mention,
    Reply,
    ReplyReport,
    ReplyVersion,
    TalkTurn,
    VisibilityChange,
)
from archive.access.registry import VIEW, declare
from archive.access.rules import MEMBER, Among, Field, InGroup, IsNull, NotOwn, Own, Rule, Through
from archive.access.viewer import Viewer


def _begun(viewer: Viewer) -> object:
    """Return the keys of the notes whose first words are the viewer's."""
    rows = AnnotationVersion.objects.filter(number=1, created_by=viewer.user_id or 0)
    return rows.order_by().values("annotation_id")


#: What was said within a group, or by an author to nobody, stays there when the note is opened to others, or is handed
#: over: whoever goes on with it was not there.
_SAID_AMONG = (
    OPEN | (Field("visibility", Visibility.GROUP) & InGroup("group"))
    | (Through("annotation", Own("author")) & Among("annotation", _begun))
)  # fmt: skip
_TALK = MEMBER & Through("annotation", NOTE_VISIBLE)
REPLY_VISIBLE: Rule = _TALK & (_SAID_AMONG | Own("author"))
_STANDS = Field("gone", "")
#: Who answers reports: reviewers; in a group, which these need not be of, who keeps it and the note's author.
_MODERATES = REVIEWER | (
    IsNull("group", is_null=False) & (Through("group", Own("keeper")) | Through("annotation", Own("author")))
)
#: Its words: of one that was taken back, its author's alone; of one that was removed, also theirs who removed it.
_WORDS = _STANDS | Own("author") | (Field("gone", Gone.REMOVED) & _MODERATES)


def declare_talk() -> None:
    """Fill the registry; called once when the app is ready."""
    # Who takes a note back is told so; whoever else still reads it, in a release, learns nothing of that.
    declare(
        Annotation, "reply", MEMBER & (NotOwn("author") | ~Field("status", AnnotationStatus.WITHDRAWN)),
        "Members reply to the notes that they may see.",
    )  # fmt: skip
    declare(
        Annotation, "settle", MEMBER & (Own("author") | REVIEWER),
        "The author of a note and reviewers call the talk about it settled, and take it up again.",
    )  # fmt: skip
    declare(
        Reply, VIEW, REPLY_VISIBLE,
        "A reply is seen by members who may see its note, and were of the group that it was said in.",
    )  # fmt: skip
    declare(Reply, "revise", Own("author") & _STANDS, "People revise their own replies.")
    declare(Reply, "withdraw", Own("author") & _STANDS, "People take their own replies back.")
    declare(Reply, "report", NotOwn("author") & _STANDS, "Members report what somebody else said.")
    declare(
        Reply, "moderate", _MODERATES & NotOwn("author"),
        "Reviewers, and in a group who keeps it or wrote the note, answer reports of what others said.",
    )  # fmt: skip
    declare(
        ReplyVersion, VIEW, Through("reply", REPLY_VISIBLE) & Through("reply", _WORDS),
        "What a reply says and said is seen with it, until it is taken back.",
    )  # fmt: skip
    declare(
        Mention, VIEW, Through("version__reply", REPLY_VISIBLE), "Who is mentioned is seen with the reply."
    )
    declare(
        TalkTurn, VIEW, _TALK & (_SAID_AMONG | Own("created_by")), "That a talk was settled is seen with it."
    )
    declare(
        ReplyReport, VIEW,
        Through("reply", REPLY_VISIBLE) & (Own("created_by") | (Through("reply", _MODERATES) & Through("reply", NotOwn("author")))),
        "A report is seen by who made it, and by those who answer it; never by whom it is about.",
    )  # fmt: skip
    declare(
        VisibilityChange, VIEW, Through("annotation", Own("author")) & Own("created_by"),
        "Who could see a note when is told to its author, who said so; it may name a group that others are not of.",
    )  # fmt: skip
