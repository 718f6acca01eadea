"""What was taken down or covered leaves the archive in no package, whatever was asked for first."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from annotations.actions.save_draft import save_draft
from archive.access import as_viewer
from archive.actions.add_capture import add_capture
from archive.actions.ask_personal_export import ask_personal_export
from archive.actions.ask_take_out import ask_take_out
from archive.actions.build_personal_export import build_personal_export
from archive.actions.build_take_out import build_take_out
from archive.actions.create_work import create_work
from archive.actions.declare_translation import declare_translation
from archive.actions.describe_work import describe_work
from archive.actions.redact import redact
from archive.actions.run_job import run_job
from archive.actions.take_down import take_down
from archive.enums import Access, TakedownReason, WarningKind
from archive.errors import Conflict, Invalid
from archive.exports.holding import holding
from archive.models import Collection, Image, Job, Text, Video, Work
from tests.db.access.test_section_surfaces import unescaped
from tests.db.archive.test_redaction import AREA, drawing, taken_in
from tests.db.archive.test_static_copy import copy_of
from tests.factories_archive import send
from tests.factories_films import MP4, make_captions, make_video
from tests.factories_notes import make_note, make_text, place_of
from tests.factories_packages import make_shelf

pytestmark = pytest.mark.django_db
WHY = next(iter(TakedownReason)).value


@pytest.fixture
def shelf(archivist):
    return make_shelf(archivist)


@pytest.fixture
def picture(archivist):
    """An image alone in a collection, with the package that somebody asked for."""
    image = taken_in(drawing(), archivist)
    around = Collection.objects.create(slug="shelf", title_ar="رفّ", access=Access.PUBLIC)
    Image.objects.filter(pk=image.pk).update(collection=around)
    image.refresh_from_db()
    return image


def down(item, by):
    take_down(type(item).objects.get(pk=item.pk), reason=WHY, by=by)


def cover(image, by):
    image.refresh_from_db()
    redact(image_id=image.pk, version=image.version, areas=[AREA], reason="x", by=by)


def fetched(client, package, by):
    client.force_login(by)
    return client.get(reverse("take_out_file", args=[package.public_id])).status_code


def test_a_package_that_was_being_written_while_a_part_was_covered_is_not_given_out(
    client, picture, archivist
):
    package = ask_take_out(item=picture.collection, layout="bagit", by=archivist)
    done: list[int] = []

    def progress(percent, **message):
        if not done:
            done.append(percent)
            cover(picture, archivist)

    build_take_out(take_out_id=package.pk, progress=progress)

    assert done
    assert fetched(client, package, archivist) == 404


@pytest.mark.parametrize("meanwhile", ["moved", "taken down"])
def test_a_package_of_before_is_taken_back_wherever_the_image_is_now(client, picture, archivist, meanwhile):
    package = ask_take_out(item=picture.collection, layout="bagit", by=archivist)
    run_job(package.job_id)
    assert fetched(client, package, archivist) == 200

    if meanwhile == "moved":
        Image.objects.filter(pk=picture.pk).update(collection=None)
    else:
        down(picture, archivist)
    cover(picture, archivist)

    assert fetched(client, package, archivist) == 404


def test_a_finished_package_is_taken_back_when_something_in_it_is_taken_down(client, shelf, archivist):
    package = ask_take_out(item=shelf.outer, layout="csv", by=archivist)
    run_job(package.job_id)
    assert fetched(client, package, archivist) == 200

    down(shelf.work, archivist)

    assert fetched(client, package, archivist) == 404


def test_what_stands_on_a_shelf_that_is_down_is_packed_by_nobody(shelf, archivist):
    down(shelf.outer, archivist)

    with pytest.raises(Conflict, match="down_already"):
        ask_take_out(item=Work.objects.get(pk=shelf.work.pk), layout="bagit", by=archivist)


def test_a_picture_on_a_shelf_that_is_down_leaves_with_no_text(shelf, archivist):
    other = Collection.objects.create(slug="o", title_ar="رفّ", access=Access.PUBLIC)
    Image.objects.filter(pk=shelf.image.pk).update(collection=other)
    assert shelf.image.pk in holding(shelf.work, as_viewer(archivist)).ids.images

    down(other, archivist)

    assert shelf.image.pk not in holding(shelf.work, as_viewer(archivist)).ids.images


def test_a_film_that_is_down_leaves_with_no_text_that_holds_its_words(archivist):
    video = make_video(by=archivist)
    revision = make_captions(video=video, by=archivist)
    add_capture(video=video, arrival=send(MP4, filename="f.mp4", by=archivist), by=archivist)

    down(video, archivist)

    held = holding(revision.text.work, as_viewer(archivist))
    assert video.pk not in held.ids.videos
    assert not list(held.captures())


def test_a_static_copy_shows_no_warned_cover_and_leads_to_no_film_that_is_not_public(shelf, archivist):
    Collection.objects.update(access=Access.PUBLIC)
    Work.objects.update(
        access=Access.PUBLIC, embargo_until=None, content_warning_ar="", content_warning_en=""
    )
    for job in Job.objects.filter(kind="make_derivatives"):
        run_job(job.pk)
    Image.objects.update(warnings=[next(iter(WarningKind)).value])
    Video.objects.update(access=Access.DRAFT)

    files = copy_of(shelf.outer, archivist)

    assert "<img" not in files["en/index.html"].decode()
    assert b"dQw4w9WgXcQ" not in b"".join(files.values())


def test_the_original_behind_covered_parts_is_no_editors_under_another_name(client, people, archivist):
    covered, twin = (taken_in(drawing(), archivist, name=name) for name in ("a.jpg", "b.jpg"))
    cover(covered, archivist)

    client.force_login(people["editor"])

    for image in (covered, twin):
        assert client.get(reverse("original", args=[image.public_id])).status_code == 404


def test_nothing_is_restricted_to_nobody(archivist):
    work = create_work(values={"title_en": "W", "access": Access.PUBLIC}, by=archivist)

    with pytest.raises(Invalid, match="groups_missing"):
        describe_work(work_id=work.pk, version=None, values={"access": Access.RESTRICTED}, by=archivist)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00", "9999-12-31T23:59:59"])
def test_a_year_that_no_calendar_holds_is_refused(client, archivist, moment):
    work = create_work(values={"title_en": "W"}, by=archivist)
    client.force_login(archivist)

    answer = client.patch(
        f"/api/works/{work.public_id}/", {"embargo_until": moment}, content_type="application/json",
        headers={"If-Match": work.etag},
    )  # fmt: skip

    assert answer.status_code == 422


def test_a_translation_of_a_translation_is_refused_however_old_the_form(archivist):
    work = create_work(values={"title_en": "W"}, by=archivist)
    first, second, third = (
        Text.objects.create(work=work, language=language, direction="rtl") for language in ("ar", "en", "fr")
    )
    read_before = Text.objects.get(pk=second.pk)
    declare_translation(text_id=second.pk, version=second.version, original=first, by=archivist)

    with pytest.raises(Invalid, match="translation_of_translation"):
        declare_translation(text_id=third.pk, version=third.version, original=read_before, by=archivist)


def test_who_wrote_a_note_is_told_neither_title_nor_words_of_a_work_that_is_down(client, people, archivist):
    text, scholar = make_text(), people["scholar"]
    words, title = text.current_revision.content[14:17], str(text.work)
    note = make_note(text, by=scholar)
    place = {"text": text.public_id, "revision": 1, "start": 14, "end": 17, "exact": words}
    save_draft(key="new", data={"body": "لي", "locus": place}, text=text.public_id, by=scholar)
    client.force_login(scholar)
    addresses = (reverse("my_notes"), reverse("note_drafts"), f"/api/annotations/{note.public_id}/")
    before = [unescaped(client.get(address).content.decode()) for address in addresses]

    down(text.work, archivist)

    after = [unescaped(client.get(address).content.decode()) for address in addresses]
    exact = place_of(text, "حجر أبيض").exact
    assert title in before[0]
    assert exact in before[0] + before[2]
    assert words in before[1]
    assert not [page for page in after if title in page or exact in page or f'"{words}"' in page]
    assert all("لي" in page for page in after[:2])


def test_a_persons_own_package_is_taken_back_too(people, archivist):
    scholar, text = people["scholar"], make_text()
    package = ask_personal_export(account_id=scholar.pk, by=scholar)
    build_personal_export(export_id=package.pk)

    down(text.work, archivist)

    package.refresh_from_db()
    assert package.expires_at <= timezone.now()
