"""Who may do what with what is sent in: files, imports, drafts, deposits and their papers."""

from __future__ import annotations

from archive.access.registry import VIEW, declare
from archive.access.rules import EVERYONE, Among, Own, Through
from archive.access.undone import undone_arrivals, undone_tables
from archive.access.visible import ADMINISTRATOR, ARCHIVIST, OPEN_DEPOSIT
from archive.models import (
    Deposit,
    DepositAgreement,
    DepositItem,
    FileArrival,
    ImportProblem,
    ImportRun,
    PrintedReceipt,
    TextDraft,
)


def declare_deposits() -> None:
    """Fill the registry with them."""
    for sent, seen in (
        (FileArrival, ~Among("pk", undone_arrivals) & ~Among("pk", undone_tables)), (ImportRun, ~Among("arrival", undone_arrivals)),
        (TextDraft, ~Among("run__arrival", undone_arrivals)), (Deposit, EVERYONE), (DepositItem, EVERYONE),
    ):  # fmt: skip
        declare(
            sent,
            VIEW,
            ARCHIVIST & seen,
            "Archivists see what was sent in and is being prepared, but not what came of a deposit that was undone.",
        )
        declare(sent, "add", ARCHIVIST, "Archivists send in files and start drafts.")
        declare(sent, "change", ARCHIVIST, "Archivists work on drafts.")
    declare(Deposit, "change", ARCHIVIST & OPEN_DEPOSIT, "Archivists add to a deposit until it is undone.")
    declare(Deposit, "undo", ARCHIVIST & OPEN_DEPOSIT, "Archivists undo a deposit, once.")
    declare(
        DepositItem,
        "change",
        ARCHIVIST & Through("deposit", OPEN_DEPOSIT),
        "Archivists send in the files of a deposit until it is undone.",
    )
    declare(DepositAgreement, VIEW, ARCHIVIST, "Archivists see under which terms a deposit was given.")
    declare(DepositAgreement, "add", ARCHIVIST, "Archivists keep the agreement of a deposit with it.")
    declare(
        PrintedReceipt,
        VIEW,
        Own("created_by") & ARCHIVIST,
        "A printed receipt is for the archivist who asked for it, as long as they are one.",
    )
    declare(PrintedReceipt, "add", ARCHIVIST, "Archivists have receipts printed.")
    declare(
        FileArrival,
        "repair",
        ADMINISTRATOR,
        "Administrators put a replica's bytes in the place of damaged ones.",
    )
    declare(
        ImportProblem,
        VIEW,
        ARCHIVIST & ~Among("draft__run__arrival", undone_arrivals),
        "Archivists see an import's problems.",
    )
