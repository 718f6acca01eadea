"""Look whether a linked film is still where it was, by what its provider says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from archive.actions.bump_epoch import bump_epoch
from archive.actions.fetch_thumbnail import fetch_thumbnail
from archive.actions.notify import notify
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.enums import FilmOutcome, RoleCode, VideoState
from archive.models import StoredFile, User, Video, VideoCheck
from archive.outside import Answer, OutsideError, Question, fetch, films
from archive.outside.films.finding import Finding, Known, differing

Ask = Callable[[Question], Answer]
STATES = {
    FilmOutcome.THERE: VideoState.LIVE,
    FilmOutcome.CHANGED: VideoState.LIVE,
    FilmOutcome.GONE: VideoState.GONE,
}
#: What keepers are told of when it is news.
NEWS = {FilmOutcome.GONE: "video_gone", FilmOutcome.CHANGED: "video_changed"}


@dataclass(frozen=True, slots=True)
class _Look:
    finding: Finding
    differing: tuple[str, ...]
    thumbnail: StoredFile | None


def check_video(*, video_id: int, by: User | None = None, ask: Ask = fetch) -> VideoCheck:
    """Ask the provider about the film and record the answer; asking happens outside the transaction.

    Raises OutsideError("network_off"), after which nothing is recorded: nobody looked.
    """
    video = Video.objects.get(pk=video_id)
    finding = _found(video, ask)
    known = video.checks.filter(outcome=FilmOutcome.THERE).order_by("-pk").first()
    names = tuple(differing(_known(known), finding)) if finding.outcome == FilmOutcome.THERE else ()
    last = video.checks.exclude(thumbnail=None).order_by("-pk").first()
    picture = last.thumbnail if last else None
    if finding.thumbnail_url and (picture is None or names):
        picture = fetch_thumbnail(url=finding.thumbnail_url, ask=ask) or picture
    return _record(video_id, _Look(finding, names, picture), by)


def _found(video: Video, ask: Ask) -> Finding:
    question = films.question_of(video.provider, video.external_id, video.url)
    if question is None:
        return Finding(FilmOutcome.UNKNOWN, "provider_silent")
    try:
        return films.judge(video.provider, video.external_id, ask(question))
    except OutsideError as error:
        if error.code == "network_off":
            raise
        return Finding(FilmOutcome.UNKNOWN, error.code)


def _known(check: VideoCheck | None) -> Known:
    return Known(check.title, check.channel, check.duration, check.size) if check else Known()


@transaction.atomic
def _record(video_id: int, look: _Look, by: User | None) -> VideoCheck:
    video = Video.objects.select_for_update(no_key=True).get(pk=video_id)
    found = look.finding
    outcome = FilmOutcome.CHANGED if look.differing else found.outcome
    check = VideoCheck.objects.create(
        video=video, outcome=outcome, reason=found.reason, differing=" ".join(look.differing),
        status=found.status, title=found.title, channel=found.channel, duration=found.duration,
        size=found.size, thumbnail=look.thumbnail, checked_by=by,
    )  # fmt: skip
    settle(video, outcome, title=found.title, by=by)
    return check


def settle(video: Video, outcome: FilmOutcome, *, title: str, by: User | None) -> None:
    """Let lists and pages know of a new check, and the keepers of news, in the caller's transaction.

    Pages change with an answer, with the `title` that the provider has for a film of which the archive says none, and
    where a capture is played because its provider cannot be reached.
    """
    before, state = video.last_outcome, STATES.get(outcome, VideoState(video.state))
    # The description's version stays: nobody has described anything.
    Video.objects.filter(pk=video.pk).update(
        state=state, last_outcome=outcome, last_checked_at=timezone.now(),
        found_title=title or video.found_title,
    )  # fmt: skip
    renamed = bool(title) and title != video.found_title and not video.title
    if renamed:
        refresh_search("video", video.pk, by=by)
    unreached = (before == FilmOutcome.UNKNOWN) != (outcome == FilmOutcome.UNKNOWN)
    if renamed or state != video.state or (unreached and video.captures.exists()):
        bump_epoch()
    if outcome == before:
        return
    if outcome in NEWS:
        for user in (
            User.objects.filter(is_active=True, roles__code=RoleCode.ARCHIVIST).order_by("pk").distinct()
        ):
            notify(
                NEWS[outcome],
                user=user,
                url=reverse("desk_video_checks", args=[video.public_id]),
                video=video.public_id,
            )
    record_event("video.checked", target=video, by=by, outcome=outcome.value)
