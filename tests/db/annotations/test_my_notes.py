"""The scholar's own page: what stands where, what became of it, what is unfinished; and the way to any note."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.actions.write_annotation import write_annotation
from annotations.enums import Outcome, Visibility
from annotations.models import NoteDraft
from annotations.values import NoteInput, WebPlace
from tests.factories_notes import CONTENT, decide_note, make_accepted, make_note, make_text, submit_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def text():
    return make_text()


def shown(client, **query):
    return client.get(reverse("my_notes"), query).content.decode()


def test_only_ones_own_notes_are_there(scholar, people, text):
    make_note(text, by=people["scholar"], body="حاشيتي أنا")
    make_accepted(text, "خشب", author=people["editor"], reviewer=people["reviewer"], body="حاشية غيري")

    page = shown(scholar)

    assert "حاشيتي أنا" in page
    assert "حاشية غيري" not in page


def test_notes_are_filtered_by_where_they_stand(scholar, people, text):
    make_note(text, by=people["scholar"], body="مسودّة بعد")
    returned = make_note(text, "خشب", by=people["scholar"], body="ردّوها إليّ")
    submit_note(returned)
    decide_note(returned, Outcome.RETURN, by=people["reviewer"], reason="زدها بيانًا")

    page = shown(scholar, status="returned")

    assert "ردّوها إليّ" in page
    assert "زدها بيانًا" in page
    assert "مسودّة بعد" not in page


def test_chosen_drafts_are_handed_in_with_a_word(scholar, people, text):
    chosen, other = make_note(text, by=people["scholar"]), make_note(text, "خشب", by=people["scholar"])

    answer = scholar.post(
        reverse("my_notes"),
        {"act": "submit", "version": [chosen.newest_version.public_id], "message": "تفضّلوا", "key": "k"},
    )

    chosen.refresh_from_db()
    other.refresh_from_db()
    assert (answer.status_code, chosen.status, other.status) == (302, "submitted", "draft")
    assert "تفضّلوا" in shown(scholar)


def test_refused_handing_in_keeps_the_word(scholar):
    page = scholar.post(
        reverse("my_notes"), {"act": "submit", "message": "كتبت كلامًا طويلًا"}
    ).content.decode()

    assert 'role="status"' in page


def test_what_was_left_unfinished_leads_back_to_its_place(scholar, people, text):
    place = {"text": text.public_id, "revision": 1, "start": 3, "end": 9, "exact": CONTENT[3:9]}
    NoteDraft.objects.create(
        user=people["scholar"],
        text=text,
        key="k",
        data={"body": "نصف جملة", "locus": place, "annotation": None},
    )

    page = shown(scholar)

    assert "نصف جملة" in page
    assert f"{reverse('workbench', args=[text.public_id])}?at=3-9#at-3-9" in page


def test_unfinished_words_can_be_let_go(scholar, people):
    NoteDraft.objects.create(user=people["scholar"], key="k", data={"body": "نصف"})

    scholar.post(reverse("my_notes"), {"act": "discard", "key": "k"})

    assert not NoteDraft.objects.exists()


def test_note_is_withdrawn_from_the_list(scholar, people, text):
    note = make_note(text, by=people["scholar"])

    scholar.post(
        reverse("my_notes"),
        {"act": "withdraw", "note": note.public_id, "version": note.newest_version.public_id},
    )

    note.refresh_from_db()
    assert note.status == "withdrawn"


def test_list_takes_the_same_number_of_queries_for_three_and_for_thirty(scholar, people, text):
    counts, made = [], 0
    for size in (3, 30):
        while made < size:
            note = make_note(text, CONTENT[made : made + 7], by=people["scholar"])
            made += 1
            if made % 2:
                submit_note(note)
        with CaptureQueriesContext(connection) as captured:
            shown(scholar)
        counts.append(len(captured))

    assert counts[0] == counts[1], counts


def test_way_to_a_note_is_for_those_who_may_see_it(client, people, text):
    note = make_note(text, by=people["scholar"])
    url = reverse("note_page", args=[note.public_id])
    client.force_login(people["scholar"])

    own = client.get(url)
    client.force_login(people["reviewer"])
    others, nowhere = client.get(url), client.get(reverse("note_page", args=["nosuch"]))

    assert own.status_code == 302
    assert f"note={note.public_id}" in own["Location"]
    assert others.content.replace(note.public_id.encode(), b"nosuch") == nowhere.content
    assert (others.status_code, nowhere.status_code) == (404, 404)


def test_a_note_on_what_is_elsewhere_is_listed_found_and_taken_back_by_its_author(scholar, people):
    target = {
        "source": "https://elsewhere.example/page", "selector": {"type": "TextQuoteSelector", "exact": "a bridge"},
    }  # fmt: skip
    said = NoteInput(body="Ashlar, says the traveller.", language="en", visibility=Visibility.PRIVATE)
    note = write_annotation(place=WebPlace(target), note=said, by=people["scholar"]).annotation

    led = scholar.get(reverse("note_page", args=[note.public_id]), follow=True)
    found = scholar.get(reverse("search"), {"q": "Ashlar"}).content.decode()

    page = led.content.decode()
    assert led.status_code == 200
    assert 'href="https://elsewhere.example/page"' in page
    assert "«a bridge»" in page
    assert f"/notes/{note.public_id}/" in found
    assert "https://elsewhere.example/page" in found
    version = note.newest_version.public_id
    scholar.post(reverse("my_notes"), {"act": "withdraw", "note": note.public_id, "version": version})
    note.refresh_from_db()
    assert note.status == "withdrawn"


def test_nobody_else_meets_a_note_on_what_is_elsewhere(client, people):
    said = NoteInput(body="Ashlar, says the traveller.", language="en", visibility=Visibility.PRIVATE)
    note = write_annotation(
        place=WebPlace("https://elsewhere.example/"), note=said, by=people["scholar"]
    ).annotation

    for role in ("reviewer", "editor", "administrator"):
        client.force_login(people[role])
        assert client.get(reverse("note_page", args=[note.public_id])).status_code == 404
        assert note.public_id not in client.get(reverse("search"), {"q": "Ashlar"}).content.decode()
