"""The receipt of a deposit as the value that its printed page is made of, in the active language."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from archive.enums import Compared
from archive.presenters import receipt
from archive.presenters.moments import day_words, moment_words

#: Makes words fit for print.
Fit = Callable[[str], str]


def printed(deposit: Any, items: Iterable[Any], *, agreement: Any, site: str, fit: Fit) -> dict[str, Any]:
    """Return what the template `receipt` shows; `fit` makes every word that somebody wrote fit for print."""
    listed = list(items)
    return {
        "language": (get_language() or "en")[:2],
        "title": _("Receipt of a deposit"),
        "site": fit(site),
        "note": _own(deposit.note, fit),
        "undone": _undone(deposit, fit),
        "facts": [(label, _own(value, fit)) for label, value in _facts(deposit, listed)],
        "agreement": [(label, _own(value, fit)) for label, value in _agreed(agreement)],
        "words": {
            "agreement": _("Deposit agreement"), "files": _("Files"),
            "heading": ["", _("File, SHA-256"), _("Bytes at the sender"), _("Bytes kept"), _("Outcome")],
        },
        "rows": [_row(item, fit) for item in listed],
        "footer": deposit.public_id,
    }  # fmt: skip


def _row(item: Any, fit: Fit) -> dict[str, Any]:
    hashes = [(_("as sent"), item.told_sha256), (_("as kept"), item.found_sha256)]
    return {
        "name": _own(receipt.named(item), fit), "hashes": [pair for pair in hashes if pair[1]],
        "comparison": receipt.comparison(item), "differs": item.compared == Compared.DIFFERS,
        "sent": str(item.size), "kept": str(item.arrival.stored_file.size if item.arrival else 0),
        "outcome": fit(receipt.outcome(item)),
    }  # fmt: skip


def _compared(items: list[Any]) -> list[tuple[str, str]]:
    """Return how many files are what their senders have, how many are not, and of how many nobody knows."""
    counts = Counter(item.compared for item in items)
    labels = [
        (Compared.SAME, _("The same by SHA-256")), (Compared.DIFFERS, _("Differ by SHA-256")),
        (Compared.UNTOLD, _("SHA-256 not told by the sender")),
    ]  # fmt: skip
    return [(label, str(counts[each])) for each, label in labels]


def _facts(deposit: Any, items: list[Any]) -> list[tuple[str, str]]:
    kept = [item.arrival.stored_file.size for item in items if item.arrival]
    facts = [
        (_("Reference"), deposit.public_id),
        (_("Begun"), moment_words(deposit.created_at)),
        (_("Sent by"), str(deposit.created_by)),
        (_("Collection"), str(deposit.collection) if deposit.collection else ""),
        (_("Files sent"), str(len(items))),
        (_("Files kept"), str(len(kept))),
        (_("Bytes at the sender"), str(sum(item.size for item in items))),
        (_("Bytes kept"), str(sum(kept))),
        *_compared(items),
    ]
    return [(label, value) for label, value in facts if value]


def _agreed(agreement: Any) -> list[tuple[str, str]]:
    if agreement is None:
        return []
    facts = [
        (_("Reference"), agreement.public_id),
        (_("Who gives"), agreement.giver),
        (_("Signed on"), day_words(agreement.signed_on)),
        (pgettext("agreement", "Terms"), agreement.terms),
    ]
    if agreement.arrival:
        facts.append((_("Signed paper"), agreement.arrival.filename))
        facts.append(("SHA-256", agreement.arrival.stored_file.sha256))
    return [(label, value) for label, value in facts if value]


def _undone(deposit: Any, fit: Fit) -> str:
    if deposit.undone_at is None:
        return ""
    words = _("This deposit was undone on %(moment)s by %(who)s.")
    return fit(words % {"moment": moment_words(deposit.undone_at), "who": deposit.undone_by})


def _own(words: str, fit: Fit) -> dict[str, Any]:
    """Return words with the direction of their first letter that has one."""
    first = next((b for b in map(unicodedata.bidirectional, words) if b in ("L", "R", "AL")), "L")
    return {"words": fit(words), "rtl": first != "L"}
