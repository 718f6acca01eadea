"""A note says what it is on, wherever it is listed: words with what stands around them, seconds of a film, a part of a picture."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.access.note_facts import read_note
from annotations.actions.submit import submit
from annotations.actions.write_annotation import write_annotation
from annotations.enums import Outcome, Relation
from annotations.presenters.annotation import note_json
from annotations.presenters.review import AROUND
from annotations.values import NoteInput, ReferenceInput, RegionPlace, TimePlace
from archive.access import viewer_of
from archive.actions.rebuild_search import rebuild_search
from archive.search.engine import search
from tests.factories_editions import make_image
from tests.factories_films import make_video
from tests.factories_notes import decide_note, make_note, make_text, place_of, submit_note

pytestmark = pytest.mark.django_db
MARKED = "يجري **النهر** كما في [الوصف](https://example.org/wasf)."
PLAIN = "يجري النهر كما في الوصف."


@pytest.fixture
def film(people):
    return make_video(by=people["archivist"])


@pytest.fixture
def picture(people):
    return make_image(by=people["archivist"])


def on_film(film, people, *, start=65.0, end=80.0, body=MARKED):
    place = TimePlace(film.public_id, start, end)
    return write_annotation(place=place, note=NoteInput(body=body), by=people["scholar"]).annotation


def on_picture(picture, people, *, body=MARKED):
    place = RegionPlace(picture.public_id, "rect", [(300, 300), (600, 450)])
    return write_annotation(place=place, note=NoteInput(body=body), by=people["scholar"]).annotation


def pages(client, people, note):
    """Return the page on which the note is decided and its author's own list, in English."""
    submission = submit_note(note)
    found = []
    for who, url in (
        ("reviewer", reverse("review_submission", args=[submission.public_id])),
        ("scholar", reverse("my_notes")),
    ):
        client.force_login(people[who])
        found.append(client.get(url.replace("/ar/", "/en/")).content.decode())
    return found


def test_note_on_seconds_names_the_film_and_leads_to_them(client, people, film):
    for page in pages(client, people, on_film(film, people)):
        assert "Bridge</bdi>" in page
        assert "Play \u20661:05–1:20\u2069" in page
        assert f"/en/videos/{film.public_id}/?t=65-80#film" in page


def test_note_on_a_part_names_the_picture_and_shows_the_part(client, people, picture):
    for page in pages(client, people, on_picture(picture, people)):
        assert "Drawing of the mill</bdi>" in page
        assert "Part of the picture" in page
        source = page.partition(f"/iiif/3/{picture.public_id}/pct:")[2].partition('"')[0]
        client.force_login(people["reviewer"])
        assert client.get(f"/iiif/3/{picture.public_id}/pct:{source}").status_code == 200


def test_preview_of_what_readers_are_warned_of_is_covered(client, people, picture):
    picture.warnings = ["violence"]
    picture.save()

    for page in pages(client, people, on_picture(picture, people)):
        assert 'class="veil"' in page


def test_places_take_the_same_number_of_queries_for_two_and_for_twenty(client, people, film, picture):
    counts = []
    for size in (1, 10):
        made = [on_film(film, people, start=n) for n in range(size)]
        made += [on_picture(picture, people) for _ in range(size)]
        submission = submit(version_ids=[one.newest_version.public_id for one in made], by=people["scholar"])
        client.force_login(people["reviewer"])
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("review_submission", args=[submission.public_id]))
        counts.append(len(captured))

    assert counts[0] == counts[1], counts


def test_way_to_a_note_on_a_film_begins_at_its_seconds(client, people, film):
    note = on_film(film, people)
    client.force_login(people["scholar"])

    answer = client.get(reverse("note_page", args=[note.public_id]))

    assert answer.url.endswith("?t=65-80#film")


def test_reference_to_seconds_says_them(people, film):
    text = make_text()
    target = ReferenceInput(Relation.PARALLELS, TimePlace(film.public_id, 65.0, 80.0))
    note = make_note(text, by=people["scholar"], references=(target,))

    end = note_json(read_note(people["scholar"], note))["references"][0]

    assert "1:05–1:20" in end["target_label"]
    assert end["target_url"].endswith("?t=65-80#film")


def test_result_of_a_search_says_the_seconds(people, film):
    on_film(film, people)
    rebuild_search()

    hit = search("النهر", viewer_of(people["scholar"]), kind="annotation").hits[0]

    assert "1:05–1:20" in hit.label


def test_context_is_cut_around_the_passage_and_never_through_it(client, people):
    words = " ".join(f"كلمة{n}" for n in range(400))
    text = make_text(f"{words} هنا المقطع كلّه {words}")
    passage = place_of(text, "هنا المقطع كلّه")
    note = write_annotation(place=passage, note=NoteInput(body="حاشية"), by=people["scholar"]).annotation

    page, _mine = pages(client, people, note)

    quote = page.partition("note__quote--wide")[2].partition("</blockquote>")[0]
    before, _mark, rest = quote.partition("<mark")
    assert "هنا المقطع كلّه" in rest.partition("</mark>")[0]
    assert 0 < len(before.partition("…")[2]) <= AROUND + 40
    assert len(rest.partition("</mark>")[2]) <= AROUND + 60


@pytest.mark.parametrize("language", ["ar", "en"])
def test_shortened_note_is_in_plain_words_everywhere(client, people, language):
    text = make_text()
    note = make_note(text, by=people["scholar"], body=MARKED)
    submit_note(note)
    decide_note(note, Outcome.ACCEPT, by=people["reviewer"])
    client.force_login(people["scholar"])

    mine = client.get(reverse("my_notes").replace("/ar/", f"/{language}/")).content.decode()

    assert PLAIN in mine
    assert "**" not in mine
    assert "example.org" not in mine
    assert note_json(read_note(people["scholar"], note))["body_words"] == PLAIN


def test_decision_says_who_decided_and_keeps_the_name_apart(client, people):
    note = make_note(make_text(), by=people["scholar"])
    submit_note(note)
    decide_note(note, Outcome.ACCEPT, by=people["reviewer"])
    client.force_login(people["scholar"])

    page = client.get(reverse("my_notes").replace("/ar/", "/en/")).content.decode()

    assert f"by <bdi>{people['reviewer']}</bdi>" in page
