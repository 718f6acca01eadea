"""A server on one port of this machine that answers as the test says, to the letter."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Given the connection, the request as it came, and what is set when the test is over.
Script = Callable[[socket.socket, bytes, threading.Event], None]


class Server:
    """Answers every connection with the script of its path; remembers what it was asked."""

    def __init__(self, scripts: dict[str, Script | bytes]) -> None:
        self.scripts, self.requests = scripts, []
        self.over = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(0.1)
        self.port: int = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def stop(self) -> None:
        self.over.set()
        self.thread.join()
        self.listener.close()

    def _serve(self) -> None:
        while not self.over.is_set():
            try:
                connection, _ = self.listener.accept()
            except TimeoutError:
                continue
            with connection:
                try:
                    self._answer(connection)
                except OSError:
                    continue

    def _answer(self, connection: socket.socket) -> None:
        connection.settimeout(5)
        request = b""
        while b"\r\n\r\n" not in request:
            got = connection.recv(65536)
            if not got:
                return
            request += got
        self.requests.append(request)
        script = self.scripts[request.split(b" ")[1].decode()]
        if isinstance(script, bytes):
            connection.sendall(script)
        else:
            script(connection, request, self.over)


@contextmanager
def serving(**scripts: Script | bytes) -> Iterator[Server]:
    """Serve `name=answer` under "/name" meanwhile."""
    server = Server({f"/{name}": script for name, script in scripts.items()})
    try:
        yield server
    finally:
        server.stop()


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """Return a whole, honest answer."""
    head = "\r\n".join([f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}"])
    return head.encode("latin-1") + b"\r\n\r\n" + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    """Return an answer that leads elsewhere."""
    return answer(b"", f"Location: {to}", status=status)
