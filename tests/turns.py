"""Tests of which CI takes some each time: a commit has one turn, the next commits have the others.

On PostgreSQL a turn is told as `--turn 2/3`: the second of three parts of the files, besides those that ask the database
for something of its own, which always run.
"""

from __future__ import annotations

import pytest

#: Access, search, what is done at the same time, what is asked in one statement: where the two databases can differ most.
ALWAYS = (
    "tests/db/access/",
    "tests/db/annotations/test_carry_over.py",
    "tests/db/annotations/test_visibility.py",
    "tests/db/annotations/test_writing.py",
    "tests/db/archive/test_oai.py",
    "tests/db/editions/test_frozen.py",
    "tests/db/editions/test_line.py",
    "tests/db/editions/test_sealing_at_once.py",
    "tests/db/test_backup.py",
    "tests/db/test_core.py",
    "tests/db/test_inserting.py",
    "tests/db/test_search",
    "tests/db/test_taking_turns.py",
    "tests/db/test_whole_line.py",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.addoption("--turn", help="which part of how many, as 2/3, of the files that are run by turns")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what another turn has."""
    asked = config.getoption("--turn")
    if not asked:
        return
    turn, turns = map(int, asked.split("/"))
    files = [_file(item) for item in items]
    by_turns = sorted({name for name in files if not name.startswith(ALWAYS)})
    left_out = {name for place, name in enumerate(by_turns) if place % turns != turn % turns}
    config.hook.pytest_deselected(items=[item for item in items if _file(item) in left_out])
    items[:] = [item for item in items if _file(item) not in left_out]


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]
