"""How the two-worlds test asks: which questions there are, and what of an answer can tell two worlds apart."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, reverse
from knox.models import AuthToken

from annotations.views import spans
from archive.models import User
from archive.views import shared
from tests.db.access.surfaces import Route, routes
from tests.db.access.things import Things, spread

#: Headers that are drawn anew for each answer.
DRAWN_ANEW = frozenset({"set-cookie", "date", "server"})
_TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value="|"csrf(?:_token)?": ?")[A-Za-z0-9]{32,64}')
_IDEMPOTENCY = re.compile(rb'(name="(?:idempotency_key|key)" value=")[A-Za-z0-9_-]{10,60}')


@dataclass(frozen=True)
class Question:
    """One request, without who asks."""

    address: str
    headers: tuple[tuple[str, str], ...] = ()
    method: str = "GET"
    #: What is sent, as JSON or as the fields of a form.
    body: str | tuple[tuple[str, str], ...] = ""

    def __str__(self) -> str:
        return " ".join(
            filter(None, (self.method, self.address, str(dict(self.headers) or ""), str(self.body)))
        )


@dataclass(frozen=True)
class Answer:
    """All that a shared cache, a browser or a program can tell two answers apart by."""

    status: int
    headers: frozenset[tuple[str, str]]
    body: bytes


#: Whether to ask a route in its how-manieth way: 0 is the plain address, others have queries, headers or methods.
Pick = Callable[[Route, int], bool]

#: Each body once: the answers of two worlds are mostly the same.
_bodies: dict[bytes, bytes] = {}


def client_of(user: User | None) -> Client:
    """Return a browser, signed in as `user`; and with a token of theirs, where no session is looked at."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
        _row, secret = AuthToken.objects.create(user)
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    return client


def forget() -> None:
    """Empty all that a process keeps between two requests."""
    shared.forget()
    spans.forget()
    cache.clear()


def ask(client: Client, question: Question) -> Answer:
    """Return the answer, without what is drawn anew each time."""
    kind = "application/json" if isinstance(question.body, str) else "application/x-www-form-urlencoded"
    response = client.generic(
        question.method,
        question.address,
        _sent(question.body),
        content_type=kind,
        headers=dict(question.headers),
    )
    body = b"".join(response.streaming_content) if response.streaming else response.content
    assert response.status_code < 500, (str(question), getattr(response, "exc_info", None))
    headers = {name.lower(): value for name, value in response.headers.items()}
    body = _IDEMPOTENCY.sub(rb"\1", _TOKEN.sub(rb"\1", body))
    told = frozenset((name, value) for name, value in headers.items() if name not in DRAWN_ANEW)
    return Answer(response.status_code, told, _bodies.setdefault(hashlib.sha256(body).digest(), body))


def _sent(body: str | tuple[tuple[str, str], ...]) -> str:
    from urllib.parse import urlencode

    return body if isinstance(body, str) else urlencode(body)


def questions(everything: Things, of: Things, pick: Pick = lambda route, way: True) -> Iterator[Question]:
    """Yield what is asked when each address names the things in `of`; the rest of its parts may be any.

    Of each route, in those ways that `pick` takes.
    """
    for route in routes():
        if route.row is None or route.row.exempt:
            continue
        for way, address in dict.fromkeys(_addresses(route, everything, of)):
            if "?" in address:
                if pick(route, way):
                    yield Question(address)
                continue
            for more, headers in enumerate(route.row.headers):
                if pick(route, way + more):
                    yield Question(address, tuple(headers.items()))
            for method in route.row.methods if of is everything and pick(route, 1) else ():
                if method != "GET":
                    yield Question(address, method=method)


def _addresses(route: Route, everything: Things, of: Things) -> Iterator[tuple[int, str]]:
    assert route.row is not None
    parts = parts_of(route.pattern)
    kinds = [route.row.parts[part] for part in parts]
    for way, query in enumerate(route.row.queries):
        wanted = re.findall(r"{(\w+)}", query)
        some = spread(of) if wanted else of
        for values in choices([*kinds, *wanted], everything, everything if of is everything else some):
            named = dict(zip(wanted, values[len(kinds) :], strict=True))
            asked = f"?{query.format(**named)}" if query else ""
            yield way, address_of(route, dict(zip(parts, values, strict=False))) + asked


def choices(kinds: list[str], everything: Things, of: Things) -> Iterator[tuple[str, ...]]:
    """Yield values for these kinds: any when `of` is everything, else those with something of `of` in them.

    Each value comes once at least; not each with each of the other parts, which would be asked for ever.
    """
    if not kinds:
        if of is everything:
            yield ()
        return
    if of is not everything and not any(of[kind] for kind in kinds):
        return
    values = [of[kind] or everything[kind] for kind in kinds]
    if all(values):
        most = max(map(len, values))
        yield from itertools.islice(zip(*map(itertools.cycle, values), strict=True), most)


def parts_of(pattern: URLPattern) -> list[str]:
    """Return the names of the parts of an address, in order."""
    regex = pattern.pattern.regex
    return sorted(regex.groupindex, key=regex.groupindex.__getitem__)


def address_of(route: Route, values: dict[str, str]) -> str:
    """Return the address with these parts."""
    if route.name == "admin:catch-all":
        return "/ar/back-office/archive/work/1/"
    return reverse(route.name, kwargs={**route.pattern.default_args, **values})
