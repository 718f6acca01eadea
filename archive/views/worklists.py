"""What waits to be mended or looked at in the archive: every worklist with its count, for the front page of the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from archive.access import Viewer, permitted, visible_to
from archive.access.sections import to_settle
from archive.enums import RoleCode
from archive.media import films, fixity
from archive.models import TextSection, Video
from archive.views import desk_counts


class Worklist(NamedTuple):
    """One list, where it is, and how much is on it."""

    label: str | Promise
    url: str
    count: int


#: Lists of films by their name in `films.WORKLISTS`.
_FILMS = {
    "gone": _("Films that are gone"), "changed": _("Films that have become others"),
    "could_not_check": _("Films that could not be checked"), "never_captured": _("Films that were never captured"),
    "no_copy": _("Recordings and films without a copy for readers"),
    "not_whole": _("Films with a recorded page that is not whole"),
}  # fmt: skip
Row = tuple[str | Promise, str, Callable[[Viewer], int]]
_OTHERS: tuple[Row, ...] = (
    (_("Files that are not all here"), "desk_deposits", desk_counts.deposits),
    (_("Import reports to read"), "desk_texts", desk_counts.texts),
    (_("Figures without a picture"), "desk_figures", desk_counts.figures),
    (_("Images that do not decode"), "desk_images?state=broken", desk_counts.images),
    (_("Works with a kept section to settle"), "desk_works?show=unsettled", lambda viewer: _unsettled(viewer)),
    (_("Files that are not intact, or could not be checked"), "desk_files?show=not_intact", desk_counts.files),
    (_("Files that are overdue for a check"), "desk_files?show=overdue", lambda _viewer: _overdue()),
    (_("Requests without an answer"), "desk_requests", desk_counts.requests),
    (_("Consents that ended"), "desk_consents", desk_counts.consents),
)  # fmt: skip


def worklists(viewer: Viewer) -> list[Worklist]:
    """Return the lists of those who keep the archive; none for anybody else."""
    if not viewer.has(RoleCode.ARCHIVIST, RoleCode.ADMINISTRATOR):
        return []
    return [
        *_of_films(viewer),
        *(Worklist(label, _address(name), count(viewer)) for label, name, count in _OTHERS),
    ]


def _of_films(viewer: Viewer) -> Iterator[Worklist]:
    rows = permitted(Video, viewer, "change").order_by()
    counts = rows.aggregate(**{name: Count("pk", filter=films.WORKLISTS[name]) for name in _FILMS})
    for name, label in _FILMS.items():
        yield Worklist(label, f"{reverse('desk_videos')}?show={name}", counts[name])


def _address(name: str) -> str:
    page, _mark, query = name.partition("?")
    return reverse(page) + (f"?{query}" if query else "")


def _unsettled(viewer: Viewer) -> int:
    rows = to_settle(visible_to(TextSection, viewer)).order_by()
    return rows.values("text__work").distinct().count()


def _overdue() -> int:
    return fixity.overdue(timezone.now()).count()
