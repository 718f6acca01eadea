"""Notes on parts of pictures and seconds of films in a release: chosen, checked, frozen, compared."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.actions.change_edition import exclude_notes, pick_notes
from annotations.editions.build import build_snapshot
from annotations.editions.canonical import dumps, manifest_hash
from annotations.editions.compare import compare
from annotations.editions.gather import gather
from annotations.editions.preflight import Severity, preflight
from annotations.editions.reading import read_snapshot
from annotations.models import AnnotationVersion
from annotations.presenters.findings import sentence_of
from annotations.values import RegionPlace, TimePlace
from archive.actions.redact import redact
from archive.actions.take_down import take_down
from archive.enums import Access, VideoState
from archive.models import Derivative, Image, ImageTiles, Video
from tests.factories_archive import send
from tests.factories_editions import Desk, make_desk, make_image, place_notes, stored
from tests.factories_films import MP4
from tests.factories_notes import make_placed, submit_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(people) -> Desk:
    desk = make_desk(people)
    place_notes(desk)
    return desk


def by(desk: Desk) -> dict:
    return {"author": desk.people["scholar"], "reviewer": desk.people["reviewer"]}


def snapshot(desk: Desk):
    desk.edition.refresh_from_db()
    return build_snapshot(gather(desk.edition), number=1, previous="")


def found(desk: Desk) -> dict[str, Severity]:
    desk.edition.refresh_from_db()
    findings = preflight(gather(desk.edition))
    assert all(sentence_of(finding) for finding in findings)
    return {finding.code: finding.severity for finding in findings}


def names(desk: Desk, value) -> list[str]:
    called = {note.public_id: name for name, note in desk.notes.items()}
    return [called[note.id] for note in value.notes]


def test_notes_on_what_stands_in_the_text_are_numbered_with_the_rest_where_that_stands(desk):
    value = snapshot(desk)

    assert names(desk, value) == ["masons", "year", "region", "bridge", "seconds"]
    assert [note.number for note in value.notes] == [1, 2, 3, 4, 5]
    region = value.notes[2]
    assert (region.start, region.end, region.exact) == (value.text.blocks[2]["start"],) * 2 + ("",)


def test_a_part_of_a_picture_is_pinned_with_the_bytes_by_which_it_is_shown(desk):
    value = snapshot(desk)

    place = value.notes[2].place
    large = Derivative.objects.get(image=desk.image, name="medium")
    assert (place.kind, place.member, place.block) == ("region", ("image", desk.image.public_id), 2)
    assert place.region == {"shape": "rect", "points": [[100, 200], [400, 500]]}
    assert (place.sha256, place.media_type) == (large.stored_file.sha256, "image/webp")
    assert (place.page, place.width, place.height) == (1, 1200, 900)
    assert place.sha256 in {file.sha256 for file in value.figures[0].image.files}


def test_a_part_of_a_later_page_is_pinned_with_the_bytes_of_that_page(desk):
    Image.objects.filter(pk=desk.image.pk).update(pages=2)
    pyramid = stored(b"second page", "application/zip")
    ImageTiles.objects.create(image=desk.image, page=2, width=700, height=500, stored_file=pyramid)
    made = make_placed(RegionPlace(desk.image.public_id, "rect", [(1, 2), (30, 40)], page=2), **by(desk))

    place = next(note.place for note in snapshot(desk).notes if note.id == made.public_id)

    assert (place.page, place.width, place.height, place.sha256) == (2, 700, 500, pyramid.sha256)
    assert "page" not in place.region


def test_seconds_are_pinned_with_the_bytes_of_the_capture(desk):
    assert snapshot(desk).notes[4].place.sha256 == ""
    capture = desk.video.captures.create(
        kind="file", arrival=send(MP4, filename="a.mp4", by=desk.people["archivist"]), media_type="video/mp4"
    )

    value = snapshot(desk)

    place, (film,) = value.notes[4].place, value.films
    assert (place.start_time, place.end_time, place.block) == (65, 80.5, 6)
    assert place.sha256 == capture.arrival.stored_file.sha256 == film.capture["sha256"]
    assert (film.id, film.provider, film.capture["id"]) == (
        desk.video.public_id,
        "youtube",
        capture.public_id,
    )


def test_the_same_plan_gives_the_same_bytes_and_the_format_says_what_is_in_it(desk):
    first, second = dumps(snapshot(desk)), dumps(snapshot(desk))

    assert first == second
    assert json.loads(first)["format"] == "hashiya-snapshot/2"


def test_a_release_without_such_notes_has_none_of_their_keys(people):
    data = json.loads(dumps(snapshot(make_desk(people))))

    assert data["format"] == "hashiya-snapshot/1"
    assert not {"pictures", "films"} & set(data)
    assert not any("place" in note for note in data["notes"])


def test_sealing_pins_them_as_it_pins_all_notes(desk):
    release = desk.seal()

    held = dict(release.notes.values_list("annotation__public_id", "version__public_id"))
    for name in ("region", "seconds"):
        desk.notes[name].refresh_from_db()
        assert held[desk.notes[name].public_id] == desk.notes[name].accepted_version.public_id
    value = read_snapshot(release)
    assert [a.by for a in value.notes[2].approvals] == [desk.people["reviewer"].public_id]
    assert value.notes[2].references[0].target.note == desk.notes["year"].public_id
    assert release.manifest_hash == manifest_hash(release.snapshot)


@pytest.mark.parametrize(
    ("kinds", "kept"),
    [
        (["text"], ["masons", "year", "bridge"]),
        (["region"], ["region"]),
        (["time", "region"], ["region", "seconds"]),
        ([], ["masons", "year", "region", "bridge", "seconds"]),
    ],
)
def test_a_rule_can_name_what_the_notes_are_on(desk, kinds, kept):
    desk.edition.rule = {**desk.edition.rule, "places": kinds}
    desk.edition.save()

    assert names(desk, snapshot(desk)) == kept


def test_a_note_on_a_picture_is_taken_out_by_hand_like_any_other(desk):
    ident = desk.notes["region"].public_id
    exclude_notes(
        edition=desk.edition.public_id, version=1, notes=[ident], out=True, by=desk.people["editor"]
    )

    assert "region" not in names(desk, snapshot(desk))


def test_notes_on_other_pictures_come_only_by_hand_and_after_the_end(desk):
    other = make_image(by=desk.people["archivist"], title_ar="خريطة")
    desk.notes["other"] = make_placed(
        RegionPlace(other.public_id, "ellipse", [(300, 300), (50, 40)]), **by(desk)
    )
    assert "other" not in names(desk, snapshot(desk))

    pick_notes(
        edition=desk.edition.public_id, version=1, notes=[desk.notes["other"].public_id], picked=True,
        by=desk.people["editor"],
    )  # fmt: skip

    value = snapshot(desk)
    assert names(desk, value)[-1] == "other"
    assert value.notes[-1].start == value.text.length
    assert value.notes[-1].place.block is None
    assert [picture.id for picture in value.pictures] == [other.public_id]
    release = desk.seal()
    assert {file.name for file in value.pictures[0].files} <= set(
        release.files.values_list("name", flat=True)
    )
    assert release.members.filter(kind="image", object_id=other.pk).exists()


def test_picking_passes_over_what_the_editor_does_not_see(desk):
    private = make_placed(
        RegionPlace(desk.image.public_id, "rect", [(1, 2), (30, 40)]), author=desk.people["scholar"]
    )
    ids = [private.public_id, "no-such-note"]

    pick_notes(edition=desk.edition.public_id, version=1, notes=ids, picked=True, by=desk.people["editor"])

    assert not desk.edition.picked.exists()


@pytest.mark.parametrize(("width", "code"), [(300, "region_uncertain"), (90, "region_lost")])
def test_a_region_that_leaves_its_picture_stops(desk, width, code):
    Image.objects.filter(pk=desk.image.pk).update(width=width)

    assert found(desk)[code] is Severity.STOPS
    assert "region" not in names(desk, snapshot(desk))


@pytest.mark.parametrize(("duration", "code"), [(70, "time_uncertain"), (60, "time_lost")])
def test_seconds_that_leave_their_film_stop(desk, duration, code):
    Video.objects.filter(pk=desk.video.pk).update(duration=duration)

    assert found(desk)[code] is Severity.STOPS


def test_a_page_that_is_no_more_loses_its_notes(desk):
    Image.objects.filter(pk=desk.image.pk).update(pages=2)
    tiles = ImageTiles.objects.create(
        image=desk.image, page=2, width=700, height=500, stored_file=stored(b"x", "application/zip")
    )
    make_placed(RegionPlace(desk.image.public_id, "rect", [(1, 2), (30, 40)], page=2), **by(desk))
    assert "region_lost" not in found(desk)

    Image.objects.filter(pk=desk.image.pk).update(pixels=1)  # Its copies are those of before.

    assert tiles.page == 2
    assert found(desk)["region_lost"] is Severity.STOPS


def test_undecided_and_too_few_approvals_stop_as_for_notes_on_the_text(desk):
    submit_note(make_placed(TimePlace(desk.video.public_id, 1, 2), author=desk.people["scholar"]))
    desk.edition.required_approvals = 2
    desk.edition.save()

    codes = [(f.code, f.id) for f in preflight(gather(desk.edition))]

    assert ("few_approvals", desk.notes["region"].public_id) in codes
    assert "undecided" in dict(codes)


def test_what_is_restricted_or_taken_down_stops(desk):
    take_down(desk.image, reason="safety", by=desk.people["archivist"])
    Video.objects.filter(pk=desk.video.pk).update(access=Access.MEMBERS)

    hidden = {f.kind for f in preflight(gather(desk.edition)) if f.code == "member_hidden"}

    assert hidden == {"image", "video"}


def test_a_hidden_picture_that_does_not_stand_in_the_text_stops_too(desk):
    other = make_image(by=desk.people["archivist"], alternative_ar="", alternative_en="", title_en="Other")
    desk.edition.picked.add(make_placed(RegionPlace(other.public_id, "rect", [(1, 2), (30, 40)]), **by(desk)))
    assert found(desk)["alternative_missing"] is Severity.STOPS

    other.access = Access.DRAFT
    other.save()

    assert found(desk)["member_hidden"] is Severity.STOPS


def test_warnings_and_covered_parts_are_told(desk):
    Image.objects.filter(pk=desk.image.pk).update(warnings=["violence"])
    part = {"x": 150, "y": 250, "width": 50, "height": 50}
    redact(image_id=desk.image.pk, version=None, areas=[part], reason="حماية", by=desk.people["archivist"])

    codes = found(desk)

    assert codes["region_covered"] is codes["member_warned"] is Severity.WARNS


def test_parts_that_are_covered_elsewhere_in_the_picture_are_not_told(desk):
    part = {"x": 900, "y": 700, "width": 50, "height": 50}
    redact(image_id=desk.image.pk, version=None, areas=[part], reason="حماية", by=desk.people["archivist"])

    assert "region_covered" not in found(desk)


def test_a_film_of_which_the_archive_keeps_nothing_is_told(desk):
    assert found(desk)["film_never_captured"] is Severity.WARNS

    Video.objects.filter(pk=desk.video.pk).update(state=VideoState.GONE)

    assert found(desk)["film_lost"] is Severity.WARNS


def test_a_film_without_a_title_is_told_by_its_provider_and_id(desk):
    Video.objects.filter(pk=desk.video.pk).update(title_ar="", title_en="")
    desk.video.refresh_from_db()

    told = next(f for f in preflight(gather(desk.edition)) if f.code == "film_never_captured")

    assert "YouTube (\u2068abcdefghijk\u2069)" in sentence_of(told)
    assert "«»" not in sentence_of(told)


def test_the_number_of_queries_does_not_grow_with_the_notes(desk):
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            gather(desk.edition)
        return len(queries)

    gather(desk.edition)
    before = count()
    for start in range(5):
        make_placed(TimePlace(desk.video.public_id, start, start + 1), **by(desk))
        make_placed(RegionPlace(desk.image.public_id, "rect", [(start, 2), (30 + start, 40)]), **by(desk))

    assert count() == before


def test_comparison_tells_of_notes_on_pictures_and_of_other_bytes(desk):
    desk.edition.rule = {"places": ["text", "region"]}
    desk.edition.save()
    first = desk.release()
    desk.edition.rule = {}
    desk.edition.save()
    Derivative.objects.create(
        image=desk.image, name="large", media_type="image/webp", width=1200, height=900,
        stored_file=stored(b"larger", "image/webp"),
    )  # fmt: skip
    second = desk.release()

    old, new = read_snapshot(first), read_snapshot(second)
    result = compare(old, new)

    assert [note.id for note in result.added] == [desk.notes["seconds"].public_id]
    assert [after.id for _before, after in result.shown_otherwise] == [desk.notes["region"].public_id]
    assert not result.is_empty
    hidden = compare(old, new, hidden=frozenset({desk.notes["seconds"].public_id}))
    assert hidden.added == ()


def test_versions_that_were_never_accepted_are_in_no_release(desk):
    assert AnnotationVersion.objects.filter(released_in__isnull=False).count() == 0
    make_placed(RegionPlace(desk.image.public_id, "rect", [(1, 2), (30, 40)]), author=desk.people["scholar"])

    release = desk.seal()

    assert release.notes.count() == 5
