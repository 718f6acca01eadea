"""The workbenches of images and films: where notes lie, writing and moving them, and their pages without a script."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.actions.submit import submit
from annotations.actions.write_annotation import write_annotation
from annotations.models import Annotation, Locus
from annotations.values import NoteInput, RegionPlace, TimePlace
from archive.enums import Access
from archive.models import Image, Redaction
from tests.factories_editions import make_desk, make_image

pytestmark = pytest.mark.django_db

RECT = {"shape": "rect", "points": [[10, 20], [110, 80]]}


@pytest.fixture
def desk(people):
    return make_desk(people, notes=False)


def post(client, url, data):
    return client.post(url, json.dumps(data), content_type="application/json")


def on_image(image, by, *, points=((10, 20), (110, 80)), shape="rect", body="الرحى", page=1):
    place = RegionPlace(image.public_id, shape, points, page)
    return write_annotation(place=place, note=NoteInput(body=body), by=by).annotation


def on_video(video, by, start=1.0, end=2.5, body="النهر"):
    place = TimePlace(video.public_id, start, end)
    return write_annotation(place=place, note=NoteInput(body=body), by=by).annotation


def test_note_on_a_region_is_answered_and_lies_among_the_places(scholar, desk):
    url = reverse("image_notes", args=[desk.image.public_id])

    answer = post(scholar, url, {"region": RECT, "body": "الرحى", "language": "ar"})

    note = answer.json()
    assert answer.status_code == 201
    assert (note["kind"], note["region"]) == ("region", RECT)
    assert note["actions"] == ["revise", "submit", "reattach", "withdraw"]
    places = scholar.get(reverse("image_places", args=[desk.image.public_id])).json()["places"]
    assert places == [{"id": note["id"], "category": "note", "region": RECT}]
    named = scholar.get(url, {"ids": note["id"]}).json()["annotations"]
    assert [one["body_source"] for one in named] == ["الرحى"]


def test_note_on_seconds_is_answered_and_lies_among_the_places(scholar, desk):
    url = reverse("video_notes", args=[desk.video.public_id])

    answer = post(scholar, url, {"start": 65.5, "end": 70, "body": "الجسر", "language": "ar"})

    assert answer.status_code == 201
    assert (answer.json()["start"], answer.json()["end"]) == (65.5, 70)
    places = scholar.get(reverse("video_places", args=[desk.video.public_id])).json()["places"]
    assert [(one["start"], one["end"]) for one in places] == [(65.5, 70)]


@pytest.mark.parametrize(
    ("region", "code"),
    [
        ({"shape": "polygon", "points": [[10, 10], [30, 30], [30, 10], [10, 30]]}, "region_crosses"),
        ({"shape": "rect", "points": [[10, 10], [10, 30]]}, "region_flat"),
        ({"shape": "rect", "points": [[-5, 10], [10, 30]]}, "place_outside"),
        ({"shape": "ellipse", "points": [[1, 1], [9, 9]]}, "place_outside"),
        ({"shape": "rect", "points": [[1, 1], [10**400, 9]]}, "bad_region"),
        ({"shape": "rect", "points": [[1, 1], [8, 9]], "page": 2}, "page_unknown"),
        ({"shape": "rect", "points": [[1, 1], [8, 9]], "page": "x"}, "bad_region"),
        ({"shape": "star", "points": [[1, 1], [8, 9]]}, "bad_region"),
        (None, "bad_region"),
    ],
)
def test_shape_that_is_none_is_refused_in_words(scholar, desk, region, code):
    url = reverse("image_notes", args=[desk.image.public_id])

    answer = post(scholar, url, {"region": region, "body": "x", "language": "ar"})

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert len(answer.json()["detail"]) > 10
    assert not Locus.objects.exists()


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (5, 4, "time_order"),
        (-1, 4, "place_outside"),
        (0, 10**7, "place_outside"),
        ("1:05", 4, "number_required"),
    ],
)
def test_seconds_that_are_none_are_refused_in_words(scholar, desk, start, end, code):
    url = reverse("video_notes", args=[desk.video.public_id])

    answer = post(scholar, url, {"start": start, "end": end, "body": "x", "language": "ar"})

    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_the_end_of_a_film_may_be_marked_and_nothing_beyond_it(scholar, desk):
    url = reverse("video_notes", args=[desk.video.public_id])
    type(desk.video).objects.update(duration=12.0)
    said = {"start": 10, "body": "x", "language": "ar"}

    # A player tells the last second more exactly than the catalogue does.
    last = post(scholar, url, said | {"end": 12.0065})
    beyond = post(scholar, url, said | {"end": 35_999})

    assert (last.status_code, last.json()["end"]) == (201, 12.0)
    assert (beyond.status_code, beyond.json()["code"]) == (422, "place_outside")


def test_region_is_moved_as_a_new_version_and_not_when_it_stays(scholar, people, desk):
    note = on_image(desk.image, people["scholar"])
    url = reverse("note", args=[note.public_id])

    def change(region):
        version = scholar.get(url).json()["version_id"]
        return scholar.patch(
            url, json.dumps({"region": region}), content_type="application/json", headers={"If-Match": f'"{version}"'}
        ).json()  # fmt: skip

    same = change({"shape": "rect", "points": [[10, 20], [110, 80]]})
    moved = change({"shape": "ellipse", "points": [[60, 50], [20, 10]]})

    assert (same["version"], moved["version"]) == (1, 2)
    assert moved["region"] == {"shape": "ellipse", "points": [[60, 50], [20, 10]]}


def test_covering_keeps_regions(scholar, people, desk):
    note = on_image(desk.image, people["scholar"])

    Redaction.objects.create(image=desk.image, pixels=desk.image.pixels + 1, areas=[])
    Image.objects.filter(pk=desk.image.pk).update(pixels=desk.image.pixels + 1, covered=True)

    assert scholar.get(reverse("note", args=[note.public_id])).json()["region"] == RECT


@pytest.mark.parametrize(
    ("size", "words"), [((60, 60), "reaches beyond the picture"), ((9, 9), "outside of the picture")]
)
def test_region_that_leaves_the_picture_as_it_is_now_says_so(scholar, people, desk, size, words):
    note = on_image(desk.image, people["scholar"])
    Image.objects.filter(pk=desk.image.pk).update(width=size[0], height=size[1], pixels=desk.image.pixels + 1)

    page = scholar.get(f"/en/desk/notes/?note={note.public_id}").content.decode()

    assert words in page


def test_others_see_a_draft_on_a_picture_no_more_than_one_on_a_text(client, people, desk):
    note = on_image(desk.image, people["scholar"])
    client.force_login(people["member"])

    places = client.get(reverse("image_places", args=[desk.image.public_id])).json()["places"]
    named = client.get(reverse("image_notes", args=[desk.image.public_id]), {"ids": note.public_id})

    assert (places, named.json()["annotations"]) == ([], [])


def test_picture_that_may_not_be_seen_has_no_workbench(client, people, desk):
    image = make_image(by=people["archivist"], access=Access.DRAFT)
    client.force_login(people["scholar"])

    for name in ("workbench_image", "image_places", "image_notes"):
        assert client.get(reverse(name, args=[image.public_id])).status_code == 404
    answer = post(client, reverse("image_notes", args=[image.public_id]), {"region": RECT, "body": "x"})
    assert answer.status_code == 404


@pytest.mark.parametrize("kind", ["image", "video"])
def test_queries_do_not_grow_with_the_notes(scholar, people, desk, kind):
    write = on_image if kind == "image" else on_video
    item = desk.image if kind == "image" else desk.video

    def asked(url, **query):
        with CaptureQueriesContext(connection) as queries:
            assert scholar.get(url, query).status_code == 200
        return len(queries)

    def all_asked():
        ids = ",".join(Annotation.objects.values_list("public_id", flat=True))
        return [
            asked(reverse(f"workbench_{kind}", args=[item.public_id])),
            asked(reverse(f"{kind}_places", args=[item.public_id])),
            asked(reverse(f"{kind}_notes", args=[item.public_id]), ids=ids),
            asked(reverse(f"{kind}_notes", args=[item.public_id])),
            asked(reverse("my_notes")),
        ]

    write(item, people["scholar"])
    all_asked()
    first = all_asked()
    for _more in range(4):
        write(item, people["scholar"])

    assert all_asked() == first


def test_more_notes_than_a_page_are_asked_for_in_parts(scholar, desk):
    ids = ",".join(f"n{number}" for number in range(61))

    answer = scholar.get(reverse("image_notes", args=[desk.image.public_id]), {"ids": ids})

    assert (answer.status_code, answer.json()["code"]) == (422, "too_many")


def test_note_is_written_without_a_script_on_typed_numbers(scholar, desk):
    url = reverse("workbench_image", args=[desk.image.public_id])
    said = {"body": "الرحى", "category": "place", "language": "ar", "visibility": "open", "key": "k"}

    answer = scholar.post(url, {"shape": "rect", "numbers": "١٠, 20, 100، 60", **said})

    note = Annotation.objects.get()
    assert answer.url.endswith(f"?note={note.public_id}#note-{note.public_id}")
    assert note.newest_version.locus.region == {"shape": "rect", "points": [[10, 20], [110, 80]]}
    page = scholar.get(answer.url).content.decode()
    assert f'id="note-{note.public_id}"' in page


@pytest.mark.parametrize("numbers", ["1, 2, 3", "a, b, c, d", "1 2 0 0", "1 2 99999 5"])
def test_typed_numbers_that_make_no_shape_are_told_and_kept(scholar, desk, numbers):
    url = reverse("workbench_image", args=[desk.image.public_id])
    said = {"body": "لا يضيع", "category": "place", "language": "ar", "visibility": "open", "key": "k"}

    page = scholar.post(url, {"shape": "rect", "numbers": numbers, **said})

    assert page.status_code == 200
    assert "لا يضيع" in page.content.decode()
    assert page.context["form"].errors["numbers"]


def test_note_is_written_without_a_script_on_typed_times(scholar, desk):
    url = reverse("workbench_video", args=[desk.video.public_id])
    said = {"body": "النهر", "category": "note", "language": "ar", "visibility": "open", "key": "k"}

    wrong = scholar.post(url, {"start": "1:75", "end": "2:00", **said})
    back = scholar.post(url, {"start": "2:00", "end": "1:00", **said})
    answer = scholar.post(url, {"start": "١:٠٥٫٥", "end": "1:10", **said})

    assert wrong.context["form"].errors["start"]
    assert back.context["form"].errors["end"]
    assert answer.status_code == 302
    locus = Annotation.objects.get().newest_version.locus
    assert (locus.start_time, locus.end_time) == (65.5, 70)


def test_way_to_the_workbench_is_fetched_apart(client, people, desk):
    url = reverse("image_doors", args=[desk.image.public_id])

    assert client.get(url).content.strip() == b""
    client.force_login(people["scholar"])
    assert reverse("workbench_image", args=[desk.image.public_id]) in client.get(url).content.decode()


def test_note_leads_to_its_place_in_the_picture(scholar, people, desk):
    note = on_image(desk.image, people["scholar"])

    answer = scholar.get(reverse("note_page", args=[note.public_id]))

    assert answer.url.endswith(
        f"/workbench/images/{desk.image.public_id}/?note={note.public_id}#note-{note.public_id}"
    )


def test_reviewer_reads_notes_in_their_picture_and_with_the_seconds(client, people, desk):
    drawn = on_image(desk.image, people["scholar"])
    heard = on_video(desk.video, people["scholar"], 65.5, 70)
    versions = [note.newest_version.public_id for note in (drawn, heard)]
    handed_in = submit(version_ids=versions, message="", by=people["scholar"])
    client.force_login(people["reviewer"])

    page = client.get(f"/en/desk/review/{handed_in.public_id}/").content.decode()

    assert f"/iiif/3/{desk.image.public_id}/" in page
    assert '<rect x="10" y="20" width="100" height="60"/>' in page
    assert "Rectangle, 100 × 60 pixels" in page
    assert "1:05.5–1:10" in page
    assert f"/en/workbench/videos/{desk.video.public_id}/?play=1&amp;note={heard.public_id}" in page


def test_no_crop_is_shown_of_a_picture_that_is_warned_of_or_no_longer_seen(scholar, people, desk):
    on_image(desk.image, people["scholar"])

    Image.objects.filter(pk=desk.image.pk).update(warnings=["violence"])
    warned = scholar.get("/en/desk/notes/").content.decode()
    Image.objects.filter(pk=desk.image.pk).update(warnings=[], access=Access.DRAFT)
    hidden = scholar.get("/en/desk/notes/").content.decode()

    for page in (warned, hidden):
        assert "Rectangle, 100 × 60 pixels" in page
        assert "/iiif/3/" not in page


def test_what_was_being_typed_on_a_picture_is_found_again(scholar, people, desk):
    key = f"image.{desk.image.public_id}.new"
    url = reverse("note_draft", args=[key])
    data = {"locus": {"kind": "region", "image": desk.image.public_id, "region": RECT}, "body": "نصف جملة"}

    kept = scholar.put(url, json.dumps(data), content_type="application/json")
    page = scholar.get("/en/desk/notes/").content.decode()
    Image.objects.filter(pk=desk.image.pk).update(access=Access.DRAFT)
    without = scholar.get("/en/desk/notes/").content.decode()

    assert kept.status_code == 200
    assert f"/en/workbench/images/{desk.image.public_id}/" in page
    assert desk.image.title_en in page
    assert "نصف جملة" in without
    assert desk.image.title_en not in without


def test_notes_are_listed_for_everybody_while_there_is_no_picture_to_draw_on(scholar, people, desk):
    on_image(desk.image, people["scholar"], body="بلا صورة")
    url = reverse("workbench_image", args=[desk.image.public_id])
    with_picture = scholar.get(url).content.decode()

    Image.objects.filter(pk=desk.image.pk).update(pixels=desk.image.pixels + 1)
    without = scholar.get(url).content.decode()

    assert 'class="section no-script-only" id="notes"' in with_picture
    assert 'class="section" id="notes"' in without
    assert "بلا صورة" in without
