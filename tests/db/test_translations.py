"""Arabic and English are equally complete."""

from __future__ import annotations

import re

from archive.management import catalogue


def test_every_interface_string_has_its_arabic():
    assert catalogue.missing() == []


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
