"""Decide on a note that was handed in, or vouch for one that another reviewer accepted."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from annotations import transitions
from annotations.access.declared_review import items_on_visible_places
from annotations.access.independent import is_withheld
from annotations.actions._locking import lock
from annotations.actions._places import tick
from annotations.enums import AnnotationStatus as Status
from annotations.enums import Outcome
from annotations.models import Annotation, AnnotationVersion, Decision, SubmissionItem
from annotations.transitions import OF_OUTCOME, Act
from annotations.values import MAX_BODY, is_same_wording
from archive.access import VIEW, allows, as_viewer, may, require, visible_to
from archive.actions.notify import notify, say_anew, unread_like
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.errors import Invalid, NotAllowed, NotVisible, Stale, VersionMissing
from archive.models import User

MAX_REASON = 5_000


@transaction.atomic
def decide(
    *,
    version_id: str,
    content_hash: str,
    outcome: Outcome,
    reason: str = "",
    suggestion: str | None = None,
    by: User,
) -> Decision:
    """Record a decision on exactly the version (public id) that the reviewer read.

    `content_hash` is the one that was on the screen. The note's status and its accepted version follow; the
    author is told. To accept what is accepted already is to vouch for it: an edition may ask for more than one. Who
    reviews independently (`annotations.access.independent`) may also return or decline that, not knowing of it.
    With `suggestion`, a note is returned with the wording that its author may take (`take_wording`).

    Raises NotVisible, NotAllowed, VersionMissing, Stale when the author has revised it since,
    InvalidTransition when somebody else was quicker, Invalid without a reason for returning or declining, or for
    a suggestion that is none.
    """
    version = AnnotationVersion.objects.filter(public_id=version_id).first()
    if version is None:
        raise NotVisible("not_visible")
    note = lock(Annotation.objects.filter(pk=version.annotation_id)).select_related("author").get()
    _check(note, version, content_hash, by)
    status = _standing(note, version)
    act = _act(status, note, version, outcome, by)
    after = transitions.ANNOTATION.move(status, act)
    require(by, "vouch" if act in _LATER else "decide", note)
    reason = reason.strip()
    if outcome != Outcome.ACCEPT and not reason:
        raise Invalid("reason_required", field="reason")
    if len(reason) > MAX_REASON:
        raise Invalid("too_long", field="reason", limit_length=MAX_REASON)
    wording = "" if suggestion is None else _suggested(suggestion, version, outcome)
    decision = Decision.objects.create(
        version=version, author=note.author, reviewer=by, outcome=outcome, reason=reason,
        suggestion=wording, content_hash=version.content_hash,
    )  # fmt: skip
    if act == Act.DISSENT:
        _tell(note, version, outcome)
    elif act != Act.VOUCH:
        _follow(note, version, outcome, after, by)
    said: dict[str, Any] = {"suggestion": hashlib.sha256(wording.encode()).hexdigest()} if wording else {}
    record_event(
        "annotation.decided", target=note, words=reason, by=by,
        version=version.public_id, content_hash=version.content_hash, outcome=str(outcome),
        **said,
    )  # fmt: skip
    tick(note.text_id)
    return decision


def _suggested(given: str, version: AnnotationVersion, outcome: Outcome) -> str:
    """Return the wording that goes back with a note.

    Raises Invalid for one that says nothing, nothing new, or more than a note may.
    """
    if outcome != Outcome.RETURN:
        raise Invalid("suggestion_unreturned", field="suggestion")
    words = given.replace("\r\n", "\n").rstrip()
    if not words.strip():
        raise Invalid("suggestion_empty", field="suggestion")
    if len(words) > MAX_BODY:
        raise Invalid("too_long", field="suggestion", limit_length=MAX_BODY)
    if "\x00" in words:
        raise Invalid("control_character", field="suggestion")
    if is_same_wording(words, version.body):
        raise Invalid("suggestion_same", field="suggestion")
    return words


def _standing(note: Annotation, version: AnnotationVersion) -> str:
    """Return the note's status as reviewers know it: what was accepted stands while its author writes it anew."""
    return Status.ACCEPTED if _is_rewritten(note) and version.pk == note.accepted_version_id else note.status


def _is_rewritten(note: Annotation) -> bool:
    return note.status == Status.DRAFT and note.accepted_version_id is not None


#: What is decided of a note that another reviewer accepted.
_LATER = (Act.VOUCH, Act.DISSENT)


def _act(status: str, note: Annotation, version: AnnotationVersion, outcome: Outcome, by: User) -> Act:
    """Return the step that this outcome is; nobody decides the same version twice."""
    if status != Status.ACCEPTED or version.decisions.filter(reviewer=by).exists():
        return OF_OUTCOME[outcome]
    if outcome == Outcome.ACCEPT:
        return Act.VOUCH
    return Act.DISSENT if is_withheld(as_viewer(by), note) else OF_OUTCOME[outcome]


def _follow(note: Annotation, version: AnnotationVersion, outcome: Outcome, after: str, by: User) -> None:
    """Let the note stand as it was decided, and tell its author."""
    note.status, note.updated_at = after, timezone.now()
    if outcome == Outcome.ACCEPT:
        note.accepted_version = version
    note.save(update_fields=["status", "accepted_version", "updated_at"])
    _tell(note, version, outcome)
    refresh_search("annotation", note.pk, by=by)


def _check(note: Annotation, version: AnnotationVersion, content_hash: str, by: User) -> None:
    """See that the reviewer decides what they read."""
    if not allows(by, VIEW, version) and not _was_read(version, content_hash, by):
        raise NotVisible("not_visible")
    if note.author_id == by.pk or not may(by, "add", Decision):
        raise NotAllowed("not_allowed", action="decide")
    if not content_hash:
        raise VersionMissing("version_missing")
    current = note.accepted_version_id if _is_rewritten(note) else note.newest_version_id
    if current != version.pk or content_hash != version.content_hash:
        raise Stale("stale", current=_newest(note, by))


def _was_read(version: AnnotationVersion, content_hash: str, by: User) -> bool:
    """Whether this reviewer had it on the screen and it was taken back meanwhile: handed in once, its hash named.

    What was never handed in nobody else has read, whatever hash they name.
    """
    if not may(by, "add", Decision) or content_hash != version.content_hash:
        return False
    return items_on_visible_places(as_viewer(by)).filter(version=version).exists()


def _newest(note: Annotation, by: User) -> str:
    """Return the public id of the newest version when the reviewer may see it."""
    rows = visible_to(AnnotationVersion, by).filter(annotation=note).order_by("-number")
    return rows.values_list("public_id", flat=True).first() or ""


#: The outcome in the notice, by what was decided.
_COUNTED = {Outcome.ACCEPT: "accepted", Outcome.RETURN: "returned", Outcome.DECLINE: "declined"}


def _tell(note: Annotation, version: AnnotationVersion, outcome: Outcome) -> None:
    """Tell the author: one notice for a submission, which counts up until it is read."""
    item = SubmissionItem.objects.filter(version=version).select_related("submission").last()
    submission = item.submission.public_id if item else ""
    with override(note.author.language):
        url = f"{reverse('my_notes')}?submission={submission}" if submission else reverse("my_notes")
    code = "notes_decided"
    notice = unread_like(code, user=note.author, url=url)
    counts = dict.fromkeys(_COUNTED.values(), 0) | (notice.params if notice else {})
    counts[_COUNTED[outcome]] += 1
    if notice is None:
        notify(code, user=note.author, url=url, **counts)
    else:
        say_anew(notice, counts)
