"""Publish a sealed release."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from annotations.actions.ask_release_export import ask_all
from annotations.editions.parts import text_ids
from annotations.editions.reading import MODELS, read_snapshot, releases, status_of
from annotations.enums import PastKind, ReleaseEventKind, TermStatus
from annotations.errors import PreflightFailed
from annotations.models import Edition, Release, ReleaseEvent, Term
from annotations.transitions import RELEASE, ReleaseAct
from archive import kinds
from archive.access import ANYBODY, require, visible_to
from archive.access.sections import closed_texts
from archive.actions.bump_epoch import bump_epoch
from archive.actions.enqueue import enqueue
from archive.actions.index_entry import index_entry
from archive.actions.record_event import record_event
from archive.errors import Invalid, InvalidTransition, NotAllowed, NotVisible, Stale
from archive.models import Text, User

#: Brings terms and search into step with what the public may read of a release.
RELEASE_SETTLED = "release_settled"
#: How far ahead a release is scheduled; a day beyond is rather a slip in the year.
FARTHEST = timedelta(days=2 * 366)


@transaction.atomic
def publish(
    *, release: str, at: datetime | None = None, was: datetime | None = None, by: User | None
) -> ReleaseEvent:
    """Make a sealed release (public id) public now, or from `at` on.

    One that is scheduled is public now, or on another day: `was` is the moment that `by` read of it, without which
    nobody changes what somebody else has scheduled meanwhile.

    The terms that it uses are established with it. Without `by`, the site's operator publishes. One that was published
    where it came from is public here as of that day, which citations of it name; one that was withdrawn there
    becomes the tombstone that it was there, and is read by nobody.

    Raises NotVisible, NotAllowed (also "second_factor_missing"), InvalidTransition, Stale("release_moved"),
    Invalid("time_past", "time_far"), PreflightFailed when something in it is not public (any more).
    """
    row = locked_release(release, act="publish", by=by)
    if by is not None:
        require_second_factor(by)
    take_step(row, ReleaseAct.SCHEDULE if at else ReleaseAct.PUBLISH)
    if at is not None:
        _require_near(at)
    before = called_off(row, was=was, by=by)
    past = {event.kind: event for event in row.past.all()}
    gone = past.get(PastKind.WITHDRAWN)
    if gone is None:
        _require_public_members(row)
    elif at is not None or PastKind.PUBLISHED not in past:
        # Never public: there is no tombstone of it. And one that was is told at once or not at all.
        raise InvalidTransition("invalid_transition")
    first = past[PastKind.PUBLISHED].at if at is None and PastKind.PUBLISHED in past else Now()
    event = ReleaseEvent.objects.create(
        release=row, kind=ReleaseEventKind.PUBLISHED, effective_at=at or first, after=before, created_by=by
    )
    event.refresh_from_db()
    if gone is not None:
        ReleaseEvent.objects.create(
            release=row,
            kind=ReleaseEventKind.WITHDRAWN,
            effective_at=gone.at,
            reason=gone.words,
            created_by=by,
        )
        bump_epoch()
    elif at is None:
        establish_terms(row)
        bump_epoch()
    enqueue(RELEASE_SETTLED, not_before=at, by=by, release=row.pk)
    facts: dict[str, Any] = {"withdrawn": gone.at.isoformat()} if gone else {}
    if was is not None and before is not None:
        facts["instead_of"] = was.isoformat()
    record_event(
        "release.published", target=row, by=by, manifest_hash=row.manifest_hash,
        effective_at=event.effective_at.isoformat(), **facts,
    )  # fmt: skip
    return event


def locked_release(public_id: str, *, act: str, by: User | None) -> Release:
    """Return the release with its edition locked, so that its events come one after another.

    Raises NotVisible, NotAllowed.
    """
    row = Release.objects.defer("snapshot").filter(public_id=public_id).first()
    if row is None:
        raise NotVisible("not_visible")
    edition = Edition.objects.select_for_update(no_key=True).get(pk=row.edition_id)
    if by is not None:
        require(by, act, edition)
    return row


def take_step(release: Release, act: ReleaseAct) -> None:
    """Stop unless a release, whose edition is locked, may be taken this step from where it stands now.

    Raises InvalidTransition.
    """
    row = releases().get(pk=release.pk)
    # What readers have by the clock of the database is public, whatever the clock of this process says.
    status = status_of(row, max(timezone.now(), row.published_at) if row.is_out else timezone.now())
    RELEASE.move(status, act)


def called_off(release: Release, *, was: datetime | None, by: User | None) -> ReleaseEvent | None:
    """Call off the publication of a locked release that is still to come, and return what a next one comes after.

    Raises Stale("release_moved") unless it is to come at `was`.
    """
    last = release.events.order_by("pk").last()
    if last is None or last.kind != ReleaseEventKind.PUBLISHED:
        if was is not None:
            raise Stale("release_moved")
        return last
    if was != last.effective_at:
        raise Stale("release_moved")
    return ReleaseEvent.objects.create(
        release=release, kind=ReleaseEventKind.CANCELLED, effective_at=Now(), after=last, created_by=by
    )


def _require_near(at: datetime) -> None:
    now = timezone.now()
    if at <= now:
        raise Invalid("time_past", field="at")
    if at - now > FARTHEST:
        raise Invalid("time_far", field="at")


def require_second_factor(user: User) -> None:
    """Stop unless the account has a second factor, where the site asks for one; the demonstration's pass.

    Raises NotAllowed("second_factor_missing").
    """
    if needs_second_factor(user):
        raise NotAllowed("second_factor_missing")


def needs_second_factor(user: Any) -> bool:
    """Whether this account must add a second factor before it can publish."""
    if not settings.REQUIRE_MFA or (user.is_demo and settings.DEMO):
        return False
    return not is_mfa_enabled(user)


def _require_public_members(release: Release) -> None:
    pinned: dict[str, list[int]] = {}
    for kind, pk in release.members.values_list("kind", "object_id"):
        pinned.setdefault(kind, []).append(pk)
    hidden = []
    for kind, ids in pinned.items():
        shown = visible_to(MODELS[kind], ANYBODY).filter(pk__in=ids).values("pk")
        rows = MODELS[kind]._default_manager.filter(pk__in=ids).exclude(pk__in=shown)
        hidden += [{"code": "member_hidden", "kind": kind, "id": row.public_id} for row in rows]
    hidden += [{"code": "text_kept_back", "kind": "text", "id": text} for text in _kept_back(release)]
    if hidden:
        raise PreflightFailed("members_hidden", problems=hidden)


def _kept_back(release: Release) -> list[str]:
    """Return the texts whose words are in the release, though a section of them is kept from the public."""
    snapshot = read_snapshot(release)
    targets = (r.target for note in snapshot.notes for r in note.references if r.target)
    texts = {*text_ids(snapshot), *(place.text for place in targets if place.text)}
    rows = Text.objects.filter(public_id__in=texts, pk__in=closed_texts(ANYBODY))
    return list(rows.order_by("pk").values_list("public_id", flat=True))


def establish_terms(release: Release) -> None:
    """Make the proposed terms of a public release public."""
    ids = [term.id for term in read_snapshot(release).terms]
    proposed = Term.objects.filter(public_id__in=ids, status=TermStatus.PROPOSED, merged_into=None)
    proposed.update(status=TermStatus.ESTABLISHED, version=F("version") + 1)


@kinds.handles(RELEASE_SETTLED, of=(Release, "release"))
def _settle(job: Any, progress: Any) -> dict[str, int]:
    """Establish the terms of a release that became public in the meantime, and index what it holds."""
    release = Release.objects.defer("snapshot").get(pk=job.payload["release"])
    with transaction.atomic():
        if visible_to(Release, ANYBODY).filter(pk=release.pk).exists():
            establish_terms(release)
        bump_epoch()
    if settings.EXPORTS_WHEN_PUBLISHED and visible_to(Release, ANYBODY).filter(pk=release.pk).exists():
        ask_all(release)
    notes = list(release.notes.values_list("annotation_id", flat=True))
    terms = list(
        Term.objects.filter(public_id__in=[term.id for term in read_snapshot(release).terms]).values_list(
            "pk", flat=True
        )
    )
    wanted = [("annotation", pk) for pk in notes] + [("term", pk) for pk in terms]
    wanted = [(kind, pk) for kind, pk in wanted if kind in kinds.search_kinds]
    for index, (kind, pk) in enumerate(wanted):
        index_entry(kind=kind, object_id=pk)
        if index % 100 == 0:
            progress(100 * index // len(wanted))
    return {"indexed": len(wanted)}
