"""Who may do what to submissions and decisions."""

from __future__ import annotations

from django.db.models import QuerySet

from annotations.access.declarations import (
    EDITOR,
    OWNER,
    RELEASE_VISIBLE,
    REVIEWER,
    VERSION_VISIBLE,
    on_visible_place,
)
from annotations.access.independent import withheld_keys
from annotations.enums import PastKind
from annotations.models import Assignment, Decision, PastEvent, Submission, SubmissionItem
from archive.access.registry import VIEW, declare
from archive.access.rules import Among, Field, NotOwn, Own, Through
from archive.access.viewer import Viewer


def items_on_visible_places(viewer: Viewer) -> QuerySet[SubmissionItem]:
    """Return what was handed in, by notes on what the viewer may see; nothing tells them of the rest."""
    return SubmissionItem.objects.filter(on_visible_place().q(viewer, "version__annotation__"))


def _submissions_on_visible_places(viewer: Viewer) -> object:
    """A message may speak of the work: who may not see that learns nothing of it."""
    return items_on_visible_places(viewer).values("submission_id")


#: Who wrote it neither assigns nor is told who is to decide.
_TO_BE_ASSIGNED = REVIEWER & NotOwn("author") & Among("pk", _submissions_on_visible_places)
#: Decisions are kept from whom an edition asks to decide without knowing of them.
_TOLD_OF_DECISIONS = Through("version", ~Among("annotation", withheld_keys))


def declare_review() -> None:
    """Fill the registry; called once when the app is ready."""
    declare(
        Submission,
        VIEW,
        Own("author") | (REVIEWER & Among("pk", _submissions_on_visible_places)),
        "A submission is seen by its author, and by reviewers who may see what it is on.",
    )
    declare(
        Assignment,
        VIEW,
        Through("submission", _TO_BE_ASSIGNED),
        "Who is to decide is known to the reviewers who see what it is about.",
    )
    declare(
        Decision,
        VIEW,
        Own("author")
        | (
            (REVIEWER | EDITOR) & Through("version", VERSION_VISIBLE) & (Own("reviewer") | _TOLD_OF_DECISIONS)
        ),
        "A decision is seen by the note's author, and by reviewers and editors who see the version that it is on; where an "
        "edition asks for independent review, by its other reviewers once they have decided too.",
    )
    declare(
        PastEvent,
        VIEW,
        (Field("kind", PastKind.SAID) & Through("version", VERSION_VISIBLE))
        | Through("version", Through("annotation", Own("author")))
        | ((REVIEWER | EDITOR) & Through("version", VERSION_VISIBLE) & _TOLD_OF_DECISIONS)
        | Through("release", RELEASE_VISIBLE),
        "What a package tells of a version is seen like what was decided here, and when it was said with it; that of a release with the release.",
    )
    declare(Submission, "add", OWNER, "Those who have notes hand them in.")
    declare(Submission, "assign", _TO_BE_ASSIGNED, "Reviewers agree on who decides on what others handed in.")
    declare(Decision, "add", REVIEWER, "Reviewers decide.")
