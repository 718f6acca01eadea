"""A copy to read without a server: every link leads inside of it, and nothing is in it that the public may not see."""

from __future__ import annotations

import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

import pytest

from archive.actions.accept_draft import accept_draft
from archive.actions.ask_take_out import ask_take_out
from archive.actions.describe_work import describe_work
from archive.actions.run_job import run_job
from archive.enums import Access
from archive.errors import Invalid
from archive.media.packages import place_of
from archive.models import Collection, Image, Job, TextRevision, Video, Work
from tests.factories_archive import make_draft
from tests.factories_packages import make_shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(archivist):
    """Everything public, but for what a test takes back."""
    made = make_shelf(archivist)
    Collection.objects.update(access=Access.PUBLIC)
    Work.objects.update(access=Access.PUBLIC, embargo_until=None)
    for job in Job.objects.filter(kind="make_derivatives"):
        run_job(job.pk)
    return made


def copy_of(item, by) -> dict[str, bytes]:
    package = ask_take_out(item=item, layout="static", by=by)
    assert run_job(package.job_id) == "done", Job.objects.get(pk=package.job_id).message
    with zipfile.ZipFile(place_of(package)) as archive:
        return {str(PurePosixPath(*Path(name).parts[1:])): archive.read(name) for name in archive.namelist()}


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


def test_every_link_inside_leads_to_a_file_of_the_copy(shelf, archivist):
    files = copy_of(shelf.outer, archivist)

    pages = {path: body.decode() for path, body in files.items() if path.endswith(".html")}
    assert len(pages) >= 7
    for path, html in pages.items():
        for link in Links(html).found:
            if re.match(r"[a-z]+:", link) or link.startswith("#"):
                continue
            target = PurePosixPath(path).parent / link.partition("#")[0]
            parts: list[str] = []
            for part in target.parts:
                parts = parts[:-1] if part == ".." else [*parts, part]
            assert "/".join(parts) in files, (path, link)
        assert "<script" not in html


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_text_is_there_word_for_word_in_both_languages(shelf, archivist, language):
    html = copy_of(shelf.work, archivist)[f"{language}/works/{shelf.work.public_id}.html"].decode()

    revision = TextRevision.objects.filter(text=shelf.text).latest("number")
    article = re.search(r"<article[^>]*>(.*)</article>", html, re.DOTALL)[1]
    parser = HTMLParser()
    words: list[str] = []
    parser.handle_data = words.append
    parser.feed(article)
    assert "".join(words) == revision.content
    assert f'<html lang="{language}"' in html
    assert "&lt;b&gt;" in html if language == "en" else "القنطرة" in html


def test_it_holds_what_the_public_sees_whoever_takes_it(shelf, archivist):
    Image.objects.update(access=Access.DRAFT)

    files = copy_of(shelf.outer, archivist)

    assert not any(path.startswith("pictures/") for path in files)
    assert shelf.image.public_id.encode() not in b"".join(files.values())


def test_originals_stay_in_the_archive(shelf, archivist):
    files = copy_of(shelf.outer, archivist)

    pictures = [body for path, body in files.items() if path.startswith("pictures/")]
    assert pictures
    assert all(body[8:12] == b"WEBP" for body in pictures)


def test_of_what_nobody_may_see_there_is_no_copy(shelf, archivist):
    describe_work(work_id=shelf.work.pk, version=None, by=archivist, values={"access": Access.DRAFT})

    shelf.work.refresh_from_db()
    with pytest.raises(Invalid, match="nothing_public"):
        ask_take_out(item=shelf.work, layout="static", by=archivist)


def test_films_are_named_with_their_addresses(archivist):
    draft = make_draft("# رحلة\n\nhttps://www.youtube.com/watch?v=dQw4w9WgXcQ\n", by=archivist)
    values = {"title_ar": "رحلة", "language": "ar", "access": Access.PUBLIC}
    text = accept_draft(
        draft_id=draft.pk, sha256=draft.sha256, values=values, by=archivist, message="أولى"
    ).text

    page = f"en/works/{text.work.public_id}.html"
    address = b'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ"'

    assert address not in copy_of(text.work, archivist)[page]
    Video.objects.update(access=Access.PUBLIC, title_ar="فيلم الرحلة", title_en="Film of the journey")
    copy = copy_of(text.work, archivist)
    assert address in copy[page]
    assert b"<bdi>Film of the journey</bdi>" in copy[page]
    assert b'data-title="Film of the journey"' in copy[page]
    assert "<bdi>فيلم الرحلة</bdi>".encode() in copy[page.replace("en/", "ar/", 1)]


def test_the_same_copy_has_the_same_bytes(shelf, archivist):
    assert copy_of(shelf.work, archivist) == copy_of(shelf.work, archivist)
