"""A connection that ends when its time or its bytes are used up, however the other side drips."""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from ipaddress import ip_address
from typing import Any

from archive.outside.addresses import Ip, literal
from archive.outside.errors import OutsideError

#: Status line and headers together.
HEAD_BYTES = 64 * 1024
#: Of one name, how many addresses are tried.
TRIES = 3


class Clock:
    """The time that all of one question may take, redirects included."""

    def __init__(self, seconds: float) -> None:
        self.ends = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left.

        Raises OutsideError("too_slow") when there are none.
        """
        left = self.ends - time.monotonic()
        if left <= 0:
            raise OutsideError("too_slow")
        return left


def resolve(host: str, port: int, clock: Clock) -> list[Ip]:
    """Return the addresses of a host, asked for once: what is connected to later is among them.

    Raises OutsideError.
    """
    if (address := literal(host)) is not None:
        return [address]
    pool = ThreadPoolExecutor(max_workers=1)
    try:
        found = pool.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM).result(clock.left())
    except TooLate:
        raise OutsideError("too_slow") from None
    except (OSError, UnicodeError):
        raise OutsideError("name_unknown") from None
    finally:
        pool.shutdown(wait=False)
    return list(dict.fromkeys(ip_address(entry[4][0]) for entry in found))


def connect(addresses: Sequence[Ip], port: int, clock: Clock) -> socket.socket:
    """Return a connection to the first of these addresses that answers.

    Raises OutsideError.
    """
    tried = addresses[:TRIES]
    for place, address in enumerate(tried):
        try:
            return socket.create_connection((str(address), port), timeout=clock.left() / (len(tried) - place))
        except OSError:
            continue
    clock.left()
    raise OutsideError("no_connection")


def secured(plain: socket.socket, host: str, clock: Clock) -> socket.socket:
    """Return the connection with TLS, whose certificate is for `host`; the handshake has what time is left.

    Raises OutsideError.
    """
    plain.settimeout(clock.left())
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except ssl.SSLError:
        raise OutsideError("not_trusted") from None
    except TimeoutError:
        raise OutsideError("too_slow") from None
    except OSError:
        raise OutsideError("no_connection") from None


class Line:
    """What `http.client` takes for its socket."""

    def __init__(self, inner: socket.socket, clock: Clock) -> None:
        self.inner, self.clock = inner, clock
        #: Bytes that may still come.
        self.budget = HEAD_BYTES

    def sendall(self, data: Any) -> None:
        """Send within the time."""
        self.inner.settimeout(self.clock.left())
        self.inner.sendall(data)

    def makefile(self, mode: str = "rb", *args: Any) -> io.BufferedReader:
        """Return what the answer is read from."""
        return io.BufferedReader(_Reader(self), 4096)

    def close(self) -> None:
        """Stay: `http.client` lets go of its socket before the body is read."""

    def hang_up(self) -> None:
        """End the connection."""
        self.inner.close()


class _Reader(io.RawIOBase):
    def __init__(self, line: Line) -> None:
        self.line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        line = self.line
        if line.budget <= 0:
            raise OutsideError("answer_too_large")
        line.inner.settimeout(line.clock.left())
        try:
            count = line.inner.recv_into(buffer, min(len(buffer), line.budget))
        except TimeoutError:
            raise OutsideError("too_slow") from None
        line.budget -= count
        return count


def all_of(addresses: Iterable[Ip]) -> list[Ip]:
    """Return addresses in the order in which they are tried: IPv4 first, since many houses have only that."""
    return sorted(addresses, key=lambda address: address.version)
