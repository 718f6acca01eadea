"""Places taken along as files: what was picked up, what *Find the others* found, what a text suggests."""

from __future__ import annotations

import csv
import html
import io
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.access import others
from annotations.access.suggestions import suggestions_in
from annotations.actions.dismiss_suggestion import dismiss_suggestion
from annotations.actions.pick_up import pick_up
from annotations.api import place_lists
from annotations.values import NoteTarget, RegionPlace, TimePlace, WholePlace
from archive.access import as_viewer
from archive.actions.index_entry import index_entry
from archive.enums import Access
from archive.models import Work
from tests.factories_editions import make_desk
from tests.factories_notes import add_revision, make_note, make_text, place_of

pytestmark = pytest.mark.django_db

WORDS = (
    "أخبار الطاحونة\n"
    "وصل نديم إلى الطاحونة في 17 تموز 2016، وغادر في 3 آب.\n"
    "ثم عاد نديم إلى الطاحونة سنة 605 هـ كما قيل."
)
LISTS = ["basket_file", "others_file", "suggestions_file"]


@pytest.fixture
def text(people):
    text = make_text(WORDS)
    index_entry(kind="passage", object_id=text.pk)
    return text


def asked(text):
    """Return what each list is asked with."""
    return {
        "basket_file": {},
        "others_file": {"words": "الطاحونة", "scope": "archive", "spelling": "prefixes"},
        "suggestions_file": {"text": text.public_id},
    }


def sent(client, name, form, query=None):
    answer = client.get(reverse(name, args=[form]), query or {})
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def rows_of(client, name, query=None):
    return list(csv.DictReader(io.StringIO(sent(client, name, "csv", query).decode("utf-8-sig"))))


def items_of(client, name, query=None):
    return json.loads(sent(client, name, "jsonld", query))["items"]


def hide(work):
    Work.objects.filter(pk=work.pk).update(access=Access.DRAFT)


def test_basket_says_of_each_place_which_part_of_what_it_is(scholar, people):
    desk = make_desk(people, notes=False)
    text = desk.work.texts.get()
    words = text.current_revision.content[6:15]
    note = make_note(text, words, by=people["scholar"], body="رأي في الطاحونة")
    region = RegionPlace(desk.image.public_id, "rect", ((10, 20), (110, 80)), 1)
    places = [
        place_of(text, words),
        region,
        TimePlace(desk.video.public_id, 1, 3),
        WholePlace(desk.work.public_id),
        NoteTarget(note.public_id),
    ]
    for place in places:
        pick_up(target=place, by=people["scholar"])

    told, passage = rows_of(scholar, "basket_file")[::-1], place_of(text, words)
    items = items_of(scholar, "basket_file")[::-1]

    assert [row["on"] for row in told] == [
        f"text:{text.public_id}",
        f"image:{desk.image.public_id}",
        f"video:{desk.video.public_id}",
        f"work:{desk.work.public_id}",
        f"note:{note.public_id}",
    ]
    assert (told[0]["start"], told[0]["end"], told[0]["words"]) == (
        str(passage.start),
        str(passage.end),
        words,
    )
    assert told[1]["part"].startswith("xywh=")
    assert told[2]["part"].startswith("t=")
    assert told[4]["words"] == "رأي في الطاحونة"
    assert {row["standing"] for row in told} == {"here"}
    assert all(row["address"].startswith("http") for row in told)
    assert items[0]["source"].endswith(f"/api/texts/{text.public_id}/revisions/1/")
    assert items[0]["selector"][0] == {
        "type": "TextPositionSelector",
        "start": passage.start,
        "end": passage.end,
    }
    assert [one["selector"]["value"] for one in items[1:3]] == [told[1]["part"], told[2]["part"]]
    assert items[4]["source"].endswith(f"/annotations/{note.public_id}")


def test_basket_tells_nothing_of_what_is_no_longer_to_be_seen(scholar, people, text):
    pick_up(target=place_of(text, "نديم"), by=people["scholar"])
    hide(text.work)

    (row,) = rows_of(scholar, "basket_file")
    (item,) = items_of(scholar, "basket_file")

    assert {name for name, cell in row.items() if cell} == {"standing", "picked"}
    assert row["standing"] == "gone"
    assert set(item) == {"type", "hashiya:standing", "hashiya:picked"}


def test_passage_whose_place_nobody_knows_any_more_has_none(scholar, people, text):
    pick_up(target=place_of(text, "وغادر في 3 آب"), by=people["scholar"])
    add_revision(text, "نص آخر لا صلة له بما سبق.")

    (row,) = rows_of(scholar, "basket_file")

    assert (row["standing"], row["start"], row["words"]) == ("unsure", "", "")
    assert "selector" not in items_of(scholar, "basket_file")[0]


def test_others_are_sent_from_the_first_to_the_last(scholar, people, text, mill, monkeypatch):
    make_note(text, "الطاحونة", by=people["scholar"], tags=(mill.public_id,))
    monkeypatch.setattr(place_lists, "AT_ONCE", 1)

    told = rows_of(scholar, "others_file", {"term": mill.public_id})

    assert [row["words"] for row in told] == ["الطاحونة"] * 3
    for row in told:
        assert WORDS[int(row["start"]) : int(row["end"])] == row["words"]
        assert (row["on"], row["revision"]) == (f"text:{text.public_id}", "1")
    assert [row["tags"] for row in told] == [str(mill), "", ""]
    first = items_of(scholar, "others_file", {"term": mill.public_id})[0]
    assert first["hashiya:terms"][0].endswith(f"/api/terms/{mill.public_id}/")
    assert first["selector"][1]["exact"] == "الطاحونة"


def test_file_of_others_ends(scholar, text, monkeypatch):
    monkeypatch.setattr(place_lists, "AT_ONCE", 1)
    monkeypatch.setattr(place_lists, "MOST", 2)
    monkeypatch.setattr("annotations.views.others.MOST", 2)

    assert len(rows_of(scholar, "others_file", asked(text)["others_file"])) == 2
    page = scholar.get("/en/desk/others/", asked(text)["others_file"]).content.decode()
    assert "The file ends after about 2 passages." in page
    assert others.MOST > 2


def test_suggestions_say_what_they_would_be_and_why(scholar, people, text, mill):
    told = rows_of(scholar, "suggestions_file", asked(text)["suggestions_file"])

    dates = [row for row in told if row["kind"] == "date"]
    assert [row["proposed"] for row in dates] == ["2016-07-17", "2016-08-03", "1208/1209"]
    assert "17 تموز 2016" in dates[1]["why"]
    for row in told:
        assert WORDS[int(row["start"]) : int(row["end"])] == row["words"]
    names = rows_of(scholar, "suggestions_file", asked(text)["suggestions_file"] | {"kind": "name"})
    assert {(row["kind"], row["proposed"], row["said"]) for row in names} == {
        ("name", mill.public_id, str(mill))
    }
    assert len(names) + len(dates) == len(told)


def test_what_was_dismissed_is_not_sent(scholar, people, text):
    query = asked(text)["suggestions_file"]
    first = items_of(scholar, "suggestions_file", query)[0]
    (one, *_rest) = suggestions_in(as_viewer(people["scholar"]), text)
    dismiss_suggestion(
        text=text.public_id, kind=one.kind, words=one.words, proposals=one.proposals, by=people["scholar"]
    )

    assert first not in items_of(scholar, "suggestions_file", query)


def test_nothing_is_sent_of_texts_that_one_may_not_read(scholar, text):
    hide(text.work)

    assert rows_of(scholar, "others_file", asked(text)["others_file"]) == []
    refused = scholar.get(reverse("suggestions_file", args=["csv"]), {"text": text.public_id})
    assert refused.status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_for_those_who_annotate_and_in_two_forms(client, people, text, name):
    address = reverse(name, args=["csv"])
    assert client.get(address, asked(text)[name]).status_code == 302

    client.force_login(people["member"])
    assert client.get(address, asked(text)[name]).status_code in (403, 404)
    client.force_login(people["scholar"])
    assert client.get(reverse(name, args=["xml"]), asked(text)[name]).status_code == 404


def test_no_cell_is_a_formula(scholar, people):
    text = make_text("قال\n=SUM(A1) ثم مضى في 3 آب 2016.", slug="sums")
    index_entry(kind="passage", object_id=text.pk)
    pick_up(target=place_of(text, "=SUM(A1) ثم"), by=people["scholar"])

    queries = asked(text) | {"others_file": {"words": "SUM", "scope": "archive", "spelling": "same"}}
    for name in LISTS:
        for line in rows_of(scholar, name, queries[name]):
            assert not [cell for cell in line.values() if cell.startswith(("=", "+", "-", "@"))]
    assert rows_of(scholar, "basket_file")[0]["words"] == "'=SUM(A1) ثم"


@pytest.mark.parametrize(
    ("page", "name"),
    [("basket", "basket_file"), ("others", "others_file"), ("suggestions", "suggestions_file")],
)
def test_page_of_a_list_leads_to_its_files(scholar, people, text, page, name):
    pick_up(target=place_of(text, "نديم"), by=people["scholar"])

    shown = scholar.get(f"/en/desk/{page}/", asked(text)[name]).content.decode()

    for form in ("csv", "jsonld"):
        link = html.unescape(re.search(rf'href="([^"]+\.{form}[^"]*)"', shown)[1])
        assert len(b"".join(scholar.get(link).streaming_content).splitlines()) > 1 or form == "jsonld"


def test_questions_asked_do_not_grow_with_the_places(scholar, people, text):
    def many(name):
        with CaptureQueriesContext(connection) as queries:
            sent(scholar, name, "jsonld", asked(text)[name])
        return len(queries)

    pick_up(target=place_of(text, "نديم"), by=people["scholar"])
    for name in LISTS:
        many(name)  # What is kept from one page to the next is asked for once.
    few = {name: many(name) for name in LISTS}
    for words in ("وصل", "وغادر", "كما قيل"):
        pick_up(target=place_of(text, words), by=people["scholar"])
    more = make_text("الطاحونة في 3 آب 2016\nوالطاحونة في 4 آب 2016\nوالطاحونة.", slug="more")
    index_entry(kind="passage", object_id=more.pk)

    assert {name: many(name) for name in LISTS} == few
