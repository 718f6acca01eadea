"""Two worlds that differ by secrets look the same, byte for byte, to everybody who may not know of them."""

from __future__ import annotations

import datetime
import difflib
import logging
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from archive.access import viewer_of
from archive.models import base
from archive.search.matching import _asking as asking
from tests.db.access.asking import Answer, Pick, Question, ask, client_of, forget, parts_of, questions
from tests.db.access.doors import knocks
from tests.db.access.secrets_of import STAFF, Home, Secret, make, make_home, secrets_from, settle
from tests.db.access.surfaces import ACCOUNTS, MATRIX, STAFF_ROOMS, Route, is_known, routes
from tests.db.access.things import THINGS, Things, few, fewer, only_new, spread, things, without_rows
from tests.factories_editions import make_desk
from tests.factories_notes import make_text

#: Those from whom most is kept, asked for in every way. `make test` asks for those without an account, CI for all.
VIEWERS = ("anonymous", pytest.param("scholar", marks=pytest.mark.slow))
#: Those who knock at the doors that write, which CI does. Members without a role are turned away at the same ones.
KNOCKING = ("anonymous", "scholar")
#: Staff are asked for by CI: plainly at every address, in all other ways, which are shared out among them where none of
#: them works, and at the doors that write.
STAFF_IN_ORDER = sorted(STAFF)
#: Addresses are shared out over several tests, so that they can run side by side.
SHARES = 2
#: For how many differing answers it is told which secret they give away.
NAMED = 12


def test_every_address_has_a_row_in_the_matrix():
    names = {route.name for route in routes()}

    missing = sorted(route.name for route in routes() if route.row is None)
    unknown = sorted(set(MATRIX) - names)

    assert not missing, "no row in tests/db/access/surfaces.py"
    assert not unknown, "rows of addresses that are no more"


def test_every_row_names_the_parts_of_its_address():
    for route in routes():
        if route.row is None or route.row.exempt:
            continue
        for part in parts_of(route.pattern):
            assert route.row.parts.get(part) in THINGS, (route.name, part)


@pytest.fixture(autouse=True)
def _no_word_of_each_refusal() -> Iterator[None]:
    logger = logging.getLogger("django.request")
    before, logger.disabled = logger.disabled, True
    yield
    logger.disabled = before


@pytest.fixture
def home(people) -> Iterator[Home]:
    home = make_home(people, make_desk(people), make_text())
    settle(home)
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=2), tick=False):
        yield home


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("viewer", VIEWERS)
def test_nobody_can_tell_a_world_with_secrets_from_one_without(home, viewer, share):
    def pick(route: Route, way: int) -> bool:
        return viewer == "anonymous" or not route.is_shared

    def asked(found: Things, new: Things) -> list[Question]:
        return [*questions(found, found, pick), *questions(found, new, pick)][share::SHARES]

    _compare(home, viewer, asked)


@pytest.mark.slow
@pytest.mark.parametrize("viewer", ["member", *STAFF_IN_ORDER])
def test_neither_members_nor_staff_can_tell_them_apart_at_any_address(home, viewer):
    _compare(home, viewer, lambda found, new: _of_known(found, _plainly(viewer)))


@pytest.mark.slow
@pytest.mark.parametrize("viewer", STAFF_IN_ORDER)
def test_staff_cannot_tell_them_apart_in_any_other_way(home, viewer):
    plainly, turn = _plainly(viewer), STAFF_IN_ORDER.index(viewer)

    def other(route: Route, way: int) -> bool:
        return _is_of_staff(route, viewer) and not plainly(route, way) and (way == 0 or by_turns(route, way))

    def by_turns(route: Route, way: int) -> bool:
        return route.name in STAFF_ROOMS or way % len(STAFF_IN_ORDER) == turn

    def named(route: Route, way: int) -> bool:
        return _is_of_staff(route, viewer) and (way == 0 or route.name in STAFF_ROOMS)

    _compare(home, viewer, lambda found, new: [*_of_known(found, other), *questions(found, new, named)])


def _of_known(found: Things, pick: Pick) -> Iterable[Question]:
    known = fewer(found)
    return questions(known, known, pick)


def _is_of_staff(route: Route, viewer: str) -> bool:
    """Whether it may answer one account otherwise than another.

    What is shared is asked for those without one. The back office turns all but administrators away before it looks
    (`test_back_office.py`); each of its pages of one row finds it as the others do.
    """
    if route.is_back_office:
        return viewer == "administrator" and route.name.endswith(("_changelist", "_change"))
    return not route.is_shared and route.name not in ACCOUNTS


def _plainly(viewer: str) -> Pick:
    """Take the plain address of every page, of the back office its lists."""

    def pick(route: Route, way: int) -> bool:
        is_of_a_row = route.is_back_office and route.name.endswith("_change")
        return _is_of_staff(route, viewer) and way == 0 and not is_of_a_row

    return pick


def _compare(home: Home, viewer: str, asking: Callable[[Things, Things], Iterable[Question]]) -> None:
    """Ask in both worlds, and fail naming the secrets that an answer gave away."""
    client, known = client_of(home.people.get(viewer)), things()
    with _with(secrets_from(viewer), home):
        asked = dict.fromkeys(asking(*_named(viewer, known)))
        asked = [one for one in asked if not is_known(viewer, one.address)]
        with_secrets = _ask(client, asked)
    without = _ask(client, asked)

    differing = [question for question in asked if with_secrets[question] != without[question]]
    assert not differing, _told(differing, without, with_secrets, viewer, home, client)


@pytest.mark.parametrize("viewer", ["anonymous", "member", "scholar", "reviewer", "archivist"])
def test_what_search_keeps_of_an_asker_says_nothing_of_the_archive(home, viewer):
    who = viewer_of(home.people.get(viewer))

    def statement() -> tuple[str, list[str]]:
        sql, values = asking.__wrapped__(who, connection.vendor)
        return sql, [str(getattr(value, "kind", value)) for value in values]

    before = statement()
    with _with(secrets_from("anonymous"), home):
        assert statement() == before


@pytest.mark.slow
@pytest.mark.parametrize("viewer", KNOCKING)
def test_doors_that_write_answer_a_secret_like_nothing(home, viewer, monkeypatch):
    without = _knock(home, viewer, monkeypatch, lambda found, new: knocks(found, few(new, most=3)))

    written = [answer for answer in without.values() if answer.status == 201]
    assert bool(written) == (viewer != "anonymous"), "who may write gets through some doors"


@pytest.mark.slow
@pytest.mark.parametrize("viewer", STAFF_IN_ORDER)
def test_doors_that_write_tell_staff_nothing_of_secrets_whatever_they_name(home, viewer, monkeypatch):
    def asking(found: Things, new: Things) -> list[Question]:
        return [*knocks(found, fewer(new)), *knocks(found, spread(found, most=1))]

    without = _knock(home, viewer, monkeypatch, asking)

    assert any(answer.status in (200, 201) for answer in without.values()), "staff get through some doors"


def _knock(
    home: Home, viewer: str, monkeypatch: pytest.MonkeyPatch, asking: Callable[[Things, Things], Iterable[Question]]
) -> dict[Question, Answer]:  # fmt: skip
    """Send the same to both worlds, fail with what differs, and return the answers of the one without secrets."""
    client, known = client_of(home.people.get(viewer)), things()
    with _with(secrets_from(viewer), home):
        asked = [
            one for one in dict.fromkeys(asking(*_named(viewer, known))) if not is_known(viewer, one.address)
        ]
        with_secrets = {question: _undone(client, question, monkeypatch) for question in asked}
    without = {question: _undone(client, question, monkeypatch) for question in asked}

    differing = [
        f"{question}\n{_difference(without[question], with_secrets[question])}"
        for question in asked
        if with_secrets[question] != without[question]
    ]
    assert not differing, f"{len(differing)} answers differ for {viewer}:\n" + "\n".join(differing[:NAMED])
    return without


def _named(viewer: str, known: Things) -> tuple[Things, Things]:
    """Return what addresses name of what was there before the secrets, and of the secrets."""
    found, new = few(known), only_new(known, things())
    return (found, new) if viewer == "administrator" else (without_rows(found), without_rows(new))


def _undone(client: Client, question: Question, monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Return the answer to what may change the world, and change it back; new names are drawn alike each time."""
    forget()
    drawn = random.Random(str(question))
    with monkeypatch.context() as patch, transaction.atomic():
        patch.setattr(base, "secrets", SimpleNamespace(token_bytes=drawn.randbytes, choice=drawn.choice))
        answer = _followed(client, ask(client, question))
        transaction.set_rollback(True)
    return answer


def _followed(client: Client, answer: Answer) -> Answer:
    """Return the answer with the page that it leads to, where a sentence says what was done."""
    leads_to = dict(answer.headers).get("location", "")
    if answer.status != 302 or "/account/" in leads_to or not leads_to.startswith("/"):
        return answer
    return replace(answer, body=ask(client, Question(leads_to.partition("#")[0])).body)


@contextmanager
def _with(secrets: Iterable[Secret], home: Home) -> Iterator[None]:
    """Be in a world that has these secrets besides."""
    point = transaction.savepoint()
    for secret in secrets:
        make(secret, home)
    settle(home)
    yield
    transaction.savepoint_rollback(point)
    home.desk.edition.refresh_from_db()


def _ask(client: Client, asked: Iterable[Question]) -> dict[Question, Answer]:
    forget()
    return {question: ask(client, question) for question in asked}


def _told(
    differing: list[Question], without: dict[Question, Answer], with_secrets: dict[Question, Answer],
    viewer: str, home: Home, client: Client,
) -> str:  # fmt: skip
    """Return what differs, and which of the secrets each of the first does it."""
    culprits: dict[Question, list[str]] = {question: [] for question in differing[:NAMED]}
    for secret in secrets_from(viewer):
        with _with([secret], home):
            for question, answer in _ask(client, culprits).items():
                if answer != without[question]:
                    culprits[question].append(secret.__name__)
    lines = [
        f"{question}  by {', '.join(names) or 'an address of the secret itself'}\n"
        + _difference(without[question], with_secrets[question])
        for question, names in culprits.items()
    ]
    return f"{len(differing)} answers differ for {viewer}:\n" + "\n".join(lines)


def _difference(without: Answer, with_secrets: Answer) -> str:
    """Return the first things in which two answers differ."""
    if without.status != with_secrets.status:
        return f"    status {without.status} without, {with_secrets.status} with"
    lines = [answer.body.decode(errors="replace").splitlines() for answer in (without, with_secrets)]
    found = [line[:300] for line in difflib.unified_diff(*lines, lineterm="", n=0)][3:7]
    return "    " + "\n    ".join(found or map(str, without.headers ^ with_secrets.headers))
