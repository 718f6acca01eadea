"""Shared pages: the same for all, made once, dead as soon as the public sees something else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import RequestFactory

from archive.actions.bump_epoch import bump_epoch
from archive.enums import Access
from archive.models import Work
from archive.views import shared
from archive.views.front import Front

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(monkeypatch):
    """A shared view that counts how often it runs, in a process that reads the epoch every time."""
    monkeypatch.setattr(shared, "EPOCH_SECONDS", -1.0)
    runs = []

    @shared.shared
    def view(request):
        runs.append(request.user)
        return HttpResponse(f"page {len(runs)}")

    def get(**headers):
        request = RequestFactory().get("/ar/page/", **headers)
        request.user = "somebody"
        return shared.cached(request) or view(request)

    get.runs = runs
    return get


def test_page_is_made_once_and_as_nobody(page):
    first, second = page(), page()

    assert first.content == second.content == b"page 1"
    assert len(page.runs) == 1
    assert page.runs[0].is_anonymous


def test_a_proxy_that_keeps_pages_gets_none_that_is_a_second_old(page, monkeypatch):
    monkeypatch.setattr(shared, "EPOCH_SECONDS", 3_600.0)
    plain, kept = page(), page(HTTP_X_MICRO_CACHE="yes")

    bump_epoch()

    assert page().content == b"page 1"
    assert page(HTTP_X_MICRO_CACHE="yes").content == b"page 2"
    assert (plain.get("X-Accel-Expires"), kept["X-Accel-Expires"]) == (None, "1")


def test_a_change_of_what_the_public_sees_makes_it_anew(page):
    page()

    bump_epoch()

    assert page().content == b"page 2"


def test_an_embargo_that_ends_makes_it_anew_by_time_alone(page):
    work = Work.objects.create(
        slug="w", access=Access.PUBLIC, embargo_until=datetime.now(UTC) + timedelta(days=1)
    )
    page()
    Work.objects.filter(pk=work.pk).update(embargo_until=datetime.now(UTC) - timedelta(seconds=1))

    assert page().content == b"page 2"


def test_page_that_the_reader_has_is_not_sent_again(page):
    etag = page().headers["ETag"]

    answer = page(HTTP_IF_NONE_MATCH=etag)

    assert answer.status_code == 304
    assert answer.content == b""


def test_page_made_twice_at_once_counts_once(page):
    page()

    shared._keep(RequestFactory().get("/ar/page/"), HttpResponse("page 1"), shared.current_epoch())

    assert shared._size == len(b"page 1")


class TestBeforeDjango:
    """What `Front` answers by itself is what Django would have answered."""

    @pytest.fixture
    def _connection_stays(self):
        """The test's transaction lives in the connection that an ending request would close."""
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        yield
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)

    @pytest.fixture
    def asked(self, monkeypatch, _connection_stays):
        """A site behind its front, which tells how often Django was asked."""
        monkeypatch.setattr(shared, "EPOCH_SECONDS", 60.0)
        django, calls = get_wsgi_application(), []

        def application(environ, start_response):
            calls.append(environ["PATH_INFO"])
            return django(environ, start_response)

        front = Front(application)

        def get(path="/en/catalogue/", **environ):
            told = {}
            body = b"".join(
                front(
                    RequestFactory().get(path, **environ).environ,
                    lambda status, headers: told.update(status=status, headers=dict(headers)),
                )
            )
            return told["status"], told["headers"], body

        get.calls = calls
        return get

    def test_third_reader_gets_the_same_bytes_and_headers_without_django(self, asked):
        asked()
        second = asked()

        third = asked()

        assert third == second
        assert third[0] == "200 OK"
        assert "default-src 'none'" in third[1]["Content-Security-Policy"]
        assert len(asked.calls) == 2

    def test_change_of_what_the_public_sees_ends_it(self, asked):
        asked()
        asked()
        Work.objects.create(slug="new", access=Access.PUBLIC, title_en="A new work")
        bump_epoch()
        shared.forget()

        _status, _headers, body = asked()

        assert b"A new work" in body

    def test_epoch_that_was_not_read_this_second_ends_it(self, asked, monkeypatch):
        asked()
        asked()
        monkeypatch.setattr(shared, "EPOCH_SECONDS", -1.0)

        asked()

        assert len(asked.calls) == 3

    @pytest.mark.parametrize(
        "particular",
        [{"HTTP_IF_NONE_MATCH": '"x"'}, {"HTTP_ACCEPT_ENCODING": "br"}, {"HTTP_HOST": "other.example"},
         {"QUERY_STRING": "page=2"}, {"REQUEST_METHOD": "HEAD"}],
    )  # fmt: skip
    def test_particular_request_is_not_answered_with_another_ones_page(self, asked, particular):
        asked()
        asked()

        asked(**particular)

        assert len(asked.calls) == 3

    def test_page_of_a_person_is_never_kept(self, asked):
        for _ in range(3):
            asked("/en/accounts/login/")

        assert len(asked.calls) == 3


def test_page_is_compressed_for_those_who_take_it(page):
    assert page(HTTP_ACCEPT_ENCODING="gzip, br").headers["Content-Encoding"] == "br"
