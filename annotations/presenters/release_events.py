"""What happened to a release and what is still to come, told so that a day that is only planned is never called past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.enums import ReleaseEventKind
from annotations.models import ReleaseEvent

#: A schedule that is changed over and over is told by its newest turns.
MOST = 20


@dataclass(frozen=True, slots=True)
class Told:
    """One line: what, when, by whom and why; `remark` says what came of it."""

    label: str | Promise
    at: datetime
    event: ReleaseEvent
    remark: str | Promise = ""
    #: Whether the moment is still to come or never came: then its time zone matters.
    is_planned: bool = False


def zone_name() -> str:
    """Return the name of the time zone in which times are said and typed."""
    return timezone.get_current_timezone_name()


def told_events(release: Any) -> list[Told]:
    """Return the events of a row of `releases()`, the oldest first."""
    rows = release.events.select_related("created_by", "followed_by").order_by("-pk")[:MOST]
    return [_told(event, release, timezone.now()) for event in reversed(rows)]


def _told(event: ReleaseEvent, release: Any, now: datetime) -> Told:
    if event.kind == ReleaseEventKind.WITHDRAWN:
        return Told(_("Withdrawn on"), event.effective_at, event)
    follower = getattr(event, "followed_by", None)
    if event.kind == ReleaseEventKind.CANCELLED:
        return Told(_("Called off on"), event.effective_at, event)
    if follower is not None:
        return Told(_("Was to be public on"), event.effective_at, event, is_planned=True)
    if release.withdrawn_at and release.withdrawn_at < event.effective_at:
        remark = _("It was withdrawn before and was never public.")
        return Told(_("Was to be public on"), event.effective_at, event, remark, is_planned=True)
    if event.effective_at > now:
        return Told(_("Will be public on"), event.effective_at, event, is_planned=True)
    return Told(_("Published on"), event.effective_at, event)
