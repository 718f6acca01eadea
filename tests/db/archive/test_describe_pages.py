"""Describing works, images, videos and collections in the browser."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from archive.access import allows
from archive.actions.create_work import create_work
from archive.actions.describe_work import describe_work
from archive.actions.make_derivatives import make_derivatives
from archive.models import Collection, Group, Image, Job, SlugRedirect, Video, Work
from tests.factories_archive import make_revision, png

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(archivist):
    return create_work(values={"title_ar": "الجسر", "title_en": "The bridge"}, by=archivist)


def fields(work, **changed):
    return {
        "title_ar": work.title_ar, "title_en": work.title_en, "access": work.access, "kind": work.kind,
        "language": work.language, "version": work.version, **changed,
    }  # fmt: skip


def test_work_is_described_in_both_languages(desk, work):
    answer = desk.post(
        reverse("describe_work", args=[work.public_id]),
        fields(
            work, description_ar="وصف", description_en="Description", creators="نادية كساب | مؤلفة\nسامر",
            identifiers="isbn: 978-3-16\nMS 12", date_edtf="1931~", access="public",
            rights_uri="https://creativecommons.org/licenses/by/4.0/",
        ),
    )  # fmt: skip

    work.refresh_from_db()
    assert answer.status_code == 302
    assert (work.description_ar, work.description_en) == ("وصف", "Description")
    assert work.creators == [{"name": "نادية كساب", "role": "مؤلفة"}, {"name": "سامر"}]
    assert work.identifiers == [
        {"scheme": "isbn", "value": "978-3-16"},
        {"scheme": "local", "value": "MS 12"},
    ]
    assert allows(None, "view", work)
    assert Job.objects.filter(kind="refresh_search", payload__kind="work").exists()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"date_edtf": "صيف 2016"}, "EDTF"),
        ({"title_ar": "", "title_en": ""}, "field__error"),
        ({"access": "restricted"}, "field__error"),
        ({"access": "everyone"}, "field__error"),
    ],
)
def test_wrong_answer_stands_beside_its_field_and_loses_nothing(desk, work, changed, words):
    page = desk.post(
        reverse("describe_work", args=[work.public_id]), fields(work, description_ar="كلامٌ كتبته", **changed)
    )

    work.refresh_from_db()
    assert page.status_code == 422
    assert words in page.content.decode()
    assert "كلامٌ كتبته" in page.content.decode()
    assert work.version == 1


def test_stale_description_shows_both_versions_and_can_be_saved_then(desk, work, archivist):
    mine = fields(work, description_ar="ما كتبته أنا")
    describe_work(work_id=work.pk, version=1, values={"description_ar": "ما كتبه غيري"}, by=archivist)

    page = desk.post(reverse("describe_work", args=[work.public_id]), mine)

    assert page.status_code == 412
    assert "ما كتبته أنا" in page.content.decode()
    assert "ما كتبه غيري" in page.content.decode()
    assert 'name="version" value="2"' in page.content.decode()

    desk.post(reverse("describe_work", args=[work.public_id]), mine | {"version": 2})
    work.refresh_from_db()
    assert work.description_ar == "ما كتبته أنا"


def test_embargo_hides_until_its_time(desk, work):
    tomorrow = (timezone.now() + timezone.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")

    desk.post(
        reverse("describe_work", args=[work.public_id]), fields(work, access="public", embargo_until=tomorrow)
    )

    work.refresh_from_db()
    assert work.embargo_until is not None
    assert not allows(None, "view", work)


def test_restricted_work_opens_to_its_group(desk, work, people):
    group = Group.objects.create(name="فريق")
    people["member"].groups.add(group)

    desk.post(
        reverse("describe_work", args=[work.public_id]), fields(work, access="restricted", groups=[group.pk])
    )

    assert allows(people["member"], "view", Work.objects.get())
    assert not allows(people["scholar"], "view", Work.objects.get())


def test_renamed_work_keeps_its_old_address_leading_to_it(desk, work):
    old = work.slug

    desk.post(reverse("rename_work", args=[work.public_id]), {"slug": "the-old-bridge", "version": 1})

    work.refresh_from_db()
    assert work.slug == "the-old-bridge"
    assert SlugRedirect.objects.get().old_slug == old


def test_taken_or_crooked_address_is_refused(desk, work, archivist):
    other = create_work(values={"title_en": "Another"}, by=archivist)

    for slug in (other.slug, "With Spaces", "عربي", ""):
        desk.post(reverse("rename_work", args=[work.public_id]), {"slug": slug, "version": 1})

    work.refresh_from_db()
    assert work.slug == "the-bridge"


def test_same_title_twice_gives_two_addresses(archivist, work):
    assert create_work(values={"title_en": "The bridge"}, by=archivist).slug == "the-bridge-2"


def test_new_work_form_sent_twice_makes_one(desk):
    sent = {"title_en": "A well", "access": "draft", "kind": "book", "language": "en", "key": "k"}

    first, second = (desk.post(reverse("desk_work_new"), sent) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Work.objects.count() == 1


def test_collections_form_a_tree_without_circles(desk):
    desk.post(reverse("desk_collection_new"), {"title_en": "Water", "access": "public"})
    outer = Collection.objects.get()
    desk.post(reverse("desk_collection_new"), {"title_en": "Wells", "access": "public", "parent": outer.pk})
    inner = Collection.objects.get(title_en="Wells")
    assert inner.parent == outer

    page = desk.post(
        reverse("desk_collection", args=[outer.public_id]),
        {"title_en": "Water", "access": "public", "parent": inner.pk, "version": 1},
    )

    assert page.status_code == 422
    outer.refresh_from_db()
    assert outer.parent is None


def test_video_is_known_by_any_spelling_of_its_address(desk):
    desk.post(reverse("desk_video_new"), {"url": "https://youtu.be/abcdefghijk", "access": "draft"})
    video = Video.objects.get()
    assert (video.provider, video.external_id) == ("youtube", "abcdefghijk")

    again = desk.post(
        reverse("desk_video_new"),
        {"url": "https://www.youtube.com/watch?v=abcdefghijk&t=3", "access": "draft"},
    )
    other = desk.post(reverse("desk_video_new"), {"url": "https://example.org/x", "access": "draft"})

    assert (again.status_code, other.status_code) == (409, 422)
    assert desk.get(reverse("desk_video", args=[video.public_id])).status_code == 200


def test_picture_sent_for_a_gap_fills_it(desk, archivist):
    caption = "\n\n\n\n\nصورة الجسر في الشتاء / 1931\n\nانتهى الوصف هنا.\n"
    revision = make_revision(
        "# عنوان\n\n" + "كلامٌ يصف الجسر ومن عبره في كل يوم من الأيام. " * 5 + caption, by=archivist
    )
    figure = revision.text.figures.get()
    address = reverse("fill_figure", args=[revision.text.public_id, figure.key])
    assert "صورة الجسر في الشتاء" in desk.get(address).content.decode()

    desk.post(address, {"file": SimpleUploadedFile("x.png", png(300, 200)), "seen": ""})

    figure.refresh_from_db()
    assert figure.image.title_ar == "صورة الجسر في الشتاء / 1931"
    make_derivatives(image_id=figure.image_id)
    page = desk.get(reverse("desk_work", args=[revision.text.work.public_id])).content.decode()
    assert reverse("derivative", args=[figure.image.public_id, "thumb"]) in page


def gap_of(work_access: str, archivist):
    """Return the address of a gap in a work, and the gap."""
    caption = "\n\n\n\n\nصورة الجسر في الشتاء / 1931\n\nانتهى الوصف هنا.\n"
    words = "# عنوان\n\n" + "كلامٌ يصف الجسر ومن عبره في كل يوم من الأيام. " * 5 + caption
    revision = make_revision(words, by=archivist)
    Work.objects.filter(pk=revision.text.work_id).update(access=work_access)
    figure = revision.text.figures.get()
    return reverse("fill_figure", args=[revision.text.public_id, figure.key]), figure


@pytest.mark.parametrize(
    ("ticked", "access", "told"),
    [
        ({}, "draft", "readers still see the gap"),
        ({"as_work": "on"}, "public", "The picture is in its place."),
    ],
)
def test_filling_a_gap_says_whether_readers_see_it_and_offers_that_they_do(
    desk, archivist, ticked, access, told
):
    address, figure = gap_of("public", archivist)
    address = address.replace("/ar/", "/en/")
    assert "The work is now: Public." in desk.get(address).content.decode()

    page = desk.post(
        address, {"file": SimpleUploadedFile("x.png", png(300, 200)), "seen": "", **ticked}, follow=True
    )

    figure.refresh_from_db()
    assert figure.image.access == access
    assert told in page.content.decode()


def test_picture_of_the_catalogue_can_be_given_the_work_s_access_in_the_same_form(desk, archivist):
    address, figure = gap_of("members", archivist)
    desk.post(reverse("image_upload"), {"file": SimpleUploadedFile("x.png", png(300, 200))})
    image = Image.objects.get()

    desk.post(address, {"image": image.public_id, "seen": "", "as_work": "on"})

    image.refresh_from_db()
    figure.refresh_from_db()
    assert (figure.image, image.access) == (image, "members")


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x.svg"), (b"words", "x.png"), (b"", "x.png")],
)
def test_what_is_no_picture_is_refused_on_the_page(desk, data, name):
    page = desk.post(reverse("image_upload"), {"file": SimpleUploadedFile(name, data)})

    assert page.status_code == 422
    assert "alert" in page.content.decode()
    assert not Image.objects.exists()


def test_broken_picture_is_told_on_its_page(desk):
    desk.post(reverse("image_upload"), {"file": SimpleUploadedFile("x.png", png(300, 200)[:-30])})
    image = Image.objects.get()
    make_derivatives(image_id=image.pk)

    page = desk.get(reverse("desk_image", args=[image.public_id]))

    assert page.status_code == 200
    assert "alert--danger" in page.content.decode()
    assert reverse("original", args=[image.public_id]) in page.content.decode()


def test_lists_find_by_title_in_either_language(desk, work, archivist):
    create_work(values={"title_en": "A well"}, by=archivist)

    page = desk.get(reverse("desk_works"), {"q": "الجسر"}).content.decode()

    assert work.public_id in page
    assert "A well" not in page
