"""What the client sends, as the values that actions take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotations.access.terms import all_named
from annotations.anchoring.browser import Chosen, places, width
from annotations.api.hypothesis.pages import Shown
from annotations.api.reading import ApiNote
from annotations.enums import Visibility
from annotations.errors import QuoteMismatch
from annotations.presenters.client_site import WORLD
from annotations.presenters.client_words import highlight, joined, split
from annotations.values import MAX_BODY, MAX_TAGS, NoteInput, TextPlace
from archive.access import Viewer
from archive.errors import Invalid
from archive.presenters.languages import language_read
from archive.text.folding import fold_key

Json = Mapping[str, Any]
#: Code points of one tag.
LONGEST_TAG = 200


def note_of(
    data: Json, viewer: Viewer, *, language: str, before: ApiNote | None, base: NoteInput
) -> NoteInput:
    """Return what a note is to say; what was not sent stays as it is in `base`.

    `before` is the note that is changed, whose tags keep being the terms they are. Raises Invalid.
    """
    text, free = split(base.body)
    if "text" in data:
        text = _words(data["text"], "text")
    ids = list(base.tags)
    if "tags" in data:
        ids, free = _tags(data["tags"], viewer, before)
    reach = _reach(data, base)
    body = joined(text, free)
    if not body and not ids and not base.references:
        body, reach = _highlight(data, language, reach)
    return replace(
        base, body=body, tags=tuple(ids), language=base.language or language_read(text) or language, **reach
    )


def _highlight(data: Json, language: str, reach: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return what stands for nothing: a highlight is its maker's alone; whatever else says nothing is refused."""
    if reach["visibility"] != Visibility.PRIVATE:
        raise Invalid("note_empty", field="text")
    return highlight(language), reach


def _words(value: Any, field: str) -> str:
    if not isinstance(value, str):
        raise Invalid("required", field=field)
    if len(value) > MAX_BODY:
        raise Invalid("too_long", field=field, limit_length=MAX_BODY)
    return value


def _tags(value: Any, viewer: Viewer, before: ApiNote | None) -> tuple[list[str], list[str]]:
    """Return the terms that are meant, and the words that name none."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Invalid("list_required", field="tags")
    if len(value) > MAX_TAGS:
        raise Invalid("too_many", field="tags", limit_count=MAX_TAGS)
    if any(len(one) > LONGEST_TAG for one in value):
        raise Invalid("too_long", field="tags", limit_length=LONGEST_TAG)
    names = list(dict.fromkeys(one.strip() for one in value if one.strip()))
    kept = {term.label: term.public_id for term in before.facts.tags} if before else {}
    found = all_named(viewer, [name for name in names if name not in kept]) if names else {}
    ids = {name: kept.get(name) or found.get(fold_key(name).strip()) for name in names}
    terms = [ident for ident in ids.values() if ident]
    return list(dict.fromkeys(terms)), [name for name, ident in ids.items() if not ident]


def _reach(data: Json, base: NoteInput) -> dict[str, Any]:
    """Return who is to see a note: its author alone, a group, or all once it was accepted."""
    permissions, group = data.get("permissions"), data.get("group", base.group or WORLD)
    if not isinstance(group, str):
        raise Invalid("group_unknown", field="group")
    read = permissions.get("read") if isinstance(permissions, dict) else None
    if read is None:
        if "group" not in data or base.visibility == Visibility.PRIVATE:
            return {"visibility": base.visibility, "group": base.group}
        read = [f"group:{group}"]
    if not isinstance(read, list) or not all(isinstance(one, str) for one in read):
        raise Invalid("list_required", field="permissions")
    if not any(one.startswith("group:") for one in read):
        return {"visibility": Visibility.PRIVATE, "group": ""}
    if group == WORLD:
        return {"visibility": Visibility.OPEN, "group": ""}
    return {"visibility": Visibility.GROUP, "group": group}


def place_of(data: Json, shown: Shown, current: Any) -> TextPlace:
    """Return the place in the text's current wording that a client chose on a page.

    Raises Invalid, QuoteMismatch.
    """
    chosen = _chosen(data, trusted=shown.begins)
    content, first, last = current.content, shown.first, shown.last
    if not shown.is_current:
        first, last = 0, current.length
    found = places(content, chosen, first=first, last=last)
    if not found:
        raise QuoteMismatch(
            "client_quote_unknown" if shown.is_current else "client_quote_changed", field="target"
        )
    if len(found) > 1:
        raise QuoteMismatch("client_quote_twice", field="target")
    start = found[0]
    end = start + width(content, chosen, start)
    return TextPlace(shown.text.public_id, current.number, start, end, content[start:end])


def _chosen(data: Json, *, trusted: bool) -> Chosen:
    target = data.get("target")
    first = target[0] if isinstance(target, list) and target else {}
    listed = first.get("selector") if isinstance(first, dict) else None
    by_type = {one.get("type"): one for one in _dicts(listed)}
    quote, position = by_type.get("TextQuoteSelector"), by_type.get("TextPositionSelector")
    if quote is None:
        raise Invalid("client_page_note", field="target")
    words = [quote.get(name) or "" for name in ("exact", "prefix", "suffix")]
    if not all(isinstance(one, str) for one in words) or not words[0]:
        raise Invalid("client_page_note", field="target")
    start = position.get("start") if position and trusted else None
    is_number = isinstance(start, int) and not isinstance(start, bool) and start >= 0
    return Chosen(words[0], words[1], words[2], start if is_number else None)


def _dicts(value: Any) -> Sequence[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
