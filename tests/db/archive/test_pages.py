"""A file of several pages: every page can be looked at, and none of them hides the others when it is broken."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from django.utils import translation
from PIL import Image as Picture
from PIL.TiffImagePlugin import AppendingTiffWriter

from archive.actions.add_image import add_image
from archive.actions.make_tiles import make_tiles
from archive.actions.run_job import run_job
from archive.enums import Access, ImageState, JobState
from archive.errors import Invalid
from archive.models import Image, ImageTiles, Job
from archive.presenters.messages import sentence
from tests.factories_archive import send

pytestmark = pytest.mark.django_db
SIZES = {1: (600, 400), 2: (400, 900), 3: (1200, 300)}
COLORS = {1: (200, 20, 20), 2: (20, 160, 20), 3: (20, 20, 200)}


def tiff(*, compression: str = "raw") -> bytes:
    """Return three pages, and between them a smaller copy of the first, which is no page."""
    target = io.BytesIO()
    with AppendingTiffWriter(target, True) as pages:
        for page, size in SIZES.items():
            Picture.new("RGB", size, COLORS[page]).save(pages, "TIFF", compression=compression)
            pages.newFrame()
            if page == 1:
                Picture.new("RGB", (60, 40), "black").save(pages, "TIFF", tiffinfo={254: 1})
                pages.newFrame()
    return target.getvalue()


def add(data: bytes, people) -> Image:
    image = add_image(
        arrival=send(data, filename="letter.tif", by=people["archivist"]),
        values={"access": Access.PUBLIC, "title_ar": "رسالة", "title_en": "Letter"}, by=people["archivist"],
    )  # fmt: skip
    assert run_job(image.job_id) == JobState.DONE
    image.refresh_from_db()
    return image


@pytest.fixture
def image(people) -> Image:
    made = add(tiff(), people)
    assert run_job(Job.objects.get(kind="make_tiles").pk) == JobState.DONE
    return made


def test_pages_are_counted_and_smaller_copies_are_not(image):
    assert (image.state, image.pages, image.width, image.height) == (ImageState.READY, 3, 600, 400)
    assert [(row.page, row.width, row.height) for row in ImageTiles.objects.all()] == [
        (page, *size) for page, size in SIZES.items()
    ]


def test_every_page_is_a_canvas_and_a_service(client, image):
    canvases = client.get(reverse("iiif_image_manifest", args=[image.public_id])).json()["items"]

    assert [(each["width"], each["height"]) for each in canvases] == list(SIZES.values())
    assert [each["label"] for each in canvases] == [{"none": [str(page)]} for page in SIZES]
    assert len({each["id"] for each in canvases}) == 3
    for page, canvas in enumerate(canvases, 1):
        (service,) = canvas["items"][0]["items"][0]["body"]["service"]
        address = service["id"].partition("/iiif/")[2]
        assert client.get(f"/iiif/{address}/info.json").json()["width"] == SIZES[page][0]
        pixels = client.get(f"/iiif/{address}/full/200,/0/default.png")
        found = Picture.open(io.BytesIO(pixels.content)).getpixel((50, 20))
        assert max(abs(a - b) for a, b in zip(found, COLORS[page], strict=True)) < 12
        assert f"/iiif/{address}/full/200," in pixels.headers["Link"]


@pytest.mark.parametrize("page", ["0", "1", "4", "01", "-1", "99999", "x"])
def test_pages_that_are_not_there(client, image, page):
    missing = client.get(f"/iiif/3/{image.public_id}:{page}/info.json")

    assert missing.status_code == 404


def test_every_page_of_a_hidden_image_is_hidden(client, image):
    Image.objects.filter(pk=image.pk).update(access=Access.DRAFT)

    for page in ("", ":2", ":3"):
        for rest in ("", "/info.json", "/full/max/0/default.jpg", "/0,0,400,512/400,512/0/default.jpg"):
            answer = client.get(f"/iiif/3/{image.public_id}{page}{rest}")
            assert answer.status_code == 404
            assert answer.content == b"Not found."


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_of_the_image_shows_them_without_scripts(client, image, language):
    with translation.override(language):
        page = client.get(image.get_absolute_url()).content.decode()

    for name in (image.public_id, f"{image.public_id}:2", f"{image.public_id}:3"):
        assert f'href="/iiif/3/{name}/full/max/0/default.jpg"' in page
        assert f'src="/iiif/3/{name}/full/!320,320/0/default.jpg"' in page
        assert client.get(f"/iiif/3/{name}/full/!320,320/0/default.jpg").status_code == 200
    assert ("صفحة 2" if language == "ar" else "Page 2") in page


def test_a_picture_of_one_page_shows_no_list(client, people):
    target = io.BytesIO()
    Picture.new("RGB", (500, 400)).save(target, "TIFF")
    image = add(target.getvalue(), people)
    make_tiles(image_id=image.pk)

    with translation.override("en"):
        assert 'id="pages"' not in client.get(image.get_absolute_url()).content.decode()


def test_queries_do_not_grow_with_pages(client, image, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    address = reverse("iiif_image_manifest", args=[image.public_id])
    client.get(address)
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    ImageTiles.objects.bulk_create(
        ImageTiles(
            image=image, page=page, width=9, height=9, stored_file=ImageTiles.objects.first().stored_file
        )
        for page in range(4, 40)
    )

    with django_assert_num_queries(len(three)):
        assert len(client.get(address).json()["items"]) == 39


def test_a_page_that_does_not_decode_is_told_and_the_others_are_shown(people):
    whole = tiff(compression="tiff_adobe_deflate")
    with Picture.open(io.BytesIO(whole)) as pages:
        pages.seek(2)
        place, length = pages.tag_v2[273][0], pages.tag_v2[279][0]
    image = add(whole[:place] + b"\xff" * length + whole[place + length :], people)

    job = Job.objects.get(kind="make_tiles")
    assert run_job(job.pk) == JobState.FAILED

    job.refresh_from_db()
    assert job.message == {"code": "pages_broken", "params": {"pages": "2"}}
    assert list(ImageTiles.objects.values_list("page", flat=True)) == [1, 3]
    for language in ("ar", "en"):
        with translation.override(language):
            assert "2" in sentence("pages_broken", job.message["params"])
    with pytest.raises(Invalid, match="pages_broken"):
        make_tiles(image_id=image.pk)
    assert ImageTiles.objects.count() == 2


def test_a_first_page_cut_short_is_refused_in_words(client, people):
    data = io.BytesIO()
    Picture.new("RGB", SIZES[1], COLORS[1]).save(data, "TIFF")

    image = add(data.getvalue()[:9000], people)

    assert (image.state, image.error_code) == (ImageState.BROKEN, "image_broken")
    client.force_login(people["archivist"])
    with translation.override("en"):
        page = client.get(reverse("desk_image", args=[image.public_id])).content.decode()
    assert "does not decode" in page
