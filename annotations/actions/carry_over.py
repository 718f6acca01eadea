"""Carry every note's place into the next wording of its text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import override

from annotations.access.notes import shown_to
from annotations.actions._places import tick
from annotations.anchoring import Placement, Span, align, carry
from annotations.enums import AnchorStatus
from annotations.models import Anchor, Annotation, AnnotationVersion
from annotations.values import CONTEXT
from archive import kinds
from archive.access import Viewer, visible_to
from archive.actions.bump_epoch import bump_epoch
from archive.actions.notify import notify
from archive.actions.record_event import record_event
from archive.enums import RoleCode
from archive.errors import NotVisible
from archive.models import TextDraft, TextRevision, User

CARRY_OVER = "carry_over"
PREVIEW_CARRY_OVER = "preview_carry_over"

#: The notice to authors; its sentence is in `presenters/sentences.py`.
NOTICE = "notes_lost_place"
#: Loci carried in one transaction; short ones keep the write lock free for people.
BATCH = 2_000
#: Places listed in a preview; the counts beyond it are still right.
LISTED = 200

#: An archivist who is nobody in particular: in no group, the author of nothing.
ANY_ARCHIVIST = Viewer(user_id=0, roles=frozenset({RoleCode.ARCHIVIST}))

_DOUBTFUL = (AnchorStatus.UNCERTAIN, AnchorStatus.LOST)


def carry_over(
    *, revision_id: int, progress: Any = lambda percent, **message: None, by: User | None
) -> dict[str, int]:
    """Insert an anchor in this revision for every text locus that has one in an earlier one.

    Return how many of the notes that archivists know ended where. Loci that have an anchor there are passed over,
    so it may be run again after being stopped anywhere.
    """
    revision = TextRevision.objects.select_related("text").get(pk=revision_id)
    waiting = newest_anchors(revision)
    total = sum(len(anchors) for anchors in waiting.values())
    done = 0
    for earlier_id, anchors in waiting.items():
        placements = placed(TextRevision.objects.get(pk=earlier_id).content, revision.content, anchors)
        for batch in _batches(list(zip(anchors, placements, strict=True))):
            _insert(revision, batch, by)
            done += len(batch)
            progress(5 + 90 * done // max(total, 1), code="carrying_over", params={})
    counts = _counts(revision)
    _finish(revision, counts, by)
    return counts


def newest_anchors(revision: TextRevision) -> dict[int, list[Anchor]]:
    """Return, by earlier revision, the newest anchor of every locus that has none in `revision` yet."""
    there = Anchor.objects.filter(revision=revision).values("locus_id")
    rows = (
        Anchor.objects.filter(locus__text=revision.text_id, revision__number__lt=revision.number)
        .exclude(locus__in=there)
        .order_by("locus_id", "-revision__number", "-attempt")
    )
    newest: dict[int, Anchor] = {}
    for anchor in rows.iterator():
        newest.setdefault(anchor.locus_id, anchor)
    by_revision: dict[int, list[Anchor]] = defaultdict(list)
    for anchor in newest.values():
        by_revision[anchor.revision_id].append(anchor)
    return by_revision


def placed(old: str, new: str, anchors: list[Anchor]) -> list[Placement | None]:
    """Return where each anchor's span went; None for one that was lost before and stays lost."""
    alive = [Span(a.pk, a.start, a.end) for a in anchors if a.start is not None and a.end is not None]
    found = {placement.key: placement for placement in carry(align(old, new), alive)} if alive else {}
    return [found.get(anchor.pk) for anchor in anchors]


def _batches(rows: list[Any]) -> Iterable[list[Any]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


@transaction.atomic
def _insert(revision: TextRevision, batch: list[tuple[Anchor, Placement | None]], by: User | None) -> None:
    rows = [anchor_of(revision, before, placement, by) for before, placement in batch]
    Anchor.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def anchor_of(revision: TextRevision, before: Anchor, placement: Placement | None, by: User | None) -> Anchor:
    """Return the unsaved anchor that a placement means; what was uncertain never becomes certain by itself."""
    row = Anchor(locus_id=before.locus_id, revision=revision, attempt=1, created_by=by)
    if placement is None or placement.start is None or placement.end is None:
        row.exact, row.prefix, row.suffix = before.exact, before.prefix, before.suffix
        row.status, row.score = AnchorStatus.LOST, 0.0
        row.method = str(placement.method)[:30] if placement else "lost_before"
        row.candidates = _candidates(placement)
        return row
    content, start, end = revision.content, placement.start, placement.end
    row.start, row.end, row.exact = start, end, content[start:end]
    row.prefix, row.suffix = content[max(0, start - CONTEXT) : start], content[end : end + CONTEXT]
    doubtful = before.status == AnchorStatus.UNCERTAIN
    row.status = AnchorStatus.UNCERTAIN if doubtful else placement.status
    row.score = min(placement.score, before.score) if doubtful else placement.score
    row.method, row.candidates = str(placement.method)[:30], _candidates(placement)
    return row


def _candidates(placement: Placement | None) -> list[list[float]]:
    return [[c.start, c.end, round(c.score, 3)] for c in placement.candidates[:5]] if placement else []


def _counts(revision: TextRevision) -> dict[str, int]:
    """Return how many notes of this text ended where."""
    loci = _known_loci(revision.text_id)
    counts = dict.fromkeys((status.value for status in AnchorStatus), 0)
    for status in Anchor.objects.filter(revision=revision, attempt=1, locus__in=loci).values_list(
        "status", flat=True
    ):
        counts[status] += 1
    return counts


def _known_loci(text_id: int) -> QuerySet[AnnotationVersion, Any]:
    """Return the places of those notes of a text of which any archivist may know.

    Others' drafts and private notes are carried over as well, and nobody but their authors hears of it.
    """
    notes = Annotation.objects.filter(text=text_id).exclude(status="withdrawn")
    shown = shown_to(ANY_ARCHIVIST, notes)
    return AnnotationVersion.objects.filter(pk__in=shown.order_by().values("shown_id")).values("locus")


@transaction.atomic
def _finish(revision: TextRevision, counts: dict[str, int], by: User | None) -> None:
    _tell_authors(revision)
    bump_epoch()
    record_event("notes.carried_over", target=revision.text, by=by, revision=revision.number, counts=counts)
    tick(revision.text_id)


def _tell_authors(revision: TextRevision) -> None:
    """Tell each author once of the notes whose place a person must look at."""
    status_of = dict(
        Anchor.objects.filter(revision=revision, status__in=_DOUBTFUL).values_list("locus_id", "status")
    )
    notes = Annotation.objects.filter(text=revision.text_id, newest_version__locus__in=status_of).exclude(
        status="withdrawn"
    )
    doubtful: dict[int, dict[str, int]] = defaultdict(lambda: {"uncertain": 0, "lost": 0})
    for author_id, locus_id in notes.values_list("author_id", "newest_version__locus_id"):
        doubtful[author_id][status_of[locus_id]] += 1
    for author in User.objects.filter(pk__in=doubtful, is_active=True).order_by("pk"):
        with override(author.language):
            url = reverse("carried", args=[revision.text.public_id])
        if not author.notices.filter(code=NOTICE, url=url, read_at=None).exists():
            notify(NOTICE, user=author, url=url, text=revision.text.public_id, **doubtful[author.pk])


def preview_carry_over(*, draft_id: int, progress: Any = lambda percent, **message: None) -> dict[str, Any]:
    """Return what accepting this draft would do to the notes: counts, and the doubtful places with their words.

    Every archivist reads it, so it speaks of what all of them may know.
    """
    draft = TextDraft.objects.select_related("base").get(pk=draft_id)
    if draft.base is None:
        return {"kept": 0, "moved": 0, "uncertain": 0, "lost": 0, "items": []}
    progress(20, code="previewing", params={})
    anchors = _newest_in(draft.base, _known_loci(draft.base.text_id))
    counts = dict.fromkeys((status.value for status in AnchorStatus), 0)
    items = []
    for anchor, placement in zip(anchors, placed(draft.base.content, draft.content, anchors), strict=True):
        status = placement.status if placement else AnchorStatus.LOST
        counts[status] += 1
        if status in _DOUBTFUL and len(items) < LISTED:
            items.append(_item(draft, anchor, placement, status))
    return {
        "kept": counts["exact"], "moved": counts["moved"], "uncertain": counts["uncertain"], "lost": counts["lost"],
        "items": items, "sha256": draft.sha256,
    }  # fmt: skip


def _newest_in(revision: TextRevision, loci: Any) -> list[Anchor]:
    newest: dict[int, Anchor] = {}
    for anchor in Anchor.objects.filter(revision=revision, locus__in=loci).order_by("-attempt"):
        newest.setdefault(anchor.locus_id, anchor)
    return sorted(newest.values(), key=lambda anchor: (anchor.start is None, anchor.start))


def _item(draft: TextDraft, anchor: Anchor, placement: Placement | None, status: str) -> dict[str, Any]:
    found = placement is not None and placement.start is not None
    return {
        "status": str(status), "exact": anchor.exact[:200], "prefix": anchor.prefix, "suffix": anchor.suffix,
        "score": round(placement.score, 3) if placement else 0.0,
        "now": draft.content[placement.start : placement.end][:200] if placement and found else "",
        "start": placement.start if placement and found else None,
    }  # fmt: skip


@kinds.handles(CARRY_OVER, of=(TextRevision, "revision"))
def _carry_over(job: Any, progress: Any) -> dict[str, int]:
    return carry_over(revision_id=job.payload["revision"], progress=progress, by=job.created_by)


@kinds.handles(PREVIEW_CARRY_OVER, of=(TextDraft, "draft"))
def _preview(job: Any, progress: Any) -> dict[str, Any]:
    draft_id = job.payload["draft"]
    if not visible_to(TextDraft, job.created_by).filter(pk=draft_id).exists():
        raise NotVisible("not_visible")
    return preview_carry_over(draft_id=draft_id, progress=progress)
