"""How the papers in a package become rows: consents, deposits, the agreements under which files were given."""

from __future__ import annotations

import hashlib

from archive.actions._package_history import day_told, moment_told, save_told
from archive.actions._package_lines import lines_of, load_lines
from archive.actions._packages import Line, Loading, id_of, words_of
from archive.actions.record_agreement import TERMS
from archive.actions.record_event import record_event
from archive.actions.tell_hash import clean_hash, differing
from archive.enums import ConsentPurpose, ItemState
from archive.errors import Invalid
from archive.exports.papers import VERSION
from archive.models import AgreementWithdrawal, Consent, Deposit, DepositAgreement, DepositItem, ImportRun

CODE = "bag_papers_line"


def read(loading: Loading, path: str) -> None:
    """Make rows of the papers of what the package made; raises Invalid(CODE).

    A deposit that is here already keeps its own agreements: a package does not change what was signed.
    """
    lines = lines_of(loading, path, code=CODE)
    _number, head = next(lines, (0, {}))
    if (head.get("is"), head.get("version")) != ("papers", VERSION):
        raise Invalid("bag_format")
    state = _Deposits(loading)
    load_lines(lines, lambda line: state.loaders[line["is"]](line), code=CODE)


def tell(loading: Loading, path: str) -> dict[str, tuple[int, int]]:
    """Return how many papers of each kind are new, and how many are here; raises Invalid(CODE)."""
    counts = {}
    for kind, model in (("consent", Consent), ("deposit", Deposit), ("agreement", DepositAgreement)):
        ids = [
            str(row.get("id"))[:16] for _n, row in lines_of(loading, path, code=CODE) if row.get("is") == kind
        ]
        here = model._default_manager.filter(public_id__in=ids).count()
        if ids:
            counts[kind] = (len(ids) - here, here)
    return counts


class _Deposits:
    def __init__(self, loading: Loading) -> None:
        self.loading = loading
        self.loaders = {
            "consent": self.consent, "deposit": self.deposit, "agreement": self.agreement, "sent": self.sent,
        }  # fmt: skip
        self.rows: dict[str, Deposit] = {}
        self.made: set[str] = set()

    def consent(self, line: Line) -> None:
        """Insert a consent as it was recorded."""
        purposes, given_on = list(line["purposes"]), day_told(line["given_on"])
        if not purposes or not set(purposes) <= set(ConsentPurpose):
            raise ValueError("no purposes")
        consent = Consent(
            public_id=id_of(line), work=self.loading.works[line["work"]], purposes=purposes, given_on=given_on,
            until=day_told(line["until"]), created_by=self.loading.by, created_at=moment_told(line["at"]),
            withdrawn_at=moment_told(line["withdrawn"]), settled_at=moment_told(line["settled"]),
            **{name: words_of(line[name]) for name in ("person", "note", "withdrawal_note")},
        )  # fmt: skip
        consent.clean_fields(
            exclude=["work", "created_by", "purposes", "withdrawn_at", "settled_at", "settled_by"]
        )
        save_told(consent)
        record_event(
            "consent.brought_in", target=consent, by=self.loading.by, work=consent.work.public_id,
            purposes=purposes,
        )  # fmt: skip

    def deposit(self, line: Line) -> None:
        """Insert a deposit, or find the one that is here."""
        known = Deposit.objects.filter(public_id=id_of(line)).first()
        if known is None:
            shelf = self.loading.collections[line["collection"]] if line["collection"] else None
            known = Deposit(
                public_id=line["id"], note=words_of(line["note"]), language=words_of(line["language"]),
                collection=shelf, created_by=self.loading.by, created_at=moment_told(line["at"]),
            )  # fmt: skip
            known.clean_fields(exclude=["collection", "created_by", "undone_at", "undone_by"])
            save_told(known)
            record_event("deposit.brought_in", target=known, by=self.loading.by)
            self.made.add(known.public_id)
        self.rows[line["id"]] = known

    def agreement(self, line: Line) -> None:
        """Insert an agreement of a deposit that came with the package."""
        if line["deposit"] not in self.made:
            return
        terms, signed_on = words_of(line["terms"]), day_told(line["signed_on"])
        if len(terms) > TERMS or signed_on is None:
            raise ValueError("no agreement")
        paper = self.loading.files[line["file"]] if line["file"] else None
        agreement = DepositAgreement(
            public_id=id_of(line), deposit=self.rows[line["deposit"]], giver=words_of(line["giver"]), terms=terms,
            arrival=paper, signed_on=signed_on, created_by=self.loading.by, created_at=moment_told(line["at"]),
        )  # fmt: skip
        agreement.clean_fields(exclude=["deposit", "arrival", "created_by"])
        save_told(agreement)
        self._withdrawn(agreement, line["withdrawn"])
        record_event(
            "agreement.brought_in", target=agreement, by=self.loading.by, deposit=line["deposit"],
            sha256=paper.stored_file.sha256 if paper else "",
            terms=hashlib.sha256(terms.encode()).hexdigest() if terms else "",
        )  # fmt: skip

    def _withdrawn(self, agreement: DepositAgreement, told: Line | None) -> None:
        if told is not None:
            end = AgreementWithdrawal(
                agreement=agreement, reason=words_of(told["reason"]), created_by=self.loading.by,
                created_at=moment_told(told["at"]),
            )  # fmt: skip
            end.clean_fields(exclude=["agreement", "created_by"])
            save_told(end)

    def sent(self, line: Line) -> None:
        """Insert what became of one file; not of one that was here before, so that undoing takes nothing of it."""
        deposit, file = self.rows[line["deposit"]], self.loading.files[line["file"]]
        if ("file", line["file"]) not in self.loading.made or DepositItem.objects.filter(
            public_id=id_of(line)
        ).exists():
            return
        image = self.loading.images[line["image"]] if line["image"] else None
        video = self.loading.videos[line["video"]] if line.get("video") else None
        texts = [text.pk for text in self.loading.texts.values()]
        run = ImportRun.objects.filter(arrival=file, text__in=texts).order_by("pk").first()
        item = DepositItem(
            public_id=line["id"], deposit=deposit, state=ItemState.KEPT, arrival=file, image=image, video=video, run=run,
            size=file.stored_file.size, offset=file.stored_file.size, created_at=moment_told(line["began"]),
            touched_at=moment_told(line["settled"]), told_sha256=words_of(line.get("told", "")),
            **{name: words_of(line[name]) for name in ("key", "filename", "path")},
        )  # fmt: skip
        if image is not None and image.arrival_id != file.pk:
            raise ValueError("not its image")
        if video is not None and not video.captures.filter(arrival=file).exists():
            raise ValueError("not its recording")
        _compare(item, file.stored_file.sha256)
        item.clean_fields(exclude=["deposit", "arrival", "image", "video", "run"])
        save_told(item)


def _compare(item: DepositItem, found: str) -> None:
    """Set a file apart of which its sender had other bytes than the package has; raises ValueError for what is no hash."""
    try:
        differs = item.told_sha256 and clean_hash(item.told_sha256) != found
    except Invalid as error:
        raise ValueError(error.code) from error
    if differs:
        item.state, item.error = ItemState.DIFFERS, differing(found)
