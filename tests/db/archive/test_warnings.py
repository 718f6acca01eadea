"""Readers are warned before a picture shows what it may hurt to see; no preview shows it unasked."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from archive.actions.describe_image import describe_image
from archive.actions.describe_video import describe_video
from archive.actions.describe_work import describe_work
from archive.errors import Invalid
from archive.models import DescriptionChange, Image, Video, Work
from archive.views import shared
from tests.db.archive.deposited import work
from tests.db.public.test_release_pages import text_of
from tests.factories_editions import Desk, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(people) -> Desk:
    return make_desk(people)


def warn(desk, *kinds):
    by = desk.people["archivist"]
    describe_image(image_id=desk.image.pk, version=None, values={"warnings": list(kinds)}, by=by)


def html_of(client, address):
    shared.forget()
    return client.get(address).content.decode()


def unveiled(html: str, image: Image) -> list[str]:
    """Return the pictures of an image that no cover comes before, within the same frame."""
    bare = re.sub(r'<div class="veiled">(?:(?!</div>).)*</div>', "", html, flags=re.S)
    return [one for one in re.findall(r"<img[^>]*>", bare) if image.public_id in one or "/files/" in one]


@pytest.mark.parametrize(("language", "words"), [("en", "Violence, Injuries"), ("ar", "العنف، الإصابات")])
def test_every_preview_of_a_warned_picture_is_covered_and_says_why(desk, client, language, words):
    by = desk.people["archivist"]
    describe_work(work_id=desk.work.pk, version=None, values={"cover": desk.image}, by=by)
    desk.release()
    doors = [
        f"/{language}/catalogue/", f"/{language}/catalogue/?view=grid", f"/{language}/works/{desk.work.slug}/",
        f"/{language}/images/{desk.image.public_id}/", f"/{language}/editions/mill-edition/1/",
        f"/{language}/editions/mill-edition/1/index/",
    ]  # fmt: skip
    assert all(unveiled(html_of(client, door), desk.image) for door in doors)

    warn(desk, "injury", "violence")

    for door in doors:
        html = html_of(client, door)
        assert not unveiled(html, desk.image), door
        assert f'data-warning="{words}"' in html, door
        assert f'data-veil="{desk.image.public_id}"' in html, door
    page = html_of(client, doors[3])
    assert page.index(f"<p>{words}</p>") < page.index("figure__link")
    assert "og:image" not in page


def test_what_a_work_is_warned_of_covers_its_pictures_wherever_it_shows_them(desk, client):
    by = desk.people["archivist"]
    desk.release()
    doors = [
        f"/en/works/{desk.work.slug}/", "/en/editions/mill-edition/1/", "/en/editions/mill-edition/1/index/",
    ]  # fmt: skip
    assert all(unveiled(html_of(client, door), desk.image) for door in doors)

    describe_work(work_id=desk.work.pk, version=None, values={"warnings": ["violence"]}, by=by)

    for door in doors:
        html = html_of(client, door)
        assert not unveiled(html, desk.image), door
        assert 'data-warning="Violence"' in html, door


def test_cover_adds_no_letter_to_the_article(desk, client):
    warn(desk, "death")
    desk.release()

    for door in (f"/ar/works/{desk.work.slug}/", "/ar/editions/mill-edition/1/"):
        html = html_of(client, door)
        assert "veil__ask" in html
        assert text_of(html) == desk.text.current_revision.content


def test_work_and_film_say_their_warning_first(desk, client):
    by = desk.people["archivist"]
    describe_work(work_id=desk.work.pk, version=None, values={"warnings": ["distress"]}, by=by)
    describe_video(video_id=desk.video.pk, version=None, values={"warnings": ["children"]}, by=by)
    desk.release()

    assert "Distressing testimony" in html_of(client, f"/en/works/{desk.work.slug}/")
    assert "Distressing testimony" in html_of(client, "/en/editions/mill-edition/1/")
    assert "Children in distress" in html_of(client, f"/en/videos/{desk.video.public_id}/")


def test_warnings_are_a_closed_list_kept_in_its_order(desk, client):
    warn(desk, "injury", "violence", "violence")
    with pytest.raises(Invalid):
        warn(desk, "spiders")

    image = client.get(f"/api/images/{desk.image.public_id}/").json()
    assert image["warnings"] == ["violence", "injury"]


def test_desk_offers_the_kinds_and_covers_its_own_previews(desk, client):
    client.force_login(desk.people["archivist"])
    door = f"/en/desk/images/{desk.image.public_id}/"
    desk.image.refresh_from_db()
    sent = {"access": "public", "version": desk.image.version, "warnings": ["nudity"]}

    assert client.post(door, sent).status_code == 302

    desk.image.refresh_from_db()
    assert desk.image.warnings == ["nudity"]
    for page in (door, "/en/desk/images/", f"/en/desk/works/{desk.work.public_id}/"):
        html = html_of(client, page)
        assert 'data-warning="Nudity"' in html
        assert not unveiled(html, desk.image)


def test_other_viewers_are_told_the_warning_and_given_a_covered_preview(desk, client):
    work("make_tiles")
    by = desk.people["archivist"]
    doors = [
        reverse("iiif_image_manifest", args=[desk.image.public_id]),
        reverse("iiif_work_manifest", args=[desk.work.public_id]),
    ]
    for door in doors:
        (canvas,) = client.get(door).json()["items"]
        assert "thumbnail" not in canvas
        assert "requiredStatement" not in canvas

    warn(desk, "injury")
    describe_work(
        work_id=desk.work.pk, version=None, by=by,
        values={"warnings": ["violence"], "content_warning_en": "A hard text", "rights_holder_en": "Nadia"},
    )  # fmt: skip

    for door, words in zip(doors, (["Warning: Injuries."], ["Warning: Violence, Injuries."]), strict=True):
        said = client.get(door).json()
        (canvas,) = said["items"]
        assert canvas["requiredStatement"]["value"]["en"] == words
        assert canvas["requiredStatement"]["value"]["ar"][0].startswith("تنبيه")
        assert canvas["thumbnail"][0]["id"].endswith(".svg")
        assert desk.image.public_id not in canvas["thumbnail"][0]["id"]
    assert said["requiredStatement"]["value"]["en"] == [
        "Warning: Violence.", "A hard text", "Rights holder: Nadia"
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["content_warning_ar", "content_warning_en"])
def test_words_alone_cover_pictures_too(desk, client, words):
    by = desk.people["archivist"]
    desk.release()
    describe_image(image_id=desk.image.pk, version=None, values={words: "جثث"}, by=by)
    change = DescriptionChange.objects.latest("pk")

    desk.image.refresh_from_db()
    assert desk.image.warnings == ["other"]
    assert (change.was["warnings"], change.became["warnings"]) == ([], ["other"])
    for door in ("/en/catalogue/?view=grid", f"/en/works/{desk.work.slug}/", "/en/editions/mill-edition/1/"):
        html = html_of(client, door)
        assert not unveiled(html, desk.image), door
        assert 'data-warning="Something else"' in html, door

    # Whoever ticks a kind says more; who takes the words away may take the kind away too.
    describe_image(image_id=desk.image.pk, version=None, values={"warnings": ["death"]}, by=by)
    desk.image.refresh_from_db()
    assert desk.image.warnings == ["death"]
    describe_image(image_id=desk.image.pk, version=None, values={words: "", "warnings": []}, by=by)
    desk.image.refresh_from_db()
    assert desk.image.warnings == []


def test_words_of_before_cover_pictures_once_the_site_is_renewed(people):
    desk = make_desk(people)
    Image.objects.filter(pk=desk.image.pk).update(content_warning_ar="جثث", warnings=[])
    Video.objects.filter(pk=desk.video.pk).update(content_warning_en="", warnings=[])

    import_module("archive.migrations.0036_words_warn_too").cover(apps, None)

    assert Image.objects.get(pk=desk.image.pk).warnings == ["other"]
    assert Video.objects.get(pk=desk.video.pk).warnings == []
    assert Work.objects.get(pk=desk.work.pk).warnings == []
