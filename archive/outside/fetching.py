"""Ask another site for one thing: few redirects, few bytes, little time, no cookies."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urljoin

from django.conf import settings

from archive.outside import addresses, wire
from archive.outside.addresses import Ip
from archive.outside.errors import OutsideError

REDIRECTS = 3
SECONDS = 10.0
MAX_BYTES = 2 * 1024 * 1024
MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from the last address that was asked."""

    url: str
    status: int
    #: Names in lower case.
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask for, and how much of the answer to take."""

    url: str
    accept: str = "*/*"
    #: An answer with more is refused; with `first` nothing beyond it is read.
    max_bytes: int = MAX_BYTES
    #: Take so many bytes of the beginning and leave the rest; 0: take all.
    first: int = 0
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Way:
    """The two steps to a machine; tests put their own in their place."""

    resolve: Callable[[str, int, wire.Clock], Sequence[Ip]] = field(default=wire.resolve)
    connect: Callable[[Sequence[Ip], int, wire.Clock], socket.socket] = field(default=wire.connect)


def is_allowed() -> bool:
    """Whether this installation may ask other sites at all."""
    return bool(settings.OUTSIDE_NETWORK)


def fetch(question: Question, *, way: Way | None = None) -> Answer:
    """Return the answer, whatever its status.

    Raises OutsideError with the reason why there is none.
    """
    if not is_allowed():
        raise OutsideError("network_off")
    clock, url, way = wire.Clock(question.seconds), question.url, way or Way()
    for _ in range(REDIRECTS + 1):
        parts = addresses.read_url(url)
        answer = _ask(parts, question, clock, way)
        if answer.status not in MOVED or not answer.headers.get("location"):
            return answer
        url = _onward(url, answer.headers["location"])
    raise OutsideError("too_many_redirects")


def _onward(url: str, location: str) -> str:
    """Return the address that a redirect names; from TLS it leads only to TLS.

    Raises OutsideError("not_a_web_address").
    """
    try:
        onward = urljoin(url, location).split("#", 1)[0]
    except ValueError:
        raise OutsideError("not_a_web_address") from None
    if url.startswith("https:") and not onward.startswith("https:"):
        raise OutsideError("not_a_web_address")
    return onward


def _ask(parts: SplitResult, question: Question, clock: wire.Clock, way: Way) -> Answer:
    host, port = (parts.hostname or "").removesuffix("."), addresses.port_of(parts)
    found = wire.all_of(way.resolve(host, port, clock))
    if not found:
        raise OutsideError("name_unknown")
    for address in found:
        addresses.require_public(address, port)
    plain = way.connect(found, port, clock)
    try:
        secure = wire.secured(plain, host, clock) if parts.scheme == "https" else plain
        return _talk(wire.Line(secure, clock), parts, question)
    finally:
        plain.close()


def _talk(line: wire.Line, parts: SplitResult, question: Question) -> Answer:
    connection = http.client.HTTPConnection("unused.invalid")
    connection.sock = line
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.putrequest("GET", path, skip_host=True, skip_accept_encoding=True)
        for name, value in _headers(parts, question).items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        headers = {name.lower(): value for name, value in response.getheaders()}
        body = _body(line, response, question)
    except OutsideError:
        raise
    except TimeoutError:
        raise OutsideError("too_slow") from None
    except (http.client.HTTPException, OSError, ValueError):
        raise OutsideError("answer_broken") from None
    finally:
        connection.close()
        line.hang_up()
    return Answer(url=parts.geturl(), status=response.status, headers=headers, body=body)


def _headers(parts: SplitResult, question: Question) -> dict[str, str]:
    headers = {
        "Host": parts.netloc, "User-Agent": f"Hashiya (+{settings.PUBLIC_URL})", "Accept": question.accept,
        "Accept-Encoding": "identity", "Connection": "close",
    }  # fmt: skip
    return headers | {"Range": f"bytes=0-{question.first - 1}"} if question.first else headers


def _body(line: wire.Line, response: http.client.HTTPResponse, question: Question) -> bytes:
    """Return the body; of a redirect none, since nobody reads it."""
    if response.status in MOVED:
        return b""
    wanted = question.first or question.max_bytes
    # Chunks bring their own bytes along; twice the body is more than enough for honest ones.
    line.budget += 2 * wanted
    if question.first:
        return response.read(wanted)
    if (response.length or 0) > wanted:
        raise OutsideError("answer_too_large")
    body = response.read(wanted + 1)
    if len(body) > wanted:
        raise OutsideError("answer_too_large")
    return body
