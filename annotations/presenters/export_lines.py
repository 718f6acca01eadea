"""The downloads of a release as a list: what there is, how large it is, what is being made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from annotations.models import ReleaseExport
from annotations.presenters.kept_exports import is_made
from archive.enums import JobState
from archive.models import Job

#: What begins that soon is as good as begun.
_SOON = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class ExportLine:
    """One form of a release."""

    form: str
    label: str
    about: str
    ending: str
    #: "made": with size and hash; "quick": written while it is fetched; "waiting", "failed", "absent"; "withheld": it holds
    #: exact bytes of which some are hidden now.
    state: str
    size: int | None = None
    sha256: str = ""
    progress: int = 0

    @property
    def is_ready(self) -> bool:
        """Whether it can be fetched at once."""
        return self.state in ("made", "quick")


@dataclass(frozen=True, slots=True)
class ExportGroup:
    """Forms that are for the same."""

    code: str
    label: str
    lines: tuple[ExportLine, ...]


def export_groups(
    forms: Mapping[str, Any], groups: Mapping[str, Any], rows: Mapping[str, ReleaseExport], *, whole: bool
) -> tuple[ExportGroup, ...]:
    """Return the forms in their groups; `rows` are those that were asked for, `whole` says that nothing is hidden now."""
    lines = {form: _line(form, one, rows.get(form), whole=whole) for form, one in forms.items()}
    return tuple(
        ExportGroup(code, str(label), tuple(lines[form] for form, one in forms.items() if one.group == code))
        for code, label in groups.items()
    )


def _line(form: str, one: Any, row: ReleaseExport | None, *, whole: bool) -> ExportLine:
    said = {"form": form, "label": str(one.label), "about": str(one.about), "ending": one.ending}
    if one.is_exact and not whole:
        return ExportLine(**said, state="withheld")
    if is_made(row):
        assert row is not None
        return ExportLine(**said, state="made", size=row.size, sha256=row.sha256)
    if one.is_quick:
        return ExportLine(**said, state="quick")
    state, progress = "absent", 0
    # One that was made and is not there, as after a backup was restored, is as if nobody had asked.
    if row is not None and row.job is not None and row.job.state != JobState.DONE and not _is_ahead(row.job):
        state = "failed" if row.job.state == JobState.FAILED else "waiting"
        progress = row.job.progress
    return ExportLine(**said, state=state, progress=progress)


def _is_ahead(job: Job) -> bool:
    """Whether a file waits for its hour, so that whoever wants it now has to ask for it."""
    return not job.attempts and job.not_before is not None and job.not_before > timezone.now() + _SOON
