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
