"""What is restricted is seen by those who are named, one by one or by their group, and never past a closed shelf."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from archive.access import ANYBODY, allows, visible_to
from archive.actions.create_collection import create_collection
from archive.actions.create_work import create_work
from archive.actions.describe_collection import describe_collection
from archive.actions.describe_work import describe_work
from archive.errors import Invalid
from archive.models import AuditEvent, Group, PublicTrace, User, Work
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(db):
    return make_user("reader@example.org")


def work_for(reader, archivist, **more):
    values = {"title_en": "Diary", "access": "restricted", "readers": [reader], **more}
    return create_work(values=values, slug="diary", by=archivist)


def fresh(user):
    return User.objects.get(pk=user.pk)


def test_named_person_sees_it_and_nobody_else_does(reader, archivist, people, client):
    work = work_for(reader, archivist)

    assert allows(fresh(reader), "view", work)
    assert not any(allows(people[role], "view", work) for role in ("member", "scholar", "reviewer"))
    client.force_login(reader)
    assert client.get("/en/works/diary/").status_code == 200
    client.force_login(people["member"])
    assert client.get("/en/works/diary/").status_code == 404
    reader.is_active = False
    reader.save()
    assert not allows(fresh(reader), "view", work)


def test_work_is_never_seen_by_more_people_than_its_restricted_shelf(reader, archivist, people):
    group = Group.objects.create(name="Friends")
    people["member"].groups.add(group)
    shelf = create_collection(
        values={"title_en": "Family", "access": "restricted", "groups": [group]}, slug="family", by=archivist
    )
    inner = create_collection(
        values={"title_en": "Inner", "access": "public", "parent": shelf}, slug="inner", by=archivist
    )
    work = work_for(reader, archivist, collection=inner)
    public = create_work(
        values={"title_en": "Map", "access": "public", "collection": inner}, slug="map", by=archivist
    )

    assert not allows(fresh(reader), "view", work)
    assert not allows(ANYBODY, "view", public)
    assert allows(fresh(people["member"]), "view", public)

    describe_collection(collection_id=shelf.pk, version=None, values={"readers": [reader]}, by=archivist)

    assert allows(fresh(reader), "view", work)
    assert allows(fresh(reader), "view", public)

    describe_collection(
        collection_id=shelf.pk, version=None, by=archivist,
        values={"embargo_until": timezone.now() + datetime.timedelta(hours=1)},
    )  # fmt: skip

    assert not allows(fresh(reader), "view", public)


def test_harvesters_are_told_of_what_a_shelf_closes_and_opens(archivist, reader):
    shelf = create_collection(values={"title_en": "Family", "access": "public"}, slug="family", by=archivist)
    work = create_work(
        values={"title_en": "Map", "access": "public", "collection": shelf}, slug="map", by=archivist
    )

    closing = {"access": "restricted", "readers": [reader]}
    describe_collection(collection_id=shelf.pk, version=None, values=closing, by=archivist)
    assert PublicTrace.objects.filter(item_id=work.pk).last().gone
    assert not visible_to(Work, ANYBODY).filter(pk=work.pk).exists()

    describe_collection(collection_id=shelf.pk, version=None, values={"access": "public"}, by=archivist)
    assert not PublicTrace.objects.filter(item_id=work.pk).last().gone


def test_restricted_work_names_somebody(archivist, reader):
    with pytest.raises(Invalid):
        create_work(
            values={"title_en": "Diary", "access": "restricted", "readers": [], "groups": []}, by=archivist
        )
    work = work_for(reader, archivist)
    with pytest.raises(Invalid):
        describe_work(work_id=work.pk, version=None, values={"readers": []}, by=archivist)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_desk_names_people_by_their_addresses(archivist, reader, client, language):
    work = create_work(values={"title_en": "Diary"}, slug="diary", by=archivist)
    client.force_login(archivist)
    door = f"/{language}/desk/works/{work.public_id}/describe/"
    sent = {
        "title_en": "Diary", "kind": "article", "language": "ar", "version": work.version, "access": "restricted",
    }  # fmt: skip

    refused = client.post(door, {**sent, "readers": "reader@example.org\nnobody@example.org"})
    done = client.post(door, {**sent, "readers": "Reader@Example.org \n"})

    assert refused.status_code == 422
    assert "nobody@example.org" in refused.content.decode()
    assert done.status_code == 302
    assert list(work.readers.all()) == [reader]
    assert "reader@example.org" in client.get(door).content.decode()
    facts = AuditEvent.objects.filter(action="work.described").last().facts
    assert "readers" in facts["fields"]
    assert "reader@example.org" not in str(facts)


def test_program_names_people_and_tells_them_to_archivists_alone(archivist, reader, people, client):
    work = work_for(reader, archivist, readers=[people["scholar"]])
    address = reverse("api-work-detail", args=[work.public_id])
    client.force_login(archivist)
    tag = client.get(address)["ETag"]

    done = client.patch(
        address, {"readers": ["reader@example.org"]}, "application/json", headers={"If-Match": tag}
    )
    wrong = client.patch(
        address, {"readers": ["no@example.org"]}, "application/json", headers={"If-Match": done["ETag"]}
    )

    assert done.json()["readers"] == ["reader@example.org"]
    assert wrong.status_code == 422
    client.force_login(reader)
    assert client.get(address).json()["readers"] == []
    for guess in ("archivist@example.org", "no@example.org"):
        body = {"title_en": "x", "readers": [guess]}
        assert client.post("/api/works/", body, "application/json").status_code == 403


def test_reader_whose_account_is_closed_stands_in_no_way_and_is_there_again_when_it_is_opened(
    archivist, reader, client
):
    work = work_for(reader, archivist)
    client.force_login(archivist)
    door = f"/en/desk/works/{work.public_id}/describe/"
    opened_before = client.get(door).content.decode()
    User.objects.filter(pk=reader.pk).update(is_active=False)
    sent = {"kind": "article", "language": "ar", "access": "restricted"}

    shown = client.get(door).content.decode()
    saved = client.post(door, {**sent, "title_en": "Letters", "version": work.version})
    work.refresh_from_db()
    late = client.post(
        door, {**sent, "title_en": "Papers", "version": work.version, "readers": "reader@example.org"}
    )
    work.refresh_from_db()

    assert "reader@example.org" in opened_before
    assert "reader@example.org" not in shown
    assert (saved.status_code, late.status_code) == (302, 302)
    assert work.title_en == "Papers"
    assert list(work.readers.all()) == [reader]


def test_program_sends_back_what_it_was_told_although_a_readers_account_was_closed(archivist, reader, client):
    work = work_for(reader, archivist)
    User.objects.filter(pk=reader.pk).update(is_active=False)
    address = reverse("api-work-detail", args=[work.public_id])
    client.force_login(archivist)
    told = client.get(address)

    done = client.patch(
        address, {"title_en": "Letters", "readers": told.json()["readers"]}, "application/json",
        headers={"If-Match": told["ETag"]},
    )  # fmt: skip

    assert done.status_code == 200
    assert list(work.readers.all()) == [reader]
