"""What descriptions said before: kept, shown beside each other, restored."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.actions.create_collection import create_collection
from archive.actions.create_work import create_work
from archive.actions.describe_collection import describe_collection
from archive.actions.describe_work import describe_work
from archive.models import AuditEvent, DescriptionChange, Group
from tests.factories_editions import make_image

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(archivist):
    return create_work(values={"title_ar": "الجسر", "title_en": "The bridge"}, by=archivist)


def change(work, by, **values):
    work.refresh_from_db()
    return describe_work(work_id=work.pk, version=work.version, values=values, by=by)


def address(page, work):
    return reverse(f"work_{page}", args=[work.public_id]).replace("/ar/", "/en/")


def test_each_change_keeps_who_when_and_all_that_was_said_in_both_languages(work, archivist):
    group = Group.objects.create(name="فريق")
    shelf = create_collection(values={"title_en": "Wells"}, by=archivist)
    change(work, archivist, title_ar="القنطرة", collection=shelf, groups=[group])
    change(work, archivist, description_en="Of stone", collection=None)

    newest, first = DescriptionChange.objects.all()

    assert (first.version, first.created_by, first.kind) == (1, archivist, "work")
    assert (first.was["title_ar"], first.was["title_en"], first.was["groups"]) == ("الجسر", "The bridge", [])
    assert first.became == {
        "title_ar": "القنطرة",
        "collection": shelf.public_id,
        "groups": [group.public_id],
    }
    assert newest.was["collection"] == shelf.public_id
    assert newest.became == {"description_en": "Of stone", "collection": None}


def test_saving_what_stands_there_already_is_no_change(work, archivist):
    change(work, archivist, title_ar="الجسر", description_en="", creators=[], groups=[])

    assert not DescriptionChange.objects.exists()
    work.refresh_from_db()
    assert work.version == 1


def test_history_is_never_changed_or_deleted(work, archivist):
    change(work, archivist, title_ar="القنطرة")

    for act in (
        lambda: DescriptionChange.objects.update(version=9),
        lambda: DescriptionChange.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_page_lists_changes_and_takes_the_same_number_of_queries_however_many(desk, work, archivist):
    def measure():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address("history", work)).status_code == 200
        return len(queries)

    change(work, archivist, title_ar="القنطرة")
    page = desk.get(address("history", work)).content.decode()
    assert "Title in Arabic" in page
    assert "As it was entered" in page
    few = measure()

    for number in range(5):
        change(work, archivist, title_en=f"Bridge {number}")
    assert measure() == few


def test_two_states_are_compared_field_by_field_in_their_directions(desk, work, archivist):
    change(work, archivist, title_ar="الجسر القديم", title_en="The old bridge", access="members")
    first = DescriptionChange.objects.get().public_id

    page = desk.get(address("compare", work), {"from": first, "to": "now"}).content.decode()

    assert '<div class="diff" lang="ar" dir="rtl">الجسر<ins> القديم</ins></div>' in page
    assert 'lang="en" dir="ltr">The <ins>old </ins>bridge' in page
    assert "Draft" in page
    assert "Members" in page
    back = desk.get(address("compare", work), {"from": "now", "to": first}).content.decode()
    assert "<del> القديم</del>" in back
    assert desk.get(address("compare", work), {"from": "zzzz"}).status_code == 404


def test_restoring_is_a_new_change_of_the_ticked_fields(desk, work, archivist):
    change(work, archivist, title_ar="القنطرة", access="public")
    first = DescriptionChange.objects.get().public_id

    answer = desk.post(address("restore", work), {"change": first, "version": 2, "field": ["title_ar"]})

    assert answer.status_code == 302
    work.refresh_from_db()
    assert (work.title_ar, work.access, work.version) == ("الجسر", "public", 3)
    newest = DescriptionChange.objects.first()
    assert (newest.way, newest.became) == ("restored", {"title_ar": "الجسر"})
    event = AuditEvent.objects.filter(action="work.described").last()
    assert (event.facts["way"], event.facts["fields"]) == ("restored", ["title_ar"])


def test_overtaken_restorer_is_told_and_sees_what_stands_there_now(desk, work, archivist):
    change(work, archivist, title_ar="القنطرة")
    first = DescriptionChange.objects.get().public_id
    change(work, archivist, title_ar="السد")

    page = desk.post(address("restore", work), {"change": first, "version": 2, "field": ["title_ar"]})

    assert page.status_code == 412
    assert "السد" in page.content.decode()
    assert 'name="version" value="3"' in page.content.decode()
    work.refresh_from_db()
    assert work.title_ar == "السد"
    assert desk.post(address("restore", work), {"change": first, "field": ["title_ar"]}).status_code == 428


def test_what_was_named_and_is_gone_is_not_restored_silently(desk, work, archivist):
    cover = make_image(by=archivist)
    group = Group.objects.create(name="فريق")
    change(work, archivist, cover=cover, groups=[group])
    change(work, archivist, cover=None, groups=[])
    group.delete()
    named = DescriptionChange.objects.first().public_id

    page = desk.post(address("restore", work), {"change": named, "version": 3, "field": ["cover", "groups"]})

    assert page.status_code == 422
    assert "something that you may not see" in page.content.decode()
    desk.post(address("restore", work), {"change": named, "version": 3, "field": ["cover"]})
    work.refresh_from_db()
    assert work.cover == cover


def test_collections_have_a_history_too(desk, archivist):
    shelf = create_collection(values={"title_en": "Wells"}, by=archivist)
    describe_collection(collection_id=shelf.pk, version=1, values={"title_en": "Water"}, by=archivist)

    page = desk.get(reverse("collection_history", args=[shelf.public_id]))

    assert page.status_code == 200
    assert reverse("collection_history", args=[shelf.public_id]) in desk.get(
        reverse("desk_collection", args=[shelf.public_id])
    ).content.decode()  # fmt: skip


def test_api_reads_the_history_to_those_who_describe_only(client, people, work, archivist):
    change(work, archivist, title_ar="القنطرة", access="public")
    path = f"/api/works/{work.public_id}/history/"

    client.force_login(archivist)
    body = client.get(path).json()
    assert body["count"] == 1
    (told,) = body["results"]
    assert (told["version"], told["way"], told["by"]) == (1, "described", archivist.public_id)
    assert (told["fields_changed"], told["was"]["title_ar"]) == (["access", "title_ar"], "الجسر")

    client.logout()
    assert client.get(path).status_code == 403
    client.force_login(people["editor"])
    assert client.get(path).status_code == 403
    assert client.get(reverse("work_history", args=[work.public_id])).status_code == 403


def test_line_ends_as_forms_send_them_are_no_change(work, archivist):
    described = {"description_ar": "سطر\nوسطر"}
    describe_work(work_id=work.pk, version=None, values=described, by=archivist)

    describe_work(work_id=work.pk, version=None, values={"description_ar": "سطر\r\nوسطر"}, by=archivist)

    assert DescriptionChange.objects.filter(kind="work", item_id=work.pk).count() == 1
