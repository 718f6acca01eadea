"""A linked film is captured by yt-dlp where an administrator says so, and by a program on a short leash."""

from __future__ import annotations

import functools
import time
from ipaddress import ip_address
from pathlib import Path

import pytest
from django.urls import reverse

from archive.actions.capture_video import ask_capture, capture_video
from archive.errors import Conflict, HashiyaError, NotAllowed
from archive.media import paths
from archive.models import Capture, FileArrival, Job
from archive.outside.capturing import Limits, Way, capture
from tests.factories_films import MP4, make_video

pytestmark = pytest.mark.django_db
PUBLIC = Way(resolve=lambda host, port, clock: [ip_address("93.184.216.34")])
HEAD = """#!/bin/sh
case "$*" in *--version*) echo 2026.10.26; exit 0;; esac
"""
PROGRAMS = {
    "fails": "echo no such film >&2; exit 1",
    "writes nothing": "exit 0",
    "writes odd names": "printf x > '../odd'; printf x > '-rf'; printf x > 'film.mp4;rm'; exit 0",
    "writes two films": "printf x > film.mp4; printf y > film.webm",
    "writes a link": "ln -s /etc/hostname film.mp4",
    "writes a folder": "mkdir film.mp4",
    "writes an empty film": ": > film.mp4",
}


@pytest.fixture
def by(people):
    return people["archivist"]


@pytest.fixture
def video(by):
    return make_video(by=by)


@pytest.fixture
def program(tmp_path, settings):
    """Return a way to put a program in the place of yt-dlp, which writes down how it was called."""
    settings.OUTSIDE_NETWORK = True

    def put(body: str) -> Path:
        place = tmp_path / "yt-dlp"
        (tmp_path / "film").write_bytes(MP4)
        told = f'printf "%s\\n" "$@" > {tmp_path}/called; env > {tmp_path}/env'
        place.write_text(f"{HEAD}{told}\n{body}\n")
        place.chmod(0o755)
        settings.YT_DLP = str(place)
        return tmp_path

    return put


def taken(video, by, *, limits: Limits | None = None, way: Way = PUBLIC) -> Capture:
    take = functools.partial(capture, limits=limits or Limits(seconds=20), way=way)
    return capture_video(video_id=video.pk, by=by, take=take)


def refusal(video, by, **more) -> str:
    with pytest.raises(HashiyaError) as caught:
        taken(video, by, **more)
    assert not FileArrival.objects.exists()
    assert not Capture.objects.exists()
    assert not list(paths.staging().iterdir()), "nothing is left of it"
    return caught.value.code


def test_film_is_kept_with_its_custody(video, by, program):
    folder = program('cp "$(dirname $0)/film" film.mp4')

    made = taken(video, by)

    assert made.arrival.filename == "youtube-abcdefghijk.mp4"
    assert paths.of_sha256(made.arrival.stored_file.sha256).read_bytes() == MP4
    assert (made.tool, made.captured_by, made.note) == ("yt-dlp 2026.10.26", str(by), video.url)
    assert made.captured_at is not None
    assert made.access == "as_video"
    called = (folder / "called").read_text().split("\n")
    assert called[-3:-1] == ["--", video.url]
    assert {
        "--ignore-config",
        "--no-cookies",
        "--no-cookies-from-browser",
        "--no-playlist",
        "--no-plugin-dirs",
    } <= set(called)
    environment = (folder / "env").read_text()
    assert "DATABASE_URL" not in environment
    assert "SECRET" not in environment
    assert f"HOME={Path.home()}\n" not in environment


def test_same_bytes_again_are_the_capture_that_they_are(video, by, program):
    program('cp "$(dirname $0)/film" film.mp4')

    assert taken(video, by) == taken(video, by)


@pytest.mark.parametrize("how", PROGRAMS)
def test_program_that_does_otherwise_leaves_nothing(video, by, program, how):
    program(PROGRAMS[how])

    assert refusal(video, by) in ("capture_failed", "capture_odd")


def test_program_that_hangs_is_ended_with_all_that_it_began(video, by, program):
    folder = program("sleep 300 & echo $! > $(dirname $0)/child; wait")

    assert refusal(video, by, limits=Limits(seconds=0.5)) == "capture_too_slow"

    child = int((folder / "child").read_text())
    for _look in range(50):
        if not _runs(child):
            return
        time.sleep(0.02)
    raise AssertionError("it still runs")


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().split()[2]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_program_that_writes_too_much_is_ended(video, by, program):
    program("exec dd if=/dev/zero of=film.mp4 bs=1024 count=9000 2>/dev/null")
    assert refusal(video, by, limits=Limits(max_bytes=100_000, seconds=20)) == "capture_too_large"

    program("for n in 1 2 3 4 5 6; do head -c 50000 /dev/zero > part$n; done; sleep 300")
    assert refusal(video, by, limits=Limits(max_bytes=100_000, seconds=20)) == "capture_too_large"


def test_what_is_no_film_is_not_kept_as_one(video, by, program):
    program("echo '<html>' > film.mp4")

    with pytest.raises(HashiyaError) as caught:
        taken(video, by)

    assert caught.value.code == "not_a_capture"
    assert not Capture.objects.exists()


def test_address_is_checked_before_the_program_is_asked(video, by, program):
    folder = program("exit 0")
    inside = Way(resolve=lambda host, port, clock: [ip_address("10.0.0.7")])

    assert refusal(video, by, way=inside) == "address_not_public"
    type(video).objects.filter(pk=video.pk).update(url="http://www.youtube.com/watch?v=abcdefghijk")
    assert refusal(video, by) == "not_a_web_address"

    assert not (folder / "called").exists()


def test_nothing_is_captured_unless_both_settings_say_so(video, by, program, settings):
    program("exit 0")
    settings.OUTSIDE_NETWORK = False
    with pytest.raises(Conflict):
        ask_capture(video=video, by=by)
    assert refusal(video, by) == "network_off"

    settings.OUTSIDE_NETWORK, settings.YT_DLP = True, ""
    with pytest.raises(Conflict):
        ask_capture(video=video, by=by)
    assert refusal(video, by) == "capture_off"

    settings.YT_DLP = "/nothing/there"
    assert refusal(video, by) == "capture_failed"


def test_archivist_asks_at_the_desk_once(desk, video, people, program, settings, client):
    settings.YT_DLP = ""
    now = reverse("capture_video", args=[video.public_id])
    listed = reverse("desk_captures", args=[video.public_id])
    assert now not in desk.get(listed).content.decode()
    program("exit 0")
    assert now in desk.get(listed).content.decode()

    assert desk.post(now).status_code == 302
    assert desk.post(now).status_code == 302

    assert Job.objects.filter(kind="capture_video").count() == 1
    assert "data-job" in desk.get(listed).content.decode()
    with pytest.raises(NotAllowed):
        ask_capture(video=video, by=people["editor"])
