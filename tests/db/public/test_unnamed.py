"""What nobody has given a title yet is called by what tells it from others, the same wherever readers meet it."""

from __future__ import annotations

import pytest
from django.utils import translation

from archive.access import ANYBODY
from archive.actions.add_recording import add_recording
from archive.actions.check_video import check_video
from archive.actions.run_job import run_job
from archive.enums import Access, JobState
from archive.models import Figure, Image, Job, Video
from archive.models.names import film_name, name_of
from archive.presenters.desk_names import desk_name
from archive.search.engine import search
from archive.views import shared
from tests.db.archive.test_film_checks import Provider, oembed
from tests.factories_archive import send
from tests.factories_editions import make_desk, make_image, place_notes
from tests.factories_sound import tone

pytestmark = pytest.mark.django_db
ON_YOUTUBE = {
    "en": "Video on YouTube (\u2068abcdefghijk\u2069)",
    "ar": "فيديو على YouTube (\u2068abcdefghijk\u2069)",
}


@pytest.fixture
def desk(people, monkeypatch):
    monkeypatch.setattr(shared, "EPOCH_SECONDS", -1)
    desk = make_desk(people)
    for item in (desk.video, desk.image):
        item.title_ar = item.title_en = ""
        item.save()
    place_notes(desk)
    return desk


def pages_of_film(desk) -> list[str]:
    """Return where readers meet the film: its page, the catalogue, and the release that has a note on it."""
    release = desk.edition.releases.first()
    found = [f"videos/{desk.video.public_id}/", "catalogue/?type=video"]
    return [*found, f"editions/mill-edition/{release.number}/"] if release else found


def test_film_is_called_by_its_provider_and_id_in_both_languages(client, desk):
    desk.release()

    for language, name in ON_YOUTUBE.items():
        for page in pages_of_film(desk):
            shown = client.get(f"/{language}/{page}").content.decode()
            assert name in shown, page
            assert "Untitled" not in shown


def test_film_takes_the_name_that_its_provider_says_until_the_archive_gives_it_one(client, desk):
    address = f"/en/videos/{desk.video.public_id}/"
    assert ON_YOUTUBE["en"] in client.get(address).content.decode()
    version = Video.objects.get(pk=desk.video.pk).version

    check_video(video_id=desk.video.pk, ask=Provider(oembed("جسر <b>العتيق</b>")))

    run_all()
    assert "جسر &lt;b&gt;العتيق&lt;/b&gt;" in client.get(address).content.decode()
    assert [hit.label for hit in search("العتيق", viewer=ANYBODY).hits] == ["جسر <b>العتيق</b>"]
    video = Video.objects.get(pk=desk.video.pk)
    assert video.version == version
    video.title_en = "The wheel"
    video.save()
    assert name_of(video) == "The wheel"


def test_picture_is_told_apart_by_the_work_in_which_the_reader_sees_it(client, desk, people):
    address, lone = (
        f"/en/images/{desk.image.public_id}/",
        make_image(by=people["archivist"], title_ar="", title_en=""),
    )

    shown = client.get(address).content.decode()

    assert "Image without a title, in «\u2068The Tale of the Mill\u2069»" in shown
    assert "mill.png" not in shown
    listed = client.get("/ar/catalogue/?type=image").content.decode()
    assert "صورة بلا عنوان، في «\u2068حكاية الطاحونة\u2069»" in listed
    assert "in «" not in client.get(f"/en/images/{lone.public_id}/").content.decode()
    assert desk_name(Image.objects.get(pk=lone.pk)) == "mill.png"
    desk.work.access = Access.DRAFT
    desk.work.save()
    shared.forget()
    assert "The Tale of the Mill" not in client.get(address).content.decode()


def test_number_of_queries_does_not_grow_with_pictures_that_nobody_named(
    client, desk, people, django_assert_max_num_queries
):
    def asked() -> int:
        shared.forget()
        with django_assert_max_num_queries(60) as seen:
            client.get("/en/catalogue/?type=image")
        return len(seen)

    before = asked()
    for number in range(4):
        image = make_image(by=people["archivist"], title_ar="", title_en="", width=1000 + number)
        Figure.objects.create(text=desk.text, key=f"more-{number}", image=image)

    assert asked() == before


def test_staff_know_a_recording_by_its_file_and_readers_do_not(client, people, monkeypatch):
    monkeypatch.setattr(shared, "EPOCH_SECONDS", -1)
    by = people["archivist"]
    sound = add_recording(
        arrival=send(tone("mp3"), filename="tape 4.mp3", by=by), values={"access": "public"}, by=by
    )
    client.force_login(by)

    pages = [client.get(f"/en/desk/videos/{rest}").content.decode() for rest in ("", f"{sound.public_id}/")]

    assert all("<bdi>tape 4.mp3</bdi>" in page for page in pages)
    client.logout()
    shown = client.get(f"/en/videos/{sound.public_id}/").content.decode()
    assert "Recording without a title" in shown
    assert "tape 4" not in shown


@pytest.mark.parametrize(
    ("provider", "ident", "url", "name"),
    [
        ("vimeo", "76979871", "https://vimeo.com/76979871", "Video on Vimeo (76979871)"),
        (
            "peertube",
            "tube.example/9c9de5e8",
            "https://tube.example/w/9c9de5e8",
            "Video on PeerTube, tube.example (9c9de5e8)",
        ),
        ("file", "a.example/v/%D9%81.mp4", "https://a.example/v/%D9%81.mp4", "Film file ف.mp4 (a.example)"),
        ("file", "x" * 90, "", f"Film file {'x' * 39}…"),
    ],
)
def test_name_tells_provider_and_film(provider, ident, url, name):
    with translation.override("en"):
        assert film_name(provider, ident, url).replace("\u2068", "").replace("\u2069", "") == name


def run_all() -> None:
    while job := Job.objects.filter(state=JobState.QUEUED, not_before=None).first():
        run_job(job.pk)
