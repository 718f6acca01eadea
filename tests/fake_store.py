"""A storage that speaks as much of the S3 protocol as is used, checks who asks, and can be told to misbehave."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

KEY_ID, SECRET, BUCKET, REGION = "KEYID", "s3cr3t-of-the-store", "copies", "garage"


class FakeStore(ThreadingHTTPServer):
    """What it holds, and how it misbehaves."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, bytes] = {}
        self.metadata: dict[str, str] = {}
        self.parts: dict[str, dict[int, bytes]] = {}
        self.buckets = {BUCKET}
        self.asked: list[str] = []
        #: Every answer is this error, when set.
        self.status = 0
        #: Changes what is read from it.
        self.lie: Any = lambda data: data
        #: Changes what is written to it.
        self.lose: Any = lambda data: data

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeStore

    def log_message(self, *args: Any) -> None:
        """Say nothing."""

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = urlsplit(self.path)
        bucket, _, name = parts.path.lstrip("/").partition("/")
        self.server.asked.append(f"{self.command} {parts.path}")
        if self.server.status:
            return self._error(self.server.status, "InternalError")
        if not self._is_signed(body):
            return self._error(403, "SignatureDoesNotMatch")
        if bucket not in self.server.buckets:
            return self._error(404, "NoSuchBucket")
        return self._do(name, parse_qs(parts.query, keep_blank_values=True), body)

    do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = _serve

    def _do(self, name: str, query: dict[str, list[str]], body: bytes) -> None:
        objects, parts = self.server.objects, self.server.parts
        if self.command == "POST" and "uploads" in query:
            parts[name] = {}
            return self._xml(
                "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>"
            )
        if self.command == "POST":
            objects[name] = self.server.lose(
                b"".join(data for _number, data in sorted(parts.pop(name).items()))
            )
            return self._xml(
                f"<CompleteMultipartUploadResult><Bucket>{BUCKET}</Bucket><Key>{name}</Key><ETag>e</ETag></CompleteMultipartUploadResult>"
            )
        if self.command == "PUT" and "partNumber" in query:
            parts[name][int(query["partNumber"][0])] = body
            return self._answer(200, b"")
        if self.command == "PUT":
            objects[name] = self.server.lose(body)
            self.server.metadata[name] = self.headers.get("x-amz-meta-sha256", "")
            return self._answer(200, b"")
        if name and name not in objects:
            return self._error(404, "NoSuchKey")
        return self._answer(200, self.server.lie(objects[name]) if name else b"")

    def _answer(self, status: int, data: bytes) -> None:
        self.send_response(status)
        self.send_header("ETag", '"e"')
        self.send_header("Last-Modified", "Sun, 29 Nov 2026 00:00:00 GMT")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _xml(self, words: str, status: int = 200) -> None:
        data = f'<?xml version="1.0"?>{words}'.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _error(self, status: int, code: str) -> None:
        """Answer as storages do: with the id of the key and the signature in the words."""
        words = f"{KEY_ID} {self.headers.get('Authorization', '')}"
        self._xml(
            f"<Error><Code>{code}</Code><Message>{words}</Message><Resource>/</Resource></Error>", status
        )

    def _is_signed(self, body: bytes) -> bool:
        """Whether the request was signed with our secret (AWS Signature Version 4), and its body is what was signed."""
        found = re.match(
            r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, ?SignedHeaders=([^,]+), ?Signature=(\w+)",
            self.headers.get("Authorization", ""),
        )
        if not found or found[1] != KEY_ID or found[3] != REGION:
            return False
        payload = self.headers["x-amz-content-sha256"]
        if payload != "UNSIGNED-PAYLOAD" and payload != hashlib.sha256(body).hexdigest():
            return False
        parts = urlsplit(self.path)
        query = "&".join(
            sorted(each if "=" in each else f"{each}=" for each in parts.query.split("&") if each)
        )
        headers = "".join(f"{name}:{' '.join(self.headers[name].split())}\n" for name in found[4].split(";"))
        canonical = "\n".join([self.command, parts.path, query, headers, found[4], payload])
        scope = f"{found[2]}/{found[3]}/s3/aws4_request"
        to_sign = "\n".join(
            [
                "AWS4-HMAC-SHA256",
                self.headers["x-amz-date"],
                scope,
                hashlib.sha256(canonical.encode()).hexdigest(),
            ]
        )
        key = f"AWS4{SECRET}".encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        return hmac.compare_digest(hmac.new(key, to_sign.encode(), "sha256").hexdigest(), found[5])


@contextmanager
def running() -> Iterator[FakeStore]:
    """Serve until the end of the block."""
    server = FakeStore()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
