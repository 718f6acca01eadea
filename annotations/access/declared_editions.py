"""Who may do what to editions and releases."""

from __future__ import annotations

from annotations.access.declarations import (
    EDITOR,
    RELEASE_VISIBLE,
    REVIEWER,
    WROTE_SOME_OF_IT,
    on_visible_place,
)
from annotations.models import Edition, Release, ReleaseExport, ReleaseFile, ReleaseNote, Report
from archive.access.pixels import STILL_SHOWN
from archive.access.registry import VIEW, declare
from archive.access.rules import Among, IsNull, NotOwn, Through
from archive.access.visible import IMAGE_VISIBLE, TEXT_VISIBLE, VIDEO_VISIBLE, WORK_VISIBLE

#: A report of a note is not its author's to see: nobody is told who reported them, nor decides on it themselves.
_REPORT = REVIEWER & (
    (
        IsNull("annotation", is_null=False)
        & Through("annotation", NotOwn("author") & ~WROTE_SOME_OF_IT & on_visible_place())
    )
    | (IsNull("annotation") & IsNull("text", is_null=False) & Through("text", TEXT_VISIBLE))
    | (
        IsNull("annotation")
        & IsNull("text")
        & (
            (IsNull("work", is_null=False) & Through("work", WORK_VISIBLE))
            | (IsNull("image", is_null=False) & Through("image", IMAGE_VISIBLE))
            | (IsNull("video", is_null=False) & Through("video", VIDEO_VISIBLE))
        )
    )
)


def declare_editions() -> None:
    """Fill the registry; called once when the app is ready."""
    declare(
        Edition,
        VIEW,
        EDITOR
        | Among("pk", lambda viewer: Release.objects.filter(RELEASE_VISIBLE.q(viewer)).values("edition_id")),
        "Editors see every edition; others those with a release that they may see.",
    )
    declare(Edition, "add", EDITOR, "Editors compose editions.")
    for action, sentence in (
        ("change", "Editors change an edition's plan."),
        ("put_away", "Editors put away a plan of which no release was sealed."),
        ("seal", "Editors seal a release."),
        ("publish", "Editors publish a sealed release."),
        ("withdraw", "Editors withdraw a release."),
    ):
        declare(Edition, action, EDITOR, sentence)
    declare(
        Release,
        VIEW,
        RELEASE_VISIBLE,
        "A release is seen by editors, and by those who may read all of its text once published.",
    )
    declare(
        ReleaseNote,
        VIEW,
        Through("release", RELEASE_VISIBLE) & Through("annotation", on_visible_place()),
        "A released note is seen with its release, as long as what it is on may be seen.",
    )
    declare(
        ReleaseExport,
        VIEW,
        Through("release", RELEASE_VISIBLE),
        "A file that was made of a release is seen with it, as long as it holds nothing that is hidden now.",
    )
    declare(
        ReleaseFile,
        VIEW,
        Through("release", RELEASE_VISIBLE) & Through("image", IMAGE_VISIBLE) & STILL_SHOWN,
        "A release's picture is seen with its release, as long as the image may be seen and shows as much itself.",
    )
    declare(
        Report,
        VIEW,
        _REPORT,
        "What readers report is seen by reviewers who may see what it is about and did not write it.",
    )
    declare(Report, "answer", _REPORT, "Reviewers answer what readers report of what others wrote.")
