"""Arabic and English are equally complete."""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path

import allauth
import django.contrib.auth
import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.translation import override

from annotations.presenters import labels
from archive.management import catalogue, library_words


def test_every_interface_string_has_its_arabic():
    assert catalogue.missing() == []


def test_strings_are_found_wherever_they_stand_in_a_module(tmp_path, settings):
    settings.ROOT = tmp_path
    for app in ("archive", "annotations", "config"):
        (tmp_path / app).mkdir()
    (tmp_path / "archive" / "page.py").write_text(
        'a = f"<p>{_(\'Within\')}</p>"\nb = _("One, " "two")\nc = pgettext("note", "Plain")\nd = _(c)\n'
    )

    found = {(words, context) for _place, words, context in catalogue.messages()}

    assert found == {("Within", None), ("One, two", None), ("Plain", "note")}


def test_translations_keep_the_placeholders_of_their_source():
    broken = []
    for entry in catalogue.read():
        sources = [entry.id] if isinstance(entry.id, str) else list(entry.id)
        wanted = {name for source in sources for name in re.findall(r"%\((\w+)\)", source)}
        for text in [entry.string] if isinstance(entry.string, str) else entry.string:
            if set(re.findall(r"%\((\w+)\)", text)) - wanted:
                broken.append(sources[0])

    assert broken == []


def test_dates_and_numbers_with_hyphens_are_read_in_their_own_direction():
    """After Arabic letters, 2016-07-17 is laid out from its end; marks of direction around it prevent that."""
    bare = [
        text
        for entry in catalogue.read()
        for text in ([entry.string] if isinstance(entry.string, str) else entry.string)
        if entry.id and re.search(r"(?<![\u200e\d/~-])\d+[-/]\d", text)
    ]

    assert bare == []


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    ("catalogue_name", "prefix", "words"),
    [
        ("reader", "category_", labels.CATEGORIES),
        ("ui", "kind_", labels.TERM_KINDS),
        ("workbench", "status_", labels.STATUSES),
    ],
)
def test_kinds_and_statuses_have_one_name_in_scripts_and_pages(language, catalogue_name, prefix, words):
    path = Path(settings.ROOT) / "frontend/src/i18n" / language / f"{catalogue_name}.json"
    said = json.loads(path.read_text(encoding="utf-8"))

    with override(language):
        assert {code: said.get(prefix + code) for code in words} == {
            code: str(word) for code, word in words.items()
        }


def test_words_of_libraries_are_known_to_them_and_are_none_of_our_own():
    """A string that a library renamed would fall back to its voice; one of ours would be said otherwise in English."""
    folder = Path(allauth.__file__).parent, Path(django.contrib.auth.__file__).parent
    known = set()
    for path in (each / "locale/ar/LC_MESSAGES/django.po" for each in folder):
        with path.open("rb") as source:
            known |= {entry.id if isinstance(entry.id, str) else tuple(entry.id) for entry in read_po(source)}
    ours = {msgid for _place, msgid, context in catalogue.messages() if not context}

    said = {**library_words.OURS, **library_words.COUNTED}

    source = inspect.getsource(password_validation)  # Its Arabic catalogue lags behind it.
    strange = {msgid for msgid in set(said) - known if isinstance(msgid, str) or msgid[0] not in source}
    assert strange == set()
    assert set(said) & ours == set()


def test_the_pages_of_signing_in_speak_with_the_voice_of_the_site(client, db):
    english = client.get("/en/account/login/").content.decode()
    arabic = client.get("/ar/account/login/").content.decode()

    assert "Keep me signed in on this device" in english
    assert "Remember Me" not in english
    assert "أبقِ الدخول على هذا الجهاز" in arabic
    assert "تذكرني" not in arabic
