"""Packages that lie of the past, of papers or of editions: refused by the number of the line, and nothing is left."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from annotations.models import Edition, PastEvent, Release
from archive.actions.bring_in import bring_in
from archive.errors import Invalid
from archive.models import Consent, Deposit, DepositAgreement, DescriptionChange, TextSection, Work
from tests.db.archive.test_bring_in import resealed
from tests.factories_round_trip import make_everything

pytestmark = pytest.mark.django_db
#: The bag of this run, made once: each test has a copy.
_made: dict[str, Path] = {}
_CODES = {name: f"bag_{name}_line" for name in ("history", "papers", "notes", "editions")}


@pytest.fixture
def bag(people, tmp_path, tmp_path_factory) -> Path:
    if not _made:
        point = transaction.savepoint()
        everything = make_everything(people)
        _made["bag"] = tmp_path_factory.mktemp("bags") / "bag"
        call_command("export_work", everything.root.slug, "--collection", "--to", str(_made["bag"]))
        transaction.savepoint_rollback(point)
    return Path(shutil.copytree(_made["bag"], tmp_path / "bag"))


def lie(bag: Path, name: str, kind: str, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the first line of a kind for which there is something to change."""
    path = bag / f"data/{name}.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    found = [line for line in lines if line["is"] == kind and (kind != "version" or line["past"])]
    change(found[0])
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    resealed(bag)


def put(**values: Any) -> Callable[[dict[str, Any]], object]:
    return lambda line: line.update(values)


def event(**values: Any) -> Callable[[dict[str, Any]], object]:
    return lambda line: line["past"][0].update(values)


LIES: dict[str, tuple[str, str, Callable[[dict[str, Any]], object]]] = {
    "a change of what is not in it": ("history", "change", put(of=["work", "2" * 16])),
    "a change of no kind": ("history", "change", put(of=["user", "2" * 16])),
    "a version to come": ("history", "change", put(version=10**6)),
    "a field that no description has": ("history", "change", put(was={"password": "x"})),
    "readers by name": ("history", "change", put(was={"readers": ["x@example.org"]})),
    "creators that are none": ("history", "change", put(was={"creators": "نادية"})),
    "a moment without its zone": ("history", "change", put(at="2026-01-01T00:00:00")),
    "a way that is none": ("history", "change", put(way="forged")),
    "a section that is in force": ("history", "section", put(lifted=None)),
    "a section of another text": ("history", "section", put(text="2" * 16)),
    "a place before its beginning": (
        "history", "section", lambda line: line["places"][0].update(first=9, last=1),
    ),
    "a consent to nothing": ("papers", "consent", put(purposes=[])),
    "a consent to something else": ("papers", "consent", put(purposes=["everything"])),
    "a consent that ends before": ("papers", "consent", put(until="1999-01-01")),
    "an agreement of nobody": ("papers", "agreement", put(giver="")),
    "an agreement without terms": ("papers", "agreement", put(terms="", file=None)),
    "an agreement of no deposit": ("papers", "agreement", lambda line: line.pop("deposit")),
    "a day that is none": ("papers", "agreement", put(signed_on="2024-02-31")),
    "a file that another image is of": ("papers", "sent", put(image="2" * 16)),
    "a hash that is none": ("papers", "sent", put(told="abc")),
    "an outcome that is none": ("notes", "version", event(what="published")),
    "a decision under no id": ("notes", "version", event(id="../x")),
    "a decision with half a hash": ("notes", "version", event(sha256="abc")),
    "a decision without a moment": ("notes", "version", event(at=None)),
    "a reason without end": ("notes", "version", event(words="x" * 5001)),
    "a wording without end": ("notes", "version", event(what="return", suggestion="x" * 20_001)),
    "a wording that was suggested with an acceptance": ("notes", "version", event(what="accept", suggestion="x")),
    "a wording that is none": ("notes", "version", event(what="return", suggestion=7)),
    "a name without end": ("notes", "version", event(by="x" * 151)),
    "a past that is no list": ("notes", "version", put(past={})),
    "an edition of another work": ("editions", "edition", put(work="2" * 16)),
    "a plan that is none": ("editions", "edition", put(plan=[])),
    "a release of another wording": ("editions", "release", put(revision=99)),
    "a release under no id": ("editions", "release", put(id="x")),
    "a picture that it does not name": ("editions", "release", lambda line: line["files"][0].update(name="x")),
    "a picture of another kind": ("editions", "release", lambda line: line["files"][0].update(media_type="text/html")),
    "an event that is none": ("editions", "release", lambda line: line["past"][0].update(what="sealed")),
    "two publications": ("editions", "release", lambda line: line["past"].append(line["past"][0])),
}  # fmt: skip


@pytest.mark.parametrize("named", LIES)
def test_a_line_that_lies_is_refused_and_leaves_nothing(bag, people, named):
    name, kind, change = LIES[named]
    lie(bag, name, kind, change)

    with pytest.raises(Invalid) as caught:
        bring_in(path=bag, by=people["administrator"])

    assert caught.value.code in (_CODES[name], "release_hash")
    for model in (
        Work,
        DescriptionChange,
        TextSection,
        Consent,
        Deposit,
        DepositAgreement,
        Edition,
        Release,
        PastEvent,
    ):
        assert not model._default_manager.exists()


def test_a_deposit_that_is_here_keeps_its_own_agreements(bag, people):
    deposit = json.loads(
        next(
            line
            for line in (bag / "data/papers.jsonl").read_text().splitlines()
            if '"deposit"' in line and '"note"' in line
        )
    )
    mine = Deposit.objects.create(public_id=deposit["id"], note="لنا", created_by=people["archivist"])

    bring_in(path=bag, by=people["administrator"])

    assert not DepositAgreement.objects.exists()
    mine.refresh_from_db()
    assert mine.note == "لنا"


def test_packages_of_before_are_still_brought_in(bag, people):
    """As the last version packed: no history, no papers, no editions, nothing of what became of versions."""
    for name in ("history", "papers", "editions"):
        (bag / f"data/{name}.jsonl").unlink()
    shutil.rmtree(bag / "data/releases")
    for name, drop in (("notes", "past"), ("catalogue", "version")):
        path = bag / f"data/{name}.jsonl"
        lines = [json.loads(line) for line in path.read_text().splitlines()]
        lines[0]["version"] = {"notes": 1, "catalogue": 2}[name]
        for line in lines[1:]:
            line.pop(drop, None)
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    resealed(bag)

    bring_in(path=bag, by=people["administrator"])

    assert Work.objects.exists()
    assert set(PastEvent.objects.values_list("kind", flat=True)) == {"said"}
