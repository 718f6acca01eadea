"""Files of notes through the API: sent in, looked at, chosen, brought in, taken back."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.models import Annotation, NoteImport
from archive.actions.run_job import run_job
from tests.factories_notes import CONTENT, make_text

pytestmark = pytest.mark.django_db
URL = "/api/note-imports/"


def annotation(exact, body):
    return {
        "type": "Annotation",
        "body": {"type": "TextualBody", "value": body},
        "target": {"source": "x", "selector": {"type": "TextQuoteSelector", "exact": exact}},
    }


def post(client, path, state, body=None):
    return client.post(f"{URL}{path}", body or {}, format="json", headers={"If-Match": f'"{state}"'})


def send(client, data, text):
    return client.post(URL, {"file": SimpleUploadedFile("n.jsonld", data), "text": text}, format="multipart")


def test_a_program_brings_notes_in_and_takes_them_back(client_of, people):
    text, client = make_text(), client_of(people["scholar"])
    data = json.dumps([annotation("حجر أبيض", "one"), annotation("الجسر", "two")]).encode()
    made = send(client, data, text.public_id)
    step = made.json()

    assert (made.status_code, step["format"], step["notes"]) == (201, "w3c", {"ready": 1, "ask": 1})
    rows = client.get(f"{URL}{step['id']}/rows/").json()["results"]
    start = CONTENT.index("الجسر")
    assert [row["how"] for row in rows] == ["found", "several"]
    assert [start, start + 5, 0.3] in rows[1]["candidates"]

    places = {"places": [{"place": 2, "start": start, "end": start + 5}]}
    assert post(client, f"{step['id']}/choose/", "previewed", places).json()["notes"] == {"ready": 2}
    assert post(client, f"{step['id']}/apply/", "applied").status_code == 412
    assert client.post(f"{URL}{step['id']}/apply/", {}, format="json").status_code == 428
    assert post(client, f"{step['id']}/apply/", "previewed").json()["state"] == "applying"
    run_job(NoteImport.objects.get().job_id)
    assert Annotation.objects.filter(status="draft").count() == 2
    assert post(client, f"{step['id']}/undo/", "applied").json()["state"] == "undoing"
    run_job(NoteImport.objects.get().job_id)
    assert Annotation.objects.filter(status="withdrawn").count() == 2

    other = client_of(people["editor"])
    assert other.get(f"{URL}{step['id']}/").status_code == 404
    assert other.get(URL).json()["results"] == []
    refused = send(other, b"{", text.public_id)
    assert (refused.status_code, refused.json()["code"]) == (422, "json_broken")
    assert send(other, data, "nothing").status_code == 404
