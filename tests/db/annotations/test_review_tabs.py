"""The two tabs of the reviewers' queue divide what each of them lists, and nobody is asked to decide what is decided."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.access.review_queue import Narrowed, decided, facets
from annotations.actions.decide import decide
from annotations.actions.submit import submit
from annotations.enums import Outcome
from tests.factories_notes import make_note, make_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def text():
    return make_text()


def hand_in(text, words, by):
    note = make_note(text, words, by=by, body="حاشية")
    return note, submit(version_ids=[note.newest_version.public_id], by=by)


def accept(note, by):
    version = note.newest_version
    decide(version_id=version.public_id, content_hash=version.content_hash, outcome=Outcome.ACCEPT, by=by)


@pytest.fixture
def mixed(text, people):
    """Two submissions of the scholar are decided, one of the editor's waits."""
    for words in ("حجر أبيض", "خشب"):
        accept(hand_in(text, words, people["scholar"])[0], people["reviewer"])
    return hand_in(text, "حجر أبيض", people["editor"])


def test_each_tab_divides_what_it_lists(client, people, mixed):
    client.force_login(people["reviewer"])

    def authors(query: str) -> dict[str, int]:
        page = client.get(f"/en{reverse('review_queue')[3:]}{query}")
        found = {facet.label: facet.choices for facet in page.context["facets"]}
        return {choice.label: choice.count for choice in found["Author"]}

    assert authors("") == {people["editor"].display_name: 1}
    assert authors("?state=decided") == {people["scholar"].display_name: 2}


def test_a_facet_of_what_is_decided_lists_as_many_as_it_says(people, mixed):
    reviewer = people["reviewer"]

    found = facets(reviewer, is_decided=True)

    ((value, _label, count),) = found.authors
    assert decided(reviewer, Narrowed(author=value)).count() == count == 2
    assert not found.ages
    assert not found.due


def test_the_decided_tab_asks_nothing_of_waiting(client, people, mixed):
    client.force_login(people["reviewer"])
    address = reverse("review_queue")

    assert 'name="since"' in client.get(address).content.decode()
    assert 'name="since"' not in client.get(f"{address}?state=decided").content.decode()


def test_facets_of_what_is_decided_take_as_many_queries_for_many_as_for_few(text, people, mixed):
    reviewer = people["reviewer"]
    with CaptureQueriesContext(
        connection,
    ) as few:
        facets(reviewer, is_decided=True)
    for words in ("حجر أبيض", "خشب", "حجر أبيض"):
        accept(hand_in(text, words, people["scholar"])[0], reviewer)

    with CaptureQueriesContext(connection) as many:
        facets(reviewer, is_decided=True)

    assert len(many) == len(few)


def test_who_decides_is_chosen_only_while_something_is_to_be_decided(client, people, mixed):
    note, submission = mixed
    client.force_login(people["administrator"])
    address = f"/en/desk/review/{submission.public_id}/"
    form = reverse("assign_submission", args=[submission.public_id])[3:]

    before = client.get(address).content.decode()
    accept(note, people["reviewer"])
    after = client.get(address).content.decode()

    assert form in before
    assert form not in after
