"""The OpenAPI document is whole: every endpoint typed, nothing guessed."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command


def _operations(schema):
    for address, item in schema["paths"].items():
        for method, operation in item.items():
            if method in ("get", "post", "put", "patch", "delete"):
                yield address, method, operation


@pytest.fixture(scope="module")
def schema():
    import yaml

    out = io.StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    return yaml.safe_load(out.getvalue())


def test_schema_is_made_without_a_warning(schema):
    assert schema["openapi"].startswith("3.")


def test_every_endpoint_has_a_summary_and_an_answer_with_a_shape(schema):
    for address, method, operation in _operations(schema):
        assert operation.get("summary") or address == "/api/schema/", (address, method)
        good = [code for code in operation["responses"] if code.startswith("2")]
        assert good, (address, method)
        assert good == ["204"] or operation["responses"][good[0]].get("content"), (address, method)


def test_every_write_of_an_existing_thing_asks_for_the_version_that_was_read(schema):
    for address, method, operation in _operations(schema):
        if method not in ("put", "patch", "delete") or address.startswith("/api/tokens/"):
            continue
        headers = [
            p["name"] for p in operation.get("parameters", []) if p["in"] == "header" and p.get("required")
        ]
        assert headers == ["If-Match"], (address, method)


def test_the_document_comes_from_this_site_alone(client):
    answer = client.get("/api/schema/")

    assert answer.status_code == 200
    assert b"cdn" not in answer.content.lower()


def test_reading_needs_no_token_and_writing_does(schema):
    for address, method, operation in _operations(schema):
        if address in ("/api/schema/", "/api/me/") or address.startswith(("/api/tokens/", "/reconcile/")):
            continue  # A reconciliation service is asked by POST, and writes nothing.
        without_token = {} in operation["security"]
        assert without_token == (method == "get"), (address, method)


@pytest.mark.django_db
def test_an_address_that_is_none_answers_as_one_that_is_hidden(client):
    hidden, nowhere = client.get("/api/works/nosuchwork/"), client.get("/api/nowhere/at/all/")

    assert nowhere.status_code == hidden.status_code == 404
    assert nowhere.json() == hidden.json()
