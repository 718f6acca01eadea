"""Which addresses are the public network, and which only pretend to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from archive.outside.errors import OutsideError

Ip = IPv4Address | IPv6Address

#: Beyond what `is_global` refuses: shared, benchmark, relay and reserved addresses.
CLOSED_V4 = [ip_network(net) for net in (
    "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "224.0.0.0/3",
)]  # fmt: skip
OPEN_V6 = ip_network("2000::/3")
#: Tunnels, translators and documentation: each can hide a private IPv4 address, or leads nowhere.
CLOSED_V6 = [ip_network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
#: An IPv4 address in the last half of an IPv6 one (ISATAP).
ISATAP = (0x00005EFE, 0x02005EFE)
#: The last part of a name by which browsers take the whole for a number.
NUMBER = re.compile(r"(?:\d+|0x[0-9a-f]*)\Z", re.IGNORECASE)
NAME = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z0-9-]{2,63}\Z")
PORTS = {"http": 80, "https": 443}
#: Names that the network of the house answers.
HOUSE = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home.arpa", ".onion")

_loopback_port: ContextVar[int | None] = ContextVar("loopback_port", default=None)


@contextmanager
def one_loopback_port(port: int) -> Iterator[None]:
    """Let this one port of 127.0.0.1 pass for public meanwhile: for the tests, which have a server there."""
    token = _loopback_port.set(port)
    try:
        yield
    finally:
        _loopback_port.reset(token)


def is_public(address: Ip) -> bool:
    """Whether an address is one machine of the public network, whatever form hides it."""
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in net for net in CLOSED_V4)
    return (
        address in OPEN_V6
        and address.is_global
        and address.scope_id is None
        and not any(address in net for net in CLOSED_V6)
        and (int(address) >> 32) & 0xFFFFFFFF not in ISATAP
    )


def require_public(address: Ip, port: int) -> None:
    """Stop unless the address may be connected to.

    Raises OutsideError("address_not_public").
    """
    allowed = _loopback_port.get()
    if allowed is not None and (str(address), port) == ("127.0.0.1", allowed):
        return
    if not is_public(address):
        raise OutsideError("address_not_public")


def read_url(url: str) -> SplitResult:
    """Return the parts of an address that may be asked for: its scheme, host and port say only one thing.

    Raises OutsideError("not_a_web_address", "address_not_public").
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise OutsideError("not_a_web_address") from None
    odd = any(ord(letter) <= 32 or ord(letter) >= 127 or letter == "\\" for letter in url)
    if odd or parts.scheme not in PORTS or not host or "@" in parts.netloc or len(url) > 2_000:
        raise OutsideError("not_a_web_address")
    if port is not None and port not in PORTS.values() and port < 1024:
        raise OutsideError("not_a_web_address")
    if literal(host) is None:
        _require_name(host.removesuffix("."))
    return parts


def port_of(parts: SplitResult) -> int:
    """Return the port, the scheme's own when none is named."""
    return parts.port or PORTS[parts.scheme]


def literal(host: str) -> Ip | None:
    """Return the address that a host is in its plain form; None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def _require_name(host: str) -> None:
    """Refuse numbers in disguise (octal, hexadecimal, one long number, 127.1) and names of the house."""
    if NUMBER.match(host.rsplit(".", 1)[-1]) or host.endswith(HOUSE) or host == "localhost":
        raise OutsideError("address_not_public")
    if not NAME.match(host):
        raise OutsideError("not_a_web_address")
