"""The papers of what a package holds, for archivists: what people agreed to, and under which terms files were given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from archive.access import Viewer, visible_to
from archive.access.pixels import behind_covers
from archive.exports.lines import line, moment
from archive.kinds import Held
from archive.models import Consent, Deposit, DepositAgreement, DepositItem

PATH = "papers.jsonl"
VERSION = 1
BATCH = 200
Line = dict[str, Any]


def write(held: Held, viewer: Viewer) -> Iterator[bytes]:
    """Yield the lines: consents, then deposits, each before its agreements, then what was sent in them."""
    yield line({"is": "papers", "version": VERSION})
    consents = visible_to(Consent, viewer).filter(work__in=held.works).select_related("work")
    for consent in consents.order_by("public_id").iterator(chunk_size=BATCH):
        yield line(_consent(consent))
    agreements = deposit_agreements(held, viewer).select_related("arrival", "withdrawal").order_by("pk")
    sent = _sent(held, viewer)
    deposits = visible_to(Deposit, viewer).filter(pk__in=sent.order_by().values("deposit"))
    for deposit in deposits.select_related("collection").order_by("public_id"):
        yield line(_deposit(deposit, held))
        for agreement in agreements.filter(deposit=deposit):
            yield line(_agreement(agreement, deposit))
    rows = sent.select_related("deposit", "arrival", "image", "video").order_by("public_id")
    for item in rows.iterator(chunk_size=BATCH):
        yield line(_item(item, held))


def deposit_agreements(held: Held, viewer: Viewer) -> QuerySet[DepositAgreement]:
    """Return the agreements under which files of a package were given, as far as the viewer may see them."""
    deposits = _sent(held, viewer).order_by().values("deposit")
    rows: QuerySet[DepositAgreement] = visible_to(DepositAgreement, viewer).filter(deposit__in=deposits)
    return rows.exclude(arrival__stored_file__in=behind_covers())


def _sent(held: Held, viewer: Viewer) -> QuerySet[DepositItem]:
    """Return what of deposits became something that the package holds."""
    rows = visible_to(DepositItem, viewer).filter(deposit__undone_at=None)
    became = (
        Q(image__in=held.images) | Q(run__draft__revision__text__in=held.texts) | Q(video__in=held.videos)
    )
    # As in `holding`: what is covered by now leaves in no package.
    found: QuerySet[DepositItem] = rows.filter(became).exclude(arrival__stored_file__in=behind_covers())
    return found


def _consent(consent: Consent) -> Line:
    return {
        "is": "consent", "id": consent.public_id, "work": consent.work.public_id, "person": consent.person,
        "purposes": consent.purposes, "given_on": moment(consent.given_on), "until": moment(consent.until),
        "note": consent.note, "at": moment(consent.created_at), "withdrawn": moment(consent.withdrawn_at),
        "withdrawal_note": consent.withdrawal_note, "settled": moment(consent.settled_at),
    }  # fmt: skip


def _deposit(deposit: Deposit, held: Held) -> Line:
    shelf = deposit.collection
    return {
        "is": "deposit", "id": deposit.public_id, "note": deposit.note, "language": deposit.language,
        "collection": shelf.public_id if shelf and shelf.pk in held.collections else None,
        "at": moment(deposit.created_at),
    }  # fmt: skip


def _agreement(agreement: DepositAgreement, deposit: Deposit) -> Line:
    return {
        "is": "agreement", "id": agreement.public_id, "deposit": deposit.public_id, "giver": agreement.giver,
        "terms": agreement.terms, "file": agreement.arrival.public_id if agreement.arrival else None,
        "signed_on": moment(agreement.signed_on), "at": moment(agreement.created_at), "withdrawn": _withdrawn(agreement),
    }  # fmt: skip


def _withdrawn(agreement: DepositAgreement) -> Line | None:
    found = getattr(agreement, "withdrawal", None)
    return {"at": moment(found.created_at), "reason": found.reason} if found is not None else None


def _item(item: DepositItem, held: Held) -> Line:
    assert item.arrival is not None
    return {
        "is": "sent", "id": item.public_id, "deposit": item.deposit.public_id, "key": item.key,
        "filename": item.filename, "path": item.path, "size": item.size, "file": item.arrival.public_id,
        "image": item.image.public_id if item.image and item.image_id in held.images else None,
        **({"video": item.video.public_id} if item.video and item.video_id in held.videos else {}),
        **({"told": item.told_sha256} if item.told_sha256 else {}),
        "began": moment(item.created_at), "settled": moment(item.touched_at),
    }  # fmt: skip
