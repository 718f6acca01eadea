"""Packages that lie about what a release is made of: nothing of them stays, and the archive says which line it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from annotations.editions.canonical import canonical
from annotations.models import Release
from archive.actions.bring_in import bring_in
from archive.errors import Invalid
from archive.models import Work
from tests.db.archive.test_bring_in import resealed
from tests.factories_parts import make_parted
from tests.factories_round_trip import make_everything

pytestmark = pytest.mark.django_db
Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def bag(people, tmp_path) -> Path:
    """The package of an edition of two chapters; the archive is empty again."""
    point = transaction.savepoint()
    parted = make_parted(people)
    parted.release()
    call_command("export_work", parted.work.slug, "--to", str(tmp_path / "bag"))
    transaction.savepoint_rollback(point)
    return tmp_path / "bag"


def forge(bag: Path, change: Change) -> None:
    """Change what was sealed, and make every hash fit again."""
    path = bag / "data/editions.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    release = next(line for line in lines if line["is"] == "release" and line["path"])
    file = bag / "data" / release["path"]
    snapshot = json.loads(file.read_text())
    change(snapshot)
    data = canonical(snapshot).encode()
    file.write_bytes(data)
    release["sha256"] = hashlib.sha256(data).hexdigest()
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    resealed(bag)


def refused(bag: Path, by: Any) -> str:
    with pytest.raises(Invalid) as caught, transaction.atomic():
        bring_in(path=bag, by=by)
    assert not Work.objects.exists()
    assert not Release.objects.exists()
    return caught.value.code


def _rehashed(snapshot: dict[str, Any]) -> None:
    text = snapshot["text"]
    text["length"] = len(text["content"])
    text["sha256"] = hashlib.sha256(text["content"].encode()).hexdigest()


def words_after_the_last_part(snapshot: dict[str, Any]) -> None:
    snapshot["text"]["content"] += "\nكلامٌ لم يكتبه أحد."
    _rehashed(snapshot)


def words_between_the_parts(snapshot: dict[str, Any]) -> None:
    text, (first, second) = snapshot["text"], snapshot["parts"]
    added = "كلامٌ لم يكتبه أحد.\n"
    at = first["end"] + 1
    text["content"] = text["content"][:at] + added + text["content"][at:]
    second["start"] += len(added)
    second["end"] += len(added)
    _rehashed(snapshot)


def another_hash_of_the_whole(snapshot: dict[str, Any]) -> None:
    snapshot["text"]["sha256"] = "0" * 64


def one_part_alone(snapshot: dict[str, Any]) -> None:
    snapshot["parts"] = snapshot["parts"][:1]
    snapshot["text"]["content"] = snapshot["text"]["content"][: snapshot["parts"][0]["end"]]
    _rehashed(snapshot)


def the_same_part_twice(snapshot: dict[str, Any]) -> None:
    snapshot["parts"][1:] = [dict(snapshot["parts"][0])]


def parts_that_overlap(snapshot: dict[str, Any]) -> None:
    first = snapshot["parts"][0]
    snapshot["parts"].insert(1, {**first, "block": 1})


def a_part_that_begins_nowhere(snapshot: dict[str, Any]) -> None:
    snapshot["parts"][1]["block"] = 10_000


@pytest.mark.parametrize(
    "change",
    [
        words_after_the_last_part, words_between_the_parts, another_hash_of_the_whole, one_part_alone,
        the_same_part_twice, parts_that_overlap, a_part_that_begins_nowhere,
    ],
)  # fmt: skip
def test_release_that_is_not_made_of_its_parts_is_refused(bag, people, change):
    forge(bag, change)

    assert refused(bag, people["administrator"]) == "bag_editions_line"


def test_release_of_one_text_with_other_words_than_that_text_is_refused(people, tmp_path):
    point = transaction.savepoint()
    call_command("export_work", make_everything(people).desk.work.slug, "--to", str(tmp_path / "bag"))
    transaction.savepoint_rollback(point)

    def other_words(snapshot: dict[str, Any]) -> None:
        snapshot["text"]["content"] = snapshot["text"]["content"].replace("طاحونةٌ", "سفينةٌ")

    forge(tmp_path / "bag", other_words)

    assert refused(tmp_path / "bag", people["administrator"]) == "bag_editions_line"


def test_package_that_says_the_truth_is_taken(bag, people):
    forge(bag, lambda snapshot: None)

    bring_in(path=bag, by=people["administrator"])

    assert Release.objects.get().parts.count() == 2
