"""How a note of a file is known again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from annotations.enums import AnnotationStatus
from annotations.exchange.notes.records import NoteRecord
from annotations.models import NoteImportRow
from archive.models import User


def brought_in_before(rows: Sequence[NoteImportRow], by: User) -> set[str]:
    """Return the digests of those of these notes that the person brought in, now or before, and did not take back."""
    digests, before = [row.digest for row in rows], set()
    for first in range(0, len(digests), 500):
        known = NoteImportRow.objects.filter(
            step__created_by=by, annotation__isnull=False, digest__in=digests[first : first + 500]
        ).exclude(annotation__status=AnnotationStatus.WITHDRAWN)
        before |= set(known.values_list("digest", flat=True))
    return before


def digest_of(row: NoteImportRow, record: NoteRecord) -> str:
    """Return what the note is known again by: its name there, or all that it says; on another text it is another."""
    said: list[Any] = [record.key]
    if not record.key or record.key.startswith("#"):
        tags = [[tag.name, tag.address] for tag in record.tags]
        said += [
            record.source,
            record.start,
            record.exact,
            record.prefix,
            record.suffix,
            record.body,
            record.author,
            record.fragment,
            tags,
        ]
    return hashlib.sha256(json.dumps([row.text, *said]).encode()).hexdigest()
