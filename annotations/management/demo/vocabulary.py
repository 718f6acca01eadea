"""The terms, broader ones first."""

from __future__ import annotations

from typing import Any

from annotations.actions.propose_term import propose_term
from annotations.enums import TermKind
from annotations.management.demo.material import Loaded, bilingual, read
from annotations.values import Name, TermInput


def load_terms(loaded: Loaded) -> None:
    """Add every term as an established one; a term waits until its broader one is there."""
    waiting = list(read("terms")["terms"])
    while waiting:
        ready = [entry for entry in waiting if not entry["broader"] or entry["broader"] in loaded.terms]
        for entry in ready:
            loaded.terms[entry["key"]] = propose_term(
                term=_input(loaded, entry), establish=True, by=loaded.people["editor"]
            )
        waiting = [entry for entry in waiting if entry not in ready]


def _input(loaded: Loaded, entry: dict[str, Any]) -> TermInput:
    names = tuple(
        Name(language=language, name=name) for language, found in entry["variants"].items() for name in found
    )
    words: dict[str, Any] = bilingual(entry, "label", "description")
    broader = loaded.terms[entry["broader"]].public_id if entry["broader"] else ""
    return TermInput(
        kind=TermKind(entry["kind"]), slug=entry["slug"], names=names, broader=broader,
        latitude=entry.get("latitude"), longitude=entry.get("longitude"), date_edtf=entry.get("date_edtf", ""),
        authority=entry.get("authority", {}), **words,
    )  # fmt: skip
