"""The downloads of a release as they stand now: the list, and the file of each that is kept."""

from __future__ import annotations

from annotations.exports import FORMATS, GROUPS
from annotations.exports.given import given_of
from annotations.models import ReleaseExport
from annotations.presenters.export_lines import ExportGroup, ExportLine, export_groups
from annotations.presenters.issue import Issue
from annotations.presenters.kept_exports import asked, is_made
from archive.errors import NotVisible


def groups_of(issue: Issue) -> tuple[ExportGroup, ...]:
    """Return the downloads of a release as it may be seen now."""
    return export_groups(FORMATS, GROUPS, asked(issue), whole=given_of(issue).is_whole)


def line_of(issue: Issue, form: str) -> ExportLine:
    """Return one of them; raises NotVisible for what is no form."""
    lines = (line for group in groups_of(issue) for line in group.lines if line.form == form)
    found = next(lines, None)
    if found is None:
        raise NotVisible("not_visible")
    return found


def made(issue: Issue, form: str) -> ReleaseExport | None:
    """Return the kept file of a form that holds now, if it was made."""
    export = asked(issue).get(form)
    return export if is_made(export) else None


def file_name(issue: Issue, form: str) -> str:
    """Return what a file is called on the disk of whoever fetches it."""
    return f"{issue.snapshot.slug}-{issue.snapshot.number}.{FORMATS[form].ending}"
