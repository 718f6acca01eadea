"""The Web Annotation Protocol: what each of its sentences with MUST asks, and what the W3C's test page overlooks."""

from __future__ import annotations

import json

import pytest

from tests.db.api.test_jsonld import on, quoted
from tests.factories_notes import make_note, make_text, place_of

pytestmark = pytest.mark.django_db

CONTAINER = "/annotations/"
LD = "application/ld+json"
PROFILE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
IRIS = "http://www.w3.org/ns/oa#PreferContainedIRIs"
MINIMAL = "http://www.w3.org/ns/ldp#PreferMinimalContainer"


@pytest.fixture
def text():
    return make_text()


def prefer(what):
    return {"Prefer": f'return=representation;include="{what}"'}


def send(client, value, address=CONTAINER, method="post", **headers):
    return getattr(client, method)(address, json.dumps(value), content_type=LD, headers=headers)


def path(settings, iri):
    assert iri.startswith(settings.PUBLIC_URL)
    return iri.removeprefix(settings.PUBLIC_URL)


@pytest.fixture
def made(scholar, settings, text):
    """A note sent to the container."""
    answer = send(
        scholar, on(settings, text, quoted("حجر أبيض"), canonical="urn:uuid:7", id="https://else.example/1")
    )
    assert answer.status_code == 201, answer.content
    return answer


def test_container_says_what_it_is_and_what_it_takes(client):
    answer = client.get(CONTAINER)

    value = answer.json()
    assert answer.headers["Content-Type"] == PROFILE
    assert '<http://www.w3.org/ns/ldp#BasicContainer>; rel="type"' in answer.headers["Link"]
    assert (
        '<http://www.w3.org/TR/annotation-protocol/>; rel="http://www.w3.org/ns/ldp#constrainedBy"'
        in answer.headers["Link"]
    )
    assert {"GET", "HEAD", "OPTIONS", "POST"} <= set(answer.headers["Allow"].split(", "))
    assert {"Accept", "Prefer"} <= set(answer.headers["Vary"].split(", "))
    assert answer.headers["Accept-Post"] == PROFILE
    assert answer.headers["ETag"]
    assert answer.headers["Content-Location"] == value["id"]
    assert value["type"] == ["BasicContainer", "AnnotationCollection"]
    assert value["total"] == 0
    assert "first" not in value
    assert client.head(CONTAINER).status_code == client.options(CONTAINER).status_code == 200


def test_what_may_be_asked_is_answered_with_a_media_type(scholar, made, settings):
    for address in (CONTAINER, path(settings, made.json()["id"])):
        answer = scholar.options(address)

        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["Content-Type"] == PROFILE
        assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["Allow"].split(", "))


def test_pages_hold_all_notes_once_and_name_their_neighbours(scholar, people, settings, text):
    ids = {make_note(text, by=people["scholar"]).public_id for _ in range(120)}

    container = scholar.get(CONTAINER).json()
    page, seen, before = scholar.get(path(settings, container["first"])).json(), [], None
    while True:
        assert page["type"] == "AnnotationPage"
        assert page["partOf"] == container["id"]
        assert page["startIndex"] == len(seen)
        assert page.get("prev") == before
        seen += [note["id"].rpartition("/")[2] for note in page["items"]]
        if "next" not in page:
            break
        before, page = page["id"], scholar.get(path(settings, page["next"])).json()

    answer = scholar.get(path(settings, container["first"]))
    assert answer.headers["ETag"]
    assert answer.headers["Content-Type"] == PROFILE
    assert {"Accept", "Prefer"} <= set(answer.headers["Vary"].split(", "))
    again = scholar.get(path(settings, container["first"]), headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert scholar.head(path(settings, container["first"])).headers["ETag"] == answer.headers["ETag"]
    assert page["id"] == container["last"]
    assert (len(seen), set(seen)) == (120, ids)
    assert container["total"] == 120
    assert scholar.get(CONTAINER + "?page=3").status_code == 404
    assert scholar.get(CONTAINER + "?page=x").status_code == 422


def test_a_page_asks_the_database_as_often_for_fifty_notes_as_for_two(
    scholar, people, text, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for more in (2, 48):
        for _ in range(more):
            make_note(text, by=people["scholar"])
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert scholar.get(CONTAINER + "?page=0").status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_preferences_choose_between_nothing_addresses_and_notes(scholar, made, settings):
    minimal = scholar.get(CONTAINER, headers=prefer(MINIMAL))
    iris = scholar.get(CONTAINER, headers=prefer(IRIS))
    full = scholar.get(CONTAINER)

    assert minimal.json()["id"] == minimal.headers["Content-Location"] == f"{settings.PUBLIC_URL}{CONTAINER}"
    assert minimal.headers["Preference-Applied"] == "return=representation"
    assert "Prefer" not in minimal.headers
    assert len({answer.headers["ETag"] for answer in (minimal, iris, full)}) == 3
    page = scholar.get(path(settings, iris.json()["first"])).json()
    assert page["items"] == [made.json()["id"]]
    page = scholar.get(path(settings, full.json()["first"])).json()
    assert page["items"] == [made.json()]


def test_new_note_has_an_address_in_the_container_a_tag_and_its_names_from_elsewhere(scholar, made, settings):
    value = made.json()

    assert value["id"] == made.headers["Location"]
    assert value["id"].startswith(f"{settings.PUBLIC_URL}{CONTAINER}")
    assert value["canonical"] == "urn:uuid:7"
    assert value["via"] == ["https://else.example/1"]
    read = scholar.get(path(settings, value["id"]))
    assert read.json() == value
    assert read.headers["ETag"] == made.headers["ETag"]
    assert '<http://www.w3.org/ns/ldp#Resource>; rel="type"' in read.headers["Link"]
    assert {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"} <= set(read.headers["Allow"].split(", "))
    assert "Accept" in read.headers["Vary"]
    again = scholar.get(path(settings, value["id"]), headers={"If-None-Match": read.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_putting_gives_a_new_version_and_keeps_the_canonical_name(scholar, made, settings, text):
    value = made.json() | {"body": {"type": "TextualBody", "value": "أخرى", "language": "ar"}}
    del value["canonical"]

    put = send(scholar, value, path(settings, value["id"]), "put", **{"If-Match": made.headers["ETag"]})
    stale = send(scholar, value, path(settings, value["id"]), "put", **{"If-Match": made.headers["ETag"]})
    unnamed = send(scholar, value | {"body": []} | {"bodyValue": "ثالثة"}, path(settings, value["id"]), "put")

    assert put.status_code == 200
    assert put.json()["body"][0]["value"] == "أخرى"
    assert put.json()["canonical"] == "urn:uuid:7"
    assert put.headers["ETag"] != made.headers["ETag"]
    assert stale.status_code == 412
    assert unnamed.status_code == 200
    assert unnamed.json()["body"][0]["value"] == "ثالثة"


def test_deleting_answers_204_then_410_to_its_author_and_404_to_all_others(scholar, client, made, settings):
    address = path(settings, made.json()["id"])
    wrong = scholar.delete(address, headers={"If-Match": '"other"'})

    deleted = scholar.delete(address, headers={"If-Match": made.headers["ETag"]})

    assert wrong.status_code == 412
    assert (deleted.status_code, deleted.content) == (204, b"")
    assert scholar.get(address).status_code == 410
    assert scholar.delete(address).status_code == 410
    assert scholar.get(CONTAINER).json()["total"] == 0
    assert client.get(address).status_code == client.get(CONTAINER + "nothing").status_code == 404


def test_without_an_account_nothing_is_written_and_nothing_private_is_told(client, made, settings, text):
    assert send(client, on(settings, text, quoted("حجر أبيض"))).status_code == 401
    assert client.delete(path(settings, made.json()["id"])).status_code == 401
    assert client.get(CONTAINER).json()["total"] == 0
    assert client.get(path(settings, made.json()["id"])).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"canonical": "no iri"},
        {"canonical": 7},
        {"canonical": "javascript:" + "a" * 600},
        {"via": ["https://e.example/" + str(n) for n in range(21)]},
        {"target": "javascript:alert(1)"},
        {"target": {"source": "https://user name@elsewhere.example/"}},
        {"target": ["https://elsewhere.example/", 7]},
        {"target": {"source": "https://elsewhere.example/", "selector": {"exact": "a" * 8_000}}},
        {"target": "https://elsewhere.example/", "hashiya:visibility": "open"},
        {"target": []},
        {"type": "Manifest"},
    ],
)
def test_what_no_note_can_be_is_refused_in_words(scholar, settings, text, wrong):
    answer = send(scholar, on(settings, text, quoted("حجر أبيض")) | wrong)

    assert answer.status_code == 422
    assert answer.json()["detail"]
    assert scholar.get(CONTAINER).json()["total"] == 0


def test_pages_of_other_sites_may_ask_with_a_token(client):
    asked = client.options(CONTAINER, headers={"Origin": "https://viewer.example"})

    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]
    for name in ("Allow", "Content-Location", "ETag", "Link", "Location", "Vary"):
        assert name in asked.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in asked.headers


def test_a_place_is_named_by_its_address_too(scholar, settings, text, people):
    place = place_of(text, "حجر أبيض")
    note = make_note(text, by=people["scholar"])
    value = on(settings, text, quoted("حجر أبيض"))
    value["body"] = [
        value["body"],
        {"purpose": "linking", "source": f"{settings.PUBLIC_URL}/annotations/{note.public_id}"},
    ]

    made = send(scholar, value)

    assert made.status_code == 201, made.content
    assert made.json()["target"]["selector"][0]["start"] == place.start
    assert made.json()["body"][1]["source"] == f"{settings.PUBLIC_URL}/annotations/{note.public_id}"


ELSEWHERE = "https://elsewhere.example/page"
QUOTE = {"type": "TextQuoteSelector", "exact": "a stone bridge", "prefix": "over ", "suffix": " of"}


def a_remark(target):
    remark = {"type": "TextualBody", "value": "Well said.", "language": "en"}
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "body": remark,
        "target": target,
    }


@pytest.mark.parametrize(
    "target",
    [
        ELSEWHERE,
        {"source": ELSEWHERE, "selector": QUOTE},
        {"id": ELSEWHERE, "type": "Text", "format": "text/html"},
        [ELSEWHERE, {"source": {"id": ELSEWHERE + "?2"}, "selector": [QUOTE]}],
        {
            "source": ELSEWHERE,
            "selector": {"type": "SvgSelector", "id": "https://elsewhere.example/outline.svg"},
        },
        {
            "source": ELSEWHERE,
            "selector": {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 3},
        },
    ],
)
def test_what_lies_elsewhere_comes_back_as_its_client_sent_it(scholar, settings, target):
    made = send(scholar, a_remark(target))

    assert made.status_code == 201, made.content
    address = path(settings, made.json()["id"])
    assert made.json()["target"] == scholar.get(address).json()["target"] == target
    moved = send(scholar, made.json() | {"target": "http://other.example/"}, address, "put")
    assert moved.status_code == 200, moved.content
    assert moved.json()["target"] == "http://other.example/"
    assert scholar.delete(address).status_code == 204


@pytest.mark.parametrize(
    ("selector", "lacks"),
    [
        ({"type": "FragmentSelector"}, "value"),
        ([QUOTE, {"type": "TextQuoteSelector", "exact": 7}], "exact"),
        ({"type": "TextPositionSelector", "start": -1, "end": 2}, "start"),
        ({"type": "DataPositionSelector", "start": 1, "end": True}, "end"),
        ({"type": "SvgSelector"}, "value"),
    ],
)
def test_a_selector_that_is_not_whole_is_refused_by_what_it_lacks(scholar, selector, lacks):
    answer = send(scholar, a_remark({"source": ELSEWHERE, "selector": selector}))

    assert (answer.status_code, answer.json()["code"]) == (422, "selector_lacks")
    assert f"«{lacks}»" in answer.json()["detail"]


def test_a_note_on_what_lies_elsewhere_is_its_authors_alone(scholar, client, settings, people, client_of):
    made = send(scholar, a_remark({"source": ELSEWHERE, "selector": QUOTE}))
    note = made.json()["id"].rpartition("/")[2]
    address = path(settings, made.json()["id"])

    assert made.json()["hashiya:visibility"] == "private"
    shown = send(scholar, made.json() | {"hashiya:visibility": "open"}, address, "put")
    assert (shown.status_code, shown.json()["code"]) == (422, "web_private")
    others = [
        client,
        *(client_of(people[role]) for role in ("reviewer", "editor", "archivist", "administrator")),
    ]
    for other in others:
        assert other.get(address).status_code == 404
        assert other.get(f"/api/annotations/{note}/").status_code == 404
    listed = scholar.get(f"/api/annotations/{note}/").json()
    assert listed["place"] == {"kind": "web", "target": {"source": ELSEWHERE, "selector": QUOTE}}
    assert "submit" not in listed["actions"]


def test_a_note_on_what_lies_elsewhere_stays_there_and_is_no_target_itself(scholar, settings, text):
    away = send(scholar, a_remark(ELSEWHERE)).json()
    here = send(scholar, on(settings, text, quoted("حجر أبيض"))).json()
    linking = {"purpose": "linking", "source": away["id"]}

    come = send(scholar, away | {"target": here["target"]}, path(settings, away["id"]), "put")
    left = send(scholar, here | {"target": ELSEWHERE}, path(settings, here["id"]), "put")
    pointing = send(scholar, here | {"body": [*here["body"], linking]}, path(settings, here["id"]), "put")

    assert [one.status_code for one in (come, left, pointing)] == [422, 422, 422]


def test_addresses_of_this_archive_are_no_place_elsewhere(scholar, settings):
    for own in ("/works/bridges/", "/api/terms/abc/", ""):
        assert send(scholar, a_remark(settings.PUBLIC_URL + own)).status_code == 422


def test_a_slug_begins_the_name_of_a_note_and_never_tells_which_is_taken(scholar, settings, text):
    value = on(settings, text, quoted("حجر أبيض"))

    names = [
        send(scholar, value, Slug="Bridge of Stone").json()["id"].rpartition("/")[2] for _again in range(2)
    ]
    odd = [send(scholar, value, Slug=slug) for slug in ("../%2e%2e/", "x" * 4_000, "1")]

    assert all(name.startswith("bridgeofs") and len(name) == 16 for name in names)
    assert names[0] != names[1]
    assert [one.status_code for one in odd] == [201] * 3
