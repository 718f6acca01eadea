"""The whole line: composed, checked, sealed, published, withdrawn."""

from __future__ import annotations

import pytest

from annotations.editions.build import build_snapshot
from annotations.editions.canonical import dumps, loads, manifest_hash
from annotations.editions.gather import gather
from annotations.editions.preflight import preflight, stops
from tests.factories_editions import Desk, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(people) -> Desk:
    return make_desk(people)


def test_plan_that_is_whole_can_be_sealed_and_only_warns_of_its_gap(desk):
    found = preflight(gather(desk.edition))

    assert stops(found) == ()
    assert [finding.code for finding in found] == ["figure_missing"]


def test_same_plan_gives_the_same_bytes(desk):
    first = dumps(build_snapshot(gather(desk.edition), number=1, previous=""))
    second = dumps(build_snapshot(gather(desk.edition), number=1, previous=""))

    assert first == second
    assert dumps(loads(first)) == first


def test_sealed_release_pins_notes_members_and_files(desk):
    release = desk.seal()

    assert release.manifest_hash == manifest_hash(release.snapshot)
    assert release.notes.count() == 3
    assert set(release.members.values_list("kind", "object_id")) == {
        ("work", desk.work.pk), ("image", desk.image.pk), ("video", desk.video.pk),
    }  # fmt: skip
    assert release.files.count() == 2


def test_reader_of_a_published_release_meets_every_note(desk, client):
    desk.release()

    response = client.get("/ar/editions/mill-edition/1/")

    assert response.status_code == 200
    html = response.content.decode()
    for note in desk.notes.values():
        assert f'id="note-{note.public_id}"' in html
