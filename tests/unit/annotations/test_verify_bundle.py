"""The program in a bundle says what is wrong with it, without anything of ours."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import rfc8785

from annotations.exports import FORMATS
from annotations.exports.books import bundle, verify_bundle
from tests.factories_books import make_given

TOP = "mill-edition-1"


@pytest.fixture(scope="module")
def packed(tmp_path_factory) -> Path:
    """A bundle with one light form."""
    path = tmp_path_factory.mktemp("bundle") / "bundle.zip"
    path.write_bytes(b"".join(bundle.write(make_given(), {"markdown": (FORMATS["markdown"].write, "md")})))
    return path


@pytest.fixture
def folder(packed, tmp_path) -> Path:
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(tmp_path)
    return tmp_path / TOP


def verify(path: Path, *, own: bool = False) -> tuple[int, str]:
    command = (
        [sys.executable, "-I", str(path / "verify.py")]
        if own
        else [sys.executable, "-I", verify_bundle.__file__, str(path)]
    )
    done = subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")
    assert not done.stderr
    return done.returncode, done.stdout


def test_a_whole_bundle_is_told_to_be_right_under_the_name_of_the_release(packed, folder):
    name = make_given().manifest_hash

    for answer in (verify(packed), verify(folder, own=True)):
        assert answer[0] == 0
        assert f"All is as it was sealed: {name}" in answer[1]
        assert f"كلّ شيء كما خُتم: {name}" in answer[1]


def test_one_bit_flipped_in_any_file_is_told(folder):
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            continue
        data = path.read_bytes()
        at = len(data) // 2
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])

        code, said = verify(folder)

        assert code == 1, path
        if not path.name.startswith(("manifest", "tagmanifest")):
            assert f"This file is not what it was: {path.relative_to(folder).as_posix()}" in said
            assert "is missing: data/release.json" not in said
        path.write_bytes(data)
    assert verify(folder)[0] == 0


def test_a_member_missing_or_added_is_told(folder):
    (folder / "data/texts").rename(folder / "data/words")

    code, said = verify(folder)

    assert code == 1
    assert "This file is missing: data/texts/" in said
    assert "This file was added; no list names it: data/words/" in said


@pytest.mark.parametrize(
    "climbing", ["../outside.txt", f"{TOP}/../../outside.txt", "/etc/outside", f"{TOP}/data/a\\..\\b"]
)
def test_a_path_that_climbs_out_is_told(packed, tmp_path, climbing):
    path = tmp_path / "climbing.zip"
    path.write_bytes(packed.read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(climbing, b"x")

    code, said = verify(path)

    assert code == 1
    assert "This path leads out of the bundle: " in said


def test_a_list_that_names_a_path_outside_and_a_link_are_told(folder, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    listed = folder / "manifest-sha256.txt"
    listed.write_text(f"{'0' * 64}  ../secret.txt\n" + listed.read_text())
    (folder / "data/link.txt").symlink_to(secret)

    code, said = verify(folder)

    assert code == 1
    assert "This path leads out of the bundle: ../secret.txt" in said
    assert "This is a link, which a bundle never holds: data/link.txt" in said


def test_a_release_under_another_name_is_told(folder):
    release = folder / "data/release.json"
    value = json.loads(release.read_text("utf-8"))
    value["title"]["en"] = "Forged"
    release.write_bytes(rfc8785.dumps(value))
    again = {
        path: verify_bundle.hashlib.sha256((folder / path).read_bytes()).hexdigest()
        for path in ("data/release.json",)
    }
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        lines = (folder / name).read_text("utf-8").splitlines()
        lines = [f"{again.get(line[66:], line[:64])}  {line[66:]}" for line in lines]
        (folder / name).write_text("".join(f"{line}\n" for line in lines), "utf-8")
        again[name] = verify_bundle.hashlib.sha256((folder / name).read_bytes()).hexdigest()

    code, said = verify(folder)

    assert code == 1
    assert "This file is not what it was" not in said
    assert "The release has another hash than its name says" in said


@pytest.mark.parametrize(
    "value",
    [
        0, -0.0, 1.0, 36.2, 1e21, 1e-7, 123456789012345680000.0, 5e-324, 0.000001, -1.5e300, 1e23, 333333333.3333333, 80.5,
        {"\u20ac": "€", "\r": "a\u2028", "\U0001f600": 1, "\ufb33": [None, True, False], "1": "\x0f\"\\/"},
    ],
)  # fmt: skip
def test_it_writes_json_as_the_standard_does(value):
    assert verify_bundle.canonical(value).encode() == rfc8785.dumps(value)
