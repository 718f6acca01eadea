"""A small site for the text layer's tests: built scripts, pages of `frontend/fixtures`, a pretended API."""

from __future__ import annotations

import html
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

FRONTEND = Path(__file__).parents[2] / "frontend"
CATEGORIES = ["note", "place", "person", "group", "event", "date", "concept", "dispute", "link"]
#: What production sends, so that a script that breaks it breaks here.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml"}


class FixtureText:
    """One text with its notes, and the answers that a server would give about it."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.content = "\n".join(text for _, text in data["blocks"])
        self.notes = [self._note(number, note) for number, note in enumerate(data["notes"])]

    def _note(self, number: int, note: dict[str, Any]) -> dict[str, Any]:
        start = note["start"] if "start" in note else self.content.index(note["quote"])
        exact = note["quote"] if "quote" in note else self.content[start : note["end"]]
        return annotation(f"n{number}", start, exact, note)

    def article(self) -> str:
        """Return the article as the server writes it: the text and nothing else."""
        blocks = "\n".join(
            f'<{tag} id="b{number}">{html.escape(text, quote=False)}</{tag}>'
            for number, (tag, text) in enumerate(self.data["blocks"])
        )
        return (
            f'<article class="article" id="text" lang="{self.data["language"]}" '
            f'dir="{self.data["direction"]}" '
            f'data-text-id="{self.data["id"]}" data-revision="{self.data["revision"]}" data-start="0" '
            f'data-length="{len(self.content)}" data-spans-url="/api/spans.json" '
            f'data-annotations-url="/api/annotations" data-marked-url="?marked=1" '
            f'data-permalink="/editions/harbor/1/">{blocks}</article>'
        )

    def spans(self) -> dict[str, Any]:
        rows, before = [], 0
        ordered = sorted(self.notes, key=lambda note: note["start"])
        for number, note in enumerate(ordered):
            row = [
                number,
                note["start"] - before,
                note["end"] - note["start"],
                CATEGORIES.index(note["category"]),
            ]
            rows.append(row)
            before = note["start"]
        return {"revision": self.data["revision"], "ids": [note["id"] for note in ordered], "spans": rows}


def annotation(identity: str, start: int, exact: str, note: dict[str, Any]) -> dict[str, Any]:
    """Return a note in the form in which the API sends it."""
    relation, target = note.get("reference") or (None, None)
    references = [
        {
            "relation": "parallels",
            "relation_label": relation,
            "target_label": target,
            "target_url": "#at-0-4",
            "direction": "out",
            "note": "",
        }
    ]
    return {
        "id": identity,
        "url": f"/api/annotations/{identity}",
        "version": 1,
        "version_id": f"v-{identity}",
        "start": start,
        "end": start + len(exact),
        "exact": exact,
        "body_html": f"<p>{html.escape(note['body'])}</p>",
        "body_source": note["body"],
        "language": note.get("language", "ar"),
        "category": note["category"],
        "status": note.get("status", "draft"),
        "visibility": "public",
        "author": {"name": note.get("author", "")},
        "tags": [
            {"id": f"t-{tag}", "label": tag, "kind": note["category"], "url": "#"}
            for tag in note.get("tags", [])
        ],
        "references": references if relation else [],
        "updated": "2026-05-01T10:00:00Z",
        "actions": note.get("actions", ["revise", "withdraw", "submit"]),
    }


class Site:
    """What the pretended server knows; a test may change it and read what was sent."""

    def __init__(self, text: FixtureText) -> None:
        self.text = text
        self.requests: list[tuple[str, str, Any]] = []
        self.drafts: dict[str, Any] = {}
        #: (method, path) → answers given in turn, the last one again and again.
        self.answers: dict[tuple[str, str], list[tuple[int, Any]]] = {}
        #: (method, path prefix) → (status, body) that the next such request gets instead.
        self.failures: dict[tuple[str, str], tuple[int, Any]] = {}
        self.manifest = json.loads((FRONTEND / "dist/manifest.json").read_text(encoding="utf-8"))
        self.url = ""

    def page(self, name: str, query: dict[str, list[str]]) -> str:
        """Fill the fixture page `name`."""
        interface = query.get("interface", ["ar"])[0]
        values = {
            "article": self.text.article(),
            "notes": "",
            "bootstrap": json.dumps(self.bootstrap(), ensure_ascii=False),
            "interface": interface,
            "interface_dir": "rtl" if interface == "ar" else "ltr",
        }
        page = (FRONTEND / "fixtures" / f"{name}.html").read_text(encoding="utf-8")
        return re.sub(r"\{\{(.+?)\}\}", lambda found: self._value(found[1], values), page)

    def bootstrap(self) -> dict[str, Any]:
        """Return what the workbench's page hands to its script."""
        return {
            "text": self.text.data["id"],
            "revision": self.text.data["revision"],
            "language": self.text.data["language"],
            "annotations_url": "/api/annotations",
            "others_url": "/en/desk/others/?text=t1",
            "drafts_url": "/api/drafts/",
            "terms_url": "/api/terms",
            "preview_url": "/api/preview",
            "submissions_url": "/api/submissions",
            "actions": ["annotate", "submit", "create_term"],
            "viewer": {"name": "ليلى"},
            "relations": [
                {
                    "code": code,
                    "name": name,
                    "inverse": inverse,
                    "symmetric": name == inverse,
                    "description": "",
                }
                for code, name, inverse in (
                    ("parallels", "يوازي", "يوازي"),
                    ("contradicts", "يناقض", "يناقضه"),
                    ("cites", "يستشهد بـ", "يستشهد به"),
                )
            ],
            "visibilities": [["open", "الجميع بعد النشر"], ["private", "أنا وحدي"]],
            "languages": [["ar", "العربية"], ["en", "English"]],
        }

    def _value(self, name: str, values: dict[str, str]) -> str:
        return values[name] if name in values else "/static/" + self.manifest[name]["file"]

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        """Answer one request to the API."""
        self.requests.append((method, path, body))
        given = self.answers.get((method, path))
        if given:
            return given.pop(0) if len(given) > 1 else given[0]
        for (verb, prefix), failure in list(self.failures.items()):
            if verb == method and path.startswith(prefix):
                del self.failures[verb, prefix]
                return failure
        if path == "/api/spans.json":
            return 200, self.text.spans()
        if path.startswith("/api/annotations"):
            return self._annotations(method, path, query, body)
        if path.startswith("/api/drafts"):
            return self._drafts(method, path.removeprefix("/api/drafts").strip("/"), body)
        if path == "/api/preview":
            return 200, {"html": f"<p><strong>{html.escape(body['body'])}</strong></p>"}
        if path == "/api/terms":
            return self._terms(method, query, body)
        if path == "/api/submissions":
            return 201, {"url": "/submissions/1"}
        return 404, {"detail": "Not found."}

    def _annotations(self, method: str, path: str, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        identity = path.removeprefix("/api/annotations").strip("/")
        if method == "GET":
            start, end = int(query["from"][0]), int(query["to"][0])
            found = [note for note in self.text.notes if note["start"] < end and note["end"] > start]
            return 200, {"annotations": found}
        if method == "POST":
            if self.text.content[body["start"] : body["end"]] != body["exact"]:
                return 409, {"detail": "The words do not match."}
            note = annotation(
                f"n{len(self.text.notes)}",
                body["start"],
                body["exact"],
                {**body, "tags": [], "author": "أنا"},
            )
            self.text.notes.append(note)
            return 201, note
        note = next(note for note in self.text.notes if note["id"] == identity)
        if method == "DELETE":
            self.text.notes.remove(note)
            return 204, None
        if "take" in body:
            body = {
                "body": "".join(text for kind, text in note["decision"]["wording"]["parts"] if kind != "del")
            }
            note.update(status="draft", decision=None)
        note.update(body_html=f"<p>{html.escape(body['body'])}</p>", body_source=body["body"], version=2)
        return 200, note

    def _drafts(self, method: str, key: str, body: Any) -> tuple[int, Any]:
        if method == "PUT":
            self.drafts[key] = body
        if method == "DELETE":
            self.drafts.pop(key, None)
            return 204, None
        if key:
            return (200, self.drafts[key]) if key in self.drafts else (404, {})
        return 200, {"drafts": [{"key": name, **draft} for name, draft in self.drafts.items()]}

    def _terms(self, method: str, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        known = [
            ("t1", "place", "الميناء القديم", "Old harbor"),
            ("t2", "place", "مَنارة البلدة", "Town lighthouse"),
            ("t3", "person", "أمين الميناء", "Harbor master"),
        ]
        if method == "POST":
            label = {"ar": body["label_ar"], "en": body["label_en"]}
            return 201, {"id": "t9", "label": label["ar"], "kind": body["kind"], "labels": label}
        results = [
            {"id": identity, "label": ar, "kind": kind, "labels": {"ar": ar, "en": en}, "disambiguation": ""}
            for identity, kind, ar, en in known
        ]
        return 200, {"results": results}


@contextmanager
def serve(site: Site) -> Iterator[Site]:
    """Serve the site on a free port of the loopback while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            parts = urlsplit(self.path)
            if parts.path.startswith("/static/"):
                file = FRONTEND / "dist" / parts.path.removeprefix("/static/")
                self._send(200, file.read_bytes(), TYPES.get(file.suffix, "application/octet-stream"))
            elif parts.path == "/icons.svg":
                icons = FRONTEND.parent / "archive/static/hashiya/icons.svg"
                self._send(200, icons.read_bytes(), "image/svg+xml")
            elif parts.path == "/corner":
                self._send(200, "<a href='/me'>ليلى</a>".encode(), "text/html; charset=utf-8")
            elif parts.path.startswith("/pages/"):
                page = site.page(parts.path.removeprefix("/pages/"), parse_qs(parts.query))
                self._send(200, page.encode(), "text/html; charset=utf-8")
            else:
                length = int(self.headers.get("Content-Length") or 0)
                raw = self.rfile.read(length)
                body = (
                    json.loads(raw) if raw and "json" in self.headers.get("Content-Type", "") else raw or None
                )
                status, answer = site.answer(self.command, parts.path, parse_qs(parts.query), body)
                self._send(status, b"" if answer is None else json.dumps(answer).encode(), "application/json")

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _any

        def _send(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def harbor() -> FixtureText:
    """Return the fixture text of our own words."""
    return FixtureText(json.loads((FRONTEND / "fixtures/harbor.json").read_text(encoding="utf-8")))


def crowded(words: int = 60_000, notes: int = 10_000) -> FixtureText:
    """Return a long text with many notes, made of the harbor's words."""
    data = harbor().data
    texts = [text for _, text in data["blocks"]]
    blocks: list[tuple[str, str]] = []
    count = 0
    while count < words:
        text = texts[len(blocks) % len(texts)]
        blocks.append(("p", f"{len(blocks)}. {text}"))
        count += len(text.split())
    content = "\n".join(text for _, text in blocks)
    step = len(content) // (notes + 1)
    spread = [
        {"start": n * step, "end": n * step + 3 + n % 40, "category": CATEGORIES[n % 9], "body": f"حاشية {n}"}
        for n in range(notes)
    ]
    return FixtureText({**data, "blocks": blocks, "notes": spread})


def piled(words: str, notes: int = 5_000) -> FixtureText:
    """Return the harbor's text with so many notes that all hold the first letter of these words, no two alike."""
    data = harbor().data
    content = "\n".join(text for _, text in data["blocks"])
    place = content.index(words)
    spread = [
        {
            "start": max(0, place - n % 300),
            "end": min(len(content), place + 1 + 3 * (n // 300)),
            "category": CATEGORIES[n % 9],
            "body": f"حاشية {n}",
        }
        for n in range(notes)
    ]
    return FixtureText({**data, "notes": spread})
