"""The basket: what was picked up here is put down there, as long as it may be seen."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.access.basket import Standing, basket_of
from annotations.actions.pick_up import MAX_PLACES, pick_up
from annotations.actions.write_annotation import write_annotation
from annotations.models import Annotation, CrossReference, PickedPlace
from annotations.values import NoteInput, NoteTarget, RegionPlace, TimePlace, WebPlace, WholePlace
from archive.enums import Access
from archive.errors import Invalid, NotAllowed, NotVisible
from archive.models import Work
from tests.factories_editions import make_desk
from tests.factories_notes import CONTENT, add_revision, make_note, make_text, place_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def text():
    return make_text()


def hide(work):
    Work.objects.filter(pk=work.pk).update(access=Access.DRAFT)


def test_passage_is_picked_up_and_read_back_as_a_target(scholar, text):
    place = place_of(text, "حجر أبيض")
    target = {
        "text": text.public_id,
        "revision": 1,
        "start": place.start,
        "end": place.end,
        "exact": place.exact,
    }

    answer = scholar.post(
        reverse("picked_places"), json.dumps({"target": target}), content_type="application/json"
    )
    (kept,) = scholar.get(reverse("picked_places")).json()["places"]

    assert answer.status_code == 201
    assert kept["target"]["exact"] == "حجر أبيض"
    assert (kept["standing"], kept["title"]) == ("here", str(text.work))
    assert "حجر أبيض" in kept["label"]
    assert scholar.delete(kept["remove_url"]).status_code == 204
    assert not PickedPlace.objects.exists()


def test_same_place_comes_to_the_front_instead_of_lying_twice(people, text):
    first, second = place_of(text, "حجر أبيض"), place_of(text, "الطاحونة")
    for place in (first, second, first):
        pick_up(target=place, by=people["scholar"])

    assert [one.words for one in basket_of(people["scholar"])] == ["حجر أبيض", "الطاحونة"]


def test_basket_is_its_owners_alone(client, people, text):
    row = pick_up(target=place_of(text, "حجر أبيض"), by=people["scholar"])
    client.force_login(people["reviewer"])

    assert client.get(reverse("picked_places")).json()["places"] == []
    assert client.delete(reverse("picked_place", args=[row.public_id])).status_code == 404
    assert PickedPlace.objects.exists()


def test_full_basket_says_so(people, text):
    scholar = people["scholar"]
    PickedPlace.objects.bulk_create(
        PickedPlace(user=scholar, work=text.work, digest=str(n)) for n in range(MAX_PLACES)
    )

    with pytest.raises(Invalid, match="basket_full"):
        pick_up(target=place_of(text, "حجر أبيض"), by=scholar)


def test_what_may_not_be_seen_is_not_picked_up(people, text):
    place = place_of(text, "حجر أبيض")
    hidden = make_note(text, by=people["reviewer"])
    hide(text.work)

    for target, error in (
        (place, NotVisible),
        (NoteTarget(hidden.public_id), Invalid),
        (WholePlace(text.work.public_id), NotVisible),
    ):
        with pytest.raises(error):
            pick_up(target=target, by=people["scholar"])
    with pytest.raises(NotAllowed):
        pick_up(target=place, by=people["member"])


def test_words_of_what_is_no_longer_to_be_seen_are_told_nowhere(scholar, people, text):
    pick_up(target=place_of(text, "حجر أبيض"), by=people["scholar"])
    pick_up(target=WholePlace(text.work.public_id), by=people["scholar"])
    hide(text.work)

    page = scholar.get(reverse("basket")).content.decode()
    places = scholar.get(reverse("picked_places")).json()["places"]

    assert {place["standing"] for place in places} == {"gone"}
    assert {place["target"] for place in places} == {None}
    for told in (page, json.dumps(places, ensure_ascii=False)):
        assert "حجر أبيض" not in told
        assert str(text.work) not in told


def test_passage_is_found_again_in_a_corrected_text(people, text):
    pick_up(target=place_of(text, "حجر أبيض"), by=people["scholar"])
    add_revision(text, "مقدّمة جديدة.\n" + CONTENT)

    (found,) = basket_of(people["scholar"])

    assert found.standing == Standing.HERE
    assert found.target["revision"] == 2
    content = "مقدّمة جديدة.\n" + CONTENT
    assert content[found.target["start"] : found.target["end"]] == "حجر أبيض"


def test_passage_that_a_correction_took_away_is_not_put_down(people, text):
    pick_up(target=place_of(text, "حجر أبيض"), by=people["scholar"])
    add_revision(text, "كلام آخر لا صلة له بما سبق.\n" * 4)

    (found,) = basket_of(people["scholar"])

    assert (found.standing, found.target, found.words) == (Standing.UNSURE, None, "")


def test_every_kind_of_place_says_what_it_is(scholar, people, text):
    desk = make_desk(people, notes=False)
    image, video = desk.image, desk.video
    note = make_note(text, by=people["scholar"], body="كلمة في الجسر")
    region = RegionPlace(image.public_id, "rect", ((1, 1), (5, 5)))
    for target in (
        region,
        TimePlace(video.public_id, 65, 70),
        NoteTarget(note.public_id),
        WholePlace(text.work.public_id),
    ):
        pick_up(target=target, by=people["scholar"])

    places = scholar.get(reverse("picked_places")).json()["places"]
    page = scholar.get(reverse("basket")).content.decode()

    assert [place["kind"] for place in places] == ["work", "note", "video", "image"]
    assert "1:05" in places[2]["label"]
    assert "كلمة في الجسر" in places[1]["label"]
    assert page.count('id="place-') == 4


def test_place_is_put_down_without_a_script_in_the_direction_that_was_chosen(scholar, people, text):
    note = make_note(text, "الطاحونة", by=people["scholar"], body="من هنا")
    picked = pick_up(target=place_of(text, "حجر أبيض"), by=people["scholar"])

    answer = scholar.post(reverse("basket"), {
        "act": "put_down", "place": picked.public_id, "note": f"{note.public_id}.{note.newest_version.public_id}",
        "relation": "explains~", "remark": "انظر", "language": "ar",
    })  # fmt: skip

    assert answer.status_code == 302
    reference = CrossReference.objects.get()
    assert (reference.relation, reference.is_inverse, reference.note) == ("explains", True, "انظر")
    assert reference.version == Annotation.objects.get(pk=note.pk).newest_version
    assert reference.target.anchors.get().exact == "حجر أبيض"


def test_basket_asks_as_many_questions_for_many_places_as_for_few(scholar, people, text):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            scholar.get(reverse("picked_places"))
        return len(asked)

    words = ["حجر أبيض", "الطاحونة", "سقط الجسر"]
    note = make_note(text, by=people["scholar"])
    pick_up(target=NoteTarget(note.public_id), by=people["scholar"])
    pick_up(target=place_of(text, words[0]), by=people["scholar"])
    few = questions()
    for one in words[1:]:
        pick_up(target=place_of(text, one), by=people["scholar"])
        pick_up(target=NoteTarget(make_note(text, one, by=people["scholar"]).public_id), by=people["scholar"])

    assert questions() == few


def test_passage_part_and_seconds_are_picked_up_without_a_script(scholar, people, text):
    desk = make_desk(people, notes=False)
    said = {"category": "note", "language": "ar", "visibility": "open", "act": "pickup"}
    forms = (
        ("workbench", text.public_id, {"words": "حجر أبيض"}),
        ("workbench_image", desk.image.public_id, {"shape": "rect", "numbers": "1, 1, 5, 5"}),
        ("workbench_video", desk.video.public_id, {"start": "1:05", "end": "1:10"}),
    )

    answers = [scholar.post(reverse(name, args=[ident]), said | sent) for name, ident, sent in forms]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    picked = [one.target for one in basket_of(people["scholar"])]
    assert picked[2]["exact"] == "حجر أبيض"
    assert picked[1]["region"]["points"] == [[1, 1], [6, 6]]
    assert (picked[0]["start"], picked[0]["end"]) == (65, 70)
    assert not Annotation.objects.exists()


def test_words_that_stand_nowhere_are_not_picked_up(scholar, text):
    said = {
        "category": "note",
        "language": "ar",
        "visibility": "open",
        "act": "pickup",
        "words": "لا وجود لها",
    }

    answer = scholar.post(reverse("workbench", args=[text.public_id]), said)

    assert answer.status_code == 200
    assert not PickedPlace.objects.exists()


def test_note_is_picked_up_from_its_card_without_a_script(scholar, people, text):
    note = make_note(text, by=people["scholar"])

    page = scholar.get(reverse("workbench", args=[text.public_id])).content.decode()
    scholar.post(reverse("basket"), {"act": "pick_up_note", "note": note.public_id})

    assert 'value="pick_up_note"' in page
    assert basket_of(people["scholar"])[0].target == {"annotation": note.public_id}


def test_note_on_what_lies_elsewhere_is_no_place_to_pick_up(people):
    said = NoteInput(body="هناك", visibility="private")
    place = WebPlace("https://elsewhere.example/")
    note = write_annotation(place=place, note=said, by=people["scholar"]).annotation

    with pytest.raises(Invalid, match="target_unknown"):
        pick_up(target=NoteTarget(note.public_id), by=people["scholar"])
