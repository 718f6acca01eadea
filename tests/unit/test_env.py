"""A missing or wrong setting stops the start with a sentence that says what to set."""

from __future__ import annotations

import pytest

from config import env


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("DATABASE_URL", "mysql://x"),
        ("BROKER_URL", "http://x"),
        ("CACHE_URL", "nonsense"),
        ("CACHE_URL", "memory://"),
        ("EMAIL_URL", "nonsense"),
        ("EMAIL_URL", "http://mail.example"),
        ("TIME_ZONE", "Mars/Phobos"),
        ("PUBLIC_URL", "archive.example"),
        ("DEMO", "maybe"),
        ("SIGNUP", "anybody"),
        ("SEND_FILES", "apache"),
        ("MAP_TILES", "https://tiles.example.org/"),
        ("MAP_TILES", "https://{s}.tiles.example.org/{z}/{x}/{y}.png"),
        ("MAP_TILES", "https://tiles.example.org; script-src *//{z}/{x}/{y}"),
        ("MAP_TILES", "/tiles/{z}/{x}/{y}.png"),
    ],
)
def test_a_wrong_value_is_named_with_an_example(monkeypatch, name, wrong):
    monkeypatch.setenv(f"HASHIYA_{name}", wrong)

    with pytest.raises(SystemExit) as stopped:
        env.read(name)

    assert f"{name} is wrong" in str(stopped.value)
    assert f"For example: {name}={env.VARIABLES[name].example}" in str(stopped.value)


def test_a_missing_value_is_named_with_an_example(monkeypatch):
    monkeypatch.setenv("HASHIYA_SECRET_KEY", "")

    with pytest.raises(SystemExit, match="SECRET_KEY is not set"):
        env.read("SECRET_KEY")


@pytest.mark.parametrize("name", sorted(env.VARIABLES))
def test_defaults_and_examples_are_right_values(monkeypatch, name):
    variable = env.VARIABLES[name]

    for given in (variable.default, variable.example):
        if given is not None:
            variable.parse(given)
