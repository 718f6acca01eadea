"""A text made of a PDF's words: the same report and draft as any import, and the way back to each page."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.db import transaction

from archive.actions.accept_draft import accept_draft
from archive.actions.add_image import add_image
from archive.actions.bring_in import bring_in
from archive.actions.redact import redact
from archive.actions.run_job import run_job
from archive.actions.start_import import start_import
from archive.enums import Access, ImportState, JobState
from archive.errors import HashiyaError, Invalid
from archive.models import Image, ImportRun, Job, Text, TextDraft, TextRevision
from archive.views.shared import forget
from tests.db.archive.test_pages import tiff
from tests.factories_archive import send
from tests.factories_pdf import pdf, words

pytestmark = pytest.mark.django_db
SECRET = "Nadia"
#: Of the second page, a word lies under a black box.
PAGES = [
    words("The canal keeper", y=350, size=30)
    + words("He wrote every morn-", y=300)
    + words("ing by the water.", y=278),
    words("Then he slept", y=350) + words(SECRET, y=200) + "\n0 0 0 rg 25 190 120 30 re f",
]


def work_off() -> None:
    while job := Job.objects.filter(state=JobState.QUEUED, not_before=None).order_by("pk").first():
        run_job(job.pk)
    forget()


def add(data: bytes, people, **values) -> Image:
    made = add_image(
        arrival=send(data, filename="letter.pdf", by=people["archivist"]),
        values={"access": Access.PUBLIC, "title_en": "Letter", **values}, by=people["archivist"],
    )  # fmt: skip
    work_off()
    made.refresh_from_db()
    return made


@pytest.fixture
def image(people) -> Image:
    return add(pdf(PAGES), people)


def read(image: Image, by, **more) -> TextDraft:
    run = start_import(arrival=image.arrival, image=image, language="en", by=by, **more)
    work_off()
    return TextDraft.objects.get(run=run)


def accepted(image: Image, by) -> TextRevision:
    draft = read(image, by)
    values = {"title_en": "The keeper", "language": "en", "access": Access.PUBLIC}
    revision = accept_draft(draft_id=draft.pk, sha256=draft.sha256, values=values, by=by)
    work_off()
    return revision


def test_its_words_become_a_draft_with_a_report(image, archivist):
    draft = read(image, archivist)

    assert draft.content.split("\n") == [
        "The canal keeper",
        "He wrote every morn- ing by the water.",
        "Then he slept",
    ]
    assert draft.title == "The canal keeper"
    assert [mark["attrs"] for mark in draft.marks] == [{"unit": "page", "n": "1"}, {"unit": "page", "n": "2"}]
    (problem,) = draft.problems.filter(kind="divided_word")
    assert problem.proposal == {"op": "replace_span", "text": ""}
    assert draft.run.importer == "pdf"


def test_words_that_nobody_sees_are_not_in_it(image, archivist):
    assert SECRET not in read(image, archivist).content


def test_words_that_are_covered_are_not_in_it(image, archivist):
    size = image.tiles.get(page=2)
    area = {"page": 2, "x": 0, "y": 0, "width": size.width, "height": size.height // 4}
    redact(image_id=image.pk, version=None, areas=[area], reason="حماية", by=archivist)
    work_off()

    assert "slept" not in read(image, archivist).content


def test_while_pages_are_being_made_nothing_is_read(image, archivist):
    area = {"page": 2, "x": 0, "y": 0, "width": 10, "height": 10}
    redact(image_id=image.pk, version=None, areas=[area], reason="حماية", by=archivist)

    run = start_import(arrival=image.arrival, image=image, language="en", by=archivist)
    run_job(run.job_id)

    run.refresh_from_db()
    assert (run.state, run.error["code"]) == (ImportState.FAILED, "pages_not_ready")


def test_a_page_of_pictures_has_no_words(people, archivist):
    image = add(pdf(["0 0 1 rg 30 30 100 100 re f"]), people)
    run = start_import(arrival=image.arrival, image=image, language="en", by=archivist)
    work_off()

    run.refresh_from_db()
    assert run.error["code"] == "pdf_without_words"


def test_the_text_is_tied_to_the_pdf_and_shows_its_pages(client, image, archivist):
    revision = accepted(image, archivist)

    html = client.get(f"/en/works/{revision.text.work.slug}/").content.decode()
    article = html.partition("<article")[2].partition("</article>")[0]

    assert revision.text.image == image
    for number in (1, 2):
        assert f'aria-label="Page {number} of the PDF"' in article
    assert f'href="/en/images/{image.public_id}/?page=2#picture"' in article
    assert f'src="/iiif/3/{image.public_id}:2/full/!320,320/0/default.jpg"' in article
    page = client.get(f"/en/images/{image.public_id}/").content.decode()
    assert f"/en/works/{revision.text.work.slug}/?text={revision.text.public_id}" in page
    said = client.get(f"/api/texts/{revision.text.public_id}/").json()
    assert said["image"] == image.public_id


def test_the_words_of_the_article_are_the_text_s_and_nothing_else(client, image, archivist):
    from html.parser import HTMLParser

    revision = accepted(image, archivist)
    html = client.get(f"/ar/works/{revision.text.work.slug}/").content.decode()
    parser, found = HTMLParser(), []
    parser.handle_data = found.append
    parser.feed("<article" + html.partition("<article")[2].partition("</article>")[0])

    assert "".join(found) == revision.content


@pytest.mark.parametrize("access", [Access.DRAFT, Access.MEMBERS])
def test_a_pdf_that_is_not_public_is_told_to_nobody(client, image, archivist, access):
    revision = accepted(image, archivist)
    Image.objects.update(access=access)
    forget()

    html = client.get(f"/en/works/{revision.text.work.slug}/").content.decode()

    assert image.public_id not in html
    assert client.get(f"/api/texts/{revision.text.public_id}/").json()["image"] is None


def test_a_text_that_is_not_public_is_not_named_at_the_pdf(client, image, archivist):
    revision = accepted(image, archivist)
    revision.text.work.access = Access.DRAFT
    revision.text.work.save()
    forget()

    assert revision.text.work.slug not in client.get(f"/en/images/{image.public_id}/").content.decode()


def test_warned_pages_are_ways_and_no_pictures(client, image, archivist):
    revision = accepted(image, archivist)
    Image.objects.update(warnings=["violence"])
    forget()

    html = client.get(f"/en/works/{revision.text.work.slug}/").content.decode()

    assert 'aria-label="Page 2 of the PDF"' in html
    assert "320,320" not in html.partition("<article")[2]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_archivist_makes_it_at_the_pdf_s_page(client, image, archivist, language):
    client.force_login(archivist)
    address = f"/{language}/desk/images/{image.public_id}/"
    assert f"{address}text/" in client.get(address).content.decode()
    form = client.get(f"{address}text/").content.decode()
    key = form.partition('name="key" value="')[2].partition('"')[0]

    answer = client.post(f"{address}text/", {"language": "en", "work": "", "key": key})
    again = client.post(f"{address}text/", {"language": "en", "work": "", "key": key})

    run = ImportRun.objects.get()
    assert run.image == image
    assert (
        answer.headers["Location"]
        == again.headers["Location"]
        == f"/{language}/desk/texts/imports/{run.public_id}/"
    )
    work_off()
    report = client.get(f"/{language}/desk/texts/drafts/{run.draft.public_id}/").content.decode()
    assert (
        "A word divided at the end of a line" if language == "en" else "كلمةٌ مقسومة في آخر السطر"
    ) in report


def test_a_picture_that_is_no_pdf_has_no_such_page(client, people, archivist):
    picture = add(tiff(), people)
    client.force_login(archivist)

    assert client.get(f"/en/desk/images/{picture.public_id}/text/").status_code == 404
    assert client.post(f"/api/images/{picture.public_id}/text/", {"language": "en"}).status_code == 404


def test_the_api_makes_it_too(client, image, archivist):
    client.force_login(archivist)
    address = f"/api/images/{image.public_id}/text/"

    answer = client.post(address, {"language": "en"}, content_type="application/json")

    assert answer.status_code == 202
    assert (answer.json()["image"], answer.json()["importer"]) == (image.public_id, "pdf")


@pytest.mark.parametrize("role", ["scholar", "editor", "member"])
def test_others_make_no_texts(client, image, people, role):
    with pytest.raises(HashiyaError):
        start_import(arrival=image.arrival, image=image, language="en", by=people[role])
    client.force_login(people[role])
    assert client.post(f"/api/images/{image.public_id}/text/", {"language": "en"}).status_code in (403, 404)
    assert not ImportRun.objects.exists()


def test_the_importer_reads_no_file_that_somebody_sends(archivist):
    with pytest.raises(Invalid, match="importer_unclear"):
        start_import(
            arrival=send(b'{"pages": []}', by=archivist), language="en", importer_code="pdf", by=archivist
        )


def test_who_covers_the_pdf_is_told_of_its_texts(client, image, archivist):
    revision = accepted(image, archivist)
    client.force_login(archivist)

    html = client.get(f"/en/desk/images/{image.public_id}/cover/").content.decode()

    assert "Texts were made of the words of this file" in html
    assert f"/en/desk/works/{revision.text.work.public_id}/" in html


def test_a_package_keeps_the_tie(people, archivist, tmp_path):
    point = transaction.savepoint()
    revision = accepted(add(pdf(PAGES), people), archivist)
    call_command("export_work", revision.text.work.slug, "--to", str(tmp_path / "bag"))
    lines = [json.loads(line) for line in (tmp_path / "bag/data/catalogue.jsonl").read_text().splitlines()]
    transaction.savepoint_rollback(point)
    assert not Text.objects.exists()

    bring_in(path=tmp_path / "bag", by=people["administrator"])

    text = Text.objects.get()
    assert text.image == Image.objects.get()
    assert [line["words_of"] for line in lines if line["is"] == "text"] == [text.image.public_id]
    assert text.current_revision.content.startswith("The canal keeper")
