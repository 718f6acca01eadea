"""Notes as W3C Web Annotations, out and in."""

from __future__ import annotations

import json

import pytest

from annotations.access.terms import all_named
from archive.access import ANYBODY
from archive.models import Image, ImageTiles
from tests.factories_editions import make_desk, make_term
from tests.factories_notes import make_note, make_text, place_of

pytestmark = pytest.mark.django_db

NOTES = "/api/annotations/"
LD = "application/ld+json"
PROFILE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


@pytest.fixture
def text():
    return make_text()


def read(client, address):
    answer = client.get(address, headers={"Accept": PROFILE})
    assert answer.status_code == 200, answer.content
    assert answer.headers["Content-Type"] == PROFILE
    return json.loads(answer.content)


def send(client, value, address=NOTES, method="post", **headers):
    return getattr(client, method)(
        address, json.dumps(value), content_type=LD, headers={"Accept": PROFILE, **headers}
    )


def source(settings, kind, public_id):
    return f"{settings.PUBLIC_URL}/api/{kind}/{public_id}/"


def quoted(exact, prefix="", suffix=""):
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def on(settings, text, *selectors, **more):
    target = {"source": source(settings, "texts", text.public_id), "selector": list(selectors)}
    body = {"type": "TextualBody", "value": "**محلّي**", "language": "ar"}
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "target": target,
        "body": body,
        **more,
    }


def test_note_is_told_in_the_standards_words(scholar, people, settings, text):
    term = make_term("stone", "حجر", "Stone")
    place = place_of(text, "حجر أبيض")
    note = make_note(text, by=people["scholar"], tags=(term.public_id,))

    value = read(scholar, f"{NOTES}{note.public_id}/")

    assert value["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (value["type"], value["motivation"]) == ("Annotation", "commenting")
    assert value["id"] == f"{settings.PUBLIC_URL}/annotations/{note.public_id}"
    words, tag = value["body"]
    assert (words["value"], words["format"], words["language"]) == ("حجر محلّي.", "text/markdown", "ar")
    assert (tag["purpose"], tag["source"]) == ("tagging", source(settings, "terms", term.public_id))
    position, quote = value["target"]["selector"]
    assert (position["start"], position["end"]) == (place.start, place.end)
    assert (quote["exact"], quote["suffix"][:4]) == ("حجر أبيض", " قرب")


def test_what_went_out_comes_in_as_the_same_note(scholar, people, settings, text):
    term = make_term("stone", "حجر")
    first = scholar.post(
        NOTES,
        {
            "place": {"text": text.public_id, "revision": 1, "start": 14, "end": 17, "exact": text.current_revision.content[14:17]},
            "body": "نصّ *مائل*", "category": "dispute", "tags": [term.public_id], "visibility": "private",
            "references": [{"relation": "cites", "target": {"url": "https://example.org/b", "title": "كتاب"}, "note": "انظر"}],
        },
        format="json",
    )  # fmt: skip
    assert first.status_code == 201, first.content
    value = read(scholar, first.headers["Location"])
    for body in value["body"]:
        body.pop("id", None)

    second = send(scholar, value)

    assert second.status_code == 201, second.content
    ours = scholar.get(second.headers["Location"]).json()
    for name in ("place", "body", "category", "tags", "visibility", "language"):
        assert ours[name] == first.json()[name], name
    assert [
        {key: reference[key] for key in ("relation", "note", "target")} for reference in ours["references"]
    ] == [{key: one[key] for key in ("relation", "note", "target")} for one in first.json()["references"]]


def test_quote_alone_finds_its_place(scholar, settings, text):
    made = send(scholar, on(settings, text, quoted("الجسر", prefix="سقط ")))

    assert made.status_code == 201, made.content
    place = place_of(text, "سقط الجسر")
    selector = made.json()["target"]["selector"][0]
    assert (selector["start"], selector["end"]) == (place.end - 5, place.end)


@pytest.mark.parametrize(("exact", "status"), [("الجسر", 409), ("الميناء", 409), ("", 422), (7, 422)])
def test_quote_that_stands_nowhere_or_twice_is_refused(scholar, settings, text, exact, status):
    assert send(scholar, on(settings, text, quoted(exact))).status_code == status


def test_position_is_believed_only_with_its_words(scholar, settings, text):
    place = place_of(text, "حجر أبيض")
    position = {"type": "TextPositionSelector", "start": place.start + 1, "end": place.end + 1}

    assert send(scholar, on(settings, text, position, quoted("حجر أبيض"))).status_code == 409


def test_tag_is_found_by_its_name(scholar, settings, text):
    term = make_term("stone", "الحجر")
    tag = {"type": "TextualBody", "purpose": "tagging", "value": "الحَجَر"}

    made = send(scholar, on(settings, text, quoted("حجر أبيض"), body=tag))
    unknown = send(scholar, on(settings, text, quoted("حجر أبيض"), body={**tag, "value": "الغيم"}))

    assert made.json()["body"][0]["source"] == source(settings, "terms", term.public_id)
    assert (unknown.status_code, unknown.json()["code"]) == (422, "term_unknown")


def test_many_tags_are_found_in_one_query_and_no_end_of_bodies_is_refused(
    scholar, settings, text, django_assert_num_queries
):
    terms = [make_term(f"stone-{number}", f"الحجر {number}") for number in range(20)]
    tag = {"type": "TextualBody", "purpose": "tagging"}
    named = [{**tag, "value": term.label_ar} for term in terms]

    with django_assert_num_queries(1):
        all_named(ANYBODY, [term.label_ar for term in terms])
    made = send(scholar, on(settings, text, quoted("حجر أبيض"), body=named))
    endless = send(scholar, on(settings, text, quoted("حجر أبيض"), body=named * 50))

    assert len([body for body in made.json()["body"] if body["purpose"] == "tagging"]) == len(named)
    assert (endless.status_code, endless.json()["code"]) == (422, "too_many")


def test_who_may_not_write_is_told_so_before_anything_is_looked_up(
    client_of, people, settings, text, django_assert_max_num_queries
):
    member = client_of(people["member"])
    tags = [{"type": "TextualBody", "purpose": "tagging", "value": f"غيم {n}"} for n in range(80)]

    with django_assert_max_num_queries(8):
        refused = send(member, on(settings, text, quoted("حجر أبيض"), body=tags))

    assert refused.status_code == 403


def test_bodies_link_to_places_notes_and_the_outside(scholar, people, settings, text):
    other = make_note(text, "من خشب", by=people["scholar"])
    bodies = [
        {
            "purpose": "linking",
            "source": source(settings, "annotations", other.public_id),
            "hashiya:relation": "parallels",
        },
        {
            "purpose": "linking",
            "source": source(settings, "texts", text.public_id),
            "selector": quoted("السوق"),
        },
        "https://example.org/elsewhere",
    ]

    made = send(scholar, on(settings, text, quoted("حجر أبيض"), body=bodies))

    assert made.status_code == 201, made.content
    ours = scholar.get(made.headers["Location"]).json()["references"]
    assert [one["relation"] for one in ours] == ["parallels", "cites", "cites"]
    assert ours[0]["target"]["annotation"] == other.public_id
    assert ours[1]["target"]["exact"] == "السوق"
    assert ours[2]["target"]["url"] == "https://example.org/elsewhere"


@pytest.mark.parametrize(
    ("selector", "region"),
    [
        ({"type": "FragmentSelector", "value": "xywh=pixel:10,20,30,40"}, {"shape": "rect", "points": [[10, 20], [40, 60]]}),
        (
            {"type": "SvgSelector", "value": '<svg><polygon points="1,1 9,1 5,8"/></svg>'},
            {"shape": "polygon", "points": [[1, 1], [9, 1], [5, 8]]},
        ),
        (
            {"type": "SvgSelector", "value": '<svg><ellipse cx="50" cy="40" rx="9" ry="7"/></svg>'},
            {"shape": "ellipse", "points": [[50, 40], [9, 7]]},
        ),
    ],
)  # fmt: skip
def test_region_goes_in_and_out(scholar, people, settings, selector, region):
    image = make_desk(people, notes=False).image
    target = {"source": source(settings, "images", image.public_id), "selector": selector}

    made = send(scholar, {"type": "Annotation", "target": target, "bodyValue": "هنا"})

    assert made.status_code == 201, made.content
    assert scholar.get(made.headers["Location"]).json()["place"]["region"] == region
    again = send(scholar, read(scholar, made.headers["Location"]))
    assert scholar.get(again.headers["Location"]).json()["place"]["region"] == region


def test_hundredths_are_of_the_page_that_is_meant(scholar, people, settings):
    image = make_desk(people, notes=False).image
    tiles = image.tiles.get()
    ImageTiles.objects.create(image=image, page=2, width=100, height=50, stored_file=tiles.stored_file)
    Image.objects.filter(pk=image.pk).update(pages=2)
    selector = {"type": "FragmentSelector", "value": "xywh=percent:10,10,50,50"}
    target = {"source": source(settings, "images", image.public_id), "selector": selector, "hashiya:page": 2}

    made = send(scholar, {"type": "Annotation", "target": target, "bodyValue": "هنا"})

    region = scholar.get(made.headers["Location"]).json()["place"]["region"]
    assert region == {"shape": "rect", "points": [[10, 5], [60, 30]], "page": 2}


def test_seconds_go_in_and_out(scholar, people, settings):
    video = make_desk(people, notes=False).video
    selector = {"type": "FragmentSelector", "value": "t=3,7.5"}
    target = {"source": source(settings, "videos", video.public_id), "selector": selector}

    made = send(scholar, {"type": "Annotation", "target": target, "bodyValue": "هنا"})

    assert made.json()["target"]["selector"]["value"] == "t=3,7.5"


@pytest.mark.parametrize(
    "broken",
    [
        {"target": None}, {"target": "urn:isbn:9780140449136"}, {"target": {"source": "ftp://example.org/"}},
        {"type": "Note"}, {"body": 7}, {"body": {"type": "TextualBody"}}, {"body": []}, {"target": [1, 2]},
        {"body": {"type": "TextualBody", "value": "<b>", "format": "text/html"}},
        {"hashiya:visibility": "secret"}, {"hashiya:category": []}, {"target": {"source": {"id": 7}}},
        {"body": {"type": "TextualBody", "value": "x", "language": "not a language"}},
    ],
)  # fmt: skip
def test_what_no_note_can_hold_is_refused(scholar, settings, text, broken):
    answer = send(scholar, on(settings, text, quoted("حجر أبيض")) | broken)

    assert answer.status_code == 422, answer.content
    assert answer.json()["code"]


def test_hidden_text_is_no_target(scholar, settings, people):
    hidden = make_text(access="draft")

    answer = send(scholar, on(settings, hidden, quoted("حجر أبيض")))

    assert answer.status_code == 404


def test_list_is_a_page_of_a_collection(scholar, people, text):
    for _number in range(3):
        make_note(text, by=people["scholar"])

    value = read(scholar, f"{NOTES}?page_size=2")

    assert (value["type"], value["hashiya:total"], len(value["items"])) == ("AnnotationPage", 3, 2)
    assert value["partOf"].endswith(NOTES)
    assert value["startIndex"] == 0
    assert read(scholar, value["next"])["startIndex"] == 2


def test_revision_comes_as_an_annotation_too(scholar, people, settings, text):
    note = make_note(text, by=people["scholar"])
    address = f"{NOTES}{note.public_id}/"
    tag = scholar.get(address).headers["ETag"]
    value = {"type": "Annotation", "bodyValue": "ثانية"}

    good = send(scholar, value, address, "patch", **{"If-Match": tag})
    stale = send(scholar, value, address, "patch", **{"If-Match": tag})

    assert (good.status_code, stale.status_code) == (200, 412)
    assert stale.json()["current"]["body"][0]["value"] == "ثانية"


def test_other_forms_are_not_served(scholar):
    assert scholar.get(NOTES, headers={"Accept": "text/turtle"}).status_code == 406
    assert scholar.post(NOTES, "x", content_type="text/turtle").status_code == 415
