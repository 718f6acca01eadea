"""Rights statements are known by their addresses and by the short names that people write."""

from __future__ import annotations

import pytest

from archive.presenters.rights import RIGHTS, rights_named


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc-by-nc-sa-4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
        (" CC  BY-SA 4.0 ", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("InC-EDU", "http://rightsstatements.org/vocab/InC-EDU/1.0/"),
        ("CC BY", None),  # of which version?
        ("CC BY 3.0", None),
        ("all rights reserved", None),
    ],
)
def test_a_short_name_stands_for_one_address(written, meant):
    assert rights_named(written) == meant
    assert meant is None or meant in RIGHTS
