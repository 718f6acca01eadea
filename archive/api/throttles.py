"""How often the API may be asked: counters, so that asking costs the same however often one asks."""

from __future__ import annotations

import hashlib
import ipaddress
import time
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from rest_framework.throttling import AnonRateThrottle, SimpleRateThrottle, UserRateThrottle

if TYPE_CHECKING:
    from rest_framework.request import Request


class _PerWindow(SimpleRateThrottle):
    """Counts in fixed windows; the framework's own keeps the time of every single request."""

    def allow_request(self, request: Request, view: Any) -> bool:
        """Count the request; refuse it when the window is full."""
        if self.rate is None:
            return True
        ident = self.get_cache_key(request, view)
        return ident is None or self.count(ident)

    def count(self, ident: str) -> bool:
        """Count once for `ident`; return whether that was still allowed."""
        window, self.left = divmod(time.time(), self.duration)
        key = f"{ident}:{int(window)}"
        if cache.add(key, 1, timeout=self.duration + 1):
            return True
        try:
            return cache.incr(key) <= self.num_requests
        except ValueError:  # It ran out between the two.
            return True

    def wait(self) -> float:
        """Return the seconds until the next window."""
        return float(self.duration - self.left)


class Anonymous(_PerWindow, AnonRateThrottle):
    """Per address (IPv6: per /64), for those without an account."""

    scope = "anonymous"

    def get_ident(self, request: Request) -> str:
        """Return the network that asks."""
        return network(super().get_ident(request))


class SignedIn(_PerWindow, UserRateThrottle):
    """Per account."""

    scope = "signed_in"


class SignIn(_PerWindow):
    """Attempts with a password, per network; and per account, whether there is one or not."""

    rate = "20/min"

    def get_cache_key(self, request: Request, view: Any) -> str:
        """Return the network's key."""
        return f"sign-in:{network(self.get_ident(request))}"


class SignInOf(SignIn):
    """Attempts with a password on one account, from anywhere."""

    rate = "8/min"

    def get_cache_key(self, request: Request, view: Any) -> str:
        """Return the account's key."""
        data = request.data if isinstance(request.data, dict) else {}
        email = str(data.get("email", "")).strip().casefold()
        return f"sign-in-of:{hashlib.sha256(email.encode()).hexdigest()}"


class ClientSignIn(SignIn):
    """Exchanges of an annotation client, per network: each page that is opened makes one, and nobody guesses 256 bits."""

    rate = "240/min"

    def get_cache_key(self, request: Request, view: Any) -> str:
        """Return the network's key, apart from that of passwords."""
        return f"client-sign-in:{network(self.get_ident(request))}"


def network(address: str) -> str:
    """Return an IPv4 address itself, of an IPv6 address its /64: one household is one asker."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:60]
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
