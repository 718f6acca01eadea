"""The citation of whatever can be pointed at: works, pictures, films, releases, and what is in them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django.conf import settings

from annotations.presenters.citation import WRITERS, Citation, name_in
from annotations.presenters.placed import QUOTE_LENGTH
from annotations.presenters.pointed import Pointed
from annotations.presenters.released import citation_of, site_name
from archive.presenters.roles import role_code
from archive.text.words import shortened

#: Those who stand as authors of pictures and films.
_MAKERS = ("photographer", "artist", "cartographer", "director", "illustrator", "composer", "speaker")


def cite_pointed(pointed: Pointed) -> Citation:
    """Return the citation of whatever can be pointed at, in the interface language."""
    more: dict[str, Any] = {"kind": pointed.kind, "ark": pointed.ark, "ark_is_test": settings.ARK_IS_TEST}
    if pointed.span:
        more["quoted"] = shortened(pointed.words.text, QUOTE_LENGTH)
    if pointed.issue is None:
        return _cite_item(pointed, more)
    issue, note = pointed.issue, pointed.note
    whole = replace(citation_of(issue), url=pointed.lasting)
    more["license"] = issue.snapshot.license
    if note:
        author = issue.book.called(note.author)
        more |= {
            "note": note.number,
            "quoted": shortened(pointed.words.text, QUOTE_LENGTH),
            "note_author": author,
        }
    part = f"-{note.id}" if note else f"-p{pointed.span[0]}" if pointed.span else ""
    return replace(whole, key=whole.key + part, **more)


def _cite_item(pointed: Pointed, more: dict[str, Any]) -> Citation:
    row, title = pointed.row, pointed.title
    made = [person for person in row.creators if isinstance(person, dict)]
    writers = [p for p in made if not p.get("role") or role_code(str(p["role"])) in (*WRITERS, *_MAKERS)]
    key = re.sub(r"[^a-z0-9]", "", str(pointed.names[0]).lower())
    return Citation(
        key=key + (f"-p{pointed.span[0]}" if pointed.span else ""), title=title.text, language=title.language,
        authors=tuple(filter(None, (name_in(person, title) for person in writers))), editors=(), annotators=(), number=0,
        site=site_name(), published_at=None, url=pointed.lasting, manifest_hash="", date=row.date_edtf, license=row.rights_uri,
        work_kind=getattr(row, "kind", ""), **more,
    )  # fmt: skip
