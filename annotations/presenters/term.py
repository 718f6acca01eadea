"""A term as the JSON that pickers read."""

from __future__ import annotations

from typing import Any

from annotations.models import Term
from annotations.presenters.labels import TERM_KINDS


def term_json(term: Term) -> dict[str, Any]:
    """Return a term with the word for its kind, so that two of one name can be told apart."""
    return {
        "id": term.public_id,
        "label": str(term),
        "label_ar": term.label_ar or "",
        "label_en": term.label_en or "",
        "kind": term.kind,
        "kind_label": str(TERM_KINDS[term.kind]),
        "status": term.status,
        "url": term.get_absolute_url(),
    }
