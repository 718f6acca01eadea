"""Keep a capture of a film: its bytes as they arrived, or where a public web archive keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO, Any

from django.db import transaction
from django.utils import timezone

from archive.access import require, require_may
from archive.actions.bump_epoch import bump_epoch
from archive.actions.describe import refuse_odd_moment
from archive.actions.enqueue import enqueue
from archive.actions.once import once
from archive.actions.record_event import record_event
from archive.enums import CaptureAccess, CaptureKind
from archive.errors import Conflict, Invalid
from archive.media import film_bytes, paths
from archive.models import Capture, FileArrival, Group, User, Video
from archive.text.web_archives import kept_copy

FIELDS = frozenset({"captured_at", "captured_by", "tool", "note", "access", "groups"})
_HEAD = 4096
Opener = Callable[[], IO[bytes]]
MAKE_CLEAN_COPY = "make_clean_copy"
READ_WACZ = "read_wacz"


@transaction.atomic
def add_capture(
    *,
    video: Video,
    arrival: FileArrival | None = None,
    url: str = "",
    values: Mapping[str, Any] | None = None,
    key: str = "",
    public_id: str = "",
    opened: Opener | None = None,
    by: User,
) -> Capture:
    """Insert a capture of `video`: the file that arrived, or else the address; nothing is fetched from there.

    An address tells its moment itself. A recording takes sound alone, a film that is kept here takes films, and readers are
    given a clean copy of either. With
    `public_id`, it is kept under the id that it had elsewhere; `opened` opens bytes that
    are not in their place yet. Raises Invalid("capture_missing", "capture_two",
    "not_a_recording", "not_a_film", "not_a_capture", "not_a_kept_copy", "captured_later", and what `set_capture_values` raises),
    Conflict("capture_known") with the `capture` that is there, NotAllowed, NotVisible.
    """
    require_may(by, "add", Capture)
    require(by, "change", video)
    if arrival is not None:
        require(by, "view", arrival)
    if arrival is not None and url:
        raise Invalid("capture_two", field="url")

    def make() -> Capture:
        Video.objects.select_for_update(no_key=True).get(pk=video.pk)
        capture = _of_own(video, arrival, opened) if video.is_kept_here else _of(arrival, url, opened)
        capture.video, capture.created_by = video, by
        capture.public_id = public_id or capture.public_id
        _refuse_known(capture)
        moment = capture.captured_at
        groups = set_capture_values(capture, values or {})
        capture.captured_at = moment or capture.captured_at
        capture.save()
        capture.groups.set(groups)
        if video.is_kept_here:
            enqueue(MAKE_CLEAN_COPY, dedupe_key=str(capture.pk), by=by, capture=capture.pk)
        elif capture.kind == CaptureKind.WACZ:
            enqueue(READ_WACZ, dedupe_key=str(capture.pk), by=by, capture=capture.pk)
        bump_epoch()
        sha256 = arrival.stored_file.sha256 if arrival is not None else ""
        record_event(
            "capture.added", target=capture, by=by, video=video.public_id, kind=capture.kind, sha256=sha256,
            url=capture.url, access=capture.access,
        )  # fmt: skip
        return capture

    return once(Capture, scope="capture", key=key, make=make, by=by)


def set_capture_values(capture: Capture, values: Mapping[str, Any]) -> list[Group]:
    """Set checked values on an unsaved or locked row; return the groups, which are for the caller to set.

    Raises Invalid with the field's name.
    """
    for name, value in values.items():
        if name not in FIELDS:
            raise Invalid("unknown_field", field=name)
        if name != "groups":
            setattr(capture, name, value)
    if capture.access not in set(CaptureAccess):
        raise Invalid("unknown_access", field="access")
    refuse_odd_moment("captured_at", capture.captured_at)
    if capture.captured_at is not None and capture.captured_at > timezone.now():
        raise Invalid("captured_later", field="captured_at")
    groups = list(values.get("groups", ()))
    if capture.access == CaptureAccess.RESTRICTED and not (groups or _has_groups(capture, values)):
        raise Invalid("groups_missing", field="groups")
    return groups


def _has_groups(capture: Capture, values: Mapping[str, Any]) -> bool:
    return "groups" not in values and capture.pk is not None and capture.groups.exists()


def _of_own(video: Video, arrival: FileArrival | None, opened: Opener | None) -> Capture:
    kind = _kind_of(opened or _opener(arrival)) if arrival is not None else ""
    if kind not in (film_bytes.SOUND if video.is_recording else film_bytes.FILMS):
        raise Invalid("not_a_recording" if video.is_recording else "not_a_film", field="file")
    return Capture(kind=CaptureKind.FILE, arrival=arrival, media_type=kind)


def _opener(arrival: FileArrival) -> Opener:
    return lambda: paths.of_sha256(arrival.stored_file.sha256).open("rb")


def _kind_of(opened: Opener) -> str:
    with opened() as file:
        return film_bytes.film_type(file.read(_HEAD))


def _of(arrival: FileArrival | None, url: str, opened: Opener | None) -> Capture:
    return _of_file(arrival, opened or _opener(arrival)) if arrival is not None else _of_address(url)


def _of_file(arrival: FileArrival, opened: Opener) -> Capture:
    kind = _kind_of(opened)
    if kind:
        return Capture(kind=CaptureKind.FILE, arrival=arrival, media_type=kind)
    with opened() as file:
        if film_bytes.is_wacz(file):
            return Capture(kind=CaptureKind.WACZ, arrival=arrival, media_type=film_bytes.WACZ)
    raise Invalid("not_a_capture", field="file")


def _of_address(url: str) -> Capture:
    if not url.strip():
        raise Invalid("capture_missing", field="file")
    copy = kept_copy(url)
    if copy is None:
        raise Invalid("not_a_kept_copy", field="url")
    return Capture(kind=CaptureKind.ADDRESS, url=copy.url, captured_at=copy.at)


def _refuse_known(capture: Capture) -> None:
    """The same bytes are one capture of a film, whoever sent them and however often."""
    same = (
        {"arrival__stored_file": capture.arrival.stored_file_id} if capture.arrival else {"url": capture.url}
    )
    known = Capture.objects.filter(video=capture.video, **same).first()
    if known is not None:
        field = "file" if capture.arrival else "url"
        raise Conflict("capture_known", field=field, capture=known.public_id)
