"""The gate through which bytes leave."""

from __future__ import annotations

import pytest
from django.urls import reverse

from archive.actions.add_image import add_image
from archive.actions.describe_image import describe_image
from archive.actions.make_derivatives import make_derivatives
from tests.factories_archive import png, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def image(people):
    by = people["archivist"]
    image = add_image(arrival=send(png(500, 400), filename="صورة.png", by=by), by=by)
    return make_derivatives(image_id=image.pk)


@pytest.fixture
def public_image(image, people):
    return describe_image(
        image_id=image.pk, version=None, values={"access": "public"}, by=people["archivist"]
    )


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_copy_of_a_public_image_is_for_everyone(client, public_image):
    answer = client.get(reverse("derivative", args=[public_image.public_id, "thumb"]))

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert answer["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert body(answer)[8:12] == b"WEBP"


def test_hidden_and_missing_are_the_same(client, image):
    hidden = client.get(reverse("derivative", args=[image.public_id, "thumb"]))
    missing = client.get(reverse("derivative", args=["x" * 16, "thumb"]))

    assert hidden.status_code == missing.status_code == 404
    assert hidden.content.replace(image.public_id.encode(), b"x" * 16) == missing.content
    assert sorted(hidden.headers.items()) == sorted(missing.headers.items())


def test_etag_does_not_open_what_is_hidden(client, people, image):
    address = reverse("derivative", args=[image.public_id, "thumb"])
    client.force_login(people["archivist"])
    etag = client.get(address)["ETag"]
    client.logout()

    assert client.get(address, headers={"If-None-Match": etag}).status_code == 404


def test_etag_of_a_hidden_file_is_not_made_of_its_hash_alone(client, people, image):
    address = reverse("derivative", args=[image.public_id, "thumb"])
    client.force_login(people["archivist"])
    hidden = client.get(address)["ETag"]
    describe_image(image_id=image.pk, version=None, values={"access": "public"}, by=people["archivist"])

    assert client.get(address)["ETag"] != hidden


@pytest.mark.parametrize(
    ("who", "status"), [("archivist", 200), ("editor", 200), ("scholar", 404), (None, 404)]
)
def test_original_is_for_keepers_even_of_a_public_image(client, people, public_image, who, status):
    if who:
        client.force_login(people[who])

    answer = client.get(reverse("original", args=[public_image.public_id]))

    assert answer.status_code == status
    if status == 200:
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("asked", "status", "length", "shown"),
    [
        ("bytes=0-9", 206, 10, "bytes 0-9/{size}"),
        ("bytes=10-", 206, -10, "bytes 10-{last}/{size}"),
        ("bytes=-5", 206, 5, "bytes {five}-{last}/{size}"),
        ("bytes=999999999-", 416, 0, "bytes */{size}"),
        ("lines=1-2", 200, 0, None),
    ],
)
def test_parts_are_served(client, public_image, asked, status, length, shown):
    address = reverse("derivative", args=[public_image.public_id, "thumb"])
    whole = body(client.get(address))
    facts = {"size": len(whole), "last": len(whole) - 1, "five": len(whole) - 5}

    answer = client.get(address, headers={"Range": asked})

    assert answer.status_code == status
    if status == 206:
        assert len(body(answer)) == (length if length > 0 else len(whole) + length)
    assert answer.get("Content-Range") == (shown.format(**facts) if shown else None)


def test_head_has_the_headers_and_no_bytes(client, public_image):
    answer = client.head(reverse("derivative", args=[public_image.public_id, "thumb"]))

    assert int(answer["Content-Length"]) > 0
    assert not answer.content


def test_not_modified_comes_after_the_question_who_asks(client, public_image):
    address = reverse("derivative", args=[public_image.public_id, "thumb"])
    etag = client.get(address)["ETag"]

    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_nginx_is_told_where_the_bytes_are(client, settings, public_image):
    settings.SEND_FILES = "nginx"

    answer = client.get(reverse("derivative", args=[public_image.public_id, "thumb"]))

    assert answer["X-Accel-Redirect"].startswith("/internal-media/originals/")
    assert not answer.content


def test_arrival_is_for_archivists(client, people, image):
    address = reverse("arrival", args=[image.arrival.public_id])
    client.force_login(people["editor"])
    assert client.get(address).status_code == 404
    client.force_login(people["archivist"])
    assert body(client.get(address))[:4] == b"\x89PNG"
