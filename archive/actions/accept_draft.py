"""Make a revision of a draft: from here on its words are a fact."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction

from archive.access import require
from archive.actions.bump_epoch import bump_epoch
from archive.actions.change_draft import lock_draft
from archive.actions.create_work import create_work
from archive.actions.decide_problem import keep_gaps as gaps_kept
from archive.actions.figure_keys import with_figure_keys
from archive.actions.follow_sections import found_again
from archive.actions.place_part import next_order
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.actions.start_import import part_of
from archive.actions.tie_text import tie_text
from archive.enums import BlockKind, DraftState, ImportState, TextRole, WorkKind
from archive.errors import Conflict, Stale
from archive.models import AuditEvent, Figure, ImportRun, Text, TextDraft, TextRevision, User, Video, Work
from archive.signals import revision_accepted


@transaction.atomic
def accept_draft(
    *, draft_id: int, sha256: str, keep_gaps: bool = True, message: str = "",
    work: Work | None = None, values: dict[str, Any] | None = None, by: User,
) -> TextRevision:  # fmt: skip
    """Insert the revision that the draft with this hash is, in its text, in `work`, or in a new work.

    `keep_gaps` makes open missing-figure proposals gaps first; `values` describe a new work. Accepting what
    was accepted gives the same revision. Raises Stale("draft_changed") when the draft is not what was read,
    Conflict("base_moved") when somebody else's revision came between, InvalidTransition, NotAllowed.
    """
    accepted = _accepted_before(TextDraft.objects.select_for_update(no_key=True).get(pk=draft_id), sha256, by)
    if accepted is not None:
        return accepted
    draft = lock_draft(draft_id, version=None, by=by)
    if draft.sha256 != sha256:
        raise Stale("draft_changed", current=draft.sha256, yours=sha256)
    if keep_gaps:
        draft = gaps_kept(draft, by=by)
    text = _text_for(draft, work, values, by)
    if draft.base_id != text.current_revision_id:
        raise Conflict("base_moved", text=text.public_id)
    draft.blocks = with_figure_keys(draft, text)
    revision = _insert(draft, text, message, by)
    _register_figures(revision)
    videos = _register_videos(revision, text.work, by)
    facts = found_again(revision, by=by)
    _close(draft, text, revision)
    revision_accepted.send(sender=TextRevision, revision=revision, by=by)
    bump_epoch()
    _refresh(revision, by)
    if draft.run is not None and draft.run.video is not None:
        tie_text(video=draft.run.video, text=text, kind=draft.run.transcript_kind, by=by)
    for video in videos:
        record_event("video.added", target=video, by=by, provider=video.provider)
    record_event(
        "revision.accepted", target=text, by=by, words=message,
        revision=revision.number, sha256=revision.sha256, draft=sha256,
        **facts,
    )  # fmt: skip
    return revision


def _accepted_before(draft: TextDraft, sha256: str, by: User) -> TextRevision | None:
    """Return what an earlier sending of the same form made, None when there was none."""
    revision = TextRevision.objects.select_related("text").filter(draft=draft).first()
    if revision is None:
        return None
    require(by, "view", revision)
    events = AuditEvent.objects.filter(action="revision.accepted", target_id=revision.text.public_id)
    return revision if events.filter(facts__draft=sha256).exists() else None


def _text_for(draft: TextDraft, work: Work | None, values: dict[str, Any] | None, by: User) -> Text:
    """Return the text that the revision belongs to, locked; made when this is the first of it."""
    if draft.text_id is not None:
        text = Text.objects.select_for_update(no_key=True).select_related("work").get(pk=draft.text_id)
        require(by, "correct", text)
        return text
    work = work or (draft.run.work if draft.run else None)
    if work is None:
        work = create_work(values=values or default_values(draft), by=by)
    require(by, "change", work)
    part = part_of(draft.run) if draft.run else None
    named: dict[str, Any] = {"title_ar": part.title_ar, "title_en": part.title_en} if part else {}
    named["image"] = draft.run.image if draft.run else None
    return Text.objects.create(
        work=work, language=draft.language, direction=draft.direction, **named,
        order=part.order if part else next_order(work), role=part.role if part else _role(draft, work),
    )  # fmt: skip


def _role(draft: TextDraft, work: Work) -> TextRole:
    """Return what a text that is no part is to its work: in another language than the first, a translation."""
    first = work.texts.order_by("order", "pk").first()
    return TextRole.TRANSLATION if first and first.language != draft.language else TextRole.ORIGINAL


def default_values(draft: TextDraft) -> dict[str, Any]:
    """Return what a work made of this draft is called when nobody says: the text's own title, or that of its film."""
    language = "en" if draft.direction == "ltr" else "ar"
    film = draft.run.video if draft.run else None
    if film is not None and not draft.title and film.title:
        titles = {f"title_{code}": getattr(film, f"title_{code}") or "" for code in ("ar", "en")}
        return {**titles, "kind": WorkKind.RECORDING, "language": draft.language}
    title = draft.title or (draft.run.arrival.filename if draft.run else "")
    return {f"title_{language}": title[:300], "language": draft.language}


def _insert(draft: TextDraft, text: Text, message: str, by: User) -> TextRevision:
    return TextRevision.objects.create(
        text=text, number=(draft.base.number if draft.base else 0) + 1, language=draft.language,
        direction=draft.direction, content=draft.content, length=len(draft.content),
        sha256=hashlib.sha256(draft.content.encode()).hexdigest(), blocks=draft.blocks, marks=draft.marks,
        title=draft.title, parent=draft.base, draft=draft, message=message[:500], created_by=by,
    )  # fmt: skip


def _register_figures(revision: TextRevision) -> None:
    for block in revision.blocks:
        if block["kind"] == BlockKind.FIGURE:
            Figure.objects.get_or_create(text=revision.text, key=block["attrs"]["figure"])


def _register_videos(revision: TextRevision, work: Work, by: User) -> list[Video]:
    """See that each linked video is in the catalogue; return the new ones, which the keepers only see."""
    added = []
    for block in revision.blocks:
        attrs = block["attrs"]
        if block["kind"] != BlockKind.VIDEO or not attrs.get("video_id"):
            continue
        video, made = Video.objects.get_or_create(
            provider=attrs["provider"], external_id=attrs["video_id"],
            defaults={"url": attrs["url"][:500], "collection": work.collection, "created_by": by},
        )  # fmt: skip
        if made:
            refresh_search("video", video.pk, by=by)
            added.append(video)
    return added


def _close(draft: TextDraft, text: Text, revision: TextRevision) -> None:
    text.current_revision = revision
    text.save(update_fields=["current_revision"])
    draft.text, draft.state = text, DraftState.ACCEPTED
    draft.save(update_fields=["text", "state", "blocks", "updated_at"])
    ImportRun.objects.filter(pk=draft.run_id).update(
        state=ImportState.ACCEPTED, work_id=text.work_id, text=text
    )


def _refresh(revision: TextRevision, by: User) -> None:
    refresh_search("work", revision.text.work_id, by=by)
    refresh_search("passage", revision.text_id, by=by)
