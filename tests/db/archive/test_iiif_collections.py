"""Collections for viewers of pictures: what stands on a shelf, in parts, and nothing that the viewer may not see."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from archive.enums import Access
from archive.models import Collection, Image, ImageTiles
from archive.views import iiif_collections
from tests.db.archive.test_images import CAPTION
from tests.factories_archive import make_revision
from tests.factories_editions import make_image

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(people) -> Collection:
    """A public collection with a collection, a work with a picture, one without, and two pictures."""
    made = Collection.objects.create(slug="aleppo", title_ar="حلب", title_en="Aleppo", access=Access.PUBLIC)
    Collection.objects.create(
        slug="bridges", title_ar="جسور", title_en="Bridges", access=Access.PUBLIC, parent=made
    )
    by = people["archivist"]
    text = "# {}\n\n" + "كلامٌ طويلٌ يصف الجسر. " * 9 + CAPTION
    for title in ("أول", "ثانٍ"):
        work = make_revision(text.format(title), access=Access.PUBLIC, by=by).text.work
        work.collection = made
        work.save()
    first = make_image(by=by, collection=made, title_en="One")
    make_image(by=by, collection=made, title_en="Two")
    work = made.works.order_by("pk").first()
    work.texts.get().figures.update(image=first)
    return made


def asked(client, shelf: Collection, query: str = ""):
    return client.get(reverse("iiif_collection", args=[shelf.public_id]) + query)


def names(answer) -> list[str]:
    assert answer.status_code == 200
    return [
        f"{item['type']} {item['label'].get('en', item['label'].get('ar', ['']))[0]}"
        for item in answer.json()["items"]
    ]


def test_a_collection_names_what_can_be_opened(client, shelf):
    answer = asked(client, shelf)
    said = answer.json()

    assert (said["type"], said["label"]) == ("Collection", {"ar": ["حلب"], "en": ["Aleppo"]})
    assert said["@context"] == "http://iiif.io/api/presentation/3/context.json"
    assert names(answer) == ["Collection Bridges", "Manifest أول", "Manifest Two", "Manifest One"]
    for item in said["items"]:
        opened = client.get(item["id"].replace("http://localhost:8000", ""))
        assert opened.status_code == 200
        assert (opened.json()["id"], opened.json()["type"]) == (item["id"], item["type"])


@pytest.mark.parametrize("access", [Access.DRAFT, Access.MEMBERS, Access.RESTRICTED])
def test_hidden_things_are_not_named(client, people, shelf, access):
    Image.objects.filter(title_en="Two").update(access=access)

    assert names(asked(client, shelf)) == ["Collection Bridges", "Manifest أول", "Manifest One"]

    client.force_login(people["archivist"])
    answer = asked(client, shelf)
    assert "Manifest Two" in names(answer)
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_work_whose_only_picture_is_hidden_is_not_named(client, shelf):
    Image.objects.filter(title_en="One").update(access=Access.DRAFT)

    assert names(asked(client, shelf)) == ["Collection Bridges", "Manifest Two"]


def test_a_hidden_collection_is_the_same_as_none(client, shelf):
    Collection.objects.filter(pk=shelf.pk).update(access=Access.DRAFT)
    missing = client.get(reverse("iiif_collection", args=["nothing"]))

    for query in ("", "?page=1", "?page=9", "?page=x"):
        answer = asked(client, shelf, query)
        assert (answer.status_code, answer.content) == (404, missing.content)


def test_a_picture_without_tiles_is_not_named(client, shelf):
    Image.objects.create(
        arrival=Image.objects.first().arrival, title_en="Untiled", access=Access.PUBLIC, collection=shelf
    )

    assert "Manifest Untiled" not in names(asked(client, shelf))


def test_a_long_collection_comes_in_parts(client, shelf, monkeypatch):
    monkeypatch.setattr(iiif_collections, "A_PART", 3)
    whole = asked(client, shelf).json()

    assert [item["label"] for item in whole["items"]] == [{"none": ["1–3"]}, {"none": ["4–4"]}]
    assert [item["type"] for item in whole["items"]] == ["Collection", "Collection"]
    parts = [client.get(item["id"].replace("http://localhost:8000", "")) for item in whole["items"]]
    assert [names(part) for part in parts] == [
        ["Collection Bridges", "Manifest أول", "Manifest Two"], ["Manifest One"],
    ]  # fmt: skip
    assert [part.json()["id"] for part in parts] == [item["id"] for item in whole["items"]]


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "1.5", "٢", "9" * 40])
def test_parts_that_are_not_there(client, shelf, page):
    assert asked(client, shelf, f"?page={page}").status_code == 404


def test_queries_do_not_grow(client, people, shelf, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        asked(client, shelf)
    for number in range(20):
        make_image(by=people["archivist"], collection=shelf, title_en=f"More {number}")
        Collection.objects.create(
            slug=f"inner-{number}", title_en="Inner", access=Access.PUBLIC, parent=shelf
        )
    assert ImageTiles.objects.count() == 22

    with django_assert_num_queries(len(few)):
        assert len(asked(client, shelf).json()["items"]) == 44


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_of_a_collection_leads_there(client, shelf, language):
    with translation.override(language):
        page = client.get(shelf.get_absolute_url()).content.decode()

    assert f'href="{reverse("iiif_collection", args=[shelf.public_id])}"' in page
