"""W3C Web Annotations coming in: as much of the model as a note can hold; what it cannot hold is refused by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from annotations.access.terms import all_named
from annotations.api.jsonld_places import source_id, specific
from annotations.enums import Category, Relation, Visibility
from annotations.values import (
    MAX_REFERENCES,
    MAX_TAGS,
    Citation,
    Kept,
    NoteInput,
    NoteTarget,
    Place,
    ReferenceInput,
    TextPlace,
    WebPlace,
)
from archive.access import Viewer
from archive.errors import Invalid
from archive.text.folding import fold_key

Json = Mapping[str, Any]
#: Tags, references, and words in several languages or pieces.
MAX_BODIES = MAX_TAGS + MAX_REFERENCES + 10
#: Addresses that one annotation came from.
MAX_NAMES = 20
#: A scheme, and something without spaces and controls after it.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20<>\"{}|\\^`]+\Z")
_REFERENCE = re.compile(r"urn:hashiya:reference:(\w{1,16})\Z")


def read_annotation(
    data: Json, viewer: Viewer, *, before: NoteInput | None = None
) -> tuple[Place | None, NoteInput]:  # fmt: skip
    """Return the place and the words of an annotation; the place is None in a change that names no target.

    Bodies stand for all of a note's words, tags and references: what an annotation leaves out goes, except
    visibility and category. Raises Invalid, NotVisible.
    """
    kind = data.get("type", "Annotation")
    if "Annotation" not in (kind if isinstance(kind, list) else [kind]):
        raise Invalid("choice_unknown", field="type")
    place = specific(data["target"], viewer, field="target") if data.get("target") else None
    if place is None and before is None:
        raise Invalid("required", field="target")
    usual = NoteInput(
        language="", visibility=Visibility.PRIVATE if isinstance(place, WebPlace) else Visibility.OPEN
    )
    return place, _words(data, viewer, before or usual)


def named_elsewhere(data: Json) -> dict[str, Any]:
    """Return the names that an annotation has elsewhere: what its client calls canonical, and where it came from.

    Raises Invalid for what is no absolute IRI of at most 500 code points.
    """
    found: dict[str, Any] = {}
    if data.get("canonical"):
        found["canonical"] = _iri(data["canonical"], "canonical")
    via = data.get("via", [])
    listed = [one for one in [*(via if isinstance(via, list) else [via]), data.get("id")] if one]
    if len(listed) > MAX_NAMES:
        raise Invalid("too_many", field="via", limit_count=MAX_NAMES)
    if listed:
        found["via"] = [_iri(one, "via") for one in dict.fromkeys(map(str, listed))]
    return found


def _iri(value: Any, field: str) -> str:
    if not isinstance(value, str) or len(value) > 500 or not _IRI.match(value):
        raise Invalid("address_refused", field=field)
    return value


def _words(data: Json, viewer: Viewer, base: NoteInput) -> NoteInput:
    texts: list[str] = []
    language, tagging, references = "", list[Json](), list[ReferenceInput | Kept]()
    bodies = list(islice(_bodies(data), MAX_BODIES + 1))
    if len(bodies) > MAX_BODIES:
        raise Invalid("too_many", field="body", limit_count=MAX_BODIES)
    for body in bodies:
        purpose = body.get("purpose", "tagging" if data.get("motivation") == "tagging" else "")
        if purpose == "tagging":
            tagging.append(body)
        elif purpose == "linking" or "source" in body:
            references.append(_reference(body, viewer))
        else:
            texts.append(_text(body))
            language = language or _language(body)
    return replace(
        base, body="\n\n".join(text for text in texts if text), language=language or base.language or "ar",
        category=_category(data, base), tags=tuple(dict.fromkeys(_tags(tagging, viewer))), references=tuple(references),
        visibility=_code(Visibility, data.get("hashiya:visibility", base.visibility), "hashiya:visibility"),
    )  # fmt: skip


def _bodies(data: Json) -> Iterator[Json]:
    if isinstance(data.get("bodyValue"), str):
        yield {"type": "TextualBody", "value": data["bodyValue"]}
    body = data.get("body", [])
    for one in body if isinstance(body, list) else [body]:
        if isinstance(one, str):
            yield {"source": one, "purpose": "linking"}
        elif isinstance(one, dict):
            yield one
        else:
            raise Invalid("list_required", field="body")


def _text(body: Json) -> str:
    value = body.get("value")
    if not isinstance(value, str) or body.get("format", "text/markdown") not in (
        "text/markdown",
        "text/plain",
    ):
        raise Invalid("body_unsupported", field="body")
    return value


def _language(body: Json) -> str:
    language = body.get("language", "")
    found = language[0] if isinstance(language, list) and language else language
    if not isinstance(found, str) or (found and not re.match(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z", found)):
        raise Invalid("choice_unknown", field="body")
    return found


def _category(data: Json, base: NoteInput) -> Category:
    if "hashiya:category" in data:
        return _code(Category, data["hashiya:category"], "hashiya:category")
    return Category.LINK if data.get("motivation") == "linking" else base.category


def _code(codes: Any, value: Any, field: str) -> Any:
    if not isinstance(value, str) or value not in set(codes):
        raise Invalid("choice_unknown", field=field)
    return codes(value)


def _tags(bodies: Sequence[Json], viewer: Viewer) -> Iterator[str]:
    """Yield the public ids of the terms that are meant: by their addresses, or by one of their names."""
    addressed = [
        source_id(body.get("source"), "terms") or source_id(body.get("id"), "terms") for body in bodies
    ]
    names = ["" if known else _name(body) for known, body in zip(addressed, bodies, strict=True)]
    found = all_named(viewer, names) if any(names) else {}
    for known, name in zip(addressed, names, strict=True):
        public_id = known or found.get(fold_key(name).strip())
        if public_id is None:
            raise Invalid("term_unknown", field="body", ids=[name])
        yield public_id


def _name(body: Json) -> str:
    value = body.get("value")
    if not isinstance(value, str) or not value.strip():
        raise Invalid("term_unknown", field="body")
    return value[:200]


def _reference(body: Json, viewer: Viewer) -> ReferenceInput | Kept:
    kept = _REFERENCE.match(str(body.get("id", "")))
    if kept:
        return Kept(kept[1])
    relation = _relation(body.get("hashiya:relation", Relation.CITES))
    note = body.get("hashiya:note", "")
    return ReferenceInput(
        relation, _far_end(body, viewer), note if isinstance(note, str) else "",
        is_inverse=body.get("hashiya:inverse") is True,
        note_language=str(body.get("hashiya:noteLanguage") or ""),
    )  # fmt: skip


def _relation(code: Any) -> str:
    if not isinstance(code, str):
        raise Invalid("choice_unknown", field="hashiya:relation")
    return code


def _far_end(body: Json, viewer: Viewer) -> Place | NoteTarget | Citation:
    note = source_id(body.get("source"), "annotations")
    if note:
        return NoteTarget(note)
    if source_id(body.get("source"), "texts") and body.get("selector"):
        place = specific(body, viewer, field="body")
        if isinstance(place, TextPlace):
            return place
    source, name = body.get("source"), body.get("schema:name", "")
    url = source if isinstance(source, str) and urlsplit(source).scheme in ("http", "https") else ""
    title = name if isinstance(name, str) else ""
    pages = body.get("hashiya:pages", "")
    csl = body.get("hashiya:csl")
    return Citation(
        csl=csl if isinstance(csl, dict) else None,
        url=url,
        title=title or ("" if url else str(source or "")[:500]),
        pages=str(pages),
    )
