"""What is sent to the doors that write, naming a secret: each must answer as if it named nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.db.access.asking import Question, address_of, choices, parts_of
from tests.db.access.surfaces import SECRET_WORD, SHARED_WORD, routes
from tests.db.access.things import Things

#: Under these, the other methods than GET and POST are asked as well.
_RICH = ("/api/", "/workbench/")
_NAMES_A_VERSION = (("If-Match", '"1"'),)

_QUOTE = {"revision": 1, "start": 0, "end": len(SHARED_WORD), "exact": SHARED_WORD}
_NOTE = {"body": "حجر", "language": "ar"}
_TITLE = {"title_en": "Stone", "slug": "stone"}


def _at(**more: Any) -> dict[str, Any]:
    """A note on the public text, with more."""
    return {
        "place": {"text": "{public_text}", "revision": 1, "start": 0, "end": 4, "exact": "كتاب"},
        **_NOTE,
        **more,
    }


def _to(target: Mapping[str, Any]) -> dict[str, Any]:
    """A note that refers to something."""
    return _at(references=[{"relation": "cites", "target": target}])


def _client_note(**more: Any) -> dict[str, Any]:
    """A note as an annotation client sends it, on a text that may not be there."""
    quote = {"type": "TextQuoteSelector", "exact": SHARED_WORD, "prefix": "", "suffix": ""}
    return {
        "uri": "http://localhost:8000/ar/hypothesis/{text}/",
        "text": "حجر",
        "target": [{"selector": [quote]}],
        **more,
    }


#: Address, and the JSON that is posted there; names in braces are kinds of things.
BODIES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("/api/annotations/", _at()),
    ("/api/annotations/", {"place": {"text": "{text}", **_QUOTE}, **_NOTE}),
    ("/api/annotations/", {"place": {"image": "{image}", "region": {"shape": "rect", "points": [[0, 0], [9, 9]]}}, **_NOTE}),
    ("/api/annotations/", {"place": {"video": "{video}", "start": 0, "end": 1}, **_NOTE}),
    ("/api/annotations/", _to({"annotation": "{note}"})),
    ("/api/annotations/", _to({"text": "{text}", **_QUOTE})),
    ("/api/annotations/", _at(tags=["{term}"])),
    ("/api/annotations/", _at(visibility="group", group="{group}")),
    ("/annotations/", {"target": {"source": "/api/texts/{text}/", "selector": {"type": "TextQuoteSelector", "exact": "x"}}, "bodyValue": "x"}),
    ("/annotations/", {"target": {"source": "/api/images/{image}/", "selector": {"type": "FragmentSelector", "value": "xywh=0,0,9,9"}}, "bodyValue": "x"}),
    ("/api/hypothesis/annotations", _client_note()),
    ("/api/hypothesis/annotations", _client_note(tags=[SECRET_WORD])),
    ("/api/hypothesis/annotations", _client_note(group="{group}", permissions={"read": ["group:x"]})),
    ("/api/submissions/", {"versions": ["{version}"]}),
    ("/workbench/images/{image}/annotations", {"region": {"shape": "rect", "points": [[0, 0], [9, 9]]}, **_NOTE}),
    ("/workbench/videos/{video}/annotations", {"start": 0, "end": 1, **_NOTE}),
    ("/api/annotations/", _to({"image": "{image}", "region": {"shape": "rect", "points": [[0, 0], [9, 9]]}})),
    ("/api/annotations/", _to({"video": "{video}", "start": 0, "end": 1})),
    ("/workbench/submissions", {"annotations": ["{version}"]}),
    ("/api/decisions/", {"version_id": "{version}", "content_hash": "0" * 64, "outcome": "accept"}),
    ("/api/terms/", {"kind": "place", "label_en": "Stone", "broader": "{term}"}),
    ("/api/terms/", {"kind": "place", "label_ar": SECRET_WORD}),
    ("/api/works/", {**_TITLE, "collection": "{collection}"}),
    ("/api/works/", {**_TITLE, "cover": "{image}"}),
    ("/api/collections/", {**_TITLE, "parent": "{collection}"}),
    ("/api/editions/", {"text": "{text}", "slug": "stone", "title": {"en": "Stone"}}),
    ("/api/decisions/", {"version_id": "{version_read}", "outcome": "accept"}),
    ("/api/decisions/", {"version_id": "{version_read}", "outcome": "return", "reason": "سبب"}),
    ("/api/decisions/", {"version_id": "{version_read}", "outcome": "return", "reason": "سبب", "suggestion": "حجر"}),
    ("/api/works/", dict(_TITLE)),
    ("/api/editions/{edition}/choose/", {"notes": ["{note}"], "out": True}),
    ("/api/editions/{edition}/pick/", {"notes": ["{note}"], "picked": True}),
    ("/api/terms/{term}/merge/", {"into": "{term}"}),
    ("/api/tokens/", {"email": "secret@example.org", "password": "not the one"}),
)  # fmt: skip
#: Address, and the fields of the form that is posted there.
FORMS: tuple[tuple[str, dict[str, str]], ...] = (
    ("/ar/account/login/", {"login": "secret@example.org", "password": "not the one"}),
    ("/ar/account/password/reset/", {"email": "secret@example.org"}),
    ("/ar/account/signup/", {"email": "secret@example.org", "password1": "sapphire quarry", "password2": "sapphire quarry"}),
    ("/ar/workbench/images/{image}/", {
        "shape": "rect", "numbers": "0 0 9 9", "body": "حجر", "category": "note", "language": "ar", "visibility": "open",
    }),
    ("/ar/workbench/videos/{video}/", {
        "start": "0", "end": "1", "body": "حجر", "category": "note", "language": "ar", "visibility": "open",
    }),
    ("/ar/desk/notes/", {"act": "submit", "version": "{version}"}),
    ("/ar/desk/review/{submission}/", {"all": "accept", "seen": "{version}"}),
    ("/ar/desk/review/{submission}/", {"version": "{version_read}", "outcome": "accept"}),
    ("/ar/desk/review/{submission}/several/", {"note": "{version}:x", "outcome": "accept", "step": "look"}),
    ("/ar/desk/review/{submission}/several/", {"note": "{version}:x", "outcome": "accept", "step": "record"}),
    ("/ar/desk/review/several/", {"note": "{version}:x", "outcome": "accept", "step": "look"}),
    ("/ar/desk/review/several/", {"note": "{version}:x", "outcome": "accept", "step": "record"}),
    ("/ar/desk/review/{submission}/", {"version": "{version}", "outcome": "return", "reason": "سبب", "suggestion": "حجر"}),
    ("/ar/desk/review/{submission}/", {"version": "{version}", "part": "1", "suggestion": "حجر"}),
    ("/ar/desk/notes/{note}/wording/", {"decision": "{decision}", "version": "{version}"}),
    ("/ar/desk/notes/", {"act": "withdraw", "note": "{note}", "version": "{version}"}),
)  # fmt: skip


def knocks(everything: Things, new: Things) -> Iterator[Question]:
    """Yield what is sent: nothing to every address that names one of these things, and bodies that name it."""
    yield from _empty(everything, new)
    for address, body in BODIES:
        for sent in _filled(f"{address} {json.dumps(body, ensure_ascii=False)}", everything, new):
            at, _space, body_sent = sent.partition(" ")
            yield Question(at, _NAMES_A_VERSION, "POST", body_sent)
    for address, fields in FORMS:
        for sent in _filled(f"{address} {json.dumps(fields)}", everything, new):
            at, _space, body_sent = sent.partition(" ")
            yield Question(at, method="POST", body=tuple(json.loads(body_sent).items()))


def _empty(everything: Things, new: Things) -> Iterator[Question]:
    for route in routes():
        if route.row is None or route.row.exempt or route.is_back_office:
            continue
        parts = parts_of(route.pattern)
        for values in choices([route.row.parts[part] for part in parts], everything, new):
            address = address_of(route, dict(zip(parts, values, strict=True)))
            rich = address.startswith(_RICH)
            for method in ("POST", "PATCH", "PUT", "DELETE") if rich else ("POST",):
                yield Question(address, _NAMES_A_VERSION, method, "{}" if rich else (("version", "1"),))


def _filled(template: str, everything: Things, new: Things) -> Iterator[str]:
    template = template.replace("{public_text}", everything["public_text"][0])
    kinds = list(dict.fromkeys(re.findall(r'["/]{(\w+)}["/]', template)))
    for values in choices(kinds, everything, new if kinds else everything):
        sent = template
        for kind, value in zip(kinds, values, strict=True):
            sent = sent.replace("{" + kind + "}", value)
        yield sent
