"""Counting and ranking look at the newest matches alone, and say so; what may not be seen has no part in it."""

from __future__ import annotations

import re
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.access import ANYBODY, viewer_of
from archive.actions.rebuild_search import rebuild_search
from archive.enums import Access
from archive.models import SearchEntry
from archive.search import engine
from archive.search.engine import search
from archive.search.expressions import any_of, word
from archive.search.matching import newest
from tests.db.test_search import make_work
from tests.factories_notes import make_note, make_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def few(monkeypatch):
    """Three matches of a kind are counted."""
    monkeypatch.setattr(engine, "COUNTED", 3)


def page(client, language: str = "en", **asked: str) -> str:
    """Return the page of results as words with single spaces."""
    return " ".join(client.get(f"/{language}/search/", asked).content.decode().split())


def test_more_matches_than_are_counted_are_told_as_more(client, few):
    for number in range(5):
        make_work(f"w{number}", "كلمة واحدة")
    rebuild_search()

    found = search("كلمة", ANYBODY)

    assert (found.counts, found.uncounted, found.total, found.has_more) == (
        {"passage": 3},
        {"passage"},
        3,
        True,
    )
    assert "More than 3 results." in page(client, q="كلمة")
    assert '<span class="tabs__count">3+</span>' in page(client, q="كلمة")
    assert "أكثر من 3 نتائج." in page(client, "ar", q="كلمة")
    assert '<span class="tabs__count">أكثر من 3</span>' in page(client, "ar", q="كلمة")


def test_as_many_matches_as_are_counted_are_no_more(client, few):
    for number in range(3):
        make_work(f"w{number}", "كلمة واحدة")
    rebuild_search()

    found = search("كلمة", ANYBODY)

    assert (found.total, found.has_more, found.is_partial) == (3, False, False)
    assert "3 results" in page(client, q="كلمة")
    assert "More than" not in page(client, q="كلمة")


def test_kinds_are_counted_each_by_itself(few):
    for number in range(5):
        make_work(f"w{number}", "قديم")
    make_work("named", "عنوان")
    rebuild_search()

    found = search("عنوان", ANYBODY)

    assert (found.counts, found.uncounted) == ({"work": 3, "passage": 1}, {"work"})
    assert (found.total, found.has_more) == (4, True)
    assert (
        search("عنوان", ANYBODY, kind="passage").total,
        search("عنوان", ANYBODY, kind="passage").has_more,
    ) == (1, False)


def test_what_may_not_be_seen_makes_nothing_more(people, few):
    for number in range(2):
        make_work(f"open{number}", "كلمة")
    for number in range(6):
        make_work(f"hidden{number}", "كلمة", access=Access.DRAFT)
    rebuild_search()

    for viewer in (ANYBODY, viewer_of(people["scholar"])):
        found = search("كلمة", viewer)
        assert (found.total, found.has_more, found.is_partial, len(found.hits)) == (2, False, False, 2)
    assert search("كلمة", viewer_of(people["archivist"])).has_more


def test_notes_of_others_make_nothing_more(people, few):
    text = make_text("كان النهر هنا")
    for _number in range(6):
        make_note(text, "النهر", by=people["reviewer"], body="كلمة")
    own = make_note(text, "النهر", by=people["scholar"], body="كلمة")
    make_note(text, "النهر", by=people["reviewer"], body="كلمة")
    rebuild_search()

    found = search("كلمة", viewer_of(people["scholar"]))

    assert (found.total, found.has_more) == (1, False)
    assert [hit.object_id for hit in found.hits] == [own.pk]
    assert search("كلمة", ANYBODY).total == 0
    assert search("كلمة", viewer_of(people["reviewer"])).has_more


def test_the_newest_are_ranked_and_the_page_says_that_they_are(client, monkeypatch):
    monkeypatch.setattr(engine, "CANDIDATES", 2)
    for number in range(5):
        make_work(f"w{number}", f"كلمة {number}")
    rebuild_search()

    found = search("كلمة", ANYBODY)

    assert {hit.snippet for hit in found.hits} == {"كلمة 3", "كلمة 4"}
    assert (found.total, found.ranked, found.pages, found.is_partial) == (5, 2, 1, True)
    assert "5 results These pages hold the newest of each kind, 2 in all" in page(client, q="كلمة")


def test_room_that_a_kind_leaves_is_taken_by_the_others(monkeypatch):
    monkeypatch.setattr(engine, "CANDIDATES", 6)
    make_work("named", "عنوان", "عنوان", "عنوان", "عنوان", "عنوان", "عنوان", "عنوان")
    rebuild_search()

    found = search("عنوان", ANYBODY)

    assert found.counts == {"work": 1, "passage": 7}
    assert [hit.kind for hit in found.hits].count("passage") == 5


def test_every_page_of_a_search_that_was_cut_holds_results(monkeypatch):
    monkeypatch.setattr(engine, "CANDIDATES", 5)
    for number in range(9):
        make_work(f"w{number}", "كلمة")
    rebuild_search()

    pages = [search("كلمة", ANYBODY, page=number, per_page=2) for number in (1, 2, 3, 4)]

    assert [(one.page, one.pages, len(one.hits)) for one in pages] == [
        (1, 3, 2),
        (2, 3, 2),
        (3, 3, 1),
        (3, 3, 1),
    ]


def test_the_composer_is_told_that_there_are_more(client, people, monkeypatch):
    monkeypatch.setattr(engine, "CANDIDATES", 2)
    for number in range(5):
        make_work(f"w{number}", "كلمة")
    rebuild_search()
    client.force_login(people["scholar"])

    answer = client.get(reverse("find_places"), {"q": "كلمة"}).json()

    assert (answer["total"], answer["newest"]) == (5, 2)


def test_number_of_queries_grows_neither_with_kinds_nor_with_what_is_hidden():
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            search("كلمة", ANYBODY)
        return len(queries)

    make_work("first", "كلمة")
    rebuild_search()
    before = asked()
    for number in range(20):
        make_work(f"w{number}", "كلمة", access=Access.DRAFT if number % 2 else Access.PUBLIC)
    rebuild_search()

    assert asked() == before


def test_words_as_asked_are_taken_before_newer_ones_that_only_begin_so(few):
    for number in range(2):
        make_work(f"old{number}", "كتب هنا")
    for number in range(4):
        make_work(f"new{number}", "كتبخانة هناك")
    rebuild_search()

    found = search("كتب", ANYBODY)

    assert [hit.snippet for hit in found.hits[:2]] == ["كتب هنا", "كتب هنا"]
    assert (found.total, found.has_more) == (3, True)


def test_what_is_hidden_keeps_no_word_that_only_begins_so_from_being_found(few):
    make_work("new", "كتبخانة هناك")
    for number in range(9):
        make_work(f"hidden{number}", "كتب هنا", access=Access.DRAFT)
    rebuild_search()

    assert [hit.snippet for hit in search("كتب", ANYBODY).hits] == ["كتبخانة هناك"]


@pytest.fixture
def scattered(db):
    """Passages over a hundred stretches of keys: words by key, newest first; some common here and rare there."""
    chance, text = Random(3), make_text("كلمة")
    SearchEntry.objects.all().delete()
    entries = []
    for number in range(6_000):
        words = [name for name, share in (("common", 0.4), ("rare", 0.003)) if chance.random() < share]
        words += ["clustered"] if 2_000 < number < 2_100 else []
        words += ["commonplace"] if number % 50 == 0 else []
        entries.append(
            SearchEntry(
                pk=1 + number * 37,
                kind="passage",
                owner_id=text.pk,
                object_id=text.pk,
                folded=" ".join(words),
            )
        )
    SearchEntry.objects.bulk_create(entries)
    return {entry.pk: set(entry.folded.split()) for entry in reversed(entries)}


@pytest.mark.parametrize("enough", [1, 7, 60])
def test_the_newest_matches_are_the_newest_wherever_they_lie(scattered, enough):
    for words in (["common"], ["rare"], ["clustered"], ["common", "rare"], ["clustered", "common", "absent"]):
        expected = [pk for pk, had in scattered.items() if had.issuperset(words)]
        found = newest([[word(one)] for one in words], ANYBODY, ["passage"], enough).get("passage")
        assert (found.keys if found else []) == expected[:enough], words
        assert bool(found and found.older) == (len(expected) > enough), words


@pytest.mark.parametrize("asked", ["rare", "clustered", "commonp"])
def test_going_on_to_older_ones_finds_each_match_once(scattered, asked):
    near = [word(asked)]
    wide = [word(asked), word("comm", begins=True)]
    expressions = [[any_of(near), any_of(wide)]]
    exact = [pk for pk, had in scattered.items() if asked in had]
    begun = [pk for pk, had in scattered.items() if had & {"common", "commonplace"} and asked not in had]

    met, after = [], None
    while True:
        found = newest(expressions, ANYBODY, ["passage"], 90, after)["passage"]
        met += found.keys
        if found.older is None:
            break
        after = found.older

    assert met == exact + begun


def test_older_ones_are_a_press_away_where_a_kind_was_chosen(client, few):
    for number in range(8):
        make_work(f"w{number}", f"كلمة {number}")
    rebuild_search()

    assert "choose a kind to go on to older ones" in page(client, q="كلمة")
    met, query = [], {"q": "كلمة", "kind": "passage"}
    for _press in range(3):
        words = page(client, **query)
        met += re.findall(r"</mark> ([0-9])</p>", words)
        older = re.search(r"after=([0-9.]+)\">Older ones", words)
        query |= {"after": older[1] if older else ""}

    assert sorted(met) == list("01234567")
    assert not older


@pytest.mark.parametrize("after", ["1.5", "2.5", "0.", "1.nonsense", "0.١", "-1.5", "0." + "9" * 40])
def test_an_address_that_names_no_match_begins_with_the_newest(client, few, after):
    make_work("one", "من هنا")
    rebuild_search()

    words = page(client, q="من", kind="passage", after=after)

    assert "<mark>من</mark> هنا" in words
    assert "Older ones" not in words
