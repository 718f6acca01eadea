"""From a file to a revision, and pictures, through the API alone."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from archive.actions.run_job import run_job
from archive.models import Figure, FileArrival, ImportRun, Job
from tests.factories_archive import make_draft, png

pytestmark = pytest.mark.django_db

TEXT = """# في الجسر

بُني الجسر من حجر، ثم وُسّع.

![الجسر من الضفة](missing.png)

وكان الناس يعبرونه كل يوم، كما في [الدفتر القديم](#).
"""


def send_text(client, data=TEXT, name="bridge.md", **more):
    file = SimpleUploadedFile(name, data.encode() if isinstance(data, str) else data)
    return client.post("/api/imports/", {"file": file, "language": "ar", **more}, format="multipart")


def test_file_becomes_a_revision(archivist, anybody):
    sent = send_text(archivist)

    assert sent.status_code == 202
    assert sent.json()["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    job = Job.objects.get(public_id=sent.json()["job"]["id"])
    run_job(job_id=job.pk)
    assert archivist.get(f"/api/jobs/{job.public_id}/").json()["state"] == "done"

    run = archivist.get(f"/api/imports/{sent.json()['id']}/").json()
    address = f"/api/drafts/{run['draft']}"
    draft = archivist.get(f"{address}/")
    report = archivist.get(f"{address}/report/").json()
    assert [row["text"] for row in report["headings"]] == ["في الجسر"]

    accepted = archivist.post(
        f"{address}/accept/",
        {"sha256": draft.json()["sha256"], "new_work": {"title_ar": "في الجسر", "title_en": "On the Bridge"}},
        format="json", headers={"If-Match": draft.headers["ETag"]},
    )  # fmt: skip
    assert accepted.status_code == 201, accepted.content
    words = archivist.get(f"/api/texts/{accepted.json()['text']}/revisions/current/").json()
    assert hashlib.sha256(words["content"].encode()).hexdigest() == accepted.json()["sha256"]
    assert anybody.get(f"/api/works/{accepted.json()['work']}/").status_code == 404


def test_scholar_may_not_send_a_file_and_nothing_of_it_is_kept(scholar):
    assert send_text(scholar).status_code == 403
    assert not FileArrival.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"language": "Arabic please"}, "language"),
        ({"importer": "word"}, "importer"),
        ({"work": "zz"}, "work"),
    ],
)
def test_wrong_field_of_an_upload_is_named(archivist, given, field):
    answer = send_text(archivist, **given)

    assert answer.status_code == 422
    assert field in answer.json()["errors"]


def test_empty_file_and_one_that_is_too_large_are_refused(archivist, monkeypatch):
    from archive.media import limits

    monkeypatch.setattr(limits, "TEXT_BYTES", 100)

    empty, large = send_text(archivist, b""), send_text(archivist, "ا" * 200)

    assert (empty.status_code, large.status_code) == (422, 422)
    assert not ImportRun.objects.exists()


def test_binary_posing_as_text_fails_with_a_reason(archivist):
    sent = send_text(archivist, bytes(range(256)) * 20).json()

    run_job(job_id=Job.objects.get(public_id=sent["job"]["id"]).pk)

    run = archivist.get(f"/api/imports/{sent['id']}/").json()
    assert (run["state"], bool(run["error"]["code"])) == ("failed", True)


def test_problem_is_decided_and_the_step_taken_back(archivist, people):
    from tests.factories_archive import make_draft

    row = make_draft(TEXT, by=people["archivist"])
    address = f"/api/drafts/{row.public_id}"
    problem = archivist.get(f"{address}/problems/?state=open").json()["results"][0]

    stale = archivist.post(
        f"{address}/problems/{problem['id']}/",
        {"outcome": "dismiss"},
        format="json",
        headers={"If-Match": '"9"'},
    )
    done = archivist.post(
        f"{address}/problems/{problem['id']}/",
        {"outcome": "dismiss"},
        format="json",
        headers={"If-Match": '"1"'},
    )
    undone = archivist.post(f"{address}/undo/", headers={"If-Match": done.headers["ETag"]})

    assert (stale.status_code, done.status_code, undone.status_code) == (412, 200, 200)
    assert archivist.get(f"{address}/problems/?state=open").json()["results"][0]["id"] == problem["id"]


def test_blocks_are_read_and_changed_as_markdown(archivist, people):
    draft = make_draft(by=people["archivist"])
    address = f"/api/drafts/{draft.public_id}/markdown/"

    read = archivist.get(address)
    blocks = read.json()["blocks"]
    same = archivist.post(
        address, {"blocks": blocks}, format="json", headers={"If-Match": read.headers["ETag"]}
    )
    typed = {"blocks": [{"block": 1, "markdown": "بُني *الجسر*\n\nمن خشب."}, {"block": 3, "markdown": ""}]}
    changed = archivist.post(address, typed, format="json", headers={"If-Match": '"1"'})
    stale = archivist.post(address, typed, format="json", headers={"If-Match": '"1"'})
    nowhere = {"blocks": [{"block": 99, "markdown": "x"}]}
    none = archivist.post(address, nowhere, format="json", headers={"If-Match": '"2"'})

    assert [each["kind"] for each in blocks] == ["heading", "paragraph", "heading", "paragraph"]
    assert blocks[2] == {"block": 2, "kind": "heading", "markdown": "## الطريق إليه"}
    assert (same.json()["version"], changed.json()["version"]) == (1, 2)
    assert (changed.status_code, stale.status_code, none.status_code) == (200, 412, 422)
    again = archivist.get(address, {"first": 1}).json()["blocks"]
    assert [each["markdown"] for each in again] == ["بُني *الجسر*", "من خشب.", "## الطريق إليه"]


def test_block_that_is_given_twice_is_refused(archivist, people):
    draft = make_draft(by=people["archivist"])
    twice = {
        "blocks": [{"block": index, "markdown": words} for index, words in ((1, "a"), (2, "b"), (1, "c"))]
    }

    refused = archivist.post(
        f"/api/drafts/{draft.public_id}/markdown/",
        twice,
        format="json",
        headers={"If-Match": '"1"', "Accept-Language": "en"},
    )

    assert (refused.status_code, refused.json()["code"]) == (422, "block_twice")
    assert refused.json()["detail"] == "Block 1, counted from 0, is given twice. Give each block once."
    draft.refresh_from_db()
    assert draft.version == 1


def test_draft_is_edited_and_laid_aside(archivist, people):
    from tests.factories_archive import make_draft

    address = f"/api/drafts/{make_draft(TEXT, by=people['archivist']).public_id}"

    edit = {"operation": "edit", "block": 1, "text": "بُني الجسر من خشب."}
    edited = archivist.post(f"{address}/edit/", edit, format="json", headers={"If-Match": '"1"'})
    assert "خشب" in archivist.get(f"{address}/text/").json()["content"]
    wordless = {"operation": "edit", "block": 1}
    needs = archivist.post(f"{address}/edit/", wordless, format="json", headers={"If-Match": '"2"'})
    nowhere = {"operation": "split", "block": 9_999, "offset": 1}
    none = archivist.post(f"{address}/edit/", nowhere, format="json", headers={"If-Match": '"2"'})
    gone = archivist.delete(f"{address}/", headers={"If-Match": edited.headers["ETag"]})

    assert (edited.status_code, needs.status_code, gone.status_code) == (200, 422, 204)
    assert (none.status_code, none.json()["code"]) == (422, "no_such_block")
    assert archivist.get(f"{address}/").json()["state"] == "abandoned"


def test_drafts_are_archivists_business(scholar, people):
    from tests.factories_archive import make_draft

    row = make_draft(TEXT, by=people["archivist"])

    assert scholar.get("/api/drafts/").json()["count"] == 0
    for tail in ("", "text/", "report/", "problems/"):
        assert scholar.get(f"/api/drafts/{row.public_id}/{tail}").status_code == 404


def test_picture_is_kept_and_its_copies_promised(archivist, anybody):
    picture = png(60, 40)
    file = SimpleUploadedFile("map.png", picture)

    sent = archivist.post("/api/images/", {"file": file, "title_ar": "خريطة"}, format="multipart")

    assert sent.status_code == 202, sent.content
    body = sent.json()
    assert (body["sha256"], body["image"]["state"]) == (hashlib.sha256(picture).hexdigest(), "waiting")
    assert anybody.get(f"/api/images/{body['image']['id']}/").status_code == 404
    changed = archivist.patch(
        f"/api/images/{body['image']['id']}/", {"access": "public", "alternative_ar": "خريطة الضفتين"},
        format="json", headers={"If-Match": sent.headers["ETag"]},
    )  # fmt: skip
    assert changed.status_code == 200
    assert anybody.get(f"/api/images/{body['image']['id']}/").json()["alternative_ar"] == "خريطة الضفتين"
    assert "embedded_metadata" not in changed.json()


@pytest.mark.parametrize("data", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"just words"])
def test_what_is_no_picture_is_refused(archivist, data):
    answer = archivist.post("/api/images/", {"file": SimpleUploadedFile("x.png", data)}, format="multipart")

    assert answer.status_code == 422
    assert "file" in answer.json()["errors"]


def test_figure_is_filled_by_whoever_saw_the_gap(archivist, people):
    from tests.factories_archive import make_revision

    revision = make_revision(TEXT, by=people["archivist"])
    image = archivist.post(
        "/api/images/", {"file": SimpleUploadedFile("m.png", png(8, 8))}, format="multipart"
    ).json()["image"]["id"]
    figure = Figure.objects.get(text=revision.text)
    address = f"/api/texts/{revision.text.public_id}/figures/{figure.key}/"

    filled = archivist.patch(address, {"image": image}, format="json", headers={"If-Match": '"none"'})
    stale = archivist.patch(address, {"image": None}, format="json", headers={"If-Match": '"none"'})

    assert (filled.status_code, filled.json()["image"]) == (200, image)
    assert stale.status_code == 412


def test_video_is_entered_by_its_address(archivist):
    given = {"url": "https://www.youtube.com/watch?v=abcdefghijk", "title_ar": "فيلم"}

    made = archivist.post("/api/videos/", given, format="json")
    again = archivist.post("/api/videos/", given, format="json")
    other = archivist.post("/api/videos/", {"url": "https://example.org/page"}, format="json")

    assert (made.status_code, again.status_code, other.status_code) == (201, 409, 422)
    assert made.json()["provider"] == "youtube"
