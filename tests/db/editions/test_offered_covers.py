"""A cover that an editor sends in who is no archivist: a draft with what they say of it, which an archivist opens."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pillow

from archive.access import allows
from archive.access.news import concerning
from archive.actions.describe_image import describe_image
from archive.actions.make_derivatives import make_derivatives
from archive.actions.offer_image import offer_image
from archive.enums import Access
from archive.errors import Invalid, NotAllowed
from archive.exports.members import bytes_of
from archive.models import AuditEvent, FileArrival, Image, Notice, User
from tests.factories import make_user
from tests.factories_archive import png
from tests.factories_editions import LICENSE, Desk

pytestmark = pytest.mark.django_db
SAID = {
    "offered_title_ar": "رحى", "offered_alternative_en": "A millstone in the grass", "offered_rights_holder_en": "Hind",
    "offered_rights_uri": LICENSE,
}  # fmt: skip


def address(desk: Desk) -> str:
    return reverse("desk_edition_plan", args=[desk.edition.public_id]).replace("/ar/", "/en/", 1)


def sent(desk: Desk, data: bytes | None = None, **fields):
    desk.edition.refresh_from_db()
    given = {
        "title_ar": "طبعة", "title_en": "Edition", "introduction_ar": "تمهيد طويل", "introduction_en": "Words", "license_uri": LICENSE,
        "required_approvals": "1", "slug": desk.edition.slug, "version": desk.edition.version, **fields,
    }  # fmt: skip
    return {**given, "cover_file": SimpleUploadedFile("cover.png", data)} if data is not None else given


def test_picture_of_an_editor_is_a_draft_with_what_they_say_of_it(editor, desk):
    answer = editor.post(address(desk), sent(desk, png(9, 9), **SAID))

    assert answer.status_code == 302
    desk.edition.refresh_from_db()
    image = desk.edition.cover
    assert (image.title_ar, image.alternative_en, image.rights_holder_en, image.rights_uri) == (
        "رحى", "A millstone in the grass", "Hind", LICENSE,
    )  # fmt: skip
    assert (image.access, image.created_by, image.collection) == (
        Access.DRAFT, desk.people["editor"], desk.work.collection,
    )  # fmt: skip
    added = AuditEvent.objects.get(action="image.added", target_id=image.public_id)
    assert added.actor_id == desk.people["editor"].pk


def test_archivist_opens_it_and_the_release_shows_it(editor, desk):
    editor.post(address(desk), sent(desk, png(9, 9), **SAID))
    desk.edition.refresh_from_db()
    image = make_derivatives(image_id=desk.edition.cover_id)

    describe_image(
        image_id=image.pk,
        version=image.version,
        values={"access": Access.PUBLIC},
        by=desk.people["archivist"],
    )

    page = editor.get(reverse("desk_edition", args=[desk.edition.public_id])).content.decode()
    assert image.public_id in page
    desk.release()


def test_what_is_shown_of_it_are_new_pixels(editor, desk):
    planted = io.BytesIO()
    Pillow.new("RGB", (900, 500), "navy").save(planted, "JPEG", comment=b"planted-marker")
    editor.post(address(desk), sent(desk, planted.getvalue(), **SAID))
    desk.edition.refresh_from_db()

    image = make_derivatives(image_id=desk.edition.cover_id)

    assert b"planted-marker" in b"".join(bytes_of(image.arrival.stored_file.sha256))
    copies = [b"".join(bytes_of(copy.stored_file.sha256)) for copy in image.derivatives.all()]
    assert copies
    assert not any(b"planted-marker" in copy for copy in copies)


def test_editor_gets_no_other_right_by_it(editor, desk):
    editor.post(address(desk), sent(desk, png(9, 9), **SAID))
    desk.edition.refresh_from_db()
    image, by = desk.edition.cover, desk.people["editor"]

    for act in ("add", "change", "take_down", "redact"):
        assert not allows(by, act, image)
    with pytest.raises(NotAllowed):
        describe_image(image_id=image.pk, version=image.version, values={"access": Access.PUBLIC}, by=by)
    assert editor.post(reverse("image_upload"), {}).status_code == 403


@pytest.mark.parametrize("role", ["member", "scholar", "reviewer"])
def test_who_composes_no_editions_offers_no_pictures(desk, role):
    with pytest.raises(NotAllowed):
        offer_image(
            source=[png(9, 9)], filename="a.png", words={"title_en": "A", "alternative_en": "B"}, rights_uri=LICENSE,
            collection=None, by=desk.people[role],
        )  # fmt: skip
    assert not FileArrival.objects.filter(filename="a.png").exists()


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("offered_title_ar", "Say it in one language at least"),
        ("offered_alternative_en", "Say it in one language at least"),
        ("offered_rights_uri", "Choose what may be done with the picture"),
    ],
)
def test_what_must_be_said_is_asked_for_and_nothing_is_kept_before(editor, desk, missing, words):
    before = FileArrival.objects.count()

    page = editor.post(address(desk), sent(desk, png(9, 9), **{**SAID, missing: ""}))

    html = page.content.decode()
    assert words in html
    assert "Then choose this file once more" in html
    assert "تمهيد طويل" in html
    assert '<details class="facet" id="offered" open>' in html
    assert FileArrival.objects.count() == before


def test_what_will_be_needed_is_said_before_a_picture_is_chosen(editor, desk):
    html = editor.get(address(desk)).content.decode()

    assert "Needed with a picture: a title and what it shows" in html


def test_words_without_a_file_ask_for_it(editor, desk):
    html = editor.post(address(desk), sent(desk, **SAID)).content.decode()

    assert "Choose the file of the picture that you describe" in html


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"words and words", "This is not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"", "The file is empty"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(editor, desk, data, words):
    html = editor.post(address(desk), sent(desk, data, **SAID)).content.decode()

    assert words in html
    assert "A millstone in the grass" in html
    assert Image.objects.count() == 1


def test_picture_that_is_here_already_is_offered_instead_of_a_second(editor, desk):
    file = png(9, 9)
    editor.post(address(desk), sent(desk, file, **SAID))
    desk.edition.refresh_from_db()
    image = desk.edition.cover
    editor.post(address(desk), sent(desk, cover=""))

    page = editor.post(address(desk), sent(desk, file, **SAID))

    assert f'value="{image.public_id}" checked' in page.content.decode()
    assert Image.objects.filter(arrival__stored_file=image.arrival.stored_file).count() == 1


def test_archivists_who_compose_editions_go_on_describing_in_the_catalogue(desk, client):
    client.force_login(desk.people["administrator"])

    html = client.get(address(desk)).content.decode()

    assert "cover_file" in html
    assert "offered_title_ar" not in html


def test_rights_that_nobody_knows_are_refused(desk):
    with pytest.raises(Invalid, match="offer_rights_missing"):
        offer_image(
            source=[png(9, 9)], filename="a.png", words={"title_en": "A", "alternative_en": "B"},
            rights_uri="https://example.org/mine", collection=None, by=desk.people["editor"],
        )  # fmt: skip


def test_archivists_are_told_once_until_one_of_them_opens_it(editor, desk):
    second, closed = make_user("second@example.org", "archivist"), make_user("gone@example.org", "archivist")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    second.language = "en"
    second.save()

    editor.post(address(desk), sent(desk, png(9, 9), **SAID))

    desk.edition.refresh_from_db()
    image, notices = desk.edition.cover, Notice.objects.filter(code="image_offered")
    assert {notice.user for notice in notices} == {desk.people["archivist"], second}
    notice = notices.get(user=second)
    assert notice.url == f"/en/desk/images/{image.public_id}/"
    assert concerning([notice], second) == [notice]
    # The same picture chosen again, and the plan saved again, are no news.
    editor.post(address(desk), sent(desk, cover=image.public_id))
    assert notices.count() == 2

    describe_image(
        image_id=image.pk,
        version=image.version,
        values={"access": Access.PUBLIC},
        by=desk.people["archivist"],
    )
    assert concerning([notice], second) == []


def test_what_was_refused_tells_nobody(editor, desk):
    editor.post(address(desk), sent(desk, b"no picture", **SAID))
    editor.post(address(desk), sent(desk, png(9, 9), **{**SAID, "offered_title_ar": ""}))

    assert not Notice.objects.filter(code="image_offered").exists()
