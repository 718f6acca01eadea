"""The demo collection is whole: every key, language, coordinate and picture is what it says."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest
from PIL import Image

from annotations.enums import Category, Relation, TermKind
from archive.enums import Access, RoleCode, WorkKind
from tests.unit.demo_material import DEMO, FILES, bilingual_values, keys, load, notes, places


@pytest.mark.parametrize("name", FILES)
def test_both_languages_are_written(name: str) -> None:
    found = list(bilingual_values(load(name), name))

    assert found
    for path, value in found:
        assert set(value) == {"ar", "en"}, path
        if not path.endswith(".variants"):
            assert value["ar"].strip(), path
            assert value["en"].strip(), path
            assert re.search(r"[\u0621-\u064a]", value["ar"]), path


def test_every_key_of_the_catalog_resolves() -> None:
    for collection in load("collections")["collections"]:
        assert collection["parent"] is None or collection["parent"] in keys("collections")
    for work in load("works")["works"]:
        assert work["collection"] in keys("collections")
        assert work["cover"] is None or work["cover"] in keys("images")
        assert set(work["places"]) <= keys("terms")
    for name in ("images", "videos", "papers", "recordings"):
        assert {item["collection"] for item in load(name)[name]} <= keys("collections")


def test_every_key_of_a_note_resolves() -> None:
    submissions = {item["key"]: item for item in load("notes")["submissions"]}
    media = {"text": ("work", "works"), "region": ("image", "images"), "time": ("video", "videos")}

    for key, place in places():
        field, name = media[place["kind"]]
        assert place[field] in keys(name) | (keys("papers") if name == "images" else set()), key
    for note in notes():
        assert note["author"] in keys("people")
        assert set(note["tags"]) <= keys("terms"), note["key"]
        if note["submission"] is None:
            assert note["outcome"] == "draft", note["key"]
        else:
            handed_in = submissions[note["submission"]]
            assert (handed_in["author"], handed_in["phase"]) == (note["author"], note["phase"]), note["key"]


def test_a_note_points_only_at_notes_that_stand_before_it() -> None:
    seen: set[str] = set()

    for note in notes():
        for reference in note["references"]:
            (kind, target), *rest = reference["target"].items()
            assert not rest
            assert kind in {"annotation", "place", "citation"}
            assert reference["relation"] in set(Relation)
            if kind == "annotation":
                assert target in seen, note["key"]
        seen.add(note["key"])


def test_notes_are_many_and_say_something() -> None:
    outcomes = Counter(note["outcome"] for note in notes())

    assert len(notes()) >= 35
    assert outcomes["accepted"] >= 28
    assert set(outcomes) == {"accepted", "returned", "declined", "submitted", "draft"}
    assert {note["category"] for note in notes()} <= set(Category)
    assert {reference["relation"] for note in notes() for reference in note["references"]} == set(Relation)
    for note in notes():
        if note["outcome"] in {"returned", "declined"}:
            assert note["reason"].strip(), note["key"]
        if note["outcome"] == "accepted":
            assert len(note["body"].split()) >= 15, note["key"]


def test_releases_hold_accepted_notes_of_their_time() -> None:
    by_key = {note["key"]: note for note in notes()}

    for edition in load("editions")["editions"]:
        assert edition["work"] in keys("works")
        for release in edition["releases"]:
            assert not set(release["notes"]) & set(release["exclude"])
            for key in [*release["notes"], *release["media_notes"], *release["exclude"]]:
                assert by_key[key]["outcome"] == "accepted", key
                assert by_key[key]["phase"] <= release["phase"], key
            for key in release["notes"]:
                assert by_key[key]["place"]["work"] == edition["work"], key


def test_releases_leave_out_no_accepted_note_of_their_text() -> None:
    for edition in load("editions")["editions"]:
        for release in edition["releases"]:
            accepted = {
                note["key"]
                for note in notes()
                if note["outcome"] == "accepted"
                and note["phase"] <= release["phase"]
                and note["place"].get("work") == edition["work"]
            }
            assert set(release["notes"]) | set(release["exclude"]) == accepted


def test_closed_vocabularies_are_respected() -> None:
    assert {role for person in load("people")["people"] for role in person["roles"]} == set(RoleCode)
    assert {work["kind"] for work in load("works")["works"]} <= set(WorkKind)
    assert {term["kind"] for term in load("terms")["terms"]} == set(TermKind)
    for name in ("collections", "works", "images", "videos"):
        for item in load(name)[name]:
            assert item["access"] in set(Access)
            assert re.match(r"https?://(creativecommons|rightsstatements)\.org/", item["rights_uri"])
    for person in load("people")["people"]:
        assert person["email"].endswith("@demo.example")


# --- terms and pictures ------------------------------------------------------------------------------------


def test_terms_point_at_terms_and_never_in_a_circle() -> None:
    terms = {term["key"]: term for term in load("terms")["terms"]}

    assert len(terms) >= 24
    for key, term in terms.items():
        assert set(term["related"]) <= set(terms), key
        above, seen = term["broader"], {key}
        while above is not None:
            assert above not in seen, key
            seen.add(above)
            above = terms[above]["broader"]


def test_coordinates_are_in_northern_syria_and_dates_in_order() -> None:
    for term in load("terms")["terms"]:
        if "latitude" in term:
            assert 35.5 < term["latitude"] < 37.5, term["key"]
            assert 36.5 < term["longitude"] < 38.5, term["key"]
        if "date_edtf" in term:
            assert date.fromisoformat(term["date_start"]) <= date.fromisoformat(term["date_end"]), term["key"]


def test_pictures_are_as_large_as_described_and_light() -> None:
    for entry in load("images")["images"]:
        path = DEMO / entry["file"]
        with Image.open(path) as picture:
            assert picture.size == (entry["width"], entry["height"])
            assert not picture.info, "a picture of ours carries no hidden words"
        assert 1200 <= entry["width"] <= 2400
        assert path.stat().st_size < 400_000
        assert (DEMO / entry["source"]).is_file()
