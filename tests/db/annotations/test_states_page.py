"""The drawn states are those of the tables."""

from pathlib import Path

from django.conf import settings

from annotations.presenters.states import states_page


def test_documentation_shows_the_tables_as_they_are():
    assert (Path(settings.ROOT) / "docs/states.md").read_text() == states_page()
