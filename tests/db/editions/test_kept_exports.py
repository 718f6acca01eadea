"""What a release is taken away as: made once by a job, kept, and given out only as long as the release shows it."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from django.utils.translation import gettext, override

from annotations.actions.ask_release_export import ask_all, ask_release_export
from annotations.actions.withdraw_release import withdraw_release
from annotations.exports import FORMATS
from annotations.models import ReleaseExport
from annotations.presenters.kept_exports import kept_ids
from archive.actions.bump_epoch import bump_epoch
from archive.actions.run_job import run_job
from archive.enums import Access, JobState
from archive.errors import Invalid, NotVisible
from archive.media.packages import place_of
from archive.models import Job
from archive.views import shared
from tests.factories_editions import Desk, make_desk

pytestmark = pytest.mark.django_db

PAGE = "/en/editions/mill-edition/1/"
PLAIN = "/editions/mill-edition/1/"


@pytest.fixture
def desk(people) -> Desk:
    return make_desk(people)


def work() -> None:
    """Do the jobs that wait to write files."""
    for job in Job.objects.filter(kind="build_release_export", state=JobState.QUEUED):
        run_job(job_id=job.pk)
    shared.forget()


def read(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_anybody_asks_for_a_file_that_is_made_once_and_told_of_on_the_page(client, desk):
    desk.release()
    waiting = client.get(f"{PLAIN}download/docx", headers={"Accept-Language": "en"})
    assert waiting.url == f"{PAGE}downloads/docx/"
    assert b"Nobody has asked for this file yet" in client.get(waiting.url).content

    client.post(waiting.url)
    client.post(waiting.url)

    assert Job.objects.filter(kind="build_release_export").count() == 1
    assert b"The file is being made" in client.get(waiting.url).content
    assert client.get(f"{waiting.url}?as=state").json()["state"] == "waiting"
    work()
    export = ReleaseExport.objects.get()
    data = read(client.get(f"{PLAIN}download/docx"))
    assert len(data) == export.size
    assert "word/footnotes.xml" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    for page in (waiting.url, f"{PAGE}downloads/"):
        assert export.sha256 in client.get(page).content.decode()


@pytest.mark.parametrize("form", ["iiif", "jsonld", "csv", "text"])
def test_a_file_has_its_own_type_and_is_read_from_other_sites_kept_or_not(client, desk, form):
    desk.release()
    streamed = client.get(f"{PLAIN}download/{form}")
    client.post(f"{PAGE}downloads/{form}/")
    work()

    kept = client.get(f"{PLAIN}download/{form}")

    assert ReleaseExport.objects.get().form == form
    for answer in (streamed, kept):
        assert answer["Content-Type"] == FORMATS[form].media_type
        assert (answer["Access-Control-Allow-Origin"], answer["X-Content-Type-Options"]) == ("*", "nosniff")
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert read(kept) == read(streamed)


def test_what_is_hidden_later_comes_out_of_no_kept_file(client, desk):
    release = desk.release()
    ask_release_export(release=release.public_id, form="tei", by=None)
    work()
    kept = ReleaseExport.objects.get()
    assert desk.image.public_id.encode() + b"-medium.webp" in read(client.get(f"{PLAIN}download/tei"))

    desk.image.access = Access.DRAFT
    desk.image.save()
    bump_epoch()
    shared.forget()

    again = read(client.get(f"{PLAIN}download/tei"))
    assert b"-medium.webp" not in again
    assert desk.image.title_ar not in again.decode().split("<body>")[0]
    with override("ar"):
        assert gettext("Not public") in again.decode()
    assert kept.public_id not in set(kept_ids())
    with pytest.raises(Invalid):
        ask_release_export(release=release.public_id, form="json", by=None)
    assert b"Not given now" in client.get(f"{PAGE}downloads/").content
    # Opened again, the file of before holds again.
    desk.image.access = Access.PUBLIC
    desk.image.save()
    assert kept.public_id in set(kept_ids())


def test_a_file_that_was_overtaken_while_it_waited_is_not_made(client, desk):
    release = desk.release()
    export = ask_release_export(release=release.public_id, form="docx", by=None)
    desk.image.access = Access.DRAFT
    desk.image.save()

    work()

    export.refresh_from_db()
    assert (export.size, export.job.state) == (None, JobState.FAILED)
    assert not place_of(export).exists()


def test_a_withdrawn_release_gives_no_file_and_a_sealed_one_gives_them_to_editors_alone(client, desk, people):
    release = desk.seal()
    with pytest.raises(NotVisible):
        ask_release_export(release=release.public_id, form="markdown", by=None)
    with pytest.raises(NotVisible):
        ask_release_export(release=release.public_id, form="markdown", by=people["scholar"])
    for address in (f"{PAGE}downloads/", f"{PAGE}downloads/markdown/", f"{PLAIN}download/markdown"):
        assert client.get(address).status_code == 404
    client.force_login(people["editor"])
    desk_page = f"/en/desk/editions/releases/{release.public_id}/downloads/"
    client.post(f"{desk_page}markdown/")
    work()
    assert "[^1]" in read(client.get(f"{desk_page}markdown/file")).decode()
    assert b"SHA-256" in client.get(desk_page).content
    client.logout()
    assert client.get(f"{desk_page}markdown/file").status_code in (302, 403, 404)

    withdraw_release(release=release.public_id, reason="سبب", by=None)

    assert not set(kept_ids())


def test_publishing_asks_for_every_form_of_the_release_once(desk, settings):
    settings.EXPORTS_WHEN_PUBLISHED = True
    desk.release()

    for job in Job.objects.filter(kind="release_settled"):
        run_job(job_id=job.pk)

    assert set(ReleaseExport.objects.values_list("form", flat=True)) == set(FORMATS)
    ask_all(ReleaseExport.objects.first().release)
    assert Job.objects.filter(kind="build_release_export").count() == len(FORMATS)


def test_files_that_nobody_asked_for_leave_room_between_them_until_somebody_asks(client, desk, settings):
    settings.EXPORTS_WHEN_PUBLISHED = True
    desk.release()
    for job in Job.objects.filter(kind="release_settled"):
        run_job(job_id=job.pk)
    hours = list(
        Job.objects.filter(kind="build_release_export").order_by("pk").values_list("not_before", flat=True)
    )

    work()
    assert hours == sorted(set(hours)), "one after the other, so that an import gets between"
    assert not ReleaseExport.objects.exclude(size=None).exists(), "none before its hour"
    page = f"{PAGE}downloads/docx/"
    assert b"Nobody has asked for this file yet" in client.get(page).content

    client.post(page)
    assert b"The file is being made" in client.get(page).content
    work()

    assert ReleaseExport.objects.exclude(size=None).values_list("form", flat=True).get() == "docx"


def test_a_file_that_no_backup_brought_back_is_made_anew_and_called_no_failure(client, desk):
    release = desk.release()
    export = ask_release_export(release=release.public_id, form="docx", by=None)
    work()
    place_of(export).unlink()

    page = client.get(f"{PAGE}downloads/docx/").content
    assert (b"Nobody has asked for this file yet" in page, b"The file was not made" in page) == (True, False)
    client.post(f"{PAGE}downloads/docx/")
    work()
    assert place_of(export).is_file()


def put_in_its_place(export: ReleaseExport, data: bytes) -> None:
    place_of(export).write_bytes(data)


def bundled(release, form: str) -> bytes:
    """Ask for the bundle, and return what it has of a form."""
    bundle = ask_release_export(release=release.public_id, form="bundle", by=None)
    work()
    with zipfile.ZipFile(place_of(bundle)) as bag:
        return next(bag.read(path) for path in bag.namelist() if f"/data/forms/{form}/" in path)


def test_the_bundle_takes_the_files_that_are_kept_and_writes_none_of_them_again(desk):
    release = desk.release()
    kept = ask_release_export(release=release.public_id, form="markdown", by=None)
    work()
    # Nobody writes these: had the form been written again, they would be gone.
    put_in_its_place(kept, b"kept")
    ReleaseExport.objects.filter(pk=kept.pk).update(size=4, sha256=hashlib.sha256(b"kept").hexdigest())

    assert bundled(release, "markdown") == b"kept"


def test_the_bundle_takes_no_kept_file_that_was_damaged(desk):
    release = desk.release()
    kept = ask_release_export(release=release.public_id, form="markdown", by=None)
    work()
    sound = place_of(kept).read_bytes()
    put_in_its_place(kept, sound.replace(b"[^1]", b"[^9]"))

    assert bundled(release, "markdown") == sound


def test_the_bundle_takes_no_file_that_was_made_of_another_state_of_the_release(desk):
    release = desk.release()
    kept = ask_release_export(release=release.public_id, form="markdown", by=None)
    work()
    before = place_of(kept).read_bytes()
    desk.image.warnings = ["violence"]
    desk.image.save()
    bump_epoch()

    after = bundled(release, "markdown")

    assert after != before
    with override("ar"):
        assert gettext("Violence") in after.decode()
