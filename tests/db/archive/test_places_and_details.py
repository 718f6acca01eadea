"""Places, further languages and what else a librarian would say: one short form, and told wherever a description is."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse
from django.utils import translation

from archive.actions.apply_step import apply_step, undo_step
from archive.actions.create_work import create_work
from archive.actions.describe_work import describe_work
from archive.actions.plan_table import plan_table, start_table
from archive.actions.rebuild_search import rebuild_search
from archive.enums import DetailTerm
from archive.errors import Invalid
from archive.models import DescriptionChange
from archive.presenters import dublin_core, schema_org
from archive.presenters.details import MODS, TERMS, term_named
from tests.db.archive.deposited import work as do_all
from tests.factories_archive import send

pytestmark = pytest.mark.django_db
PLACES = [{"name": "حلب", "role": "مكان الكتابة"}, {"name": "Hama"}]
DETAILS = [
    {"term": "language", "value": "fr"}, {"term": "publisher", "value": "دار القنطرة"},
    {"term": "published_in", "value": "بيروت"}, {"term": "extent", "value": "12 ورقة"},
    {"term": "subject", "value": "الطواحين"}, {"term": "note", "value": "عليه ختم: مكتبة"},
]  # fmt: skip


@pytest.fixture
def work(archivist):
    values = {"title_ar": "الجسر", "title_en": "The bridge", "access": "public"}
    return create_work(values=values, by=archivist)


@pytest.fixture
def told(work, archivist):
    return describe_work(
        work_id=work.pk, version=None, values={"places": PLACES, "details": DETAILS}, by=archivist
    )


def form(work, **changed):
    return {
        "title_ar": work.title_ar, "access": "public", "kind": "article", "language": "ar",
        "version": work.version, **changed,
    }  # fmt: skip


@pytest.mark.parametrize(("language", "word"), [("ar", "الناشر"), ("en", "Publisher")])
def test_they_are_written_as_lines_in_the_language_of_the_page(desk, work, language, word):
    with translation.override(language):
        door = reverse("describe_work", args=[work.public_id])
        lines = f"{word}: دار القنطرة\n\nsubject: الطواحين: رحى"
        sent = desk.post(door, form(work, places="حلب | مكان الكتابة\nHama", details=lines))
        work.refresh_from_db()
        page = desk.get(door).content.decode()

    assert sent.status_code == 302
    assert work.places == PLACES
    assert work.details == [
        {"term": "publisher", "value": "دار القنطرة"}, {"term": "subject", "value": "الطواحين: رحى"}
    ]  # fmt: skip
    assert f"{word}: دار القنطرة" in page


@pytest.mark.parametrize("line", ["mood: sad", "no colon", "publisher:", ": nothing"])
def test_line_without_a_term_is_refused_beside_its_field(desk, work, line):
    page = desk.post(reverse("describe_work", args=[work.public_id]), form(work, details=line))

    work.refresh_from_db()
    assert page.status_code == 422
    assert line in page.content.decode()
    assert work.details == []


@pytest.mark.parametrize(
    "values",
    [{"details": [{"term": "mood", "value": "sad"}]}, {"details": ["x"]}, {"details": [{"term": "note"}]},
     {"details": [{"term": "note", "value": "x" * 2001}]}, {"details": {}}, {"places": [{"role": "x"}]},
     {"places": [{"name": 7}]}],
)  # fmt: skip
def test_what_is_none_is_refused_by_whatever_door(work, archivist, values):
    with pytest.raises(Invalid):
        describe_work(work_id=work.pk, version=None, values=values, by=archivist)


def test_every_term_has_a_name_of_its_own_in_both_languages_and_an_element_of_mods():
    assert set(TERMS) == set(MODS) == set(DetailTerm)
    for language in ("ar", "en"):
        with translation.override(language):
            assert len({str(name) for name in TERMS.values()}) == len(TERMS)
            assert all(term_named(f" {str(name).upper()} ") == term for term, name in TERMS.items())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ar", ["الأماكن", "لغة أخرى", "الفرنسية", "الناشر"]),
        ("en", ["Places", "Further language", "French", "Publisher"]),
    ],
)
def test_readers_and_harvesters_are_told(client, told, language, words):
    page = client.get(f"/{language}/works/{told.slug}/").content.decode()
    harvested = client.get(
        "/oai", {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": oai_name(client)}
    ).content.decode()

    assert all(word in page for word in [*words, "حلب", "مكان الكتابة", "دار القنطرة", "12 ورقة"])
    for element in (
        "coverage>حلب",
        "language>fr",
        "publisher>دار القنطرة",
        "format>12 ورقة",
        "subject>الطواحين",
    ):
        assert f"<dc:{element}</dc:" in harvested


def oai_name(client):
    listed = client.get("/oai", {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}).content.decode()
    return listed.split("<identifier>")[1].split("</identifier>")[0]


def test_programs_are_told_in_words_of_schema_org_or_as_elements_of_mods(told):
    entity = schema_org.entities(told, lambda item: "x")[0]
    elements = dublin_core.elements(told, "https://example.org/")

    assert entity["spatialCoverage"][0] == {"@type": "Place", "name": "حلب", "description": "مكان الكتابة"}
    assert entity["inLanguage"] == ["ar", "fr"]
    assert entity["keywords"] == ["الطواحين"]
    assert {one["propertyID"] for one in entity["additionalProperty"]} == {
        "mods:originInfo/place",
        "mods:note",
    }
    assert {("publisher", "بيروت"), ("language", "ar"), ("language", "fr")} <= {
        (e.name, e.words) for e in elements
    }


def test_api_reads_and_writes_them(desk, told):
    door = f"/api/works/{told.public_id}/"
    read = desk.get(door)

    written = desk.patch(
        door, {"details": [{"term": "genre", "value": "memoir"}], "places": []}, "application/json",
        headers={"If-Match": read["ETag"]},
    )  # fmt: skip
    refused = desk.patch(
        door, {"details": [{"term": "mood", "value": "sad"}]}, "application/json",
        headers={"If-Match": written["ETag"]},
    )  # fmt: skip

    assert (read.json()["places"], read.json()["details"]) == (PLACES, DETAILS)
    assert (written.json()["places"], written.json()["details"]) == (
        [],
        [{"term": "genre", "value": "memoir"}],
    )
    assert refused.status_code == 422


def test_table_names_them_and_is_taken_back(work, archivist):
    lines = io.StringIO()
    csv.writer(lines).writerows(
        [
            ["id", "where", "more"],
            [work.public_id, "حلب | مكان الكتابة; Hama", "الناشر: دار; Water; extent: 3 p."],
        ]
    )
    data = lines.getvalue().encode()
    step = start_table(arrival=send(data, filename="t.csv", by=archivist), kind="work", by=archivist)
    plan_table(step_id=step.pk, columns=("id", "places", "details"), by=archivist)
    apply_step(step_id=step.pk, by=archivist)
    do_all("apply_step")
    work.refresh_from_db()
    after = (work.places, work.details)
    undo_step(step_id=step.pk, by=archivist)
    do_all("undo_step")
    work.refresh_from_db()

    assert after == (
        PLACES,
        [
            {"term": "publisher", "value": "دار"},
            {"term": "subject", "value": "Water"},
            {"term": "extent", "value": "3 p."},
        ],
    )
    assert (work.places, work.details) == ([], [])


def test_what_they_said_before_is_kept_in_words(desk, told):
    change = DescriptionChange.objects.get()

    page = desk.get(reverse("work_history", args=[told.public_id])).content.decode()

    assert change.was["places"] == []
    assert change.became["details"] == DETAILS
    assert "تفاصيل أخرى" in page or "Further details" in page


@pytest.mark.parametrize("asked", ["القنطرة", "حلب", "الطواحين"])
def test_they_are_found(client, told, asked):
    rebuild_search()

    assert told.get_absolute_url() in client.get("/ar/search/", {"q": asked}).content.decode()


def test_place_has_a_name_in_each_language_which_the_form_keeps(desk, client, work, archivist):
    named = {"name": "حلب", "name_ar": "حلب", "name_en": "Aleppo"}
    describe_work(work_id=work.pk, version=None, values={"places": [named]}, by=archivist)
    work.refresh_from_db()

    desk.post(reverse("describe_work", args=[work.public_id]), form(work, places="حلب | حيث كُتب"))

    work.refresh_from_db()
    assert work.places == [{**named, "role": "حيث كُتب"}]
    assert "Aleppo" in client.get(f"/en/works/{work.slug}/").content.decode()
    assert "Aleppo" not in client.get(f"/ar/works/{work.slug}/").content.decode()


@pytest.mark.parametrize(
    ("date", "language", "words"),
    [
        ("2016-07-17", "en", "12 Shawwal 1437 AH"),
        ("2016-07-17", "ar", "12 شوّال 1437 هـ"),
        ("1950~", "en", "about 1369–1370 AH"),
        ("1330-11-29", "en", "about 8 Safar 731 AH · 21 November 1330 in the Julian calendar"),
    ],
)
def test_hijri_stands_beside_the_date(client, work, archivist, date, language, words):
    describe_work(work_id=work.pk, version=None, values={"date_edtf": date}, by=archivist)

    assert f">{words}</bdi>" in client.get(f"/{language}/works/{work.slug}/").content.decode()


def test_date_that_no_other_calendar_has_stands_alone(client, work, archivist):
    describe_work(work_id=work.pk, version=None, values={"date_edtf": "0246~/0330~"}, by=archivist)

    page = client.get(f"/en/works/{work.slug}/").content.decode()
    assert "0246" in page
    assert " AH<" not in page


@pytest.mark.parametrize("field", ["places", "creators"])
def test_what_a_program_read_can_be_sent_back_without_loss(desk, work, archivist, field):
    named = {"name": "حلب", "name_ar": "حلب", "name_en": "Aleppo", "role": "x"}
    describe_work(work_id=work.pk, version=None, values={field: [named]}, by=archivist)
    door = f"/api/works/{work.public_id}/"
    read = desk.get(door)

    desk.patch(
        door, {field: read.json()[field], "title_en": "Other"}, "application/json",
        headers={"If-Match": read["ETag"]},
    )  # fmt: skip

    work.refresh_from_db()
    assert (work.title_en, getattr(work, field)) == ("Other", [named])


def test_cell_of_a_table_takes_nothing_away_that_is_known_of_a_name(work, archivist):
    named = [{"name": "نادية", "name_ar": "نادية", "name_en": "Nadia", "role": "author"}]
    describe_work(work_id=work.pk, version=None, values={"creators": named, "places": named}, by=archivist)
    data = f"id,who,where\n{work.public_id},نادية | author,نادية | editor\n".encode()
    step = start_table(arrival=send(data, filename="t.csv", by=archivist), kind="work", by=archivist)
    plan_table(step_id=step.pk, columns=("id", "creators", "places"), by=archivist)

    row = step.rows.get()

    assert row.after == {"places": [{**named[0], "role": "editor"}]}
