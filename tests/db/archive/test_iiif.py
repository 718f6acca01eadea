"""Deep zoom and manifests for any viewer: right pixels, nothing hidden, nothing decoded that need not be."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from PIL import Image as Pillow
from PIL import ImageChops, ImageDraw

from archive.actions.add_image import add_image
from archive.actions.describe_image import describe_image
from archive.actions.receive_file import receive_file
from archive.actions.run_job import run_job
from archive.enums import Access
from archive.media import tiles
from archive.models import Image, ImageTiles, Job
from archive.views import shared

pytestmark = pytest.mark.django_db
FULL = (1300, 900)


def picture() -> Pillow.Image:
    """A drawing in which every place looks different."""
    drawn = Pillow.new("RGB", FULL, "white")
    brush = ImageDraw.Draw(drawn)
    for x in range(0, FULL[0], 100):
        for y in range(0, FULL[1], 100):
            brush.rectangle((x, y, x + 99, y + 99), fill=(x * 255 // 1300, y * 255 // 900, (x + y) % 256))
    return drawn


@pytest.fixture
def image(people) -> Image:
    data = io.BytesIO()
    exif = Pillow.Exif()
    exif[0x010E] = "PLANTED-MARKER"
    picture().save(data, "JPEG", quality=95, exif=exif)
    arrival = receive_file(
        source=io.BytesIO(data.getvalue()), filename="map.jpg", max_bytes=10**7, by=people["archivist"]
    )
    made = add_image(
        arrival=arrival,
        values={"access": Access.PUBLIC, "title_ar": "خريطة", "title_en": "Map"},
        by=people["archivist"],
    )
    for kind in ("make_derivatives", "make_tiles"):
        run_job(Job.objects.get(kind=kind).pk)
    made.refresh_from_db()
    return made


def get(client, image, rest, **headers):
    return client.get(f"{reverse('iiif_image', args=[image.public_id])}/{rest}", headers=headers)


def opened(answer) -> Pillow.Image:
    assert answer.status_code == 200, answer.content[:200]
    return Pillow.open(io.BytesIO(answer.content))


def difference(one: Pillow.Image, other: Pillow.Image) -> float:
    """Return the mean difference of two pictures' pixels, of 255."""
    histogram = ImageChops.difference(one.convert("L"), other.convert("L")).histogram()
    return sum(value * count for value, count in enumerate(histogram)) / (one.width * one.height)


def test_the_service_says_what_it_can_do(client, image):
    said = get(client, image, "info.json").json()

    assert said["type"] == "ImageService3"
    assert said["profile"] == "level2"
    assert said["id"].endswith(f"/iiif/3/{image.public_id}")
    assert (said["width"], said["height"]) == FULL
    assert said["tiles"] == [{"width": 512, "height": 512, "scaleFactors": [1, 2, 4]}]
    assert said["sizes"][-1] == {"width": 1300, "height": 900}


@pytest.mark.parametrize(
    ("rest", "box", "size"),
    [
        ("full/max/0/default.jpg", (0, 0, 1300, 900), FULL),
        ("512,512,512,388/512,388/0/default.jpg", (512, 512, 1024, 900), (512, 388)),
        ("0,0,1024,900/512,450/0/default.jpg", (0, 0, 1024, 900), (512, 450)),
        ("300,250,700,500/350,/0/default.jpg", (300, 250, 1000, 750), (350, 250)),
        ("pct:50,50,50,50/!100,100/0/color.png", (650, 450, 1300, 900), (100, 69)),
    ],
)
def test_the_pixels_are_those_of_the_place(client, image, rest, box, size):
    found = opened(get(client, image, rest))

    assert found.size == size
    assert difference(found, picture().crop(box).resize(size, Pillow.Resampling.LANCZOS)) < 6


def test_turning_mirroring_and_gray(client, image):
    turned = opened(get(client, image, "full/260,180/90/gray.png"))
    mirrored = opened(get(client, image, "full/260,180/!0/default.png"))
    small = picture().resize((260, 180), Pillow.Resampling.LANCZOS)

    assert (turned.mode, turned.size) == ("L", (180, 260))
    assert difference(turned, small.transpose(Pillow.Transpose.ROTATE_270)) < 6
    assert difference(mirrored, small.transpose(Pillow.Transpose.FLIP_LEFT_RIGHT)) < 6


@pytest.mark.parametrize("extension", ["jpg", "png", "webp"])
def test_black_and_white_in_every_format(client, image, extension):
    found = opened(get(client, image, f"full/260,180/0/bitonal.{extension}"))

    assert found.size == (260, 180)


def test_a_tile_is_sent_as_it_was_made(client, image, monkeypatch):
    monkeypatch.setattr(tiles, "render", None)

    for rest in (
        "0,0,512,512/512,512/0/default.jpg",
        "0,0,1300,900/325,225/0/default.jpg",
        "full/325,225/0/default.jpg",
    ):
        assert get(client, image, rest).status_code == 200


def test_a_process_that_makes_as_many_as_it_may_says_when_to_ask_again(client, image, monkeypatch):
    monkeypatch.setattr(tiles, "PATIENCE", 0.01)
    for _ in range(tiles.AT_ONCE):
        tiles._turns.acquire()
    try:
        busy = client.get(f"/iiif/3/{image.public_id}/full/200,/0/default.png")
        tile = get(client, image, "0,0,512,512/512,512/0/default.jpg")
    finally:
        for _ in range(tiles.AT_ONCE):
            tiles._turns.release()

    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "2")
    assert tile.status_code == 200
    assert get(client, image, "full/200,/0/default.png").status_code == 200


def test_no_metadata_comes_along(client, image):
    for rest in ("full/max/0/default.jpg", "0,0,512,512/512,512/0/default.jpg", "full/200,/0/default.png"):
        assert b"PLANTED-MARKER" not in get(client, image, rest).content


@pytest.mark.parametrize("rest", ["full/2000,/0/default.jpg", "9999,0,10,10/max/0/default.jpg", "full/max/33/default.jpg",
                                  "full/max/0/odd.jpg", "full/max/0/default.tif"])  # fmt: skip
def test_a_wrong_request_is_refused_in_words(client, image, rest):
    answer = get(client, image, rest)

    assert answer.status_code == 400
    assert answer.content


def test_viewers_on_other_sites_may_read_it(client, image):
    answer = get(client, image, "full/200,/0/default.jpg")
    again = get(client, image, "full/200,/0/default.jpg", **{"If-None-Match": answer.headers["ETag"]})

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert 'rel="canonical"' in answer.headers["Link"]
    assert "level2.json" in answer.headers["Link"]
    assert again.status_code == 304
    assert client.get(reverse("iiif_image", args=[image.public_id])).status_code == 303


def test_json_or_linked_data_as_asked(client, image):
    assert (
        get(client, image, "info.json", accept="application/json").headers["Content-Type"]
        == "application/json"
    )
    assert get(client, image, "info.json").headers["Content-Type"].startswith("application/ld+json")


@pytest.mark.parametrize("access", [Access.DRAFT, Access.MEMBERS, Access.RESTRICTED])
def test_what_is_not_public_is_not_there_for_strangers(client, image, access):
    Image.objects.filter(pk=image.pk).update(access=access)
    hidden = [get(client, image, rest) for rest in ("info.json", "full/max/0/default.jpg")]
    hidden.append(client.get(reverse("iiif_image_manifest", args=[image.public_id])))
    missing = client.get("/iiif/3/nothing/info.json")

    for answer in hidden:
        assert answer.status_code == 404
        assert answer.content == missing.content


def test_those_who_may_see_it_get_it_uncached(client, people, image):
    Image.objects.filter(pk=image.pk).update(access=Access.MEMBERS)
    client.force_login(people["member"])

    answer = get(client, image, "full/200,/0/default.jpg")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_manifest_of_an_image(client, image):
    said = client.get(reverse("iiif_image_manifest", args=[image.public_id])).json()

    (canvas,) = said["items"]
    body = canvas["items"][0]["items"][0]["body"]
    assert said["type"] == "Manifest"
    assert said["label"] == {"ar": ["خريطة"], "en": ["Map"]}
    assert canvas["items"][0]["items"][0]["target"] == canvas["id"]
    assert body["service"][0]["id"].endswith(image.public_id)


def test_the_same_picture_makes_the_same_tiles(image, tmp_path):
    from archive.media import paths
    from archive.media.derivatives import tile

    again = tile(paths.of_sha256(image.arrival.stored_file.sha256), tmp_path)

    kept = paths.of_sha256(ImageTiles.objects.get().stored_file.sha256)
    assert again.path.read_bytes() == kept.read_bytes()


def test_a_tile_that_everybody_may_see_is_sent_again_without_asking(client, image, django_assert_num_queries):
    rest = "0,0,512,512/512,512/0/default.jpg"
    first = get(client, image, rest)

    with django_assert_num_queries(0):
        again = get(client, image, rest)
        unchanged = get(client, image, rest, **{"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (200, first.content)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    for name in (
        "ETag",
        "Cache-Control",
        "Content-Type",
        "Link",
        "Access-Control-Allow-Origin",
        "X-Content-Type-Options",
    ):
        assert again.headers[name] == first.headers[name]


def test_a_tile_that_is_hidden_is_sent_to_nobody_any_more(client, people, image, monkeypatch):
    rest = "0,0,512,512/512,512/0/default.jpg"
    assert get(client, image, rest).status_code == get(client, image, rest).status_code == 200

    describe_image(image_id=image.pk, version=None, values={"access": Access.DRAFT}, by=people["archivist"])
    monkeypatch.setattr(shared, "EPOCH_SECONDS", -1.0)  # The second for which an epoch is believed is over.

    assert get(client, image, rest).status_code == 404


def test_what_only_some_may_see_is_never_kept(client, people, image):
    Image.objects.filter(pk=image.pk).update(access=Access.MEMBERS)
    rest = "0,0,512,512/512,512/0/default.jpg"
    client.force_login(people["member"])
    assert get(client, image, rest).status_code == 200
    client.logout()

    assert get(client, image, rest).status_code == 404
